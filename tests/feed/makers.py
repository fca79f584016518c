"""Shows for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from narrate.feed.episodes import Episode, Listing, Source
from narrate.feed.show import Show

URL = "https://example.org/show/"
BEGIN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SHOW = Show(
    Path("show.toml"),
    Path("show"),
    URL,
    "قصه‌های «شب» & <روز>",
    "هر شب یک قصه",
    author=("نرگس", "سعدی"),
    owner="نرگس",
    email="n@example.org",
    license="cc-by-4.0",
    license_url="https://creativecommons.org/licenses/by/4.0/",
    funding="https://example.org/give",
)


def episode(number: int, title: str | None = None, **more: str) -> Episode:
    return Episode(
        guid=f"00000000-0000-0000-0000-{number:012}",
        slug=f"e{number}",
        title=f"قسمت {number}" if title is None else title,
        description=more.get("description", f"درباره‌ی {number}"),
        date=BEGIN + timedelta(days=number),
        audio=more.get("audio", ".mp3"),
        size=1000 + number,
        seconds=60 + number,
        authors=("سعدی",),
        narrators=("narrate",),
    )


def listing(*titles: str, books: int = 1) -> Listing:
    """Return a listing with an episode for each of `titles`, in as many books."""
    every = [episode(number, title) for number, title in enumerate(titles, 1)]
    size = -(-len(every) // books)
    sources = tuple(
        Source(f"{place}.txt", "stamp", f"کتاب {place}", tuple(every[at : at + size]))
        for place, at in enumerate(range(0, len(every), size), 1)
    )
    return Listing("917393e3-1b1e-5cef-ace4-edaa54e1f810", sources)

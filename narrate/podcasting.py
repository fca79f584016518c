"""What podcast apps and their directories take, for those who write feeds and those who judge them.

Sources: RSS 2.0; Apple, "Podcasters: RSS feed requirements" and its list of categories; Podcasting
2.0 namespace 1.0; PSP-1, the Podcast RSS standard.
"""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"

REQUIRED = (
    *("title", "description", "link", "language", "itunes:category", "itunes:explicit"),
    *("itunes:image", "atom:link"),
)
RECOMMENDED = ("podcast:locked", "podcast:guid", "itunes:author")
REQUIRED_OF_ITEMS = ("title", "enclosure", "guid")
RECOMMENDED_OF_ITEMS = (
    *("pubDate", "link", "description", "itunes:duration", "podcast:transcript"),
    "podcast:chapters",
)
"""Tags of a channel and of its items, as PSP-1 has them."""
NAMES = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM}
"""What stands before their colons."""

MOST_BYTES = 4000
"""Of a description."""
MOST_LETTERS = 128
"""Of the name of a person, a season, a licence."""
AUDIO = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a"}
MEDIA = ("podcast", "audiobook")
"""Kinds of shows that are read aloud."""

CATEGORIES: dict[str, tuple[str, ...]] = {
    "Arts": (*("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),),
    "Business": (
        *("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": (
        *("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
    ),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        *("Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies"),
        *("Home & Garden", "Video Games"),
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        *("Business News", "Daily News", "Entertainment News", "News Commentary", "Politics"),
        *("Sports News", "Tech News"),
    ),
    "Religion & Spirituality": (
        *("Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"),
    ),
    "Science": (
        *("Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics"),
        *("Natural Sciences", "Nature", "Physics", "Social Sciences"),
    ),
    "Society & Culture": (
        *("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),
    ),
    "Sports": (
        *("Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey"),
        *("Rugby", "Running", "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness"),
        "Wrestling",
    ),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
    "Technology": (),
    "True Crime": (),
}
"""Apple's, which other directories take too."""

_SHOWS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def show_guid(url: str) -> str:
    """Return the `podcast:guid` of the feed at `url`: it is made once, and kept wherever it moves.

    Source: Podcasting 2.0, `podcast:guid`: a UUIDv5 of the URL without scheme and last slashes.
    """
    _, _, rest = url.partition("://")
    return str(uuid.uuid5(_SHOWS, (rest or url).rstrip("/")))


def is_address(url: str) -> bool:
    """Tell whether `url` is one that apps can load."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url

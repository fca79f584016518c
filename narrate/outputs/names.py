"""Names from Persian titles: they keep their letters."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from narrate.model import Book

_LOOKALIKES = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?")
_MOST_BYTES, _MOST_SLUG_BYTES = 180, 120
_NO_PERSIAN_YEAR = 1700
_BOOKS = uuid.UUID("5ef0b1a7-6f5c-4a5e-9d1e-2b9a1c7d3f40")


def file_name(title: str) -> str:
    """Return a name, without suffix, for a file called `title`, that every file system takes.

    What no file system takes (`/`, `:`, `?` …) becomes its wide look-alike. Where a name could
    fall on another title's, because signs were dropped, letters cut off, or capitals are in it
    that some systems do not tell apart, a `~` and eight digits of the title's hash follow.
    """
    plain = title.translate(_LOOKALIKES)
    kept = re.sub(r"\s+", " ", "".join(filter(_is_kept, plain))).strip(" .~")
    short = kept.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    if short == plain and short == _one_case(title).translate(_LOOKALIKES) and _is_safe(title):
        return short
    digest = hashlib.sha256(title.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{short} ~{digest}".strip()


def slug(title: str) -> str:
    """Return a name for `title` that is one word in an address: its letters and digits.

    Titles that differ in other signs only get the same one. Empty if there are none.
    """
    letters = filter(lambda letter: unicodedata.category(letter) != "Mn", title.casefold())
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", "".join(letters)))
    short = "-".join(words).encode()[:_MOST_SLUG_BYTES].decode(errors="ignore")
    return short.strip("-")


def identifier(book: Book) -> str:
    """Return what a library may call `book`, which stays while its title and authors do.

    Some chapters of a book are another one.
    """
    named = "\n".join([book.title, *book.details.authors, *([book.only] if book.only else [])])
    return uuid.uuid5(_BOOKS, named).urn


def gregorian(date: str) -> str:
    """Return a date, which may be of the Persian calendar, as catalogues everywhere read it.

    A year alone, or with a month, is that in which it begins. Empty if there is no such day.
    """
    parts = [int(part) for part in date.split("-") if part]
    if not parts or parts[0] >= _NO_PERSIAN_YEAR:
        return date
    from persiantools import jdatetime

    persian: Any = jdatetime.JalaliDate
    try:
        day = str(persian(*parts, *[1] * (3 - len(parts))).to_gregorian())
    except ValueError:
        return ""
    return "-".join(day.split("-")[: len(parts)])


def _is_kept(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn") and not (
        unicodedata.category(letter) == "Cf" and letter != "\u200c"
    )


def _one_case(title: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", title).casefold())


def _is_safe(title: str) -> bool:
    return (
        bool(title)
        and not _DEVICES.fullmatch(title)
        and not re.search("[／＼：＊？＂＜＞｜~]", title)
    )

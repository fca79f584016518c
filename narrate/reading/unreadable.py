"""Files of other kinds: which, and what makes something of them that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from narrate.errors import InputError
from narrate.reading.archive import names_in
from narrate.reading.document import Format

if TYPE_CHECKING:
    from narrate.reading.source import Source

_WRITER = "open it in LibreOffice Writer or Word and save it as .docx"
_PICTURE = "recognise its text first"
_SOUND = "`narrate inspect` shows what is in it"
_SIGNS = {
    b"%PDF-": ("a PDF, which holds the places of letters and not words", "convert it with "
               "Calibre (ebook-convert book.pdf book.epub) and read what came of it"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("an old Word file", _WRITER),
    b"{\\rtf": ("an RTF file", _WRITER),
    b"AT&TFORM": ("a DjVu file, which holds pictures", "recognise its text first"),
    b"\x89PNG": ("a picture", _PICTURE),
    b"\xff\xd8\xff": ("a picture", _PICTURE),
    b"ID3": ("a sound file", _SOUND),
    b"RIFF": ("a sound file", _SOUND),
    b"ITSF": ("a CHM file", "convert it with Calibre to .epub"),
}  # fmt: skip
_ZIPPED = {
    "content.xml": ("an OpenDocument file", _WRITER),
    "ppt/presentation.xml": ("a presentation", "save its text as .docx"),
    "xl/workbook.xml": ("a workbook", "save its text as .docx"),
}
_MOBI = b"BOOKMOBI"


def _kind(source: Source) -> tuple[str, str] | None:
    """Return what `source` is and what to do with it, if it is none of the files that are read."""
    head = source.head
    found = next((each for sign, each in _SIGNS.items() if head.startswith(sign)), None)
    if head[4:8] == b"ftyp":
        found = "a sound file", _SOUND
    if head[60:68] == _MOBI:
        found = "a Kindle book", "convert it with Calibre to .epub"
    if names := names_in(source):
        found = next((each for sign, each in _ZIPPED.items() if sign in names), None)
        found = found or ("a ZIP archive, and no EPUB or Word file", "unpack it and name its texts")
    return found


def _refuse(source: Source) -> NoReturn:
    what, then = _kind(source) or ("unreadable", "")
    raise InputError(f"{source.label} is {what}: {then}")


UNREADABLE = Format("", lambda source: _kind(source) is not None, _refuse)

"""Bytes → text: UTF-8, UTF-16 and Windows-1256, told apart by what they hold."""

from __future__ import annotations

import codecs
import logging
import re

from narrate.errors import InputError

log = logging.getLogger("narrate")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["utf_16_le", "utf_16_be", "cp1256"]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?((?:utf|windows|cp|iso|mac)[-_0-9a-z]{1,20})""",
    re.IGNORECASE,
)
_HEAD = 2048
_MOSTLY = 0.5
_STRAY_SIGNS = 0.01
_SAMPLE = 1_000_000
"""Signs or bytes by which a text is judged."""
_FEW = 10
"""Persian letters for each sign that is none, or more, are a text."""


def decode(data: bytes, label: str) -> tuple[str, str]:
    """Return the text in `data` and the name of its encoding.

    Raises `InputError`, which names `label`, if the bytes are empty, are no text, or are in an
    encoding that cannot be told.
    """
    if not data.strip():
        raise InputError(f"{label} is empty")
    text, encoding = _decode_unicode(data, label) or _guess(data, label)
    if not text.strip():
        raise InputError(f"{label} is empty")
    return text, encoding


def lines_of(data: bytes, label: str) -> list[str]:
    """Return the lines in `data`, without their ends. Raises as `decode`."""
    text, encoding = decode(data, label)
    if encoding != "utf-8":
        log.info("%s: read as %s", label, encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def decode_markup(data: bytes, label: str) -> str:
    """Return the text of a page. What it says of its encoding counts where it can be true.

    Raises `InputError`, which names `label`.
    """
    if not data.strip():
        return ""
    declared = _DECLARED.search(data[:_HEAD])
    try:
        return decode(data, label)[0]
    except InputError:
        try:
            return data.decode(declared[1].decode() if declared else "utf-8")
        except (LookupError, ValueError):
            pass
        # One broken byte is no reason to lose a page.
        text = data.decode("utf-8", errors="replace")
        if text.count("\ufffd") > _STRAY_SIGNS * len(text):
            raise
        return text


def _decode_unicode(data: bytes, label: str) -> tuple[str, str] | None:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
        return None if _is_binary(text) else (text, encoding.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not _nearly_utf8(data):
            return None
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"{label} is {encoding.removesuffix('-sig')} but broken in line {line}: "
            "save it again as UTF-8"
        ) from error


def _is_binary(text: str) -> bool:
    """Tell whether `text` holds more control signs than an old editor leaves behind."""
    signs = _count(_CONTROL, text)
    if "\0" not in text and signs <= _STRAY_SIGNS * min(len(text), _SAMPLE):
        return False
    return _count(_ARABIC_SCRIPT, text) <= _FEW * signs


def _count(signs: re.Pattern[str], text: str) -> int:
    """Return how many of `signs` are in the first million of a text."""
    return sum(1 for _ in signs.finditer(text, 0, _SAMPLE))


def _nearly_utf8(data: bytes) -> bool:
    """Tell whether UTF-8 letters outnumber the bytes that do not fit, as in a damaged file."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    return _count(_ARABIC_SCRIPT, text) > _FEW * text.count("\ufffd")


def _guess(data: bytes, label: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    for match in from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES):
        text = str(match)
        is_persian = _count(_ARABIC_SCRIPT, text) > _MOSTLY * _count(_LETTER, text)
        if is_persian and not _is_binary(text):
            named = match.encoding.replace("_", "-").replace("cp1256", "windows-1256")
            return data.decode(match.encoding, errors="replace"), named
    raise InputError(
        f"{label} holds no text in UTF-8, UTF-16 or Windows-1256: open it in an editor "
        "and save it as UTF-8"
    )

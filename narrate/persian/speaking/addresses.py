"""E-mail and web addresses, names with full stops, and what social networks mark with @ and #."""

from __future__ import annotations

import re

from narrate.persian.protect import DOTTED, EMAIL, WEB
from narrate.persian.speaking.latin import name_of, part_of_address, said_as

_WORDS = r"[^\W_]+(?:[_-]+[^\W_]+)*"
_EMAIL, _WEB, _DOTTED = map(re.compile, (EMAIL, WEB, DOTTED))
_PROTOCOL = re.compile(r"^[a-z]+://")
_NOT_READ = re.compile(r"[?#].*$")
_LONGEST = 80
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,8}(?= \S)")
_MEASURE = re.compile(r"-?\d+\.\d+(?:-\d+\.\d+)?[A-Za-z]{0,4}")
_PIECE = re.compile(r"[A-Za-z]+|\d+|[._/@+-]")
_SIGNS = {
    ".": "دات",
    "_": "آندرلاین",
    "-": "خط تیره",
    "/": "اسلش",
    "@": "ات",
    "+": "پلاس",
}
_EMPTY = re.compile(r" ?[(\[«]\s*[)\]»]")
_HASHTAG = re.compile(rf"(?<!#)#+(?=[^\W\d_])({_WORDS})")
_MENTION = re.compile(r"(?<![\w.])@([A-Za-z][A-Za-z0-9_.]{1,40})(?![A-Za-z0-9_])")


def web_addresses(text: str) -> str:
    """Say a web address without its protocol and what follows `?`; a long one ends at its host."""
    return _WEB.sub(_address, text)


def emails(text: str) -> str:
    """Say an e-mail address."""
    return _EMAIL.sub(lambda found: f" {_read(found[0])} ", text)


def without_addresses(text: str) -> str:
    """Return `text` without its web and e-mail addresses, and without brackets left empty."""
    return _EMPTY.sub("", _WEB.sub("", _EMAIL.sub("", text)))


def mentions(text: str) -> str:
    """Say `@name`, and `#topic` with its words apart."""
    text = _HASHTAG.sub(lambda found: f"هشتگ {re.sub('[_-]+', ' ', found[1])} ", text)
    return _MENTION.sub(lambda found: f" {_read(found[0])} ", text)


def dotted_names(text: str) -> str:
    """Say `example.ir`, `notes1.txt`, `1.2.3` and the letters of `K.G.P` and `J.V. Stalin`."""
    return _DOTTED.sub(
        _dotted, _INITIALS.sub(lambda found: f" {name_of(found[0].replace('.', ''))} ", text)
    )


def _address(found: re.Match[str]) -> str:
    address = _NOT_READ.sub("", _PROTOCOL.sub("", found[0])).rstrip("/")
    if len(address) > _LONGEST:
        address = address.partition("/")[0][:_LONGEST]
    return f" {_read(address)} "


def _dotted(found: re.Match[str]) -> str:
    if _MEASURE.fullmatch(found[0]):
        return found[0]
    if known := said_as(found[0]):
        return f" {known} "
    labels = found[0].split(".")
    if all(label.isdecimal() for label in labels):
        return " نقطه ".join(labels)
    if all(len(label) == 1 for label in labels):
        return f" {name_of(''.join(labels))} "
    return f" {_read(found[0])} "


def _read(address: str) -> str:
    pieces = (_SIGNS.get(piece, piece) for piece in _PIECE.findall(address))
    return " ".join(part_of_address(piece) if piece.isascii() else piece for piece in pieces)

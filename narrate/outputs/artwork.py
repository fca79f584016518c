"""A plain cover for books that have none: title and authors in Persian type.

resvg shapes and orders the letters: it needs nothing of the system, where Pillow's own shaper
needs FriBiDi, which is missing on most computers.

Sources: Apple, "Podcast artwork requirements" (square, 1400 to 3000 pixels, RGB, JPEG or PNG).
"""

from __future__ import annotations

import hashlib
import io
import re
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from narrate.model import Cover

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIDE = 1500
"""Pixels."""
_COLOURS = ("#17324d", "#3d1f47", "#12403c", "#5a1e2b", "#2f2a5e", "#4a3312", "#24452a", "#333b42")
"""All so dark that white on them has a contrast of 9 and more."""
_WIDEST = 1200
_TITLE, _TITLE_AT, _TITLE_HEIGHT = (200, 170, 145, 125, 105, 90, 75, 64, 54, 45, 36), 625, 850
"""Sizes of its letters, of which the first that fits is taken; its middle; all in pixels."""
_AUTHORS, _AUTHORS_AT, _AUTHORS_HEIGHT = (75, 60, 48), 1250, 170
_EDGE, _LINE, _RULE = 60, 3, 200
_LEADING, _BLANK = 1.7, 0.3
"""In heights of a letter."""
_BOX = 2.4
"""Heights of a letter that hold a line with all its marks."""
_MOST_LETTERS, _LONGEST_WORD = 600, 24
_COARSE, _LARGE = 2, 100
"""How many pixels are one when letters of so many are drawn: it takes a quarter of the time."""
_SMALL = 20
"""Size of letters that are only measured."""
_UNDRAWN = re.compile(
    "[^ -~\u00a0-\u017f\u060c\u061b\u061f\u0621-\u063a\u0640-\u0658\u0660-\u0671\u0679\u067e\u0686"
    "\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c0-\u06c3\u06cc\u06d2-\u06d5\u06f0-\u06f9"
    "\u200c\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2039\u203a]"
)
"""What the font has no letter for: the shaper would lose the order of the rest."""


@lru_cache(maxsize=8)
def artwork(title: str, authors: tuple[str, ...]) -> Cover:
    """Return a square JPEG picture of `SIDE` pixels that shows `title` and `authors`."""
    from PIL import Image, ImageDraw

    colour = _COLOURS[hashlib.sha256(title.encode()).digest()[0] % len(_COLOURS)]
    picture = Image.new("RGB", (SIDE, SIDE), colour)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((_EDGE, _EDGE, SIDE - _EDGE, SIDE - _EDGE), outline="white", width=_LINE)
    _write(picture, title, _TITLE, _TITLE_AT if authors else SIDE // 2, _TITLE_HEIGHT)
    if authors:
        at = _AUTHORS_AT - _AUTHORS_HEIGHT // 2 - _EDGE // 2
        draw.line(((SIDE - _RULE) // 2, at, (SIDE + _RULE) // 2, at), "white", _LINE)
        _write(picture, "، ".join(authors), _AUTHORS, _AUTHORS_AT, _AUTHORS_HEIGHT)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85, optimize=True)
    return Cover(file.getvalue(), "image/jpeg")


def _write(picture: Any, text: str, sizes: Sequence[int], middle: int, height: int) -> None:  # noqa: ANN401 - Pillow is imported late
    """Write `text` around the height `middle`, in the first of `sizes` in which it fits."""
    words = re.findall(rf"\S{{1,{_LONGEST_WORD}}}", _UNDRAWN.sub("", text[:_MOST_LETTERS]))
    most_wide = 2 * max(map(len, words), default=0)
    widths = [each.width / _SMALL for each in _drawn(words, _SMALL, most_wide)]
    for size in sizes:
        lines = list(_lines(words, widths, _WIDEST / size))
        most = max(1, int(height / size / _LEADING))
        if len(lines) <= most and max(widths, default=0) <= _WIDEST / size:
            break
    if len(lines) > most:
        last, width = lines[most - 1]
        lines[most - 1 :] = [(f"{last} …", width + 1)]
    coarse = _COARSE if size >= _LARGE else 1
    widest = max((width for _, width in lines), default=0)
    for number, mask in enumerate(_drawn([line for line, _ in lines], size // coarse, widest)):
        drawn = mask.resize((mask.width * coarse, mask.height * coarse))
        at = middle + round((number - (len(lines) - 1) / 2) * size * _LEADING)
        picture.paste("white", ((SIDE - drawn.width) // 2, at - drawn.height // 2), drawn)


def _lines(
    words: Sequence[str], widths: Sequence[float], widest: float
) -> Iterator[tuple[str, float]]:
    """Yield `words` in lines, each with its width; widths are in heights of a letter."""
    line, at = "", 0.0
    for word, width in zip(words, widths, strict=True):
        if line and at + _BLANK + width > widest:
            yield line, at
            line, at = "", 0.0
        line, at = (f"{line} {word}", at + _BLANK + width) if line else (word, width)
    if line:
        yield line, at


def _drawn(texts: Sequence[str], size: int, width: float) -> list[Any]:
    """Return a mask for each of `texts` on one line, from right to left, as wide as it is.

    None is much wider than `width` heights of a letter.
    """
    import resvg_py
    from PIL import Image

    wide, height = round((width * 1.1 + 2) * size), round(_BOX * size)
    lines = "".join(
        f'<text x="{wide / 2}" y="{height * (number + 0.6)}">\u202b{escape(text)}\u202c</text>'
        for number, text in enumerate(texts)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{height * len(texts)}">'
        f'<g font-size="{size}" text-anchor="middle" font-family="Vazirmatn" font-weight="700" '
        f'fill="white">{lines}</g></svg>'
    )
    if not texts:
        return []
    with as_file(files("narrate.outputs").joinpath("data", "cover", "vazirmatn-bold.ttf")) as font:
        data = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(font)])
    drawn = Image.open(io.BytesIO(data)).getchannel("A")
    rows = [drawn.crop((0, top, wide, top + height)) for top in range(0, drawn.height, height)]
    return [row.crop((left, 0, right, height)) for row in rows for left, right in [_sides(row)]]


def _sides(mask: Any) -> tuple[int, int]:  # noqa: ANN401
    left, _, right, _ = mask.getbbox() or (0, 0, 1, 1)
    return left, right

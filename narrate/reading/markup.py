"""A page's tree → blocks: what is shown of it as paragraphs, and not what only helps to read.

Source: HTML Living Standard, sections 4.4 and 15.3 (which elements are blocks).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.reading.beside import left_out
from narrate.reading.document import Block
from narrate.reading.trees import name, said_of
from narrate.reading.verse import hemistichs, is_verse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from narrate.reading.document import BlockKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_APART = {
    *("address article aside blockquote body caption center dd details dialog div dl dt fieldset"
      " figcaption figure footer form header hgroup hr html legend li main ol p pre search section"
      " summary table tbody td tfoot th thead tr ul").split(),
    *_HEADINGS,
}  # fmt: skip
"""What begins on a line of its own."""
_PLACED = {"table", "ul", "ol", "blockquote", *_HEADINGS}
"""What is in no table that holds facts."""
_ROLES = {
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys("b em i strong".split(), "stress"),
    "a": "link",
    "li": "item",
    "pre": "as it is",
    "blockquote": "quote",
}
"""What text is because of the element that it is in."""
_VERSE = set(
    "poem poetry verse stanza beyt beit bayt mesra m1 m2 hemistich line-block line-group".split()
)
_POETIC = {"z3998:poem", "z3998:verse", "poem", "verse"}
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_CHANGED = ("\n", "\t", "\r", "\f", "  ")
"""Blanks that are shown as something else than what they are: as one space."""
_FEWEST_LINKS = 3
_LETTER = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Page:
    """What is shown of a page."""

    blocks: list[Block] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """For each `id`, which block it is in, or which follows."""
    left_out: Counter[str] = field(default_factory=Counter)
    doubtful: set[int] = field(default_factory=set)
    """Which blocks are mostly links, or in what is around an article."""

    @property
    def is_contents(self) -> bool:
        """Whether there are only links on it, three or more, below headings."""
        others = [n for n, each in enumerate(self.blocks) if each.kind != "heading"]
        return len(others) >= _FEWEST_LINKS and self.doubtful.issuperset(others)


def shown(root: Element, is_around: Callable[[Element], bool] = lambda _: False) -> Page:
    """Return what is shown in `root`; `is_around` tells what is around an article."""
    from lxml import etree

    walk = _Walk(Page(), is_around)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if walk.begin(element):
                walk.text(element.text)
            else:
                walker.skip_subtree()
        else:
            walk.end(element)
            if element is not root:
                walk.text(element.tail)
    walk.flush()
    return walk.page


class _Walk:
    """Gathers text into blocks on the way through a tree."""

    def __init__(self, page: Page, is_around: Callable[[Element], bool]) -> None:
        self.page, self._is_around = page, is_around
        self._open: list[tuple[int, str, list[str]]] = []
        """For each element that we are in: where its first block is, the language around it, and
        what is in it because of it."""
        self._language = ""
        self._text: list[str] = []
        self._has_stressed = self._has_unstressed = False
        self._linked = self._unlinked = 0
        self._rows: list[list[str]] = []
        self._items: list[int] = []
        """The number of the next item of each list that we are in; 0 for one without numbers."""
        self._marker = ""
        self._skipped: Element | None = None
        self._inside = Counter[str]()
        self._level = 1

    def begin(self, element: Element) -> bool:
        """Enter `element`; return whether anything in it is shown."""
        tag = name(element)
        if element.attrib:
            self._note_place(element, tag)
        if what := left_out(element, tag):
            if what != "hidden":
                self.page.left_out[what] += 1
            self._skipped = element
            return False
        if tag in _APART:
            self.flush()
        elif tag == "br":
            self._text.append("\n")
        elif tag == "q":
            self.text("«")
        elif tag == "img" and self._inside["heading"]:
            self.text(element.get("alt"))
        roles = _roles(element, tag) + ["around"] * self._is_around(element)
        for what in roles:
            self._inside[what] += 1
        self._open.append((len(self.page.blocks), self._language, roles))
        if element.attrib:
            self._language = said_of(element, "lang") or self._language
        self._begin_structure(element, tag)
        return True

    def end(self, element: Element) -> None:
        """Leave `element`."""
        if element is self._skipped:
            self._skipped = None
            return
        tag = name(element)
        if tag in _APART:
            self.flush()
        elif tag == "q":
            self.text("»")
        first, self._language, roles = self._open.pop()
        for what in roles:
            self._inside[what] -= 1
        self._end_structure(element, tag)
        if "verse" in roles and _are_lines(self.page.blocks[first:]):
            self._merge(first)

    def _merge(self, first: int) -> None:
        """Make one stanza of the blocks from `first` on."""
        page = self.page
        gone = len(page.blocks) - first - 1
        page.blocks[first:] = [Block("verse", "\n".join(each.text for each in page.blocks[first:]))]
        for key in reversed(page.places):
            if page.places[key] <= first:
                break
            page.places[key] = max(first, page.places[key] - gone)

    def text(self, text: str | None) -> None:
        """Take text as it is shown here."""
        if not text:
            return
        meant = text if self._inside["as it is"] else _in_one_line(text)
        self._text.append(meant)
        if self._inside["link"]:
            self._linked += len(meant)
        else:
            self._unlinked += len(meant)
        if _LETTER.search(meant):
            if self._inside["stress"]:
                self._has_stressed = True
            else:
                self._has_unstressed = True

    def flush(self) -> None:
        """End the paragraph that is being gathered."""
        lines = [line.strip(" \t\r") for line in "".join(self._text).split("\n")]
        stressed = self._has_stressed and not self._has_unstressed
        self._text.clear()
        self._has_stressed = self._has_unstressed = False
        is_doubtful = self._inside["around"] or self._linked > self._unlinked
        self._linked = self._unlinked = 0
        lines = [line for line in lines if line.strip("\u00a0\u200b\u200c\ufeff ")]
        if not lines:
            return
        if self._rows:
            self._rows[-1].append("\n".join(lines))
            return
        first = len(self.page.blocks)
        self.page.blocks += self._blocks(lines, stressed=stressed)
        if is_doubtful:
            self.page.doubtful.update(range(first, len(self.page.blocks)))

    def _blocks(self, lines: list[str], *, stressed: bool) -> Iterator[Block]:
        if self._inside["heading"]:
            yield Block("heading", " ".join(lines), self._level, self._language)
        elif self._inside["title page"]:
            self.page.left_out["title pages"] += 1
        elif self._inside["verse"] or is_verse(lines) or len(hemistichs(lines[0])) > 1:
            halves = [half for line in lines for half in hemistichs(line)]
            yield Block("verse", "\n".join(halves), language=self._language)
        else:
            kind: BlockKind = "emphasis" if stressed else "body"
            kind = "quote" if self._inside["quote"] else kind
            kind = "item" if self._inside["item"] else kind
            lines[0], self._marker = self._marker + lines[0], ""
            for line in lines:
                yield Block(kind, line, language=self._language)

    def _begin_structure(self, element: Element, tag: str) -> None:
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "tr" and _is_data(element):
            self._rows.append([])
        elif tag in ("ol", "ul"):
            self._items.append(_number(element.get("start"), 1) if tag == "ol" else 0)
        elif tag == "li" and self._items and self._items[-1]:
            number = _number(element.get("value"), self._items[-1])
            self._items[-1] = number + 1
            self._marker = f"{number}. ".translate(_PERSIAN)
        elif tag == "hr":
            self.page.blocks.append(Block("rule", "***"))

    def _end_structure(self, element: Element, tag: str) -> None:
        blocks = self.page.blocks
        if tag in ("ol", "ul"):
            self._items.pop()
        elif tag == "li":
            self._marker = ""
        elif tag == "tr" and self._rows and _is_data(element) and (cells := self._rows.pop()):
            blocks.append(row(cells, is_poem=bool(self._inside["verse"])))

    def _note_place(self, element: Element, tag: str) -> None:
        for key in (element.get("id"), element.get("name") if tag == "a" else None):
            if key:
                at = len(self.page.blocks) + (tag in _APART and bool("".join(self._text).strip()))
                self.page.places.setdefault(key, at)


def row(cells: Sequence[str], *, is_poem: bool = False) -> Block:
    """Return a table's row: a stanza if its columns are hemistichs, line by line."""
    columns = [cell.split("\n") for cell in cells]
    if len({len(lines) for lines in columns}) == 1:
        verse = [half for halves in zip(*columns, strict=True) for half in halves]
        if is_poem or is_verse(verse):
            return Block("verse", "\n".join(verse))
    return Block("row", "، ".join(" ".join(lines) for lines in columns))


def _in_one_line(text: str) -> str:
    """Return `text` as a page shows it, every row of blanks as one space."""
    return _BLANKS.sub(" ", text) if any(each in text for each in _CHANGED) else text


def _roles(element: Element, tag: str) -> list[str]:
    """Return what the text in `element` is because of it."""
    roles = [_ROLES[tag]] if tag in _ROLES else []
    if element.attrib and tag in _APART:
        words = element.get("class", "").lower().split()
        meant = said_of(element, "type").lower().split()
        if _VERSE.intersection(words) or _POETIC.intersection(meant):
            roles.append("verse")
        elif words and len(element) and _VERSE.intersection(element[0].get("class", "").split()):
            # Of a couplet often only the hemistichs say what they are.
            roles.append("verse")
        if "titlepage" in meant or element.get("id") == "title-block-header":
            roles.append("title page")
    return roles


def _is_data(row: Element) -> bool:
    """Tell whether a table's row holds facts, and is not there to place parts of a page."""
    cells = [each for each in row if name(each) in ("td", "th")]
    return len(cells) > 1 and not any(name(each) in _PLACED for each in row.iter())


def _are_lines(blocks: Sequence[Block]) -> bool:
    return len(blocks) > 1 and all(
        each.kind == "verse" and "\n" not in each.text for each in blocks
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else otherwise


_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

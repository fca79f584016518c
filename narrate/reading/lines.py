"""What a line of plain text is: a heading, a rule, a section number, or prose."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

LineKind = Literal["heading", "rule", "number", "body", "blank"]

_FOLD = str.maketrans(
    "يىك۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩\u00a0\u00ac\u00ad",
    "ییک01234567890123456789 \u200c\u200c",
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
)
_FOLDED = re.compile(f"[{''.join(map(chr, _FOLD))}]")
_ZWNJ = "\u200c"

_MARKDOWN = re.compile(r"#{1,6}[ \t]+(?P<title>.*)")
_STRESS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")
_UNDERLINE = re.compile(r"={3,}")
_RULE = re.compile(r"(?:[*＊_\-–—―─━═=~•·◆❖⁂⁎#ـ][\s\u200c]*){3,}|⁂|ـ+")
_NUMBER = re.compile(r"[(\[]?\s*(?:\d{1,3}|[IVX]{1,6})\s*[)\].\-–]?")

_CREDIT = re.compile(
    r"(?:(?:نوشت|ترجم)(?:ه|ۀ|هٔ)|نویسنده|نویسندگان|به قلم|اثر|مترجم|مترجمان|گردآوری)(?!\w)"
)
_AUTHOR = re.compile(
    r"(?:(?:نوشته|نوشت[ۀهٔ]+)(?:[ \u200c]?ی)?|نویسنده|به قلم(?:[ \u200c]?ی)?|اثر)\s*:?\s+(\S.*)"
)
_POINT = re.compile(r"[-–*•▪●○■►◆]\s+(\S.*)")
_DASH = re.compile(r"\s*[-–*]")
_TALK = re.compile("[؟?!«]")
_COUNT = re.compile(r"([0-9۰-۹٠-٩]{1,3})\.\s+(\S.*)")
_PERSIAN = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹")
_ONES = "یکم|اول|نخست|دوم|سوم|سیم|چهارم|پنجم|ششم|هفتم|هشتم|نهم"
_TEENS = "دهم|یازدهم|دوازدهم|سیزدهم|چهاردهم|پانزدهم|شانزدهم|هفدهم|هجدهم|هیجدهم|نوزدهم"
_TENS = "بیستم|سی[ ]?ا?م|چهلم|پنجاهم|شصتم|هفتادم|هشتادم|نودم|صدم"
_TENS_AND = f"(?:بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود) ?و ?(?:{_ONES})"
_CARDINALS = "یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|بیست"
_ORDER = (
    rf"(?:\d{{1,3}}(?:[ ]?ا?م)?|[IVX]{{1,6}}|{_TENS_AND}|{_TEENS}|{_TENS}|{_ONES}|{_CARDINALS}|آخر)"
)
_TITLE = r"(?:\s*[:.\-–—ـ،]+\s*\S.*|\s*[:.\-–—]|\s+\S.*)?"
_NUMBERED = re.compile(
    rf"[«(\[]?(?:فصل|بخش|باب|گفتار|جلد|قسمت|پرده|دفتر|جزء|مجلس)\s+{_ORDER}[»)\]]?(?!\w){_TITLE}"
)
_ALONE = re.compile(
    r"(?:پیش ?گفتار|پیش ?درآمد|پس ?گفتار|مقدمه|دیباچه|سرآغاز|درآمد|پایان|مؤخره|موخره"
    r"|سخن (?:آغازین|پایانی|مترجم|ناشر|آخر)|نتیجه ?گیری|یادداشت مترجم"
    r"|پی ?نوشت(?: ?ها)?|پیوست(?: ?ها)?|ضمیمه)"
    rf"(?:\s*{_ORDER})?(?:(?: ?ی|ٔ| ?ٔ)?\s+(?:مترجم|نویسنده|مؤلف|مولف|ناشر|ویراستار|چاپ \S+))?"
    r"(?:\s*[:\-–—].*)?"
)
_LONGEST_HEADING = 80
_LONGEST_BARE_TITLE = 45
_PROSE_ENDS = (".", "؛", "،", ",", ";", "…")


@lru_cache(maxsize=1 << 15)
def kind_of(line: str) -> LineKind:
    """Tell what `line` is, looking at nothing else."""
    text = fold(line)
    if not text:
        return "blank"
    if _MARKDOWN.fullmatch(text) and any(map(str.isalpha, text)):
        return "heading"
    if _RULE.fullmatch(text):
        return "rule"
    if _NUMBER.fullmatch(text):
        return "number"
    return "heading" if _is_named_heading(_STRESS.sub("", text).strip()) else "body"


def heading_text(line: str) -> str:
    """Return the words of a heading without Markdown's signs of headings and emphasis."""
    match = _MARKDOWN.fullmatch(line.strip())
    words = match["title"].rstrip("# \t") if match else line
    return _STRESS.sub("", words).strip()


def level_of(line: str) -> int:
    """Return the depth of a heading: the number of its `#`, or 1."""
    text = line.strip()
    return len(text) - len(text.lstrip("#")) or 1


def is_credit(line: str) -> bool:
    """Tell whether `line` says who wrote or translated a text."""
    return len(line) <= _LONGEST_HEADING and bool(_CREDIT.match(fold(line)))


def author_in(line: str) -> str:
    """Return the author whom `line`, below a title, names; empty if it names none."""
    match = _AUTHOR.match(line.strip()) if is_credit(line) else None
    return match[1].strip(" .") if match else ""


def is_listed(line: str) -> bool:
    """Tell whether `line` may be a point or a number of a list."""
    text = line.strip()
    return kind_of(line) == "body" and bool(_POINT.fullmatch(text) or _COUNT.fullmatch(text))


def items(lines: Sequence[str]) -> list[str]:
    """Return what a list of points or numbers has in `lines`; nothing if they are none.

    Points are signs, or dashes that no talk follows; numbers stay, as a reader says them.
    """
    numbered = [_COUNT.fullmatch(line.strip()) for line in lines]
    if all(numbered):
        return [f"{found[1].translate(_PERSIAN)}. {found[2]}" for found in numbered if found]
    points = [_POINT.fullmatch(line.strip()) for line in lines]
    is_talk = any(map(_TALK.search, lines)) or (len(lines) == 1 and _DASH.match(lines[0]))
    return [found[1] for found in points if found] if all(points) and not is_talk else []


def is_underline(line: str) -> bool:
    """Tell whether `line` makes the one above it a Markdown heading."""
    return bool(_UNDERLINE.fullmatch(line.strip()))


def is_markdown_heading(line: str) -> bool:
    """Tell whether `line` is a heading because of its `#`."""
    return kind_of(line) == "heading" and bool(_MARKDOWN.fullmatch(fold(line)))


def could_be_title(line: str) -> bool:
    """Tell whether `line`, standing alone at the top of a text, reads as its title."""
    text = fold(line)
    has_letters = any(map(str.isalpha, text))
    return (
        has_letters
        and len(text) <= 2 * _LONGEST_HEADING
        and not text.endswith(_PROSE_ENDS)
        and "@" not in text
    )


def fold(line: str) -> str:
    """Return `line` as patterns want it: one code for each letter, half-spaces as spaces."""
    text = line.translate(_FOLD) if _FOLDED.search(line) else line
    return " ".join(text.replace(_ZWNJ, " ").split())


def _is_named_heading(text: str) -> bool:
    if len(text) > _LONGEST_HEADING or text.endswith(_PROSE_ENDS):
        return bool(re.fullmatch(rf"(?:فصل|بخش|باب|گفتار)\s+{_ORDER}\.", text))
    if _ALONE.fullmatch(text):
        return True
    match = _NUMBERED.fullmatch(text)
    return bool(match) and (len(text) <= _LONGEST_BARE_TITLE or ":" in text or "–" in text)


def joined(lines: list[str]) -> list[str]:
    """Join the lines of a text that was wrapped at a width; leave any other text alone.

    A wrapped line ends only where the next word would not have fitted, or where a paragraph ends
    with its sentence. When that holds for nearly all neighbouring lines, and the first for half
    of them, the text was wrapped; verse and lists never look so.
    """
    width = max(map(len, lines), default=0)
    prose = [kind_of(line) == "body" for line in lines]
    pairs = list(pairwise(lines))
    both = [first and second for first, second in pairwise(prose)]
    full = [is_prose and _is_full(*pair, width) for pair, is_prose in zip(pairs, both, strict=True)]
    ended = [pair[0].rstrip().endswith(_SENTENCE_ENDS) for pair in pairs]
    fits = sum(both[n] and (full[n] or ended[n]) for n in range(len(pairs)))
    if width > _WIDEST_WRAP or sum(full) < max(_FEWEST_WRAPS, sum(both) / 2):
        return lines
    if fits < _WRAPPED * sum(both):
        return lines
    result = lines[:1]
    for line, goes_on in zip(lines[1:], full, strict=True):
        if goes_on:
            result[-1] = f"{result[-1].rstrip()} {line.strip()}"
        else:
            result.append(line)
    return result


def _is_full(line: str, below: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > width


_SENTENCE_ENDS = (".", "؟", "!", "…", "»", ":", "؛", ")")
_WIDEST_WRAP = 100
_FEWEST_WRAPS = 5
_WRAPPED = 0.95

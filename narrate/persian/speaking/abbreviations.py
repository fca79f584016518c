"""Abbreviations, initials and spelled names, as readers expand them."""

from __future__ import annotations

import re

_BEFORE = "(?<![\\w\u200c.])"
_END = "(?![\\w\u200c])"
_ERAS = {
    r"ق\. ?م": "قبل از میلاد",
    r"پ\. ?م": "پیش از میلاد",
    r"ب\. ?م": "بعد از میلاد",
    r"ه\.?[ \u200c]?ش": "هجری شمسی",
    r"ه\.?[ \u200c]?خ": "هجری خورشیدی",
    r"ه\.?[ \u200c]?ق": "هجری قمری",
}
_DOTTED = {
    **_ERAS,
    r"ق\. ?ظ": "قبل از ظهر",
    r"ب\. ?ظ": "بعد از ظهر",
    r"پ\. ?ن": "پی‌نوشت",
    r"ج\. ?ا\. ?ا": "جمهوری اسلامی ایران",
    r"ج\. ?ا": "جمهوری اسلامی",
    r"(?:ر\. ?ک|رک(?=[.:]))(?:\.?:? به(?!\w))?": "رجوع کنید به",
    r"(?:ن\. ?ک|نک(?=[.:]))(?:\.?:? به(?!\w))?": "نگاه کنید به",
    r"قس(?=[.:])": "مقایسه کنید با",
    r"(?:الی آخر|الخ)": "الی آخر",
}
# `ه ش` without a full stop is an era only after a year.
_PATTERNS = [
    rf"(?<=\d ){pattern}" if pattern.startswith(r"ه\.?") else pattern for pattern in _DOTTED
] + [pattern.replace(r"\.?", r"\.", 1) for pattern in _DOTTED if pattern.startswith(r"ه\.?")]
_WORDS = [*_DOTTED.values(), *(_DOTTED[each] for each in _DOTTED if each.startswith(r"ه\.?"))]
_DOTTED_RULE = re.compile(
    rf"(?:{_BEFORE}|(?<=\d))(?:" + "|".join(f"({each})" for each in _PATTERNS) + rf"){_END}[.:]?"
)
_ERA_LETTERS = {"ش": "شمسی", "خ": "خورشیدی", "ق": "قمری", "م": "میلادی"}
_ERA_LETTER = re.compile(rf"(?<=\d\d\d)(?: ?([شخق])| (م)){_END}\.?")

_PRAISE = {
    "ص": "صلی‌الله علیه و آله",
    "ع": "علیه‌السلام",
    "س": "سلام‌الله علیها",
    "ره": "رحمت‌الله علیه",
    "عج": "عجل‌الله تعالی فرجه",
    "رض": "رضی‌الله عنه",
    "قدس": "قدّس سرّه",
    "ج": "جلّ جلاله",
}
_PRAISED = re.compile(rf" ?\( ?({'|'.join(_PRAISE)}) ?\)")
_WOMEN = re.compile(r"(?:فاطمه|زهرا|زینب|مریم|معصومه|خدیجه|آسیه|هاجر|سکینه|رقیه|کلثوم)(?:‌?ی)?$")
_MANY = re.compile(r"(?:ائمه|امامان|معصومین|پیامبران|انبیا|بیت|معصومان|حسنین)(?:‌?ی)?$")

_PAGES = {"ص": "صفحه", "صص": "صفحات", "ج": "جلد", "چ": "چاپ", "ش": "شماره", "ق": "قرن"}
_PAGE = re.compile(
    rf"{_BEFORE}({'|'.join(sorted(_PAGES, key=len, reverse=True))})(?:\.|:)? ?(?=\d)"
)

LETTERS = dict(
    zip(
        "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
        (
            "الف بِ پِ تِ ثِ جیم چِ حِ خِ دال ذال رِ زِ ژِ سین شین صاد ضاد طا ظا عین غین فِ قاف کاف گاف "
            "لام میم نون واو هِ یِ"
        ).split(),
        strict=True,
    )
)
"""The names of the Persian letters."""
# `و.` behind which no name stands is the word «و».
_INITIAL = re.compile(
    rf"(?<![\w\u200c])(?!و\.(?! ?[^\W\d_]))([{''.join(LETTERS)}])"
    r"(?:\. ?(?=[^\W\d_])|\.(?=[»)،؛:]|$))"
)

_FOREIGN_LETTERS = (
    "ای|بی|سی|دی|اف|جی|اچ|آی|کی|کا|گ|ال|ام|ان|او|پی|پ|کیو|آر|اس|تی|یو|وی|دبلیو|ایکس|وای|زد"
)
_SPELLED = re.compile(
    rf"(?<![\w\u200c])({_FOREIGN_LETTERS})\."
    rf"(?: ?(?=(?:{_FOREIGN_LETTERS})(?!\w))|\u200c?(?=های?(?!\w)))"
)


def dotted_abbreviations(text: str) -> str:
    """Expand `ق.م`, `ه.ش`, `ر.ک` and their kin, and the letter of an era behind a year."""
    text = _DOTTED_RULE.sub(lambda found: f" {_WORDS[(found.lastindex or 0) - 1]} ", text)
    return _ERA_LETTER.sub(_era, text)


def praises(text: str) -> str:
    """Say in full what follows a holy name: `(ص)`, `(ع)`, `(ره)`."""
    return _PRAISED.sub(_praise, text)


def pages(text: str) -> str:
    """Say `ص ۴۵`, `ج ۲`, `چ ۳` in words."""
    return _PAGE.sub(lambda found: f"{_PAGES[found[1]]} ", text)


def spelled_names(text: str) -> str:
    """Say `اس. آر` without the rest that a full stop would make."""
    return _SPELLED.sub(r"\1 ", text)


def initials(text: str) -> str:
    """Say the letter of `م. امید` by its name."""
    return _INITIAL.sub(lambda found: f"{LETTERS[found[1]]} ", text)


def _era(found: re.Match[str]) -> str:
    return f" {_ERA_LETTERS[found[1] or found[2]]} "


def _praise(found: re.Match[str]) -> str:
    words = _PRAISE[found[1]]
    if found[1] == "ع":
        before = found.string[max(0, found.start() - 20) : found.start()]
        if _WOMEN.search(before):
            words = "علیها‌السلام"
        elif _MANY.search(before):
            words = "علیهم‌السلام"
    return f" {words} "

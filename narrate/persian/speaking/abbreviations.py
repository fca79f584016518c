"""Abbreviations, initials and spelled names, as readers expand them."""

from __future__ import annotations

import re

from narrate.persian.letters import NAMES, PERSIAN, SURE_NAMES
from narrate.persian.spacing.words import VOWELS

_WORD_BEFORE = f"(?<![\\w\u200c{VOWELS}])"
_BEFORE = f"(?<![\\w\u200c.{VOWELS}])"
_END = f"(?![\\w\u200c{VOWELS}])"

_DOTTED = {
    r"ق\.م\.ا": "قانون مجازات اسلامی",
    r"ق\.آ\.د\.م": "قانون آیین دادرسی مدنی",
    r"ق\.آ\.د\.ک": "قانون آیین دادرسی کیفری",
    r"ق\. ?م": "قبل از میلاد",
    r"پ\. ?م": "پیش از میلاد",
    r"ب\. ?م": "بعد از میلاد",
    r"ه\.[ \u200c]?ش": "هجری شمسی",
    r"ه\.[ \u200c]?خ": "هجری خورشیدی",
    r"ه\.[ \u200c]?ق": "هجری قمری",
    r"م\.ت": "میلیون تومان",
    r"ک(?:ا)?\. ?گ\. ?ب": "کا گ ب",
    r"ق\. ?ظ": "قبل از ظهر",
    r"ب\. ?ظ": "بعد از ظهر",
    r"پ\. ?ن": "پی‌نوشت",
    r"ج\. ?ا\. ?ا": "جمهوری اسلامی ایران",
    r"ج\. ?ا": "جمهوری اسلامی",
    r"(?:ر\. ?ک|رک(?=[.:]))(?:\.?:? به(?!\w))?": "رجوع کنید به",
    r"(?:ن\. ?ک|نک(?=[.:]))(?:\.?:? به(?!\w))?": "نگاه کنید به",
    r"قس(?=[.:])": "مقایسه کنید با",
}
_BEHIND_NUMBERS = {
    r"ه[ \u200c]?ش": "هجری شمسی",
    r"ه[ \u200c]?خ": "هجری خورشیدی",
    r"ه[ \u200c]?ق": "هجری قمری",
    r"ه": "هجری",
    r"ص": "صفحه",
    r"ق\.? ?غ": "قاشق غذاخوری",
    r"ق\.? ?چ": "قاشق چای‌خوری",
}
_LAW = re.compile(r"(?:ماده|مواد|تبصره)(?:‌?ی)? [^.]{1,20}$")
_BEFORE_CHRIST = "قبل از میلاد"

_ERA_LETTERS = {"ش": "شمسی", "خ": "خورشیدی", "ق": "قمری", "م": "میلادی"}
_YEARS = {"ش": range(1000, 1500), "خ": range(1000, 1500), "ق": range(100, 1500)}
_LATEST = range(300, 2200)
_ERA_LETTER = re.compile(rf"(?<!\d)(?P<year>\d{{3,4}})(?: ?(?P<ours>[شخق])| (?P<west>م)){_END}\.?")
_LENGTH = re.compile(r"(?:ارتفاع|طول|عرض|عمق|متراژ|مساحت|دو|شنای?|فاصله)(?:‌?ی)? (?:\w+ ){0,2}$")
_CENTURY_LETTER = re.compile(
    r"((?<!\w)(?:قرن|سده|هزاره)(?:‌?ی)? (?:\d{1,2}(?: (?:و|تا) \d{1,2})?|[^\W\d_]{2,9}م)) ?"
    rf"([شقم]){_END}\.?"
)
_LIVES = {"م": "متوفی", "د": "درگذشته", "ح": "حدود", "حک": "حکومت", "مقت": "مقتول", "ز": "زاده"}
_LIFE = re.compile(rf"\(({'|'.join(_LIVES)})\.? ?(?=\d{{2,4}}(?!\d))")

_PRAISE = {
    "ص": "صلی‌الله علیه و آله",
    "ع": "علیه‌السلام",
    "س": "سلام‌الله علیها",
    "ره": "رحمت‌الله علیه",
    "عج": "عجل‌الله تعالی فرجه",
    "رض": "رضی‌الله عنه",
    "قدس": "قدّس سرّه",
}
_PRAISED = re.compile(rf"(?P<name>[^\W\d_]|»)(?P<gap> ?)\( ?(?P<praise>{'|'.join(_PRAISE)}) ?\)")
_WOMEN = re.compile(r"(?:فاطمه|زهرا|زینب|مریم|معصومه|خدیجه|آسیه|هاجر|سکینه|رقیه|کلثوم)(?:‌?ی)?$")
_MANY = re.compile(
    r"(?<!\w)(?:ائمه|امامان|معصومین|پیامبران|انبیا|اهل[ \u200c]?بیت|معصومان|حسنین|امامین|معصوم)"
    r"(?:‌?ی)?(?: \w+){0,3}$"
)
_LISTED = re.compile(
    r"(?<!\w)(?:بند|گزینه|تبصره|قسمت|حرف|جزء|مورد|ردیف|ماده|شکل|جدول|بخش|و|یا|،)(?:‌?ی|ٔ)?$"
)

_PAGES = {"ص": "صفحه", "صص": "صفحات", "ج": "جلد", "چ": "چاپ", "ش": "شماره"}
_ORDINALS = "اول|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم"
_PAGE = re.compile(rf"{_BEFORE}(صص|[صجچش])\.?(?: ?(?=\d)| (?=(?:{_ORDINALS})(?!\w)))")

# `و.` behind which no name stands is the word «و».
_INITIAL = re.compile(
    rf"{_WORD_BEFORE}(?!و\.(?! ?[^\W\d_]))([{''.join(PERSIAN)}])"
    r"(?:\. ?(?=[^\W\d_])|\.(?=[»)،؛:]|$))"
)

_SPELLED = re.compile(
    rf"{_WORD_BEFORE}(?:({NAMES})\.(?: ?(?=(?:{NAMES})(?![\w{VOWELS}]))|\u200c?(?=های?(?!\w)))"
    rf"|({SURE_NAMES})\. (?=[^\W\d_]))"
)


def dotted_abbreviations(text: str) -> str:
    """Expand `ق.م`, `ه.ش`, `ر.ک` and their kin, and `ه ش`, `ص`, `ق.غ` behind a number."""
    return _BEHIND.sub(_behind_number, _ANYWHERE.sub(_anywhere, text))


def eras(text: str) -> str:
    """Say the letter of an era behind a year or a century, and those of lives: `(د. ۶۷۲ق)`."""
    text = _CENTURY_LETTER.sub(lambda found: f"{found[1]} {_ERA_LETTERS[found[2]]} ", text)
    text = _LIFE.sub(lambda found: f"({_LIVES[found[1]]} ", text)
    return _ERA_LETTER.sub(_era, text)


def praises(text: str) -> str:
    """Say in full what follows a holy name: `(ص)`, `(ع)`, `(ره)`."""
    return _PRAISED.sub(_praise, text)


def pages(text: str) -> str:
    """Say `ص ۴۵`, `ج ۲`, `چ سوم` in words."""
    return _PAGE.sub(lambda found: f"{_PAGES[found[1]]} ", text)


def spelled_names(text: str) -> str:
    """Say `اس. آر` and `جان اف. کندی` without the rest that a full stop would make."""
    return _SPELLED.sub(lambda found: f"{found[1] or found[2]} ", text)


def initials(text: str) -> str:
    """Say the letter of `م. امید` by its name."""
    return _INITIAL.sub(lambda found: f"{PERSIAN[found[1]]} ", text)


def _one_of(patterns: dict[str, str], before: str, after: str = "") -> re.Pattern[str]:
    alternatives = "|".join(f"({each})" for each in patterns)
    return re.compile(rf"{before}(?:{alternatives}){_END}{after}[.:]?")


_ANYWHERE = _one_of(_DOTTED, rf"(?:{_BEFORE}|(?<=\d))", r"(?!\.[^\W\d_])")
_BEHIND = _one_of(_BEHIND_NUMBERS, r"(?<=[\d½¼¾])[ \u200c]?")
_DOTTED_WORDS, _BEHIND_WORDS = tuple(_DOTTED.values()), tuple(_BEHIND_NUMBERS.values())


def _anywhere(found: re.Match[str]) -> str:
    words = _DOTTED_WORDS[(found.lastindex or 1) - 1]
    if words == _BEFORE_CHRIST and _LAW.search(found.string[: found.start()][-40:]):
        words = "قانون مدنی"
    return f" {words} "


def _behind_number(found: re.Match[str]) -> str:
    return f" {_BEHIND_WORDS[(found.lastindex or 1) - 1]} "


def _era(found: re.Match[str]) -> str:
    letter = found["ours"] or found["west"]
    if int(found["year"]) in _YEARS.get(letter, _LATEST):
        before = found.string[: found.start()][-30:]
        words = "متر" if letter == "م" and _LENGTH.search(before) else _ERA_LETTERS[letter]
        return f"{found['year']} {words} "
    return found[0]


def _praise(found: re.Match[str]) -> str:
    before = found.string[: found.start() + 1][-40:]
    if _LISTED.search(before):
        return found[0]
    words = _PRAISE[found["praise"]]
    if found["praise"] == "ع":
        words = "علیها‌السلام" if _WOMEN.search(before) else words
        words = "علیهم‌السلام" if _MANY.search(before) else words
    return f"{found['name']} {words} "

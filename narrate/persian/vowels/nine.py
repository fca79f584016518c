"""«نه» is no, and nine: numbers are said in words, so it stands on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.persian.vowels.tokens import Token

NINE, MARKED, PHONEMES = "نه", "نُه", "[[n'oh]]"
NUMBERS = frozenset(
    "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده "
    "بیست سی چهل پنجاه شصت هفتاد هشتاد نود صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد "
    "هزار میلیون میلیارد تریلیون".split()
)
_NUMBERED = frozenset(
    "ساعت قرن فصل جلد صفحه شماره بخش آیه طبقه کلاس پایه ماده بند ممیز اعشار ضلع".split()
)
_COUNTED = frozenset(
    "نفر ماه سال ساعت روز شب هفته دقیقه ثانیه درصد متر کیلومتر سانتی‌متر کیلو کیلوگرم گرم لیتر تن "
    "تومان ریال دلار یورو درجه بار مرتبه دهم صدم هزارم جلد عدد تا".split()
)


def is_nine(sentence: Sequence[Token], place: int) -> bool:
    """Say whether the word at `place`, which is «نه», is the number."""
    before = [token.letters for token in sentence[max(0, place - 2) : place]]
    after = [token.letters for token in sentence[place + 1 : place + 3]]
    beside = before[-1:] + after[:1]
    across = (before[:1] if before[1:] == ["و"] else []) + (after[1:] if after[:1] == ["و"] else [])
    if not NUMBERS.isdisjoint(beside + across):
        return True
    return not (_NUMBERED.isdisjoint(before[-1:]) and _COUNTED.isdisjoint(after[:1]))

"""Verse is told from prose by what a poet does to lines."""

from __future__ import annotations

import pytest

from narrate.reading.verse import hemistichs, is_verse

COUPLET = ["بنی آدم اعضای یک پیکرند", "که در آفرینش ز یک گوهرند"]


def test_lines_of_like_length_are_verse() -> None:
    assert is_verse(COUPLET)
    assert is_verse(["توانا بود هر که دانا بود", "ز دانش دل پیر برنا بود"] * 3)


@pytest.mark.parametrize(
    "lines",
    [
        ["او رفت و دیگر بازنگشت.", "ما ماندیم و آن خانه‌ی خالی."],
        ["- سلام، حال شما خوب است", "- ممنون، شما چطور هستید"],
        ["۱. گیلاس و آلبالوی تازه", "۲. سیب‌های سرخ و زرد باغ"],
        ["تهران، پاییز", "این نامه را برای کسی می‌نویسم که هرگز آن را نخواهد خواند"],
        ["یک خط تنها که شعر نیست"],
        ["نام نویسنده", "نشانی تهران"],
        ["نویسنده‌ی این کتاب علی است", "نشانی او name@example.ir است"],
        ["کوتاه", "کوتاه"],
        [],
    ],
)
def test_prose_talk_and_lists_are_not(lines: list[str]) -> None:
    assert not is_verse(lines)


@pytest.mark.parametrize("gap", ["\t", "      ", " / ", "  //  ", "  ***  "])
def test_hemistichs_side_by_side_are_parted(gap: str) -> None:
    assert hemistichs(gap.join(COUPLET)) == COUPLET


@pytest.mark.parametrize(
    "line",
    ["یک خط ساده", "سال ۱۳۹۸ / ۲۰۱۹", "نام:      علی", "در سال گذشته به ۴ / ۷ میلیارد دلار رسید"],
)
def test_other_lines_stay_whole(line: str) -> None:
    assert hemistichs(line) == [line]

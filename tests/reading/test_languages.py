"""Another language is told from Persian with foreign words in it."""

from __future__ import annotations

import pytest

from narrate.reading.languages import foreign

ENGLISH = "It was the best of times, it was the worst of times."


@pytest.mark.parametrize(
    ("text", "marked", "language"),
    [
        (ENGLISH, "", "en"),
        (ENGLISH, "en-GB", "en"),
        (ENGLISH, "fa", "en"),
        ("Es war einmal ein König.", "de", "de"),
        ("Все счастливые семьи похожи друг на друга.", "", "ru"),
        ("子曰：學而時習之，不亦說乎？有朋自遠方來", "", "zh"),
        ("إنا أعطيناك الكوثر فصل لربك وانحر", "ar", "ar"),
        ("إنا أعطيناك الكوثر فصل لربك وانحر", "", ""),
        ("او گفت: «سلام» و رفت.", "", ""),
        ("گوشی iPhone 15 Pro Max را خرید و برد.", "", ""),
        ("iPhone 15 Pro", "", ""),
        ("The Economist", "", ""),
        ("متن فارسی که به‌اشتباه انگلیسی خوانده شده است.", "en", ""),
        ("سایت ماست: https://www.example.com/articles/2024/a-long-title-of-a-post.html", "", ""),
        ("بنویسید به somebody.with.a.long.name@a-long-name-of-a-company.example.org", "", ""),
        ("متن فارسی است. This is a whole sentence inside of it, and a long one. و باز.", "", ""),
        ("۱۲۳۴", "en", ""),
        ("", "en", ""),
    ],
)
def test_the_language_of_a_paragraph_is_told(text: str, marked: str, language: str) -> None:
    assert foreign(text, marked) == language

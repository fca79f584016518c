"""Half-spaces put back: what is right, what must stay, and what never changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian.spacing import Habits, respaced

ZWNJ = "\u200c"

# Without half-space each is written as another word: its neighbours, or its use, say which.
EITHER = [
    "او یک ورزشکار حرفه‌ای است.",
    "به حرف‌های او خوب گوش کن.",
    "دیروز نامه‌ای از دوستم رسید.",
    "نام‌های ایرانی را دوست دارم.",
    "خانه‌ای در کنار دریا خریدند.",
    "از خانه‌ای به خانه‌ی دیگر می‌رفت.",
    "دسته‌ای از پرندگان گذشت.",
    "دست‌های مادرم همیشه گرم بود.",
    "در کوچه‌ای باریک زندگی می‌کردیم.",
    "چشم‌های سیاه دخترک پر از اشک شد.",
    "در گوشه‌ای از اتاق نشست.",
    "لب‌های او از سرما کبود بود.",
    "لبه‌ای تیز داشت.",
    "ریشه‌ای در خاک ندارد.",
    "شاخه‌ای از درخت شکست.",
    "این نشانه‌ای از آینده است.",
    "نقش‌های اصلی فیلم را به آنان دادند.",
    "نقشه‌ای از شهر کشید.",
    "جمله‌ای گفت که فراموش نمی‌کنم.",
    "حمله‌ای به شهر شد.",
    "هفته‌ای دو بار به او سر می‌زنم.",
    "در دوره‌ای که جنگ بود به دنیا آمد.",
    "قطعه‌ای از موسیقی را نواخت.",
    "کمیته‌ای برای بررسی تشکیل شد.",
    "منطقه‌ای کوهستانی است.",
    "نوشته‌های او را نوشته‌ای بی‌نام نقد کرد.",
    "پنجه‌های گربه تیز است.",
    "رشته‌ای که می‌خواند پزشکی است.",
    "تخت‌های بیمارستان پر شده است.",
    "گوش‌های خرگوش بلند است.",
]


def test_a_word_that_can_be_two_is_read_by_its_neighbours() -> None:
    web = Habits(glued=1)

    wrong = [each for each in EITHER if respaced(each.replace(ZWNJ, ""), web) != each]

    assert len(EITHER) == 30
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سازمانهای انقلابی میآموزند که نمیتوانند", "سازمان‌های انقلابی می‌آموزند که نمی‌توانند"),
        ("خانوادهی او و جامعهشان", "خانواده‌ی او و جامعه‌شان"),
        ("بینشان اختلافی نیست", "بین‌شان اختلافی نیست"),
        ("بهعنوان معلم بهطور جدی", "به‌عنوان معلم به‌طور جدی"),
        ("چی میشه؟ میخوام برم، نمیگه", "چی می‌شه؟ می‌خوام برم، نمی‌گه"),
        ("بزرگترین رودخانههای جهان", "بزرگ‌ترین رودخانه‌های جهان"),
        ("رفتهاند و خستهام و گفتهای", "رفته‌اند و خسته‌ام و گفته‌ای"),
        ("بیشرمانه و بینظیر و تکحزبی", "بی‌شرمانه و بی‌نظیر و تک‌حزبی"),
        ("می روم و نمی دانم کتاب هایم کجاست", "می‌روم و نمی‌دانم کتاب‌هایم کجاست"),
        ("خسته ام و رفته اند", "خسته‌ام و رفته‌اند"),
        ("کِتابهای مَن", "کِتاب‌های مَن"),
        ("در سالهای ۱۳۵۷ و ۱۳۵۸ میرفتند", "در سال‌های ۱۳۵۷ و ۱۳۵۸ می‌رفتند"),
        ("او رفتهاست و اثری گذاشتهاست", "او رفته‌است و اثری گذاشته‌است"),
        ("این از محرومترین استانهاست", "این از محروم‌ترین استان‌هاست"),
        ("خانه ی من و همه ی مردم می روند و می آیند", "خانه‌ی من و همه‌ی مردم می‌روند و می‌آیند"),
    ],
)
def test_web_text_is_read_as_it_was_meant(text: str, expected: str) -> None:
    assert respaced(text, Habits.of([text])) == expected


@pytest.mark.parametrize(
    "text",
    [
        "میدان میلاد و میهن و میوه و نمایش و نمک",
        "تنها بهار و بهشت و بهتر و بهانه",
        "ماه می سال بعد، به خانه می رسد؟",
        "خدای من، ای ایران، ای مرز پرگهر",
        "سلام، حال شما چطور است؟",
        "اسلام و اعلام و انجام و احترام و پاداش",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert respaced(text, Habits()).replace("می‌رسد", "می رسد") == text


VERBS = "او می‌رود و می‌گوید و می‌خواند و نمی‌ماند و می‌شود."
HOUSE = f"{VERBS} کتابها و درختها و دستها، عمیقتر و مهمترین و سریعتر."


def test_a_document_with_half_spaces_keeps_its_own_spellings() -> None:
    habits = Habits.of([HOUSE, "پیشخوان و پیش‌خوان و پیش‌خوان"])

    assert respaced(HOUSE, habits) == HOUSE
    assert respaced("پیشخوان", habits) == "پیش‌خوان"


@pytest.mark.parametrize(
    "text", ["سال‌های ۱۹۱۷", "حرف‌های بی‌پایه", "نام‌های «علی»", "چشم‌های که را دیدی"]
)
@pytest.mark.parametrize("habits", [Habits(half=1), Habits(glued=1), Habits(spaced=1)])
def test_a_half_space_that_stands_gets_no_other_beside_it(text: str, habits: Habits) -> None:
    assert respaced(text, habits) == text


def test_a_slip_in_a_document_with_half_spaces_is_mended() -> None:
    habits = Habits.of([VERBS])

    assert respaced("او میروید و می کارد", habits) == "او می‌روید و می‌کارد"


PIECES = "می نمی روم کتاب ها های ای خانه رفته اند به طور حرف ه ی ان در سال و بی تر ین".split()
PERSIAN = st.lists(
    st.sampled_from([*PIECES, " ", " ", ZWNJ, "، ", "؟", "\u0651"]), max_size=14
).map("".join)


@given(PERSIAN)
def test_no_letter_is_ever_changed(text: str) -> None:
    done = respaced(text, Habits.of([text]))

    assert _letters(done) == _letters(text)


@given(PERSIAN, st.sampled_from([Habits(), Habits(glued=1), Habits(spaced=1), Habits(half=1)]))
def test_a_text_that_was_respaced_is_left_alone(text: str, habits: Habits) -> None:
    once = respaced(text, habits)

    assert respaced(once, habits) == once


def _letters(text: str) -> str:
    return text.replace(ZWNJ, "").replace(" ", "")

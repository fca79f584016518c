"""Books for the formats that show text: all kinds of paragraphs, and titles that are traps."""

from __future__ import annotations

from narrate.model import Book, Chapter, Details, Paragraph

TRAPS = (
    "<script>alert('ا')</script>",
    "]]><script>alert('ا')</script><![CDATA[",
    "--> </title></style><img src=x onerror=alert('ا')> &amp; &lt; «نقل» \"'",
    "🙂 عنوان با شکلک 👩‍👩‍👧",
    "نام " * 75,
)
"""Text is data: none of it may become markup."""


def of_all_kinds() -> Book:
    """Return a book with every kind of paragraph, and chapters in chapters."""
    first = (
        Paragraph("c0001p00001", "فصل یکم", "heading"),
        Paragraph("c0001p00002", "او گفت: «بیا. زود بیا!» و رفت. من ماندم."),
        Paragraph("c0001p00003", "همه‌ی این سطر مهم است.", "emphasis"),
        Paragraph("c0001p00004", "این را از کتابی آورده‌ام. خوب است.", "quote"),
        Paragraph("c0001p00005", "بشنو این نی چون شکایت می‌کند\nاز جدایی‌ها حکایت می‌کند", "verse"),
        Paragraph("c0001p00006", "***", "rule"),
    )
    second = (
        Paragraph("c0002p00001", "بخش نخست", "heading"),
        Paragraph("c0002p00002", "سیب", "item"),
        Paragraph("c0002p00003", "گلابی و انار", "item"),
        Paragraph("c0002p00004", "نام، سال، جا", "row"),
        Paragraph("c0002p00005", "All happy families are alike. So it goes.", "body", "en"),
        Paragraph("c0002p00006", "[۱] نگاه کنید به کتاب دیگر."),
    )
    third = (Paragraph("c0003p00001", "پایان بی عنوان. ۵ نفر ماندند."),)
    return Book(
        "کتاب همه‌چیز",
        (
            Chapter("c0001", "فصل یکم", first),
            Chapter("c0002", "بخش نخست", second, 2),
            Chapter("c0003", "پایان", third),
        ),
        Details(("سعدی", "حافظ"), ("نرگس",), "نشر نو", "1403", "کتابی برای آزمون", "رشته", "۲"),
    )


def of_traps(chapters: int = 0) -> Book:
    """Return a book whose texts look like markup: `chapters`, or one for each trap; one is silent.

    Every third chapter belongs to the one before it.
    """
    titles = [TRAPS[number % len(TRAPS)] for number in range(chapters or len(TRAPS))]
    made = []
    for number, title in enumerate(titles, 1):
        own = f"c{number:04}"
        name = f"فصل {number} {title}".strip()
        paragraphs = (
            Paragraph(f"{own}p00001", name, "heading"),
            Paragraph(f"{own}p00002", f"متن {title} پایان."),
        )
        made.append(Chapter(own, name, paragraphs, 2 if number % 3 == 0 else 1))
    made.insert(2, Chapter("c9999", "فصل تهی", (Paragraph("c9999p00001", "***", "rule"),)))
    return Book(TRAPS[1], tuple(made), Details(authors=(TRAPS[0],), description=TRAPS[2]))

"""The names of letters, as Persian readers say them when they spell."""

from __future__ import annotations

PERSIAN = dict(
    zip(
        "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
        (
            "آ الف بِ پِ تِ ثِ جیم چِ حِ خِ دال ذال رِ زِ ژِ سین شین صاد ضاد طا ظا عین غین فِ قاف کاف "
            "گاف لام میم نون واو هِ یِ"
        ).split(),
        strict=True,
    )
)
LATIN = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            "ای بی سی دی ای اف جی اچ آی جی کی ال ام ان او پی کیو آر اس تی یو وی دبلیو ایکس وای زد"
        ).split(),
        strict=True,
    )
)
NAMES = "|".join(sorted({*LATIN.values(), "کا", "گ", "پ", "ایچ", "دابلیو"}, key=len, reverse=True))
"""Names of Latin letters, as alternatives of a pattern; many are words of Persian too."""
SURE_NAMES = "اف|جی|اچ|ایچ|ال|اس|تی|کیو|دبلیو|دابلیو|ایکس"
"""Those that are hardly ever the last word of a sentence."""

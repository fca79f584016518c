"""eSpeak NG: Persian, always the same, with its words in place."""

from __future__ import annotations

import subprocess
import sys

import pytest

from narrate.engines import create
from narrate.engines.espeak import Espeak
from narrate.errors import UsageError

TEXT = "سلام، «دنیا» می‌روم به ۱۹۱۷ خانه."


def test_words_are_told_with_their_place_and_time() -> None:
    speech = Espeak().speak("سلام بر شما")

    assert [("سلام بر شما")[word.begin : word.end] for word in speech.words] == [
        "سلام",
        "بر",
        "شما",
    ]
    assert [word.sample for word in speech.words] == sorted(word.sample for word in speech.words)


def test_a_number_and_a_word_in_guillemets_are_one_word_each() -> None:
    begins = [word.begin for word in Espeak().speak(TEXT).words]

    assert begins == sorted(set(begins))
    assert TEXT.index("۱۹۱۷") in begins


@pytest.mark.parametrize("voice", ["fa", "fa+f3", "fa+whisper", "fa+klatt2"])
def test_a_text_sounds_the_same_in_every_process_and_after_any_other(voice: str) -> None:
    import hashlib

    engine = Espeak(voice)
    engine.speak("چیز دیگری که پیش از آن گفته شد.")
    here = hashlib.sha256(engine.speak(TEXT).pcm).hexdigest()
    code = (
        "import hashlib, sys; from narrate.engines.espeak import Espeak;"
        f"print(hashlib.sha256(Espeak({voice!r}).speak({TEXT!r}).pcm).hexdigest())"
    )

    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert there.stdout.strip() == here


def test_rate_pitch_and_voice_change_the_sound() -> None:
    plain = Espeak().speak(TEXT).pcm

    assert len(Espeak(rate=300).speak(TEXT).pcm) < 0.7 * len(plain)
    assert (
        len({plain, *(each.speak(TEXT).pcm for each in (Espeak(pitch=80), Espeak("fa+f3")))}) == 3
    )


@pytest.mark.parametrize("voice", ["", "xx", "fa+nosuch", "fa+"])
def test_a_voice_that_is_not_there_is_refused(voice: str) -> None:
    with pytest.raises(LookupError):
        Espeak(voice)


@pytest.mark.parametrize("setting", ["rate", "pitch", "range"])
def test_a_setting_that_espeak_would_bend_is_refused(setting: str) -> None:
    with pytest.raises(UsageError, match=f"{setting} must be"):
        create("espeak", settings={setting: "1000"})


def test_the_first_voice_is_the_default_and_speaks_persian() -> None:
    first = Espeak.voices()[0]

    assert (first.name, first.language) == (Espeak().voice, "fa")

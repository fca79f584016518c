"""Piper: a real voice, always the same, with its words in place."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from narrate.engines import advice, create, fingerprint, select
from narrate.engines.espeak import Espeak
from narrate.engines.piper import Piper
from narrate.errors import EngineError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Speech

TEXT = "سلام، «دنیا» کتابِ من."


@pytest.fixture
def model(voice: str, tmp_path: Path) -> Path:
    return tmp_path / "voices" / f"{voice}.onnx"


def seconds(speech: Speech) -> float:
    return len(speech.pcm) / 2 / speech.rate


def test_a_voice_is_named_or_lies_at_a_path_or_in_a_folder(voice: str, model: Path) -> None:
    spoken = [Piper(each).speak(TEXT) for each in (voice, str(model), str(model.parent))]

    assert spoken[0] == spoken[1] == spoken[2]
    assert fingerprint(Piper(voice)) == fingerprint(Piper(str(model)))


@pytest.mark.usefixtures("voice")
def test_words_are_told_with_their_place_and_time() -> None:
    speech = Piper().speak(TEXT)

    assert [word.begin for word in speech.words] == [
        TEXT.index(word) for word in ("سلام", "دنیا", "کتابِ", "من")
    ]
    assert 0 == speech.words[0].sample < speech.words[1].sample
    assert speech.words[-1].sample < len(speech.pcm) // 2


@pytest.mark.usefixtures("voice")
def test_a_long_sentence_is_said_clause_by_clause_and_keeps_its_words() -> None:
    text = "، ".join(["کتاب‌ها را دیروز در خانه‌ی ما خواندند"] * 12) + "."

    speech = Piper().speak(text)

    assert len(speech.words) == len(text.split())
    assert seconds(speech) > 15


@pytest.mark.usefixtures("voice")
def test_a_voice_that_was_taken_away_is_an_engine_error(voice: str, model: Path) -> None:
    engine = Piper(voice)
    model.unlink()

    with pytest.raises(EngineError, match="is not there any more"):
        engine.speak(TEXT)


@pytest.mark.usefixtures("voice")
def test_a_voice_reads_what_espeak_would_say() -> None:
    assert Piper().phonemes("خانه‌ی ما سیاسی است") == Espeak().phonemes("خانه‌ی ما سیاسی است")


@pytest.mark.usefixtures("voice")
def test_the_settings_change_the_sound() -> None:
    plain = Piper().speak(TEXT)

    assert seconds(Piper(rate=1.5).speak(TEXT)) < 0.8 * seconds(plain)
    assert Piper(noise=0.0).speak(TEXT) != plain


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("setting", ["rate=9", "noise=-1", "speaker=1"])
def test_a_setting_that_no_voice_bears_is_refused(setting: str) -> None:
    key, _, value = setting.partition("=")
    with pytest.raises(UsageError, match=f"{key} must be"):
        create("piper", None, {key: value})


def test_another_model_of_one_name_makes_other_clips(voice: str, model: Path) -> None:
    before = fingerprint(Piper(voice))
    config = model.with_name(f"{model.name}.json")
    changed = json.loads(config.read_text(encoding="utf-8")) | {"piper_version": "2"}
    config.write_text(json.dumps(changed), encoding="utf-8")

    assert fingerprint(Piper(voice)) != before


def test_without_a_voice_it_is_said_how_to_get_one() -> None:
    with pytest.raises(EngineError, match="`narrate voices install mana` gets one"):
        create("piper")
    assert select(None, None) == ("espeak", None)
    assert "`narrate voices install mana` gets one" in advice()


def test_an_installed_voice_speaks_without_being_named(voice: str) -> None:
    assert select(None, None) == ("piper", voice)
    assert advice() == ""


def test_what_was_installed_last_speaks(voice: str, model: Path) -> None:
    other = model.with_name("fa_IR-aaa-medium.onnx")
    other.write_bytes(b"\x08")
    config = model.with_name(f"{model.name}.json").read_bytes()
    other.with_name(f"{other.name}.json").write_bytes(config)
    os.utime(other, (1, 1))

    assert select(None, None) == ("piper", voice)
    os.utime(other)
    assert select(None, None) == ("piper", "fa_IR-aaa-medium")


def test_a_voice_without_its_library_is_not_chosen_and_it_is_said_why(
    voice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.engines.piper.find_spec", lambda _: None)

    assert select(None, None) == ("espeak", None)
    assert f"not {voice}: Piper is not installed" in advice()
    assert "pip install 'narrate-fa[piper]'" in advice()


@pytest.mark.usefixtures("voice")
def test_a_voice_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(EngineError, match="did you mean fa_IR-joe-medium"):
        create("piper", "fa_IR-jo-medium")


def test_what_is_no_voice_is_one_clear_error(voice: str, model: Path) -> None:
    model.unlink()
    model.write_bytes(b"\x08nothing")
    with pytest.raises(EngineError, match="is no voice that Piper can load"):
        Piper(voice).speak(TEXT)

    config = model.with_name(f"{model.name}.json")
    config.write_text('{"audio": 1}', encoding="utf-8")
    with pytest.raises(EngineError, match="is not the configuration of a Piper voice"):
        create("piper", voice)


def test_a_voice_that_reads_other_phonemes_is_refused(voice: str, model: Path) -> None:
    config = model.with_name(f"{model.name}.json")
    changed = json.loads(config.read_text(encoding="utf-8")) | {"phoneme_type": "text"}
    config.write_text(json.dumps(changed), encoding="utf-8")

    with pytest.raises(EngineError, match="reads phonemes of the kind text"):
        create("piper", voice).check()

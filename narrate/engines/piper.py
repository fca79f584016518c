"""`piper`: natural voices, offline. Needs the extra `narrate-fa[piper]` and a voice.

What a voice is told is made here, by eSpeak NG as it was trained with it, with its Persian mended.

Source: the package piper-tts 1.8, `voice.py` and `phoneme_ids.py`.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from narrate.engines.engine import SILENT, Voice, check_ranges
from narrate.engines.espeak import Espeak
from narrate.engines.once import once
from narrate.engines.vits import load
from narrate.engines.voices.catalogue import find_offer
from narrate.engines.voices.installed import find_model, installed
from narrate.errors import EngineError
from narrate.model import Speech, Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from narrate.model import Hearing

_MADE = "1"
"""Rises whenever the same model would say the same text otherwise."""
_SETTINGS = {"rate": (0.5, 2.0), "noise": (0.0, 2.0)}
_FULL = 32_767
_CLAUSE = re.compile("[^,;:]+[,;:]*")
_LONGEST = 200
"""Phonemes that are said in one breath: about 15 seconds, half a gigabyte."""


@dataclass(frozen=True)
class Piper:
    """A voice of Piper: its name if it is installed, or the path of its model."""

    name: ClassVar[str] = "piper"
    summary: ClassVar[str] = "Piper: natural voices, offline; `narrate voices install` gets them"
    hears: ClassVar[Hearing] = "phonemes"
    is_local: ClassVar[Literal[True]] = True

    voice: str = field(default="", metadata=SILENT)
    """Empty for the one that was installed last. Its file is in `version`, wherever it lies."""
    rate: float = 1.0
    """Times the voice's own speed."""
    noise: float = 1.0
    """Times the voice's own liveliness; 0 is even."""
    speaker: int = 0
    """The number of the speaker, in a model of several."""

    def __post_init__(self) -> None:
        """Refuse a voice that is not there, and settings that no voice bears."""
        check_ranges(self, _SETTINGS)
        if not self.voice:
            found = self.voices()
            if not found:
                raise EngineError(
                    "no voice of Piper is installed: `narrate voices install mana` gets one"
                )
            object.__setattr__(self, "voice", found[0].name)
        self._find()
        speakers = self._config["num_speakers"]
        if not 0 <= self.speaker < speakers:
            raise ValueError(f"speaker must be 0 to {speakers - 1}, not {self.speaker}")

    def _find(self) -> None:
        try:
            find_model(self.voice)
        except LookupError as error:
            if find_offer(self.voice) is None:
                raise
            raise EngineError(
                f"{self.voice} is not installed: `narrate voices install {self.voice}` gets it"
            ) from error

    @property
    def version(self) -> str:
        """The bytes of the model and its configuration, and how it is made to speak."""
        return f"{_MADE}, {_digest(self._model)}, {self._speaker.version}"

    @property
    def sample_rate(self) -> int:
        """Samples a second, as the voice's configuration says."""
        rate: int = self._config["audio"]["sample_rate"]
        return rate

    @property
    def at_once(self) -> int:
        """One sentence for each core that this process may use."""
        from loky import cpu_count

        return int(cpu_count())

    @classmethod
    def voices(cls) -> list[Voice]:
        """Return the voices that are installed, the last one first."""
        return installed()

    def check(self) -> None:
        """Raise `EngineError` if the library is missing, or the voice is not for it."""
        if not all(map(find_spec, ("piper", "onnx", "onnxruntime"))):
            raise EngineError(
                f"Piper is not installed: {sys.executable} -m pip install 'narrate-fa[piper]'"
            )
        kind = self._config.get("phoneme_type", "espeak")
        if kind != "espeak":
            raise EngineError(f"{self.voice} reads phonemes of the kind {kind}, not eSpeak NG's")

    def phonemes(self, text: str) -> str:
        """Return `text` as it is said, in IPA, with a space between words."""
        return self._speaker.phonemes(text)

    def speak(self, text: str) -> Speech:
        """Return the sound of `text`, with its words where they can be told."""
        self.check()
        sounds, begins, at = [], [], 0
        sentences = self._speaker.transcription(text)
        for sentence in (part for each in sentences for part in _bounded(each)):
            sound, lengths = self._said(unicodedata.normalize("NFD", sentence))
            begins += _word_begins(sentence, lengths, at) if lengths else []
            sounds.append(sound)
            at += len(sound) // 2
        return Speech(b"".join(sounds), self.sample_rate, self._words(text, begins))

    def _said(self, phonemes: str) -> tuple[bytes, list[int]]:
        """Return the sound of one sentence, and how many samples each of `phonemes` takes."""
        voice = _loaded(self._model, _stamp(self._model))
        import numpy as np
        from piper.config import SynthesisConfig

        config = voice.config
        settings = SynthesisConfig(
            speaker_id=self.speaker if config.num_speakers > 1 else None,
            length_scale=config.length_scale / self.rate,
            noise_scale=config.noise_scale * self.noise,
            noise_w_scale=config.noise_w_scale * self.noise,
        )
        known = [sign for sign in phonemes if sign in config.phoneme_id_map]
        try:
            ids = voice.phonemes_to_ids(known)
            sound, lengths = voice.phoneme_ids_to_audio(ids, settings, include_alignments=True)
        except Exception as error:  # onnxruntime raises classes of its own, and bare ones
            raise EngineError(f"{self.voice} cannot say it: {error}") from error
        pcm = np.rint(np.clip(sound, -1, 1) * _FULL).astype("<i2").tobytes()
        return pcm, _by_phoneme(phonemes, config.phoneme_id_map, lengths)

    def _words(self, text: str, begins: Sequence[int]) -> tuple[Word, ...]:
        words = self._speaker.speak(text).words
        if len(words) != len(begins):
            return ()
        return tuple(
            Word(word.begin, word.end, sample) for word, sample in zip(words, begins, strict=True)
        )

    @property
    def _model(self) -> Path:
        try:
            return find_model(self.voice)
        except LookupError as error:
            raise EngineError(f"the voice {self.voice} is not there any more") from error

    @property
    def _config(self) -> dict[str, Any]:
        return _configuration(self._model, _stamp(self._model))

    @property
    def _speaker(self) -> Espeak:
        language = self._config["espeak"]["voice"]
        try:
            return Espeak(language)
        except LookupError as error:
            raise EngineError(f"{self.voice} speaks {language}, which eSpeak NG lacks") from error


def _bounded(sentence: str) -> list[str]:
    """Return `sentence`, cut between clauses where it is long: memory grows with its sound."""
    parts = [""]
    for clause in _CLAUSE.findall(sentence):
        if parts[-1] and len(parts[-1]) + len(clause) > _LONGEST:
            parts.append("")
        parts[-1] += clause
    return [part.strip() for part in parts]


def _by_phoneme(
    phonemes: str,
    id_map: dict[str, Sequence[int]],
    lengths: Any,  # noqa: ANN401 - an array
) -> list[int]:
    """Return the samples of each phoneme and the padding behind it; nothing if it is not told.

    A sentence begins with a sign and its padding, which count to the first phoneme.
    """
    if lengths is None:
        return []
    rest = [int(each) for each in lengths]
    found = [sum(rest[:2])]
    at = 2
    for sign in phonemes:
        size = len(id_map[sign]) + 1 if sign in id_map else 0
        found.append(sum(rest[at : at + size]))
        at += size
    return [found[0] + found[1], *found[2:]] if len(found) > 1 else []


def _word_begins(sentence: str, lengths: Sequence[int], at: int) -> list[int]:
    """Return the sample where each word of `sentence` begins, which itself begins at `at`."""
    begins = [0, *accumulate(lengths)]
    signs = f" {unicodedata.normalize('NFD', sentence)}"
    return [
        at + begins[place]
        for place, (before, sign) in enumerate(pairwise(signs))
        if before == " " and sign != " "
    ]


type _Stamp = tuple[int, ...]


def _stamp(model: Path) -> _Stamp:
    """Return what changes when the files of a voice do."""
    files = [path.stat() for path in (model, _config_of(model))]
    return tuple(number for each in files for number in (each.st_size, each.st_mtime_ns))


def _config_of(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")


@once
def _configuration(model: Path, _: _Stamp) -> dict[str, Any]:
    path = _config_of(model)
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found["audio"]["sample_rate"] = int(found["audio"]["sample_rate"])
        found["espeak"]["voice"] = str(found["espeak"]["voice"])
        found["num_speakers"] = int(found.get("num_speakers") or 1)
        found["phoneme_id_map"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(f"{path} is not the configuration of a Piper voice: {error}") from error
    return found


def _digest(model: Path) -> str:
    return _digest_of(model, _stamp(model))


@once
def _digest_of(model: Path, _: _Stamp) -> str:
    with model.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(_config_of(model).read_bytes())
    return digest.hexdigest()


@once
def _loaded(model: Path, stamp: _Stamp) -> Any:  # noqa: ANN401 - a PiperVoice
    return load(model, _configuration(model, stamp))

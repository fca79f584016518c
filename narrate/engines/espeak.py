"""`espeak`: eSpeak NG, whose library and data come in a wheel. Persian, offline, always there.

eSpeak NG keeps state between sentences that no call resets (the place in its pitch flutter, its
automatic gain), so what it says depends on what it said before. Here the library is loaded anew
for every sentence, which takes a third of a millisecond, and its random numbers start from one
seed: the same text always gives the same bytes, and one process can speak with many voices.

Source: eSpeak NG 1.52, `speak_lib.h` and `espeak_ng.h`.
"""

from __future__ import annotations

import ctypes
import re
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from narrate.engines.engine import Voice, check_ranges
from narrate.engines.mending import MENDING, mended
from narrate.engines.phonemes import as_mnemonics
from narrate.errors import EngineError
from narrate.model import Speech, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.model import Hearing

_SYNCHRONOUS = 2
_PHONEME_EVENTS_IN_IPA = 3
_UTF8, _PHONEMES = 1, 0x100
_SPEED, _PITCH, _RANGE = 1, 3, 4
_END_OF_EVENTS, _WORD, _PHONEME = 0, 1, 7
_BETWEEN_PHONEMES = ord("_") << 8
_IPA = 2
_SIGNS = dict(zip("،,؛;:.…!؟?", ",,;;:..!??", strict=True))
_FINAL_SIGNS = (".", "!", "?")
_FLAG = re.compile(r"\([^)]*\)")
_PERSIAN = "fa"
_VARIANTS = "voices/!v"
_SETTINGS = {"rate": (80, 450), "pitch": (0, 99), "range": (0, 99), "mend": (0, 1)}

# Loading and unloading the one library is counted by the system, for the whole process.
_lock = threading.Lock()


@dataclass(frozen=True)
class Espeak:
    """eSpeak NG. `voice` is a language and, after `+`, a variant: `fa`, `fa+f3`."""

    name: ClassVar[str] = "espeak"
    summary: ClassVar[str] = "eSpeak NG: a clear robot voice, offline, always there"
    hears: ClassVar[Hearing] = "phonemes"
    sample_rate: ClassVar[int] = 22_050

    voice: str = "fa"
    rate: int = 175
    """Words a minute."""
    pitch: int = 50
    range: int = 50
    """How far the pitch moves; 0 is monotone."""
    mend: int = 1
    """1 mends what eSpeak NG says wrong of Persian words, 0 leaves it."""

    def __post_init__(self) -> None:
        """Refuse a voice that is not in the data, and numbers that eSpeak NG would bend."""
        check_ranges(self, _SETTINGS)
        language, plus, variant = self.voice.partition("+")
        if language not in _languages() or (plus and variant not in _variants()):
            raise LookupError(self.voice)

    @property
    def version(self) -> str:
        """The version of eSpeak NG, and of how its Persian is mended."""
        with _loaded() as library:
            version = str(library.espeak_Info(None).decode())
        return f"{version}, mending {MENDING}" if self._mends else version

    @classmethod
    def voices(cls) -> list[Voice]:
        """Return Persian, its variants, and the other languages."""
        persian = [Voice("fa", "fa", "a clear robot; --engine espeak lists more speakers")]
        variants = [
            Voice(f"fa+{name}", "fa", "another speaker", aside=True) for name in _variants()
        ]
        others = [Voice(code, code, "another language") for code in _languages() if code != "fa"]
        return persian + variants + others

    def check(self) -> None:
        """Speak a word, so that a broken library is found before hours of work."""
        if not self.speak("سلام").pcm:
            raise EngineError(f"eSpeak NG says nothing with the voice {self.voice}")

    def speak(self, text: str) -> Speech:
        """Return the sound of `text`, with the words that eSpeak NG reports."""
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            return self._speak(text)
        # In a thread of its own: a Ctrl-C that meets a callback in the main thread would be lost.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(self._speak, text).result()

    def phonemes(self, text: str) -> str:
        """Return `text` as it is said, in IPA, with a space between words."""
        with ThreadPoolExecutor(1) as thread:
            heard = thread.submit(self._heard, text, _PHONEME_EVENTS_IN_IPA).result()
        # The phoneme of ق has no name in IPA in the data of eSpeak NG.
        return " ".join("".join(word).replace("q1", "ɢ") for word in heard.sounds if any(word))

    def transcription(self, text: str) -> list[str]:
        """Return each sentence of `text` in IPA with stress, length and the signs of its clauses.

        It is what voices of Piper were trained on: `salˈɑm, hˈɑl ʃˈomɑ tʃˈetoːr ˈast?`
        """
        with ThreadPoolExecutor(1) as thread:
            clauses = thread.submit(self._clauses, self._told(text)[0]).result()
        sentences = [""]
        for sounds, read in clauses:
            sign = next((_SIGNS[letter] for letter in reversed(read) if letter in _SIGNS), "")
            sentences[-1] += f" {_FLAG.sub('', sounds)}{sign}"
            if sign in _FINAL_SIGNS:
                sentences.append("")
        return [each for each in map(str.strip, sentences) if any(map(str.isalpha, each))]

    def _clauses(self, told: str) -> list[tuple[str, str]]:
        """Return each clause in IPA, and the letters that were read for it."""
        letters = ctypes.create_string_buffer(told.encode())
        begin, end = ctypes.addressof(letters), len(letters) - 1
        rest, at, found = ctypes.c_void_p(begin), 0, []
        with _loaded() as library:
            self._prepare(library)
            library.espeak_SetSynthCallback(_DEAF)
            # Only speaking sets whether `[[phonemes]]` are read as such.
            library.espeak_Synth(b"\0", 1, 0, 0, 0, _UTF8 | _PHONEMES, None, None)
            library.espeak_TextToPhonemes.restype = ctypes.c_char_p
            while rest.value:
                sounds = library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA)
                now = rest.value - begin if rest.value else end
                found.append((sounds.decode(), letters.raw[at:now].decode(errors="ignore")))
                at = now
        return found

    def _speak(self, text: str) -> Speech:
        heard = self._heard(text)
        return Speech(bytes(heard.pcm), self.sample_rate, tuple(heard.words))

    def _heard(self, text: str, options: int = 0) -> _Heard:
        told, places = self._told(text)
        heard = _Heard(places)
        with _loaded(options) as library:
            self._prepare(library)
            callback = _CALLBACK(heard)
            library.espeak_SetSynthCallback(callback)
            data = told.encode() + b"\0"
            status = library.espeak_Synth(data, len(data), 0, 0, 0, _UTF8 | _PHONEMES, None, None)
        if status:
            raise EngineError(f"eSpeak NG could not say {text[:40]!r} (status {status})")
        return heard

    @property
    def _mends(self) -> bool:
        return bool(self.mend) and self.voice.partition("+")[0] == _PERSIAN

    def _told(self, text: str) -> tuple[str, list[int]]:
        """Return what eSpeak NG is told, and for each letter of it its place in `text`."""
        told, places = as_mnemonics(text)
        if not self._mends:
            return told, places
        told, of_told = mended(told, _looked_up)
        return told, [places[place] for place in of_told]

    def _prepare(self, library: ctypes.CDLL) -> None:
        language, plus, variant = self.voice.partition("+")
        # A path below lang/ is opened at once; a bare code makes eSpeak NG read every voice file.
        name = f"{_languages()[language]}{plus}{variant}"
        if library.espeak_SetVoiceByName(name.encode()):
            raise EngineError(f"eSpeak NG cannot load the voice {self.voice}")
        for parameter, value in ((_SPEED, self.rate), (_PITCH, self.pitch), (_RANGE, self.range)):
            library.espeak_SetParameter(parameter, value, 0)


class _Id(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class _Event(ctypes.Structure):
    """`espeak_EVENT`."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Samples = ctypes.POINTER(ctypes.c_short)
_Events = ctypes.POINTER(_Event)
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, _Samples, ctypes.c_int, _Events)
_DEAF = _CALLBACK(lambda *_: 0)


class _Heard:
    """Collects what the callback is given: sound, and where words begin."""

    def __init__(self, places: Sequence[int]) -> None:
        """Take, for each letter that eSpeak NG is told and for their end, its place in the text."""
        self.places = places
        self.pcm = bytearray()
        self.words: list[Word] = []
        self.sounds: list[list[str]] = [[]]
        """The phonemes of each word; before the first none is expected."""

    def __call__(self, samples: object, count: int, events: ctypes._Pointer[_Event]) -> int:
        if samples and count > 0:
            self.pcm += ctypes.string_at(samples, 2 * count)  # type: ignore[arg-type]
        for event in _until_end(events):
            if event.type == _WORD:
                self.sounds.append([])
                self._add(event)
            elif event.type == _PHONEME:
                sound = event.id.string.decode()
                self.sounds[-1].append(sound)
        return 0

    def _add(self, event: _Event) -> None:
        # A number gives several events for one place, and a word in guillemets a length of 0.
        told = event.text_position - 1
        begin = self.places[told]
        if self.words and begin <= self.words[-1].begin:
            return
        end = self.places[min(told + max(event.length, 1), len(self.places) - 1)]
        self.words.append(Word(begin, end, event.sample))


def _until_end(events: ctypes._Pointer[_Event]) -> Iterator[_Event]:
    index = 0
    while events[index].type != _END_OF_EVENTS:
        yield events[index]
        index += 1


_readings: dict[str, str] = {}
_MOST_READINGS = 1 << 16


def _looked_up(words: Sequence[str]) -> dict[str, str]:
    """Return how Persian words are said, in mnemonics with `_` between them."""
    known = {word: _readings[word] for word in words if word in _readings}
    new = [word for word in words if word not in known]
    if new:
        with _loaded() as library:
            Espeak()._prepare(library)
            library.espeak_TextToPhonemes.restype = ctypes.c_char_p
            known |= {word: _reading(word, library) for word in new}
        if len(_readings) > _MOST_READINGS:
            _readings.clear()
        _readings.update({word: known[word] for word in new})
    return known


def _reading(word: str, library: ctypes.CDLL) -> str:
    letters = ctypes.create_string_buffer(word.encode())
    rest, clauses = ctypes.c_void_p(ctypes.addressof(letters)), []
    while rest.value:
        sounds = library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _BETWEEN_PHONEMES)
        clauses.append(sounds.decode())
    return " ".join(clauses)


@contextmanager
def _loaded(options: int = 0) -> Iterator[ctypes.CDLL]:
    """Give a fresh copy of the library, with all its state as it was when it was built."""
    path, data = _places()
    with _lock:
        try:
            library = ctypes.CDLL(str(path))
        except OSError as error:
            raise EngineError(f"eSpeak NG cannot be loaded: {error}") from error
        try:
            library.espeak_Info.restype = ctypes.c_char_p
            rate = library.espeak_Initialize(_SYNCHRONOUS, 0, str(data).encode(), options)
            if rate != Espeak.sample_rate:
                raise EngineError(f"eSpeak NG cannot read {data}: reinstall espeakng-loader")
            library.espeak_ng_SetRandSeed(ctypes.c_long(1))
            yield library
        finally:
            library.espeak_Terminate()
            _unload(library._handle)


def _unload(handle: int) -> None:
    import _ctypes

    if sys.platform == "win32":
        _ctypes.FreeLibrary(handle)
    else:
        _ctypes.dlclose(handle)


@lru_cache(maxsize=1)
def _places() -> tuple[Path, Path]:
    import espeakng_loader

    return Path(espeakng_loader.get_library_path()), Path(espeakng_loader.get_data_path())


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Return language codes and the voice files behind them, as eSpeak NG takes their names."""
    root = _places()[1] / "lang"
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.name.lower(): path.relative_to(root).as_posix() for path in files}


@lru_cache(maxsize=1)
def _variants() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in (_places()[1] / _VARIANTS).iterdir()))

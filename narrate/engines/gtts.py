"""`gtts`: the voice of Google Translate. Online. It has no Persian: it reads other languages.

The package gTTS says which languages there are, makes the requests and cuts long texts; the
requests are sent here, because gTTS sends them without checking certificates.

Source: the package gTTS 2.5.4.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from narrate.engines.engine import SILENT, Voice, check_ranges
from narrate.engines.fetching import answered, blocks
from narrate.engines.online import FailedError, check_length, decoded, service
from narrate.errors import EngineError
from narrate.model import Speech

if TYPE_CHECKING:
    from narrate.model import Hearing

_PERSIAN = "fa"
_ANSWER = re.compile(r'"jQ1olc",(?P<json>"(?:[^"\\]|\\.)*")')
"""JSON in a string of JSON: a list with the sound in base64, some signs of it escaped."""
_SETTINGS = {"slow": (0, 1), "at_once": (1, 8), "per_minute": (1, 6000), "patience": (0, 3600)}
_WITHIN = 30.0
"""Seconds that a reply may take."""
_SLOW_PACE = 0.6


@dataclass(frozen=True)
class Gtts:
    """Google Translate's voice. `voice` is a language, as gTTS lists them."""

    name: ClassVar[str] = "gtts"
    summary: ClassVar[str] = "Google Translate's voice, online: no Persian, other languages"
    hears: ClassVar[Hearing] = "letters"
    version: ClassVar[str] = "1"
    sample_rate: ClassVar[int] = 24_000
    foreign: ClassVar[bool] = True

    voice: str = _PERSIAN
    tld: str = "com"
    """Whose Google: com.br, co.uk and others speak with other accents."""
    slow: int = 0
    at_once: int = field(default=2, metadata=SILENT)
    per_minute: int = field(default=60, metadata=SILENT)
    patience: float = field(default=60.0, metadata=SILENT)
    """Seconds for which a sentence is asked for again while the service fails."""

    def __post_init__(self) -> None:
        """Refuse a language that gTTS lacks, and settings that cannot be."""
        if self.voice not in _languages():
            if self.voice == _PERSIAN:
                raise EngineError(
                    "Google Translate's voice has no Persian: use --voice edge (online), a voice "
                    "of Piper (`narrate voices`), or --voice espeak; gtts:ar reads Arabic"
                )
            raise LookupError(self.voice)
        check_ranges(self, _SETTINGS)
        if not re.fullmatch(r"[a-z]{2,3}(\.[a-z]{2})?", self.tld):
            raise ValueError(f"tld must be like com or co.uk, not {self.tld}")

    @classmethod
    def voices(cls) -> list[Voice]:
        """Return the languages that gTTS lists."""
        return [Voice(code, code, f"online, {name}") for code, name in _languages().items()]

    def check(self) -> None:
        """Nothing can be missing. The service is not asked."""

    def speak(self, text: str) -> Speech:
        """Return the sound of `text`. Each request takes up to a hundred letters."""
        from gtts import gTTS

        # Checking the language again would only cost time.
        told = gTTS(text, tld=self.tld, lang=self.voice, slow=bool(self.slow), lang_check=False)
        try:
            requests = told._prepare_requests()
        except AssertionError as error:
            raise EngineError(f"there is nothing to say in {text[:40]!r}") from error
        line = service("Google Translate", self.at_once, self.per_minute)
        parts = zip(told._tokenize(text), requests, strict=True)
        pcm = b"".join(line.ask(partial(self._asked, *part), self.patience) for part in parts)
        return Speech(pcm, self.sample_rate)

    def _asked(self, text: str, request: Any) -> bytes:  # noqa: ANN401 - a PreparedRequest
        """Return the sound of `text` that answers `request`, if it can be right."""
        with answered(request.method, request.url, request.headers, request.body) as reply:
            body = b"".join(blocks(reply, _WITHIN)).decode("utf-8", errors="replace")
        found = _ANSWER.search(body)
        if not found:
            raise FailedError("its reply holds no sound")
        try:
            mp3 = base64.b64decode(json.loads(json.loads(found["json"]))[0], validate=True)
        except (ValueError, TypeError, LookupError) as error:
            raise FailedError("its reply is damaged") from error
        pcm = decoded(mp3, self.sample_rate)
        check_length(pcm, self.sample_rate, text, _SLOW_PACE if self.slow else 1.0)
        return pcm


def _languages() -> dict[str, str]:
    from gtts.lang import tts_langs

    return dict(tts_langs())

"""`edge`: the voices of Microsoft Edge, two of them Persian. Online; the extra `narrate-fa[edge]`.

The text of a book is sent to Microsoft. The service takes no phonemes; vowel marks are sent.

Source: the package edge-tts, 7.
"""

from __future__ import annotations

import asyncio
import re
import sys
import threading
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from narrate.engines.engine import SILENT, Voice, check_ranges
from narrate.engines.fetching import check_status
from narrate.engines.once import once
from narrate.engines.online import (
    FailedError,
    StoppedError,
    check_length,
    check_stopped,
    decoded,
    proxy_for,
    service,
)
from narrate.errors import EngineError
from narrate.model import Speech, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narrate.model import Hearing

_HOST = "speech.platform.bing.com"
_NAME = re.compile(r"[a-z]{2,3}-[A-Z]{2,4}(-[A-Za-z]+)?-\w+Neural")
_OTHERS = (
    "ar-SA-ZariyahNeural", "az-AZ-BanuNeural", "cs-CZ-VlastaNeural", "de-DE-KatjaNeural",
    "el-GR-AthinaNeural", "en-US-AriaNeural", "es-ES-ElviraNeural", "fr-FR-DeniseNeural",
    "he-IL-HilaNeural", "hi-IN-SwaraNeural", "it-IT-ElsaNeural", "ja-JP-NanamiNeural",
    "ka-GE-EkaNeural", "kk-KZ-AigulNeural", "ko-KR-SunHiNeural", "nl-NL-ColetteNeural",
    "pl-PL-ZofiaNeural", "ps-AF-LatifaNeural", "pt-BR-FranciscaNeural", "ro-RO-AlinaNeural",
    "ru-RU-SvetlanaNeural", "sv-SE-SofieNeural", "tr-TR-EmelNeural", "uk-UA-PolinaNeural",
    "ur-PK-UzmaNeural", "zh-CN-XiaoxiaoNeural",
)  # fmt: skip
"""For each language a woman, as the default is: they say what in a book is not Persian."""
_TICKS = 10_000_000
"""A second in the service's unit of time."""
_SETTINGS = {
    "rate": (-50, 100),
    "pitch": (-50, 50),
    "at_once": (1, 32),
    "per_minute": (1, 6000),
    "patience": (0, 3600),
}
_CONNECTING, _WITHIN = 10, 30
"""Seconds to reach the service, and for its whole reply."""


@dataclass(frozen=True)
class Edge:
    """A voice of Microsoft Edge."""

    name: ClassVar[str] = "edge"
    summary: ClassVar[str] = "Microsoft Edge's natural voices, online: they are sent your text"
    hears: ClassVar[Hearing] = "marks"
    version: ClassVar[str] = "1"
    sample_rate: ClassVar[int] = 24_000

    voice: str = "fa-IR-DilaraNeural"
    rate: int = 0
    """Percent faster; slower below 0."""
    pitch: int = 0
    """Hertz higher; lower below 0."""
    at_once: int = field(default=4, metadata=SILENT)
    per_minute: int = field(default=240, metadata=SILENT)
    patience: float = field(default=60.0, metadata=SILENT)
    """Seconds for which a sentence is asked for again while the service fails."""

    def __post_init__(self) -> None:
        """Refuse what is no name of a voice, and settings that the service would refuse."""
        if not _NAME.fullmatch(self.voice):
            raise LookupError(self.voice)
        check_ranges(self, _SETTINGS)

    @classmethod
    def voices(cls) -> list[Voice]:
        """Return the Persian voices and one for each of the languages that a book may quote."""
        return [
            Voice("fa-IR-DilaraNeural", "fa-IR", "online, a woman"),
            Voice("fa-IR-FaridNeural", "fa-IR", "online, a man"),
            *(Voice(name, name[:5], "online, a woman") for name in _OTHERS),
        ]

    def check(self) -> None:
        """Raise `EngineError` if the library is missing. The service is not asked."""
        if not find_spec("edge_tts"):
            raise EngineError(
                f"edge-tts is not installed: {sys.executable} -m pip install 'narrate-fa[edge]'"
            )

    def speak(self, text: str) -> Speech:
        """Return the sound of `text`, with its words."""
        self.check()
        return service("Edge's service", self.at_once, self.per_minute).ask(
            lambda: self._asked(text), self.patience
        )

    def _asked(self, text: str) -> Speech:
        mp3, words = _awaited(asyncio.run_coroutine_threadsafe(self._received(text), _loop()))
        pcm = decoded(mp3, self.sample_rate)
        check_length(pcm, self.sample_rate, text, 1 + self.rate / 100)
        found = tuple(_placed(text, words, self.sample_rate))
        if found and found[-1].sample > len(pcm) // 2:
            raise FailedError("its reply ends before its last word")
        return Speech(pcm, self.sample_rate, found)

    async def _received(self, text: str) -> tuple[bytes, list[tuple[str, float]]]:
        """Return the MP3, and each word with the tick at which it begins."""
        import aiohttp
        from edge_tts import Communicate
        from edge_tts.exceptions import EdgeTTSException, SkewAdjustmentError

        asked = Communicate(
            text,
            self.voice,
            rate=f"{self.rate:+}%",
            pitch=f"{self.pitch:+}Hz",
            boundary="WordBoundary",
            proxy=proxy_for(_HOST),
            connect_timeout=_CONNECTING,
        )
        mp3, words = bytearray(), []
        try:
            async with asyncio.timeout(_WITHIN):
                async for part in asked.stream():
                    if part["type"] == "audio":
                        mp3 += part["data"]
                    else:
                        words.append((part["text"], part["offset"]))
        except aiohttp.ClientConnectorCertificateError as error:
            raise EngineError(
                f"the certificate of {_HOST} is not to be trusted: {error}"
            ) from error
        except aiohttp.ClientResponseError as error:
            _refuse(error)
        except SkewAdjustmentError as error:
            raise EngineError(f"{_HOST} answers 403: it will not help to wait") from error
        except aiohttp.ClientConnectorError as error:
            reason = error.os_error.strerror or error.os_error
            raise FailedError(f"no connection to {error.host}: {reason}") from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            reason = str(error) or type(error).__name__
            raise FailedError(f"no connection to {_HOST}: {reason}") from error
        except (EdgeTTSException, ValueError, KeyError) as error:
            raise FailedError(f"its reply is not understood: {error}") from error
        # The library counts a reply only when the service has said that it ends.
        if len(mp3) != asked.state["cumulative_audio_bytes"]:
            raise FailedError("its reply is cut short")
        return bytes(mp3), words


def _awaited[T](asked: Future[T]) -> T:
    """Return the result of `asked`, unless nobody waits for it any more."""
    while not asked.done():
        wait([asked], timeout=0.2)
        try:
            check_stopped()
        except StoppedError:
            asked.cancel()
            raise
    return asked.result()


@once
def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop of all requests; safe connections take their time to close."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def _refuse(error: Any) -> None:  # noqa: ANN401 - an aiohttp.ClientResponseError
    wait_for = (error.headers or {}).get("Retry-After", "")
    check_status(_HOST, error.status, error.message, wait_for)
    raise FailedError(f"it answers {error.status} {error.message}") from error


def _placed(text: str, words: Iterable[tuple[str, float]], rate: int) -> Iterable[Word]:
    """Yield the words that are found in `text`, one behind the other."""
    at = before = 0
    for word, tick in words:
        begin, sample = text.find(word, at), int(tick * rate) // _TICKS
        if not word or begin < 0 or sample < before:
            continue
        at, before = begin + len(word), sample
        yield Word(begin, at, sample)

"""Asking a service for speech: politely, patiently, and believing no reply that cannot be right.

Source: RFC 9110, 10.2.3 (Retry-After); ISO/IEC 11172-3, 2.4.2.3, and 13818-3 (MP3 frames).
"""

from __future__ import annotations

import io
import logging
import random
import re
import threading
import time
from collections import deque
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

from narrate.engines.once import once
from narrate.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = logging.getLogger("narrate")

_MINUTE = 60.0
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 15.0
_DAY = 86_400
_QUICKEST, _SLOWEST = 0.045, 0.35
"""Seconds a letter: nobody who can be understood is outside."""
_BREATH = 3.0
_KASHIDA = "\u0640"
_DRAWN_OUT = re.compile(r"(.)\1+")


class FailedError(Exception):
    """A request failed, and may go well if it is made again."""

    def __init__(self, problem: str, wait: float = 0.0) -> None:
        """Take what went wrong, and how many seconds the service wants to be left alone."""
        super().__init__(problem)
        self.wait = wait


class StoppedError(EngineError):
    """Another sentence failed for good: this one is not wanted any more."""


class Service:
    """A service as this process uses it: so many requests at once, and so many a minute."""

    def __init__(self, name: str, at_once: int, per_minute: int) -> None:
        """Take its name, as messages call it, and its limits."""
        self.name = name
        self._per_minute = per_minute
        self._places = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._begun: deque[float] = deque()
        self._closed_until = 0.0
        self._is_well = True

    def ask[T](self, request: Callable[[], T], patience: float) -> T:
        """Return what `request` returns; while it fails, make it again for `patience` seconds.

        Raises `EngineError` when that is over; what `request` raises otherwise comes through.
        """
        begun, tries = 0.0, 0
        while True:
            try:
                with self._turn(patience):
                    # Standing in line does not wear out anybody's patience.
                    begun, tries = begun or time.monotonic(), tries + 1
                    answer = request()
            except FailedError as error:
                wait = error.wait or _wait(tries)
                if error.wait:
                    self._close(error.wait)
                asked = "once" if tries == 1 else f"{tries} times"
                failure = EngineError(f"{self.name} was asked {asked}: {error}")
                failure.__cause__ = error
                self._tell(error, patience)
            else:
                self._is_well = True
                return answer
            if time.monotonic() - begun + wait > patience:
                raise failure
            _here.retries = retries() + 1
            try:
                _sleep(wait)
            except StoppedError as error:
                raise failure from error

    @contextmanager
    def _turn(self, patience: float) -> Iterator[None]:
        with self._places:
            while wait := self._to_wait(patience):
                _sleep(wait)
            yield

    def _to_wait(self, patience: float) -> float:
        """Take a place in this minute, and return 0; or return the seconds until there is one.

        Raises `EngineError` if the service wants to be left alone for longer than `patience`.
        """
        with self._lock:
            now = time.monotonic()
            while self._begun and self._begun[0] <= now - _MINUTE:
                self._begun.popleft()
            closed = self._closed_until - now
            if closed > patience:
                raise EngineError(f"{self.name} asks to be left alone for {closed:.0f} s")
            if closed > 0:
                return closed
            if len(self._begun) >= self._per_minute:
                return self._begun[0] + _MINUTE - now
            self._begun.append(now)
            return 0.0

    def _tell(self, error: FailedError, patience: float) -> None:
        """Tell the person, once while it lasts, why nothing happens."""
        if self._is_well and patience:
            log.info("%s: %s; trying again for %g s", self.name, error, patience)
        self._is_well = False

    def _close(self, seconds: float) -> None:
        with self._lock:
            self._closed_until = max(self._closed_until, time.monotonic() + seconds)


@once
def service(name: str, at_once: int, per_minute: int) -> Service:
    """Return the one `Service` of this process with that name and those limits."""
    return Service(name, at_once, per_minute)


_here = threading.local()


def retries() -> int:
    """Return how many requests this thread has made once more, since they failed."""
    return getattr(_here, "retries", 0)


def heed(stopped: threading.Event) -> None:
    """Let this thread wait for no service once `stopped` is set."""
    _here.stopped = stopped


def check_stopped() -> None:
    """Raise `StoppedError` if nobody waits for this thread any more."""
    _sleep(0)


def _sleep(seconds: float) -> None:
    stopped: threading.Event | None = getattr(_here, "stopped", None)
    if stopped is None:
        time.sleep(seconds)
    elif stopped.wait(seconds):
        raise StoppedError("stopped")


def _wait(tries: int) -> float:
    """Return the seconds before the next try: twice as many each time, and never quite so."""
    return float(min(_FIRST_WAIT * 2 ** (tries - 1), _LONGEST_WAIT) * random.uniform(0.5, 1))  # noqa: S311


def seconds_to_wait(retry_after: str) -> float:
    """Return the seconds that a `Retry-After` of either form asks for; 0 if there is none."""
    if retry_after.isdecimal():
        return float(min(int(retry_after), _DAY))
    try:
        seconds = parsedate_to_datetime(retry_after).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(0.0, seconds), _DAY)


def proxy_for(host: str) -> str | None:
    """Return the proxy by which the system reaches `host`, if there is one."""
    proxy = getproxies().get("https")
    return None if proxy is None or proxy_bypass(host) else proxy


def decoded(mp3: bytes, rate: int) -> bytes:
    """Return the samples in `mp3`: 16-bit, mono, `rate` a second.

    Raises `FailedError` if it is empty, not MP3, or cut short.
    """
    import av
    from av.audio.resampler import AudioResampler

    if not mp3:
        raise FailedError("its reply is empty")
    _check_frames(mp3)
    resampler = AudioResampler(format="s16", layout="mono", rate=rate)
    parts = []
    try:
        with av.open(io.BytesIO(mp3), "r", format="mp3") as container:
            frames: list[av.AudioFrame | None] = [*container.decode(audio=0), None]
        for frame in frames:
            parts += [each.to_ndarray().tobytes() for each in resampler.resample(frame)]
    except (av.error.FFmpegError, IndexError, ValueError) as error:
        raise FailedError(f"its reply is no sound: {error}") from error
    return b"".join(parts)


_LAYER_3 = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
)
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8000)}


def _check_frames(mp3: bytes) -> None:
    """Raise `FailedError` if `mp3` is not MP3, or its last frame is not whole."""
    at = 0
    if mp3[:3] == b"ID3" and len(mp3) >= 10:  # noqa: PLR2004
        at = 10 + sum(byte << shift for byte, shift in zip(mp3[6:10], (21, 14, 7, 0), strict=True))
    frames = 0
    while at + 4 <= len(mp3) and mp3[at : at + 3] != b"TAG":
        size = _frame_size(mp3[at : at + 4])
        if size == 0:
            raise FailedError("its reply is no sound" if frames == 0 else "its reply is damaged")
        at, frames = at + size, frames + 1
    if frames == 0:
        raise FailedError("its reply is no sound")
    if at > len(mp3) or (at < len(mp3) and mp3[at : at + 3] != b"TAG"):
        raise FailedError("its reply is cut short")


def _frame_size(header: bytes) -> int:
    """Return how many bytes the MP3 frame with this header takes; 0 if it is none."""
    if header[0] != 0xFF or header[1] & 0xE6 != 0xE2:  # noqa: PLR2004
        return 0
    version, bits, rates = (header[1] >> 3) & 3, header[2] >> 4, (header[2] >> 2) & 3
    if version not in _RATES or rates == 3:  # noqa: PLR2004
        return 0
    is_first = version == 3  # noqa: PLR2004
    bit_rate = _LAYER_3[0 if is_first else 1][bits]
    if not bit_rate:
        return 0
    padding = (header[2] >> 1) & 1
    return (144 if is_first else 72) * 1000 * bit_rate // _RATES[version][rates] + padding


def check_length(pcm: bytes, rate: int, text: str, pace: float = 1.0) -> None:
    """Raise `FailedError` if nobody says `text` in that time, at `pace` times the usual speed."""
    seconds = len(pcm) / 2 / rate
    # Nobody draws out a word for each kashida or repeated letter of it.
    letters = sum(map(str.isalnum, _DRAWN_OUT.sub(r"\1", text.replace(_KASHIDA, ""))))
    if not letters * _QUICKEST / pace <= seconds <= (_BREATH + letters * _SLOWEST) / pace:
        raise FailedError(f"its reply of {seconds:.1f} s cannot be these {letters} letters")

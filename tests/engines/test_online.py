"""Asking a service: how often, how long, and which replies are believed."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.engines.fetching import check_status
from narrate.engines.online import (
    FailedError,
    Service,
    StoppedError,
    check_length,
    check_stopped,
    decoded,
    heed,
    seconds_to_wait,
)
from narrate.engines.tone import Tone
from narrate.errors import EngineError
from tests.services import mp3_of

SPEECH = Tone().speak("کتاب‌ها را دیروز خواندم.")
MP3 = mp3_of(SPEECH)


def test_no_more_requests_are_made_at_once_than_is_allowed() -> None:
    service, now, most = Service("it", 3, 1000), 0, 0
    lock = threading.Lock()

    def request() -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with lock:
            now -= 1

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: service.ask(request, 1), range(30)))

    assert most == 3


def test_no_more_requests_are_made_in_a_minute_than_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("narrate.engines.online._MINUTE", 0.3)
    service, times = Service("it", 1, 5), list[float]()

    for _ in range(12):
        service.ask(lambda: times.append(time.monotonic()), 1)

    assert all(later - sooner >= 0.29 for sooner, later in zip(times, times[5:], strict=False))


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_service_that_asks_to_wait_is_left_alone_by_everyone(form: str) -> None:
    service, asked = Service("it", 4, 1000), list[float]()
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)

    def request() -> None:
        asked.append(time.monotonic())
        if len(asked) == 1:
            check_status("it", 429, "Too Many Requests", "1" if form == "seconds" else soon)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(service.ask, request, 10)
        time.sleep(0.1)
        second = pool.submit(service.ask, request, 10)
        first.result()
        second.result()

    assert asked[1] - asked[0] > 0.9
    assert len(asked) == 3


def test_a_service_that_asks_for_more_patience_than_there_is_is_given_up_at_once() -> None:
    begun = time.monotonic()

    service = Service("it", 1, 10)
    with pytest.raises(EngineError, match="it was asked once: it answers 503"):
        service.ask(lambda: check_status("it", 503, "", "3600"), 60)
    with pytest.raises(EngineError, match="it asks to be left alone for 3600 s"):
        service.ask(lambda: None, 60)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("", 0), ("12", 12), ("inf", 0), ("-3", 0), ("1e400", 0), ("9" * 30, 86_400), ("soon", 0)],
)
def test_a_header_that_asks_for_nonsense_is_not_obeyed(header: str, seconds: float) -> None:
    assert seconds_to_wait(header) == seconds


def test_standing_in_line_wears_out_nobodys_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narrate.engines.online._MINUTE", 1.0)
    service, tries = Service("it", 4, 1), list[float]()

    def fail_once() -> None:
        tries.append(time.monotonic())
        if len(tries) == 1:
            raise FailedError("no")

    service.ask(lambda: None, 0.9)
    service.ask(fail_once, 0.9)

    assert len(tries) == 2


def test_waits_grow_and_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("narrate.engines.online._sleep", waits.append)
    service = Service("it", 1, 1000)

    def fail() -> None:
        if len(waits) < 9:
            raise FailedError("no")

    service.ask(fail, 600)
    service.ask(lambda: None, 600)

    assert all(0.25 * 2**n <= wait <= min(0.5 * 2**n, 15) for n, wait in enumerate(waits[:5]))
    assert max(waits) <= 15
    assert len({round(wait / 2**n, 6) for n, wait in enumerate(waits[:5])}) > 1


def test_a_build_that_was_stopped_waits_for_nothing() -> None:
    stopped = threading.Event()

    def line_up() -> bool:
        with pytest.raises(StoppedError):
            check_stopped()
        return True

    def work() -> None:
        heed(stopped)
        Service("it", 1, 10).ask(lambda: check_status("it", 500, "", ""), 600)

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        time.sleep(0.1)
        stopped.set()
        with pytest.raises(EngineError, match="it was asked once: it answers 500"):
            future.result(2)
        assert pool.submit(line_up).result(2)


@pytest.mark.parametrize(
    ("status", "problem"),
    [(200, None), (206, None), (408, FailedError), (429, FailedError), (503, FailedError)]
    + [(status, EngineError) for status in (400, 401, 403, 404)],
)
def test_a_status_says_whether_to_try_again(status: int, problem: type[Exception] | None) -> None:
    if problem is None:
        check_status("it", status, "", "")
    else:
        with pytest.raises(problem):
            check_status("it", status, "", "")


def test_whole_mp3_is_decoded() -> None:
    pcm = decoded(MP3, 24_000)

    assert len(pcm) / 2 / 24_000 == pytest.approx(len(SPEECH.pcm) / 2 / 22_050, abs=0.1)


@given(st.integers(1, len(MP3) - 1))
def test_mp3_that_is_cut_inside_a_frame_is_not_believed(size: int) -> None:
    whole_frames = size % 144 == 0

    if whole_frames:
        return
    with pytest.raises(FailedError):
        decoded(MP3[:size], 24_000)


@given(st.binary(max_size=2000))
def test_noise_is_not_believed(data: bytes) -> None:
    with pytest.raises(FailedError):
        decoded(b"\x00" + data, 24_000)


def test_mp3_with_a_tag_is_believed() -> None:
    tag = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10)

    assert decoded(tag + MP3, 24_000) == decoded(MP3, 24_000)


@pytest.mark.parametrize(
    ("text", "seconds", "fits"),
    [
        ("بله", 0.4, True),
        ("بله", 6.0, False),
        ("ســــــــــــــــــلام", 0.6, True),
        ("هههههههههههههههههههههه", 0.6, True),
        ("کتاب‌ها را دیروز خواندم." * 4, 7.0, True),
        ("کتاب‌ها را دیروز خواندم." * 4, 3.0, False),
        ("کتاب‌ها را دیروز خواندم." * 4, 60.0, False),
    ],
)
def test_a_length_that_nobody_speaks_is_not_believed(
    text: str, seconds: float, *, fits: bool
) -> None:
    pcm = bytes(2 * int(seconds * 24_000))

    if fits:
        check_length(pcm, 24_000, text)
        check_length(bytes(len(pcm) // 2), 24_000, text, 2.0)
    else:
        with pytest.raises(FailedError, match="cannot be these"):
            check_length(pcm, 24_000, text)

"""The engines that ask a service: what they believe, how often they ask, when they give up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from narrate.engines import create
from narrate.engines.tone import Tone
from narrate.errors import EngineError, UsageError
from narrate.speaking import Cast

if TYPE_CHECKING:
    from tests.services import Services

ENGINES = ("edge", "gtts:ar")
TEXT = "کتاب‌ها را دیروز خواندم."


def engine(name: str, **settings: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    kind, _, voice = name.partition(":")
    return create(kind, voice or None, {"patience": "20", "per_minute": "6000", **settings})


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize("name", ENGINES)
def test_what_is_heard_is_what_the_service_sent(name: str) -> None:
    speech = engine(name).speak(TEXT)

    assert speech.rate == 24_000
    expected = len(Tone().speak(TEXT).pcm) / 2 / 22_050
    assert len(speech.pcm) / 2 / 24_000 == pytest.approx(expected, abs=0.1)


@pytest.mark.usefixtures("services")
def test_edge_tells_where_its_words_are() -> None:
    speech = engine("edge").speak(TEXT)

    assert [TEXT[word.begin : word.end] for word in speech.words] == TEXT.split()


@pytest.mark.parametrize("fault", ["429", "500", "reset", "empty", "half", "noise", "short"])
@pytest.mark.parametrize("name", ENGINES)
def test_a_request_that_fails_is_made_again(name: str, fault: str, services: Services) -> None:
    services.fault_of = lambda number, _: fault if number < 2 else ""

    speech = engine(name).speak(TEXT)

    assert speech.pcm
    assert len(services.asked) == 3


def test_a_reply_of_edge_that_stops_before_its_end_is_made_again(services: Services) -> None:
    services.fault_of = lambda number, _: "gone" if number == 0 else ""

    assert engine("edge").speak(TEXT).pcm
    assert len(services.asked) == 2


@pytest.mark.parametrize("name", ENGINES)
def test_a_request_that_is_refused_is_not_made_again(name: str, services: Services) -> None:
    services.fault_of = lambda *_: "400"

    with pytest.raises(EngineError, match="answers 400"):
        engine(name).speak(TEXT)
    assert len(services.asked) == 1


@pytest.mark.parametrize("name", ENGINES)
def test_a_service_that_goes_on_failing_is_given_up(name: str, services: Services) -> None:
    services.fault_of = lambda *_: "500"
    begun = time.monotonic()

    with pytest.raises(EngineError, match=r"was asked \d times: it answers 500"):
        engine(name, patience="2").speak(TEXT)
    assert 0.5 < time.monotonic() - begun < 10


@pytest.mark.parametrize("name", ENGINES)
def test_a_certificate_that_nobody_vouches_for_is_refused(name: str, impostors: Services) -> None:
    with pytest.raises(EngineError, match=r"certificate .* is not to be trusted"):
        engine(name).speak(TEXT)
    assert impostors.asked == []


@pytest.mark.usefixtures("services")
def test_gtts_leaves_requests_as_it_was_for_everybody_else() -> None:
    import warnings

    import urllib3

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always", urllib3.exceptions.InsecureRequestWarning)
        before = list(warnings.filters)
        engine("gtts:ar").speak(TEXT)
        assert list(warnings.filters) == before
    assert not seen


def test_a_long_sentence_of_gtts_is_asked_in_parts_and_only_a_failed_part_again(
    services: Services,
) -> None:
    services.fault_of = lambda number, _: "empty" if number == 1 else ""
    words = ("یک", "دو", "سه", "چهار", "پنج")
    parts = [
        f"این تکه‌ی {word} است و آن‌قدر دراز است که با دیگری در یک درخواست نمی‌گنجد" for word in words
    ]

    engine("gtts:ar").speak("، ".join(parts))

    assert max(map(len, services.asked)) <= 100
    assert services.asked[1] == services.asked[2]
    assert len(services.asked) == len(parts) + 1


def test_gtts_says_plainly_that_it_has_no_persian() -> None:
    with pytest.raises(EngineError, match="has no Persian: use --voice edge"):
        create("gtts")


@pytest.mark.usefixtures("services")
def test_gtts_speaks_persian_the_day_its_list_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtts.lang.tts_langs", lambda: {"fa": "Persian"})

    assert create("gtts", "fa").speak(TEXT).pcm
    assert create("gtts").voice == "fa"


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("edge", "rate=200"),
        ("edge", "pitch=-80"),
        ("gtts:ar", "tld=evil.example/"),
        ("edge", "at_once=0"),
    ],
)
def test_a_setting_that_a_service_would_refuse_is_refused_first(name: str, setting: str) -> None:
    key, _, value = setting.partition("=")
    with pytest.raises(UsageError, match=key):
        engine(name, **{key: value})


def test_a_name_that_is_no_voice_of_edge_is_refused() -> None:
    with pytest.raises(EngineError, match="no voice fa-IR-Dilara"):
        create("edge", "fa-IR-Dilara")


def test_edge_says_the_languages_that_persian_books_quote() -> None:
    cast = Cast(engine("edge"))

    for language in ("en", "ar", "fr", "de", "ru", "tr", "zh"):
        speaker = cast.who_says(language, "body")
        assert speaker
        assert speaker.voice.startswith(f"{language}-")


def test_pace_and_patience_do_not_make_other_clips() -> None:
    from narrate.engines import fingerprint

    assert fingerprint(create("edge")) == fingerprint(create("edge", None, {"at_once": "1"}))
    assert fingerprint(create("edge")) != fingerprint(create("edge", None, {"rate": "10"}))


@pytest.mark.parametrize("name", ENGINES)
def test_a_service_that_falls_silent_is_given_up(
    name: str, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("edge._WITHIN", "fetching._RECEIVING"):
        monkeypatch.setattr(f"narrate.engines.{place}", 0.5)
    services.fault_of = lambda *_: "silent"
    begun = time.monotonic()

    with pytest.raises(EngineError, match="no connection"):
        engine(name, patience="1").speak(TEXT)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("name", ENGINES)
def test_a_connection_that_breaks_before_it_is_safe_is_made_again(
    name: str, services: Services
) -> None:
    services.hang_ups = 1

    assert engine(name).speak(TEXT).pcm
    assert services.hang_ups == 0

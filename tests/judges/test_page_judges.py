"""The page in a real browser: it plays what it shows, opens to everybody, and does nothing else."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.judges.conftest import JUDGES, Made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from narrate.model import Timeline

AXE = Path(JUDGES) / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PLACE = """() => {
  const sound = document.querySelector("#sound");
  const chapter = sound.getAttribute("src").replace(".mp3", "");
  return [chapter, sound.currentTime, document.querySelector(".now").id];
}"""
SEEK = """([chapter, time]) => new Promise((done) => {
  document.querySelector(`nav a[href="#${chapter}"]`).click();
  const sound = document.querySelector("#sound");
  sound.pause();
  sound.addEventListener("seeked", () => requestAnimationFrame(done), { once: true });
  sound.currentTime = time;
})"""
OVERLAPS = """() => {
  const controls = document.querySelectorAll(".player :is(button, input, select, #clock)");
  const boxes = [...controls].map((each) => each.getBoundingClientRect());
  return boxes.flatMap((one, n) => boxes.slice(n + 1).filter((other) =>
    one.left < other.right - 1 && other.left < one.right - 1 &&
    one.top < other.bottom - 1 && other.top < one.bottom - 1)).length;
}"""
FOCUSED = "document.activeElement.id || document.activeElement.tagName"
JOINED = """() => {
  const ink = document.createElement("canvas").getContext("2d");
  ink.font = "40px Vazirmatn";
  const width = (text) => ink.measureText(text).width;
  const apart = [..."سلام"].join("\\u200c");
  return [document.fonts.check("40px Vazirmatn"), width("سلام"), width(apart)];
}"""


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:  # noqa: ANN401
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


@pytest.fixture(params=["from the disk", "served"])
def address(request: pytest.FixtureRequest, made: Made) -> Iterator[str]:
    folder = made.paths["page"]
    if request.param == "from the disk":
        yield (folder / "index.html").as_uri()
        return
    command = [sys.executable, "-m", "narrate", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.terminate()


def expected(timeline: Timeline, chapters: list[str], chapter: str, time: float) -> str:
    """Return the id of the sentence that sounds so many seconds into a chapter."""
    begin = timeline.marks[chapters.index(chapter)].begin / timeline.rate
    own = [cue for cue in timeline.cues if cue.utterance.chapter == chapter]
    # The page knows milliseconds.
    found = [cue for cue in own if round(cue.begin / timeline.rate - begin, 3) <= time] or own[:1]
    utterance = found[-1].utterance
    number = sum(cue.utterance.paragraph == utterance.paragraph for cue in found)
    return f"{utterance.paragraph}s{number:03}"


def test_the_sentence_that_is_marked_is_the_one_that_sounds(
    browser: Browser, made: Made, address: str
) -> None:
    timeline = made.audiobook.timeline
    chapters = [each.id for each in made.audiobook.book.chapters]
    rng = random.Random(7)  # noqa: S311 - places to look at
    with opened(browser, address) as page:
        for _ in range(20):
            number = rng.randrange(len(chapters))
            mark = timeline.marks[number]
            time = rng.uniform(0, (mark.end - mark.begin) / timeline.rate - 0.1)
            page.evaluate(SEEK, [chapters[number], time])
            chapter, now, marked = page.evaluate(PLACE)
            assert chapter == chapters[number]
            assert now == pytest.approx(time, abs=0.001)
            assert marked == expected(timeline, chapters, chapter, now)


def test_it_goes_on_by_itself_into_the_next_chapter(
    browser: Browser, made: Made, address: str
) -> None:
    timeline = made.audiobook.timeline
    chapters = [each.id for each in made.audiobook.book.chapters]
    with opened(browser, address) as page:
        length = (timeline.marks[0].end - timeline.marks[0].begin) / timeline.rate
        page.evaluate(SEEK, [chapters[0], length - 0.5])
        page.click("#play")
        page.wait_for_function(f"document.querySelector('#sound').src.includes('{chapters[1]}')")
        page.wait_for_function("document.querySelector('#sound').currentTime > 0.2")
        page.click("#play")
        chapter, now, marked = page.evaluate(PLACE)
    assert (chapter, marked) == (chapters[1], expected(timeline, chapters, chapter, now))


def test_a_click_plays_from_there_and_the_place_is_remembered(
    browser: Browser, made: Made, address: str
) -> None:
    cue = made.audiobook.timeline.cues[len(made.audiobook.timeline.cues) // 2]
    own = f"{cue.utterance.paragraph}s001"
    with opened(browser, address) as page:
        page.click(f"#{own}")
        page.wait_for_function("!document.querySelector('#sound').paused")
        page.click("#play")
        page.reload()
        page.wait_for_selector(".now")
        _, _, marked = page.evaluate(PLACE)
        assert marked[:11] == own[:11]
        assert page.evaluate("document.querySelector('#sound').paused")


def test_the_place_is_remembered_behind_a_click_in_the_contents(
    browser: Browser, made: Made, address: str
) -> None:
    chapters = [each.id for each in made.audiobook.book.chapters]
    with opened(browser, address) as page:
        page.evaluate(SEEK, [chapters[1], 0.5])
        page.evaluate("document.querySelector('#chapter-on').click()")
        page.evaluate("document.querySelector('#sound').pause()")
        page.wait_for_function(f"document.querySelector('.now').closest('#{chapters[2]}')")
        page.reload()
        page.wait_for_selector(".now")
        assert "#" not in page.url
        assert page.evaluate(PLACE)[0] == chapters[2]


def test_an_old_tab_that_is_closed_forgets_nothing(
    browser: Browser, made: Made, address: str
) -> None:
    chapters = [each.id for each in made.audiobook.book.chapters]
    context = browser.new_context()
    old, new = context.new_page(), context.new_page()
    old.goto(address)
    new.goto(address)
    new.evaluate(SEEK, [chapters[2], 0.5])
    new.select_option("#speed", "2")
    new.close(run_before_unload=True)
    old.close(run_before_unload=True)
    again = context.new_page()
    again.goto(address)
    assert again.evaluate(PLACE)[0] == chapters[2]
    assert again.input_value("#speed") == "2"
    context.close()


def test_the_last_chapter_has_no_next_one(browser: Browser, made: Made, address: str) -> None:
    last = made.audiobook.book.chapters[-1].id
    with opened(browser, address) as page:
        page.evaluate(SEEK, [last, 0.5])
        page.evaluate("document.querySelector('#chapter-on').click()")
        chapter, time, _ = page.evaluate(PLACE)
        assert (chapter, time) == (last, pytest.approx(0.5, abs=0.01))


def test_a_link_to_what_is_not_heard_begins_with_what_is_heard_next(
    browser: Browser, address: str
) -> None:
    quiet = "document.querySelector('section p:not(:has([data-begin]))')?.id"
    with opened(browser, address) as page:
        own = page.evaluate(quiet)
        page.goto("about:blank")
        page.goto(f"{address}#{own}" if own else address)
        page.wait_for_selector(".now")
        assert page.get_attribute(".now", "role") == "button"


def test_it_plays_on_when_a_chapter_is_skipped_and_begins_anew_behind_its_end(
    browser: Browser, made: Made
) -> None:
    timeline, chapters = made.audiobook.timeline, made.audiobook.book.chapters
    last = timeline.marks[-1]
    with opened(browser, (made.paths["page"] / "index.html").as_uri()) as page:
        page.click("#play")
        page.wait_for_function("document.querySelector('#sound').currentTime > 0.1")
        page.select_option("#speed", "2")
        page.click("#chapter-on")
        page.wait_for_function(f"document.querySelector('#sound').src.includes('{chapters[1].id}')")
        page.wait_for_function("document.querySelector('#sound').currentTime > 0.1")
        assert page.get_attribute("#play", "aria-pressed") == "true"
        assert page.evaluate("document.querySelector('#sound').playbackRate") == 2
        page.evaluate(SEEK, [chapters[-1].id, (last.end - last.begin) / timeline.rate - 0.3])
        page.click("#play")
        page.wait_for_function("document.querySelector('#sound').ended")
        assert page.get_attribute("#play", "aria-pressed") == "false"
        page.click("#play")
        page.wait_for_function(f"document.querySelector('#sound').src.includes('{chapters[0].id}')")
        page.wait_for_function("!document.querySelector('#sound').paused")


def test_everything_is_reached_by_keyboard_alone(browser: Browser, made: Made) -> None:
    reached = []
    address = (made.paths["page"] / "index.html").as_uri()
    # A narrow window: its list of chapters is closed.
    with opened(browser, address, viewport={"width": 768, "height": 900}) as page:
        for _ in range(15):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
            if reached[-1] == "theme":
                break
        assert reached[:2] == ["A", "SUMMARY"]
        assert reached[3:] == [
            "chapter-back", "sentence-back", "play", "sentence-on", "chapter-on",
            "place", "speed", "theme",
        ]  # fmt: skip
        first, second = (f"#{each}" for each in page.evaluate(
            "[...document.querySelectorAll('[data-begin]')].slice(0, 2).map((each) => each.id)"
        ))  # fmt: skip
        page.focus(first)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_function("!document.querySelector('#sound').paused")
        assert f"#{page.evaluate('document.activeElement.id')}" == second
        page.keyboard.press(" ")
        page.wait_for_function("document.querySelector('#sound').paused")
        _, _, marked = page.evaluate(PLACE)
        assert f"#{marked}" == second


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_no_violation(browser: Browser, made: Made, scheme: Any, width: int) -> None:  # noqa: ANN401
    size = {"width": width, "height": 900}
    address = (made.paths["page"] / "index.html").as_uri()
    with opened(browser, address, color_scheme=scheme, viewport=size) as page:
        page.click("[data-begin]")
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(
            "(rules) => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES
        )
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) > 10


@pytest.mark.parametrize("size", [(320, 640), (768, 1024), (1440, 900)])
def test_nothing_overlaps_and_letters_are_joined(
    browser: Browser, made: Made, size: tuple[int, int]
) -> None:
    width, height = size
    address = (made.paths["page"] / "index.html").as_uri()
    with opened(browser, address, viewport={"width": width, "height": height}) as page:
        page.evaluate("document.fonts.ready")
        last = page.query_selector_all("[data-begin]")[-1]
        last.scroll_into_view_if_needed()
        last.click()
        box, player = last.bounding_box(), page.query_selector(".player")
        assert box
        assert player
        bar = player.bounding_box()
        assert bar
        assert box["y"] + min(box["height"], 40) <= bar["y"]
        assert bar["height"] <= height / 3
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OVERLAPS) == 0
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        has_font, joined, apart = page.evaluate(JOINED)
        assert has_font
        assert joined < apart


def test_text_does_nothing(browser: Browser, made: Made, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(made.paths["epub"]) as archive:
        archive.extractall(tmp_path)
    pages = [
        made.paths["page"] / "index.html",
        *sorted(made.paths["daisy"].glob("*.html"))[:8],
        *sorted((tmp_path / "EPUB").glob("*.xhtml"))[:8],
    ]
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    for each in pages:
        page.goto(each.as_uri())
        page.wait_for_timeout(100)
    context.close()
    assert dialogs == []
    folders = tuple(each.parent.as_uri() for each in pages)
    assert [url for url in asked if not url.startswith((*folders, "data:"))] == []

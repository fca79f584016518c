"""Real programs judge what is made: `scripts/judge` installs them, and says here where they are."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.engines import create
from narrate.model import Cover
from narrate.outputs import OUTPUTS
from narrate.pipeline import Job, build
from narrate.reading import read
from tests.outputs.books import of_all_kinds, of_traps
from tests.reading.makers import PICTURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from narrate.model import Audiobook, Book

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT.parent / "shared/text/october-article.txt"
JUDGES = os.environ.get("NARRATE_JUDGES", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not JUDGES:
        left_out = pytest.mark.skip(reason="scripts/judge installs these judges and runs them")
        for each in items:
            if Path(__file__).parent in each.path.parents:
                each.add_marker(left_out)


@dataclass(frozen=True)
class Made:
    """A book in every format."""

    audiobook: Audiobook
    """Of the page; all that show text have the same timeline."""
    paths: dict[str, Path]


def _sample() -> Book:
    book = read(str(ROOT / "tests/data/sample.txt"))
    return replace(book, details=replace(book.details, cover=Cover(PICTURE, "image/png")))


def _article() -> Book:
    if not ARTICLE.exists():
        pytest.skip("the article does not lie beside the project")
    return read(str(ARTICLE))


BOOKS: dict[str, Callable[[], Book]] = {
    "sample": _sample,
    "article": _article,
    "all kinds": of_all_kinds,
    "300 chapters": lambda: of_traps(300),
}


@pytest.fixture(scope="session", params=BOOKS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    job = Job(folder / "output", folder / "store", tuple(OUTPUTS))
    results = build(BOOKS[request.param](), create("tone"), job)
    # A long book is several files in some formats: the first is judged.
    paths = {each.path.suffix[1:]: each.path for each in reversed(results)}
    whole = next(each for each in results if each.path == paths["page"])
    return Made(whole.audiobook, paths)


@pytest.fixture(scope="session")
def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, "Chromium is missing"
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=options)
        yield launched
        launched.close()

"""The user's own article, whole. An extra: it lies beside the project, not in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.engines import create
from narrate.outputs.inspection import inspect
from narrate.pipeline import Job, build
from narrate.reading import read

ARTICLE = Path(__file__).parents[2] / "shared" / "text" / "october-article.txt"


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article does not lie beside the project")
def test_the_article_becomes_an_audiobook_in_both_formats(job: Job) -> None:
    mp3, m4b = (inspect(each.path) for each in build(read(str(ARTICLE)), create("espeak"), job))

    assert [each.title for each in mp3.chapters] == [each.title for each in m4b.chapters]
    assert len(mp3.chapters) == 10
    for found in (mp3, m4b):
        begins = [each.begin for each in found.chapters]
        assert begins == sorted(begins)
        assert found.loudness.integrated == pytest.approx(-19, abs=1)
        assert found.loudness.true_peak <= -3.5
        assert found.length == pytest.approx(m4b.length, abs=0.05)

"""The user's own article, whole. An extra: it lies beside the project, not in it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from narrate.engines import create
from narrate.outputs.inspection import inspect
from narrate.persian import Manner
from narrate.pipeline import Job, build
from narrate.proofreading import spoken
from narrate.reading import lines, read

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


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article does not lie beside the project")
def test_nothing_in_the_article_is_left_for_a_voice_to_spell_out() -> None:
    heard = "\n".join(spoken(lines(str(ARTICLE)), Manner()))

    assert len(heard) > 50_000
    assert not any(sign.isnumeric() or (sign.isascii() and sign.isalpha()) for sign in heard)
    signs = {sign for sign in heard if not sign.isalpha() and not unicodedata.combining(sign)}
    assert signs <= set(" \n\u200c.،؛:!?؟…«»()")

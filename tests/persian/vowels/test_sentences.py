"""160 sentences from novels, letters, news and verse, marked by hand.

In `tests/data/vowels.tsv` a `+` behind a word is its ezafe, a `*` a finite verb, and
`{word|phones}` a homograph with its reading, one letter a phone. They were written for this test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from narrate.persian import Manner, Vowels
from narrate.persian.vowels.ezafe import ezafes
from narrate.persian.vowels.tokens import Token, tokens

ROWS = [
    line.split("\t")
    for line in Path("tests/data/vowels.tsv").read_text(encoding="utf-8").splitlines()
]
CONJUNCTIONS = frozenset("و که یا اما ولی اگر تا".split())
PRONOUNS = frozenset("من تو او ما شما آنها آن‌ها این آن خود".split())
LETTERS = {"tS": "C", "dZ": "j", "q1": "q", "R": "r", "j": "y", "'": ""}


@dataclass(frozen=True)
class Marked:
    """A sentence, and what a person knows of it."""

    register: str
    sentence: str
    ezafe: frozenset[int]
    """Where words end that carry an ezafe."""
    verbs: frozenset[int]
    """Where finite verbs end."""
    homographs: tuple[tuple[int, int, str], ...]
    """Where homographs begin and end, and their phones."""


def marked(register: str, text: str) -> Marked:
    sentence, homographs = "", []
    ezafe: set[int] = set()
    verbs: set[int] = set()
    for part in re.finditer(r"\{([^|{}]+)\|([^{}]+)\}|.", text):
        if part[1]:
            homographs.append((len(sentence), len(sentence) + len(part[1]), part[2]))
        if part[0] in "+*":
            (ezafe if part[0] == "+" else verbs).add(len(sentence))
        else:
            sentence += part[1] or part[0]
    return Marked(register, sentence, frozenset(ezafe), frozenset(verbs), tuple(homographs))


SENTENCES = [marked(*row) for row in ROWS]


def found(each: Marked) -> tuple[list[Token], frozenset[int]]:
    """Return the words of a sentence, and the numbers of those that are said with ezafe."""
    sentence = tokens(each.sentence)
    pieces = Vowels().pieces(each.sentence, (), phonemes=False)
    said = {piece.end for piece in pieces if "ezafe" in piece.why}
    # A word in «های» is read with its ezafe as it is written.
    as_written = {sentence[number].end for number in ezafes(sentence)} - {
        piece.end for piece in pieces
    }
    ends = said | {end for end in as_written if each.sentence[:end].endswith(("ای", "وی"))}
    return sentence, frozenset(n for n, token in enumerate(sentence) if token.end in ends)


def test_there_are_forty_of_each_register_with_ezafe_and_homographs() -> None:
    registers = [each.register for each in SENTENCES]

    assert {name: registers.count(name) for name in sorted(set(registers))} == {
        "letter": 40,
        "news": 40,
        "novel": 40,
        "verse": 40,
    }
    assert sum(len(each.ezafe) for each in SENTENCES) > 400
    assert sum(bool(each.homographs) for each in SENTENCES) > 100


def test_ezafe_is_heard_where_a_reader_says_it() -> None:
    hit = missed = extra = 0
    for each in SENTENCES:
        sentence, ours = found(each)
        ends = {sentence[number].end for number in ours}
        hit += len(ends & each.ezafe)
        missed += len(each.ezafe - ends)
        extra += len(ends - each.ezafe)

    assert 200 * hit / (2 * hit + missed + extra) >= 85


@pytest.mark.parametrize("register", ["novel", "letter", "news", "verse"])
def test_no_ezafe_stands_before_what_ends_a_phrase(register: str) -> None:
    for each in (each for each in SENTENCES if each.register == register):
        sentence, ours = found(each)
        for number in ours:
            after = sentence[number + 1]
            second = sentence[number + 2].letters if number + 2 < len(sentence) else ""
            right = sentence[number].end in each.ezafe
            assert after.end not in each.verbs, each.sentence
            assert after.letters not in CONJUNCTIONS, each.sentence
            assert after.letters not in {".", "؟", "!", "؛"}, each.sentence
            assert right or not (after.letters in PRONOUNS and second == "را"), each.sentence


def test_homographs_are_read_as_the_sentence_wants() -> None:
    manner = Manner(hears="phonemes", vowels=Vowels(ezafe=False))
    right = total = 0
    for each in SENTENCES:
        _, pieces = manner.explained(each.sentence)
        said = {piece.begin: piece.said for piece in pieces}
        for begin, end, phones in each.homographs:
            word = each.sentence[begin:end]
            heard = said.get(begin) or default(word)
            total += 1
            right += one_letter(heard) == phones.removeprefix("?")

    assert right / total >= 0.76


def default(word: str) -> str:
    from narrate.persian.vowels.homographs import table

    own = [each.phonemes for each in table().get(word, ()) if each.is_default]
    return own[0] if own else ""


def one_letter(mnemonics: str) -> str:
    return re.sub("tS|dZ|q1|[Rj']", lambda each: LETTERS[each[0]], mnemonics.strip("[]"))

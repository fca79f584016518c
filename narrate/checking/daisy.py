"""A DAISY 2.02 book: everything that its control centre and its SMIL files name is there.

Source: DAISY 2.02 Specification, sections 2.1 and 2.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from narrate.checking.finding import Check, Report, clock, judged, seconds
from narrate.outputs.daisy import OUTPUT
from narrate.outputs.inspection import inspect
from narrate.reading.trees import xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lxml.etree import _Element as Element

_NEAR = 2.0
"""Seconds between what is told and what is heard: lengths are told in whole seconds."""
_HEADINGS = {f"h{level}" for level in range(1, 7)}


def _run(path: Path) -> Report:
    ncc = _root(path / OUTPUT.entry)
    told = {each.get("name", "").lower(): each.get("content", "") for each in ncc.iter("{*}meta")}
    links = [
        unquote(each.get("href", ""))
        for heading in ncc.iter()
        if str(heading.tag).rpartition("}")[2] in _HEADINGS
        for each in heading.iter("{*}a")
    ]
    smils = [*dict.fromkeys(link.partition("#")[0] for link in links)]
    missing = [*_missing(path, links, smils)]
    lengths = {} if missing else {each: inspect(each).length for each in _sounds(path, smils)}
    missing += [] if missing else _too_long(path, smils, lengths)
    heard, whole = sum(lengths.values()), seconds(told.get("ncc:totaltime") or "0")
    findings = (
        judged("contents", bool(links), f"{len(links)} chapters"),
        judged("files", not missing, missing[0] if missing else "all there"),
        judged("length", abs(heard - whole) <= _NEAR, f"{clock(whole)} told, {clock(heard)} heard"),
    )
    return Report(path, "DAISY 2.02", findings)


DAISY = Check("DAISY 2.02", lambda path: (path / OUTPUT.entry).is_file(), _run)


def _root(path: Path) -> Element:
    return xml(path.read_bytes(), str(path))


def _missing(path: Path, links: list[str], smils: list[str]) -> Iterator[str]:
    ids: dict[str, set[str]] = {}
    for name in smils:
        if not (path / name).is_file():
            yield f"{name} is not there"
            return
        root = _root(path / name)
        ids[name] = _ids(root)
        for each in root.iter("{*}audio", "{*}text"):
            file, _, own = unquote(each.get("src", "")).partition("#")
            if not (path / file).is_file():
                yield f"{name} names {file}, which is not there"
                continue
            if own and file not in ids:
                ids[file] = _ids(_root(path / file))
            if own and own not in ids[file]:
                yield f"{name} names {file}#{own}, which is not there"
    for link in links:
        name, _, own = link.partition("#")
        if own not in ids[name]:
            yield f"{name} has no {own}"


def _ids(root: Element) -> set[str]:
    return {each.get("id", "") for each in root.iter()}


def _too_long(path: Path, smils: list[str], lengths: Mapping[Path, float]) -> Iterator[str]:
    for name in smils:
        for clip in _root(path / name).iter("{*}audio"):
            sound = path / unquote(clip.get("src", ""))
            end, length = seconds(clip.get("clip-end") or "0"), lengths[sound]
            if end > length + _NEAR:
                yield f"{name}: a clip ends at {end:.1f} s, and {sound.name} after {length:.1f}"


def _sounds(path: Path, smils: list[str]) -> list[Path]:
    names = [each.get("src", "") for name in smils for each in _root(path / name).iter("{*}audio")]
    return [path / unquote(name) for name in dict.fromkeys(names)]

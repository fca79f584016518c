"""Reports → a page with pictures: waveform, loudness over time, chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import E

from narrate.checking.finding import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from narrate.checking.finding import Course, Report

_WIDTH, _HEIGHT, _METER = 1200, 160, 120
_QUIETEST, _LOUDEST = -60.0, 0.0
_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { margin: 1rem auto; max-width: 80rem; padding: 0 1rem; }
svg { display: block; height: auto; margin-block: .5rem; width: 100%; }
.wave { fill: light-dark(#0b4f8a, #9ccbff); }
.meter { fill: none; stroke: light-dark(#a33b00, #ffb27d); stroke-width: 2; }
.mark { stroke: light-dark(#555, #bbb); stroke-dasharray: 4 4; }
.wish { fill: light-dark(#e6f0e6, #1d331d); }
table { border-collapse: collapse; }
td, th { border-block-end: 1px solid #8886; padding: .15rem .75rem; text-align: start; }
.fail { color: light-dark(#b00020, #ff8a9a); font-weight: bold; }
.warn { color: light-dark(#8a5a00, #ffd07a); font-weight: bold; }
"""


def plotted(reports: Sequence[Report]) -> bytes:
    """Return a page of HTML with what was found, and how each sound goes on."""
    page = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.title("narrate check"),
            E.style(_STYLE),
        ),
        E.body(E.h1("narrate check"), *(_section(each) for each in reports)),
        lang="en",
    )
    return etree.tostring(page, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")


def _section(report: Report) -> Element:
    rows = [
        E.tr(E.th(each.rule), E.td(each.verdict, {"class": each.verdict}), E.td(each.reason))
        for each in report.findings
    ]
    heading = E.h2(E.bdi(report.path.name), f" ({report.kind})")
    section = E.section(heading, E.table(*rows))
    if report.course:
        section.extend([_wave(report.course), _meter(report.course), _listed(report.course)])
    return section


def _wave(course: Course) -> Element:
    middle = _HEIGHT / 2
    step = _WIDTH / len(course.peaks)
    above = [f"{n * step:.1f},{middle - peak * middle:.1f}" for n, peak in enumerate(course.peaks)]
    below = [f"{n * step:.1f},{middle + peak * middle:.1f}" for n, peak in enumerate(course.peaks)]
    wave = E.polygon({"class": "wave", "points": " ".join([*above, *reversed(below)])})
    return _drawn(course, _HEIGHT, "waveform", [wave])


def _meter(course: Course) -> Element:
    def height(loudness: float) -> float:
        share = (max(_QUIETEST, min(_LOUDEST, loudness)) - _QUIETEST) / (_LOUDEST - _QUIETEST)
        return _METER * (1 - share)

    wish = {"class": "wish", "x": "0", "width": str(_WIDTH), "y": f"{height(-16):.1f}"}
    band = E.rect(wish | {"height": f"{height(-22) - height(-16):.1f}"})
    step = _WIDTH / max(1, len(course.loudness))
    points = [f"{n * step:.1f},{height(each):.1f}" for n, each in enumerate(course.loudness)]
    line = E.polyline({"class": "meter", "points": " ".join(points)})
    return _drawn(course, _METER, "loudness, -60 to 0 LUFS; the band is -22 to -16", [band, line])


def _drawn(course: Course, height: int, label: str, shapes: list[Element]) -> Element:
    marks = [
        E.line({"class": "mark", "x1": place, "x2": place, "y1": "0", "y2": str(height)})
        for each in course.chapters
        if (place := f"{_WIDTH * each.begin / max(course.length, 0.001):.1f}")
    ]
    picture = E.svg(E.title(label), *shapes, *marks, viewBox=f"0 0 {_WIDTH} {height}", role="img")
    return E.figure(E.figcaption(label), picture)


def _listed(course: Course) -> Element:
    rows = [E.tr(E.td(clock(each.begin)), E.td(E.bdi(each.title))) for each in course.chapters]
    return E.details(E.summary(f"{len(rows)} chapters"), E.table(*rows))

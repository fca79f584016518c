"""`narrate check`: is what was made as it should be."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import app, print_json
from narrate.errors import CheckError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from narrate.checking import Report


@app.command()
def check(files: flags.Files, *, plot: flags.Plot = None, as_json: flags.Json = False) -> None:
    """Judge finished files, made here or elsewhere: sound, EPUB, DAISY, page, captions, feeds."""
    judge(files, plot, as_json=as_json)


def judge(files: Sequence[Path], plot: Path | None = None, *, as_json: bool) -> None:
    """Print what is found of `files`. Raises `CheckError` if a rule is broken."""
    from narrate import checking
    from narrate.files import published

    if missing := [str(path) for path in files if not path.exists()]:
        raise InputError(f"{', '.join(missing)}: there is no such file")
    reports = []
    for path in files:
        reports.append(checking.check(path))
        if not as_json:
            _show(reports[-1])
    if as_json:
        print_json([_row(each) for each in reports])
    if plot:
        with published(plot) as temporary:
            temporary.write_bytes(checking.plotted(reports))
        typer.echo(f"the picture is in {plot}", err=True)
    failed = [str(each.path) for each in reports if each.worst is checking.Verdict.FAIL]
    if failed:
        raise CheckError(f"not as it should be: {', '.join(failed)}")


def _show(report: Report) -> None:
    typer.echo(f"{report.path} ({report.kind})")
    for each in report.findings:
        typer.echo(f"  {each.verdict:4}  {each.rule:10}  {each.reason}")


def _row(report: Report) -> dict[str, Any]:
    return {
        "path": str(report.path),
        "kind": report.kind,
        "verdict": report.worst,
        "findings": [asdict(each) for each in report.findings],
    }

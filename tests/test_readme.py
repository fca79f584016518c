"""The README tells the truth: names in it exist, names that exist are in it, examples run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from narrate import bookfile, errors
from narrate.cli import app
from narrate.engines import find_all
from narrate.feed.show import Show
from narrate.feed.show import load as load_show
from narrate.model import Pauses
from narrate.outputs import OUTPUTS
from narrate.testing import check_engine

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOP: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
COMMANDS: dict[str, Any] = TOP | {
    f"{name} {below}": command
    for name, group in TOP.items()
    for below, command in getattr(group, "commands", {}).items()
}


def code_blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def examples() -> list[tuple[str, str]]:
    """Return each command of the README's console blocks with the output shown below it."""
    runs = [block.split("$ ")[1:] for block in code_blocks("console")]
    pairs = [run.partition("\n")[::2] for block in runs for run in block]
    return [(command, shown) for command, shown in pairs if command != "scripts/test"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    options = [flag for each in COMMANDS[name].params for flag in each.opts if flag[:2] == "--"]

    assert f"`narrate {name} " in README or f"`narrate {name}`" in README
    assert [
        flag for flag in options if f"`{flag}" not in README and f" {flag} " not in README
    ] == []


def test_every_option_in_the_readme_exists() -> None:
    flags = {flag for each in COMMANDS.values() for param in each.params for flag in param.opts}
    ours = "".join(line for line in README.splitlines(keepends=True) if line[:5] != "dask ")
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", ours.split("## Writing an engine")[0]))

    assert named - flags <= {"--version", "--help"}


def test_every_engine_format_rest_and_exit_code_is_in_the_readme() -> None:
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.NarrateError)}
    rows = [found.name for found in find_all()] + list(OUTPUTS)

    assert [name for name in rows if f"| `{name}` |" not in README] == []
    assert [name for name in Pauses.names() if f"`{name}` " not in README] == []
    assert [code for code in {0, 1, 130} | codes if f"\n| {code} | " not in README] == []


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[each[0] for each in examples()])
def test_every_example_runs_and_prints_what_is_shown(
    command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "tests" / "data")
    monkeypatch.chdir(tmp_path)
    text, _, run = command.rpartition(" | ")
    words = shlex.split(run)
    runner = CliRunner()
    if words[1] == "inspect":
        runner.invoke(app, ["build", "tests/data/sample.txt"])
    if words[1] == "check":
        runner.invoke(app, ["build", "tests/data/sample.txt", "--author", "گروه narrate"])
    if words[1] == "feed":
        (block,) = (each for each in code_blocks("toml") if each.startswith("# night.toml"))
        Path("night.toml").write_text(block, encoding="utf-8")
        runner.invoke(app, ["feed", "night.toml"])
    piped = shlex.split(text)[1].replace("\\n", "\n") if text else None

    done = runner.invoke(app, words[1:], input=piped)

    assert words[0] == "scripts/narrate"
    assert done.exit_code == 0
    shown, anything, _ = shown.partition("…\n")
    assert masked(done.stdout) == masked(shown) or (anything and done.stdout.startswith(shown))


def masked(text: str) -> str:
    """Return `text` with its figures hidden: they may differ a little between machines."""
    return re.sub(r"\d+(\.\d+)?", "N", text)


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """Install the toy engine as a package of its own, as a stranger's would be."""
    folder = tmp_path / "packages"
    (folder / "whistle-1.0.dist-info").mkdir(parents=True)
    (folder / "whistle.py").write_text(code_blocks("python")[0], encoding="utf-8")
    (points,) = (
        entry for entry in code_blocks("toml") if entry.startswith("[project.entry-points")
    )
    group, engine = points.splitlines()
    name = group.removeprefix('[project.entry-points."').removesuffix('"]')
    about = folder / "whistle-1.0.dist-info"
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: whistle\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[{name}]\n{engine.replace(chr(34), '')}\n")
    return folder


def test_the_toy_engine_keeps_the_contract(stranger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(stranger))

    check_engine(import_module("whistle").Whistle())


def test_the_toy_engine_speaks_out_of_a_package_of_its_own(stranger: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "narrate", "build", "tests/data/sample.txt"]
    command += ["--voice", "whistle", "-o", str(tmp_path / "out"), "-f", "mp3"]
    environment = os.environ | {"PYTHONPATH": str(stranger)}

    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).stat().st_size > 10_000


def test_the_library_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "tests" / "data")
    monkeypatch.chdir(tmp_path)

    exec(code_blocks("python")[1], {})  # noqa: S102

    assert len(list((tmp_path / "output").glob("*.m*"))) == 2


@pytest.mark.parametrize("number", [2, 3])
def test_the_examples_of_written_and_spoken_text_run(number: int) -> None:
    exec(code_blocks("python")[number], {})  # noqa: S102


def test_the_show_is_read(tmp_path: Path) -> None:
    (block,) = (each for each in code_blocks("toml") if each.startswith("# show.toml"))
    path = tmp_path / "show.toml"
    path.write_text(block, encoding="utf-8")

    show, books = load_show(path)

    keys = {each.name.replace("_", "-") for each in fields(Show)} - {"path"}
    assert [key for key in keys if f"\n{key} = " not in block] == []
    assert (show.title, show.folder) == ("قصه‌های شب", tmp_path / "show.podcast")
    assert books.options["voice"]


def test_the_book_file_is_read(tmp_path: Path) -> None:
    (block,) = (each for each in code_blocks("toml") if each.startswith("inputs"))
    path = tmp_path / "book.toml"
    path.write_text(block, encoding="utf-8")

    assert bookfile.load([str(path)]).options["title"]
    keys = {key for table in bookfile._TABLES.values() for key in table}
    assert [key for key in {*keys, *bookfile._TOP} if key not in block] == []

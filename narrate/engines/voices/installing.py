"""Getting a voice of Piper: fetched or copied, checked, and only then given its name.

A download that breaks is kept and goes on where it was. The configuration takes its name first
and the model last, so that a voice that is listed is whole.

Source: RFC 9110, 14 (ranges) and 13.1.5 (If-Range).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from narrate.engines.fetching import answered, blocks
from narrate.engines.online import FailedError, service
from narrate.engines.voices.catalogue import CATALOGUE, find_offer
from narrate.engines.voices.installed import short_name, voices_folder
from narrate.errors import EngineError, OutputError, nearest
from narrate.files import check_folder
from narrate.model import Progress, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.model import Report

_PATIENCE = 30.0
_LONGEST = 6 * 3600.0
"""Seconds that a download may take."""
_AS_IT_IS = {"Accept-Encoding": "identity"}
_SHA256 = re.compile("[0-9a-f]{64}")
_NAME = re.compile(r"[\w-]+")
_ONNX = b"\x08"
"""An ONNX file begins with the number of its format: field 1, a number."""


def install(name: str, source: str, report: Report) -> Path:
    """Install the voice `name` and return its model.

    It comes from the catalogue's address, or from `source`: a model's file or address, or the
    folder or address that it lies in. Raises `EngineError` for a voice that is unknown, cannot be
    fetched or is not what it should be; `OutputError` for what the system refuses.
    """
    # As `narrate voices` prints it.
    name = name.removeprefix("piper:")
    offer = find_offer(name)
    if offer is None and not source:
        known = [short_name(each.name) for each in CATALOGUE]
        raise EngineError(
            f"there is no voice {name}{nearest(name, known)}; `narrate voices` lists them"
        )
    full_name = offer.name if offer else name
    if not _NAME.fullmatch(full_name):
        raise EngineError(f"{full_name} is no name of a voice: use letters, numbers, _ and -")
    folder = voices_folder()
    check_folder(folder)
    address = _address(source or (offer.address if offer else ""), full_name)
    model = folder / f"{full_name}.onnx"
    try:
        config = _got(f"{address}.json", folder, lambda _: None)
        found = _got(address, folder, report, offer.sha256 if offer else "")
        _check(config, found, address)
        config.replace(model.with_name(f"{model.name}.json"))
        found.replace(model)
    except OSError as error:
        raise OutputError(f"{model} cannot be written: {error.strerror or error}") from error
    except EngineError as error:
        if source:
            raise
        raise EngineError(f"{error}; --from names a mirror, or a file that you have") from error
    return model


def _address(source: str, name: str) -> str:
    if source.endswith(".onnx"):
        return source
    return f"{source.rstrip('/')}/{name}.onnx"


def remove(model: Path) -> None:
    """Remove an installed voice."""
    for path in (model, model.with_name(f"{model.name}.json")):
        path.unlink(missing_ok=True)


def _got(address: str, folder: Path, report: Report, expected: str = "") -> Path:
    """Return a file in `folder` with what lies at `address`, checked."""
    try:
        remote = urlsplit(address).scheme in ("http", "https")
    except ValueError as error:
        raise EngineError(f"{address} is no address: {error}") from error
    part, told = _fetched(address, folder, report) if remote else (_copied(address, folder), "")
    expected = expected or told
    if expected and _digest(part) != expected:
        part.unlink()
        raise EngineError(f"{address} is not the voice that was expected: its SHA-256 is another")
    return part


def _copied(path: str, folder: Path) -> Path:
    part = folder / f".{_short(path)}.part"
    if not Path(path).is_file():
        raise EngineError(f"{path}: there is no such file")
    shutil.copyfile(path, part)
    return part


def _fetched(address: str, folder: Path, report: Report) -> tuple[Path, str]:
    """Return a file with what lies at `address`, and its SHA-256 if the server tells it."""
    line = service(urlsplit(address).netloc, 1, 600)
    size, tag, told = line.ask(lambda: _described(address), _PATIENCE)
    # What was begun goes on only if it is still the same file.
    part = folder / f".{_short(f'{address} {tag} {size}')}.part"
    while _length(part) < size:
        # As long as it grows there is no hurry: patience counts from the last time that it did.
        line.ask(lambda: _go_on(address, part, tag, size, report), _PATIENCE)
    if _length(part) > size:
        part.unlink()
        raise EngineError(f"{address} is longer than its server says: try another mirror")
    return part, told


def _described(address: str) -> tuple[int, str, str]:
    """Return how long the file at `address` is, its tag, and its SHA-256 if the server tells it."""
    with answered("HEAD", address, _AS_IT_IS) as head:
        length, tag = head.headers.get("Content-Length", ""), head.headers.get("ETag", "")
        digests = (_digest_in(each.headers) for each in (*head.history, head))
        if not length.isdecimal():
            raise EngineError(f"{address}: its server does not tell its length; try another mirror")
        return int(length), tag, next(filter(None, digests), "")


def _go_on(address: str, part: Path, tag: str, size: int, report: Report) -> None:
    """Fetch what `part` still lacks, or some of it."""
    begun = _length(part)
    wanted = {"Range": f"bytes={begun}-"} if begun else {}
    if begun and tag and not tag.startswith("W/"):
        wanted["If-Range"] = tag
    try:
        with answered("GET", address, _AS_IT_IS | wanted) as reply, part.open("ab") as file:
            if not reply.headers.get("Content-Range", "").startswith(f"bytes {begun}-"):
                file.truncate(0)
            for block in blocks(reply, _LONGEST):
                file.write(block)
                report(Progress(Stage.FETCHING, min(file.tell(), size), size))
    except FailedError:
        if _length(part) <= begun:
            raise
    if _length(part) == begun:
        raise FailedError("it sends nothing")


def _length(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _digest_in(headers: Mapping[str, str]) -> str:
    """Return the SHA-256 that Hugging Face names for a large file."""
    tag = headers.get("X-Linked-ETag", "").strip('"')
    return tag if _SHA256.fullmatch(tag) else ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _check(config: Path, model: Path, address: str) -> None:
    """Raise `EngineError`, and throw both away, if they are no voice."""
    problem = ""
    try:
        found = json.loads(config.read_text(encoding="utf-8"))
        found["audio"]["sample_rate"], found["espeak"]["voice"], found["phoneme_id_map"]
    except (ValueError, KeyError, TypeError):
        problem = f"{address}.json is not the configuration of a Piper voice"
    with model.open("rb") as file:
        if file.read(1) != _ONNX:
            problem = problem or f"{address} is not a model"
    if problem:
        config.unlink()
        model.unlink()
        raise EngineError(problem)

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

from narrate.engines.catalogue import CATALOGUE, Offer
from narrate.engines.installed import voices_folder
from narrate.engines.online import FailedError, check_status, service
from narrate.errors import EngineError, OutputError, nearest
from narrate.files import check_folder
from narrate.model import Progress, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from narrate.model import Report

_BLOCK = 1 << 18
_TIMEOUT = (10, 60)
_PATIENCE = 120.0
_PARTIAL = 206
_SHA256 = re.compile("[0-9a-f]{64}")
_NAME = re.compile(r"[\w-]+")
_ONNX = b"\x08"
"""An ONNX file begins with the number of its format: field 1, a number."""


def find_offer(name: str) -> Offer | None:
    """Return the voice of the catalogue called `name`, in full or in short."""
    return next((each for each in CATALOGUE if name in (each.name, each.short_name)), None)


def install(name: str, source: str, report: Report) -> Path:
    """Install the voice `name` and return its model.

    It comes from the catalogue's address, or from `source`: a model's file or address, or the
    folder or address that it lies in. Raises `EngineError` for a voice that is unknown, cannot be
    fetched or is not what it should be; `OutputError` for what the system refuses.
    """
    offer = find_offer(name)
    if offer is None and not source:
        known = [each.short_name for each in CATALOGUE]
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
        found = _got(address, folder, report, expected=offer.sha256 if offer else "")
        _check(config, found, address)
        config.replace(model.with_name(f"{model.name}.json"))
        found.replace(model)
    except OSError as error:
        raise OutputError(f"{model} cannot be written: {error.strerror or error}") from error
    return model


def _address(source: str, name: str) -> str:
    if source.endswith(".onnx"):
        return source
    return f"{source.rstrip('/')}/{name}.onnx"


def _got(address: str, folder: Path, report: Report, *, expected: str = "") -> Path:
    """Return a file in `folder` with what lies at `address`, checked."""
    if urlsplit(address).scheme in ("http", "https"):
        part, told = _fetched(address, folder, report)
    else:
        part, told = _copied(Path(address), folder), ""
    expected = expected or told
    if expected and _digest(part) != expected:
        part.unlink()
        raise EngineError(f"{address} is not the voice that was expected (SHA-256): try again")
    return part


def _copied(path: Path, folder: Path) -> Path:
    part = folder / f".{_short(str(path))}.part"
    if not path.is_file():
        raise EngineError(f"{path}: there is no such file")
    shutil.copyfile(path, part)
    return part


def _fetched(address: str, folder: Path, report: Report) -> tuple[Path, str]:
    """Return a file with what lies at `address`, and its SHA-256 if the server tells it."""
    line = service(urlsplit(address).netloc, 1, 600)
    with line.ask(lambda: _asked("HEAD", address, {}), _PATIENCE) as head:
        pass
    size = int(head.headers.get("Content-Length", 0))
    tag = head.headers.get("ETag", "")
    told = next(filter(None, (_digest_in(each.headers) for each in (*head.history, head))), "")
    # What was begun goes on only if it is still the same file.
    part = folder / f".{_short(f'{address} {tag} {size}')}.part"
    while not size or not part.exists() or part.stat().st_size < size:
        line.ask(lambda: _go_on(address, part, tag, size, report), _PATIENCE)
        if not size:
            break
    return part, told


def _go_on(address: str, part: Path, tag: str, size: int, report: Report) -> None:
    """Fetch what `part` still lacks."""
    import requests

    begun = part.stat().st_size if part.exists() and size else 0
    wanted = {"Range": f"bytes={begun}-", **({"If-Range": tag} if tag else {})} if begun else {}
    with _asked("GET", address, wanted) as reply, part.open("ab") as file:
        if reply.status_code != _PARTIAL:
            file.truncate(0)
        try:
            for block in reply.iter_content(_BLOCK):
                file.write(block)
                report(Progress(Stage.FETCHING, file.tell(), max(size, file.tell())))
        except requests.RequestException as error:
            raise FailedError(f"the connection broke: {type(error).__name__}") from error


def _asked(method: str, address: str, headers: dict[str, str]) -> requests.Response:
    import requests

    try:
        reply = requests.request(
            method,
            address,
            headers={"Accept-Encoding": "identity", **headers},
            stream=True,
            timeout=_TIMEOUT,
        )
    except requests.exceptions.SSLError as error:
        raise EngineError(f"the certificate of {address} is not to be trusted") from error
    except requests.RequestException as error:
        raise FailedError(f"no connection: {type(error).__name__}") from error
    try:
        check_status(reply.status_code, reply.reason or "", reply.headers.get("Retry-After"))
    except (EngineError, FailedError):
        reply.close()
        raise
    return reply


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
    try:
        found = json.loads(config.read_text(encoding="utf-8"))
        found["audio"]["sample_rate"], found["espeak"]["voice"], found["phoneme_id_map"]
    except (ValueError, KeyError, TypeError) as error:
        raise EngineError(f"{address}.json is not the configuration of a Piper voice") from error
    with model.open("rb") as file:
        if file.read(1) != _ONNX:
            raise EngineError(f"{address} is not a model")

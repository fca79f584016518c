"""A page is served as browsers need it, and what is no page says what to do."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from narrate.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    page = tmp_path / "کتاب.page"
    page.mkdir()
    (page / "index.html").write_text("<p>سلام", encoding="utf-8")
    (page / "c0001.mp3").write_bytes(bytes(range(200)))
    return page


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "narrate", "serve", str(folder), "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as server:
        assert server.stdout
        assert server.stderr
        yield server.stdout.readline().strip()
        server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0
        assert "Traceback" not in server.stderr.read()


def test_a_download_that_goes_on_keeps_nobody_from_ending(folder: Path) -> None:
    (folder / "c0001.mp3").write_bytes(bytes(60_000_000))
    command = [sys.executable, "-m", "narrate", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port = int(server.stdout.readline().strip(" /\n").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as slow:
            slow.sendall(b"GET /c0001.mp3 HTTP/1.1\r\nHost: a\r\n\r\n")
            assert slow.recv(100)
            server.send_signal(signal.SIGINT)
            assert server.wait(10) == 0


def test_a_browser_asks_for_what_a_build_may_have_changed(address: str) -> None:
    for name in ("", "c0001.mp3"):
        with urllib.request.urlopen(f"{address}{name}", timeout=10) as reply:  # noqa: S310
            assert reply.headers["Cache-Control"] == "no-cache"


def asked(address: str, **headers: str) -> tuple[int, bytes]:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - http, on this machine
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def test_a_page_its_parts_and_nothing_else_are_served(address: str) -> None:
    assert asked(address) == (200, "<p>سلام".encode())
    assert asked(f"{address}c0001.mp3", Range="bytes=10-19") == (206, bytes(range(10, 20)))
    assert asked(f"{address}favicon.ico")[0] == 404
    assert asked(f"{address}../secret")[0] == 404


def test_what_is_no_page_says_what_to_do(folder: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    inside = runner.invoke(app, ["serve", str(tmp_path)])
    missing = runner.invoke(app, ["serve", str(tmp_path / "no")])
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = runner.invoke(app, ["serve", str(folder), "--port", str(other.getsockname()[1])])

    assert (inside.exit_code, missing.exit_code, taken.exit_code) == (3, 3, 2)
    assert folder.name in inside.stderr
    assert "--format page" in missing.stderr
    assert "in use" in taken.stderr

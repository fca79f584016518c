"""Every test has its own clip store and writes nowhere else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from narrate.engines import Engine, create
from narrate.pipeline import Job

if TYPE_CHECKING:
    from pathlib import Path


# CI tries the same examples each time; people's machines go on looking for new ones.
settings.register_profile("ci", derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = tmp_path / "store"
    monkeypatch.setenv("NARRATE_STORE", str(store))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return store


@pytest.fixture
def job(tmp_path: Path, own_store: Path) -> Job:
    return Job(folder=tmp_path / "output", store=own_store)


@pytest.fixture
def tone() -> Engine:
    return create("tone")

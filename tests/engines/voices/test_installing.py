"""Getting a voice: over the network, from a mirror, from a file; whole, or not at all."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from narrate.engines import CATALOGUE, install
from narrate.engines.voices.installed import installed, short_name
from narrate.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Progress
    from tests.services import Services

BASE = "https://voices.example.org/voices"
MODEL = b"\x08" + bytes(range(256)) * 4000
CONFIG = {"audio": {"sample_rate": 22_050}, "espeak": {"voice": "fa"}, "phoneme_id_map": {}}


@pytest.fixture
def mirror(services: Services) -> Services:
    for name in ("fa_IR-amir-medium", "fa_IR-mana-medium", "own"):
        services.files[f"/voices/{name}.onnx"] = MODEL
        services.files[f"/voices/{name}.onnx.json"] = json.dumps(CONFIG).encode()
    return services


def ignore(_: Progress) -> None:
    pass


def test_every_offer_has_its_own_name_and_a_safe_address() -> None:
    names = [name for each in CATALOGUE for name in (each.name, short_name(each.name))]

    assert len(names) == len(set(names))
    assert all(offer.address.startswith("https://") for offer in CATALOGUE)
    assert all(offer.licence and offer.size for offer in CATALOGUE)


@pytest.mark.usefixtures("mirror")
@pytest.mark.parametrize("source", [BASE, f"{BASE}/", f"{BASE}/fa_IR-amir-medium.onnx"])
def test_a_voice_comes_from_a_mirror_with_its_progress(source: str, tmp_path: Path) -> None:
    seen: list[Progress] = []

    model = install("amir", source, seen.append)

    assert model == tmp_path / "voices" / "fa_IR-amir-medium.onnx"
    assert model.read_bytes() == MODEL
    assert [voice.name for voice in installed()] == ["fa_IR-amir-medium"]
    assert seen[-1].done == seen[-1].total == len(MODEL)
    assert sorted(path.name for path in model.parent.iterdir()) == [
        "fa_IR-amir-medium.onnx",
        "fa_IR-amir-medium.onnx.json",
    ]


def test_the_catalogue_says_where_a_voice_is(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.files["/voices/x.onnx"] = MODEL
    services.files["/voices/x.onnx.json"] = json.dumps(CONFIG).encode()
    offer = type(CATALOGUE[0])(
        "fa_IR-x-medium", "", "", f"{BASE}/x.onnx", sha256=hashlib.sha256(MODEL).hexdigest()
    )
    monkeypatch.setattr("narrate.engines.voices.catalogue.CATALOGUE", (offer,))

    assert install("x", "", ignore).name == "fa_IR-x-medium.onnx"


def test_a_download_that_breaks_goes_on_where_it_was(mirror: Services) -> None:
    mirror.cut = 400_000

    model = install("amir", BASE, ignore)

    assert model.read_bytes() == MODEL
    begins = [int(each.split()[-1]) for each in mirror.asked if ".onnx from" in each]
    assert begins[0] == 0
    assert 0 < begins[1] <= 400_000


def test_a_download_that_was_given_up_goes_on_another_day(
    mirror: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.cut = 400_000
    monkeypatch.setattr("narrate.engines.voices.installing._PATIENCE", 0.0)

    def leave(now: Progress) -> None:
        if now.done < now.total:
            mirror.hang_ups = 100

    with pytest.raises(EngineError, match="no connection"):
        install("amir", BASE, leave)
    assert installed() == []
    mirror.hang_ups = 0

    install("amir", BASE, ignore)

    begins = [int(each.split()[-1]) for each in mirror.asked if ".onnx from" in each]
    assert len(begins) == 2
    assert begins[1] > 0


@pytest.mark.usefixtures("mirror")
def test_a_voice_that_is_not_what_it_should_be_is_not_installed() -> None:
    with pytest.raises(EngineError, match="is not the voice that was expected"):
        install("mana", BASE, ignore)
    assert installed() == []


def test_the_digest_that_the_server_names_is_checked(mirror: Services, tmp_path: Path) -> None:
    mirror.headers = {"X-Linked-ETag": f'"{hashlib.sha256(b"other").hexdigest()}"'}

    with pytest.raises(EngineError, match="is not the voice that was expected"):
        install("own", BASE, ignore)
    assert list((tmp_path / "voices").iterdir()) == []


def test_a_voice_comes_from_a_file_or_a_folder(tmp_path: Path) -> None:
    source = tmp_path / "own.onnx"
    source.write_bytes(MODEL)
    (tmp_path / "own.onnx.json").write_text(json.dumps(CONFIG), encoding="utf-8")

    assert install("mine", str(source), ignore).name == "mine.onnx"
    assert install("own", str(tmp_path), ignore).read_bytes() == MODEL
    assert source.exists()


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("amri", "", r"no voice amri \(did you mean amir\?\)"),
        ("own", "nowhere.onnx", r"nowhere.onnx.json: there is no such file"),
        ("own", f"{BASE}/own", "own/own.onnx.json answers 404"),
        ("../own", "x.onnx", "no name of a voice"),
        ("own", "http://[x/y.onnx", "is no address"),
        ("own", "https:///y.onnx", "cannot be asked for"),
    ],
)
@pytest.mark.usefixtures("services")
def test_what_cannot_be_had_is_one_clear_error(name: str, source: str, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        install(name, source, ignore)


@pytest.mark.parametrize(
    ("model", "config", "message"),
    [(b"<html>", json.dumps(CONFIG), "is not a model"), (MODEL, "<html>", "not the configuration")],
)
def test_a_page_is_not_taken_for_a_voice(
    model: bytes, config: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "own.onnx").write_bytes(model)
    (tmp_path / "own.onnx.json").write_text(config, encoding="utf-8")

    with pytest.raises(EngineError, match=message):
        install("own", str(tmp_path), ignore)
    assert installed() == []


@pytest.mark.usefixtures("impostors")
def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with pytest.raises(EngineError, match="is not to be trusted"):
        install("amir", BASE, ignore)


def test_a_server_that_tells_two_lengths_is_not_asked_for_ever(
    mirror: Services, tmp_path: Path
) -> None:
    mirror.extra = b"more"

    with pytest.raises(EngineError, match="is longer than its server says"):
        install("amir", BASE, ignore)
    assert list((tmp_path / "voices").glob("*.onnx*")) == []
    assert len(mirror.asked) < 5

"""Persian voices of Piper that can be had.

Size and digest of mana are those that several public projects pin; where there is none, the server
tells its own when the voice is fetched.

Source: VOICES.md of rhasspy/piper; licences as public surveys of the model cards gave them in 2026.
"""

from __future__ import annotations

from dataclasses import dataclass

from narrate.engines.voices.installed import short_name

_PIPER = "https://huggingface.co/rhasspy/piper-voices/resolve/main/fa/fa_IR"
_MANA = "https://huggingface.co/MahtaFetrat/Mana-Persian-Piper/resolve/main"
_OF_LESSAC = "data CC0; begun from a voice whose data are for research only"


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice that can be installed."""

    name: str
    summary: str
    licence: str
    address: str
    """Of the model; its configuration has the same with `.json` behind it."""
    quality: str = "medium"
    size: int = 63_000_000
    """Bytes of the model; about, where no `sha256` is known."""
    sha256: str = ""
    """Of the model, where it is known."""


CATALOGUE = (
    Offer(
        "fa_IR-mana-medium",
        "a woman",
        "model MIT, data CC0",
        f"{_MANA}/fa_IR-mana-medium.onnx",
        size=63_531_379,
        sha256="e390c0e74ba71fd97c49ba662ee0c6e1724b462ba2d4561698af4f564840f126",
    ),
    Offer(
        "fa_IR-amir-medium",
        "a man",
        _OF_LESSAC,
        f"{_PIPER}/amir/medium/fa_IR-amir-medium.onnx",
    ),
    Offer(
        "fa_IR-reza_ibrahim-medium",
        "a man",
        _OF_LESSAC,
        f"{_PIPER}/reza_ibrahim/medium/fa_IR-reza_ibrahim-medium.onnx",
    ),
    Offer(
        "fa_IR-ganji-medium",
        "a man",
        _OF_LESSAC,
        f"{_PIPER}/ganji/medium/fa_IR-ganji-medium.onnx",
    ),
    Offer(
        "fa_IR-ganji_adabi-medium",
        "a man, literary",
        "see its model card",
        f"{_PIPER}/ganji_adabi/medium/fa_IR-ganji_adabi-medium.onnx",
    ),
    Offer(
        "fa_IR-gyro-medium",
        "a man",
        "see its model card: none is named",
        f"{_PIPER}/gyro/medium/fa_IR-gyro-medium.onnx",
    ),
)


def find_offer(name: str) -> Offer | None:
    """Return the voice of the catalogue called `name`, in full or in short."""
    return next((each for each in CATALOGUE if name in (each.name, short_name(each.name))), None)

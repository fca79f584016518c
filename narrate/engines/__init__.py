"""Spoken text → sound. One file per engine, all through the entry points `narrate.engines`."""

from narrate.engines.engine import SAMPLE_RATES, Engine, Phonemic, Voice, fingerprint
from narrate.engines.registry import Found, create, find_all, select

__all__ = [
    "SAMPLE_RATES",
    "Engine",
    "Found",
    "Phonemic",
    "Voice",
    "create",
    "find_all",
    "fingerprint",
    "select",
]

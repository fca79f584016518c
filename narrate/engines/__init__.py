"""Spoken text → sound. One file per engine, all through the entry points `narrate.engines`."""

from narrate.engines.catalogue import CATALOGUE
from narrate.engines.engine import (
    SAMPLE_RATES,
    SILENT,
    Concurrent,
    Engine,
    Phonemic,
    Voice,
    fingerprint,
    is_persian,
)
from narrate.engines.installed import short_name
from narrate.engines.installing import install, remove
from narrate.engines.online import StoppedError, heed
from narrate.engines.registry import PREFERRED, Found, advice, create, find_all, find_engine, select

__all__ = [
    "CATALOGUE",
    "PREFERRED",
    "SAMPLE_RATES",
    "SILENT",
    "Concurrent",
    "Engine",
    "Found",
    "Phonemic",
    "StoppedError",
    "Voice",
    "advice",
    "create",
    "find_all",
    "find_engine",
    "fingerprint",
    "heed",
    "install",
    "is_persian",
    "remove",
    "select",
    "short_name",
]

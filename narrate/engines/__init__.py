"""Spoken text → sound. One file per engine, all through the entry points `narrate.engines`."""

from narrate.engines.engine import (
    SAMPLE_RATES,
    SILENT,
    Concurrent,
    Engine,
    Local,
    Phonemic,
    Voice,
    fingerprint,
    is_persian,
)
from narrate.engines.online import StoppedError, heed, retries
from narrate.engines.registry import PREFERRED, Found, advice, create, find_all, find_engine, select
from narrate.engines.voices.catalogue import CATALOGUE
from narrate.engines.voices.installed import short_name
from narrate.engines.voices.installing import install, remove

__all__ = [
    "CATALOGUE",
    "PREFERRED",
    "SAMPLE_RATES",
    "SILENT",
    "Concurrent",
    "Engine",
    "Found",
    "Local",
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
    "retries",
    "select",
    "short_name",
]

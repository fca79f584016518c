"""Written Persian → spoken Persian: pure functions of text; no sound, no files."""

from narrate.persian.sentences import sentences
from narrate.persian.speaking import spoken
from narrate.persian.writing import repaired, repaired_parts

__all__ = ["repaired", "repaired_parts", "sentences", "spoken"]

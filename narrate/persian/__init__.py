"""Written Persian → spoken Persian: pure functions of text; no sound, no files."""

from narrate.persian.manner import Manner, is_note
from narrate.persian.pronouncing import Lexicon, Unknown, built_in, unknown_words
from narrate.persian.quotations import quotations
from narrate.persian.sentences import sentences
from narrate.persian.speaking import spoken
from narrate.persian.vowels import Vowels
from narrate.persian.writing import repaired, repaired_parts

__all__ = [
    "Lexicon",
    "Manner",
    "Unknown",
    "Vowels",
    "built_in",
    "is_note",
    "quotations",
    "repaired",
    "repaired_parts",
    "sentences",
    "spoken",
    "unknown_words",
]

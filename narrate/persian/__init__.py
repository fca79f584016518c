"""Written Persian → spoken Persian: pure functions of text; no sound, no files."""

from narrate.persian.manner import Manner, is_note
from narrate.persian.pronouncing import Lexicon, Unknown, built_in, unknown_words
from narrate.persian.quotations import quotations
from narrate.persian.sentences import phrases, sentences
from narrate.persian.spacing import Evidence, Habits
from narrate.persian.spacing.words import ZWNJ
from narrate.persian.speaking import spoken
from narrate.persian.vowels import Vowels
from narrate.persian.writing import cleaned, repaired, repaired_parts, respaced

__all__ = [
    "ZWNJ",
    "Evidence",
    "Habits",
    "Lexicon",
    "Manner",
    "Unknown",
    "Vowels",
    "built_in",
    "cleaned",
    "is_note",
    "phrases",
    "quotations",
    "repaired",
    "repaired_parts",
    "respaced",
    "sentences",
    "spoken",
    "unknown_words",
]

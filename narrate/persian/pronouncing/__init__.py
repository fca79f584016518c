"""How words are said that no rule knows: the lexicon of the package, and that of a person.

`lexicon.py` puts the entries of lexica into a sentence; `unknown.py` finds the words that none of
them knows. `data/words.tsv` is the lexicon of the package.
"""

from narrate.persian.pronouncing.lexicon import Lexicon, built_in
from narrate.persian.pronouncing.unknown import Unknown, unknown_words

__all__ = ["Lexicon", "Unknown", "built_in", "unknown_words"]

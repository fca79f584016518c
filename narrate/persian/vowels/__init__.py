"""The vowels that Persian does not write: ezafe, and the readings of homographs.

    sentence ─tokens→ words ─ezafe→ which of them carry one ─homographs→ which reading they have
             ─marks→ how that is written for a voice

Marks that the author wrote always win, and so do the entries of a lexicon.
"""

from narrate.persian.vowels.voweling import Vowels

__all__ = ["Vowels"]

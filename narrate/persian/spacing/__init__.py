"""Spaces and half-spaces put where the author meant them: `میروم` and `می روم` become `می‌روم`.

    texts ─habits→ what the document itself does
    text ─lost→ spaces that were lost ─spaced→ spaces that stand for half-spaces
         ─glued→ half-spaces that were lost

Two conditional random fields decide about half-spaces, one for the gaps between the words of a
line, one for the gaps between the letters of a word. No letter is ever changed.
"""

from narrate.persian.spacing.habits import Evidence, Habits
from narrate.persian.spacing.respacing import respaced

__all__ = ["Evidence", "Habits", "respaced"]

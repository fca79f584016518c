"""What happens in builds, as lines of JSON, and what can be learnt of it afterwards."""

from narrate.journal.digest import Digest, Event, digest
from narrate.journal.writing import EVENTS, about, happened, is_on, keeping, switched

__all__ = [
    "EVENTS",
    "Digest",
    "Event",
    "about",
    "digest",
    "happened",
    "is_on",
    "keeping",
    "switched",
]

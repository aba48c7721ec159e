"""Reading the journal: its head, its entries, and whether it still is what was signed."""

from nintei.journal.queries.checking import (
    Fault,
    Place,
    Verification,
    checkpoint_of,
    checkpoints,
    hashes_at,
    head,
    last_place,
    leaf_faults,
    opening,
    path,
    places_of,
    verify,
)
from nintei.journal.queries.reading import Entry, Page, Wanted, about, entries, entry, history, said
from nintei.journal.queries.witnessing import Stand, seen_by, stands

__all__ = [
    "Entry",
    "Fault",
    "Page",
    "Place",
    "Stand",
    "Verification",
    "Wanted",
    "about",
    "checkpoint_of",
    "checkpoints",
    "entries",
    "entry",
    "hashes_at",
    "head",
    "history",
    "last_place",
    "leaf_faults",
    "opening",
    "path",
    "places_of",
    "said",
    "seen_by",
    "stands",
    "verify",
]

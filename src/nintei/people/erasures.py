"""The list of the erased, kept apart from the database: what a backup taken before must not bring back (P14).

A file of keys, one a line, beside the journal's anchor, so that it lies on another disk where that does. It is a
copy of what the database knows, and never forgets: it is only added to.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from nintei.journal.tiles import write
from nintei.people.models import Person

NAME = "erasures"


def place() -> Path:
    """Where the list lies."""
    anchor = Path(settings.JOURNAL_ANCHOR or Path(settings.VAR) / "anchor" / "journal.checkpoint")
    return anchor.parent / NAME


def read(path: Path) -> set[UUID]:
    """The keys in a list; lines that are none are passed over, and a list that is not there is empty."""
    found: set[UUID] = set()
    for line in path.read_text("utf-8").split() if path.exists() else ():
        with suppress(ValueError):
            found.add(UUID(line))
    return found


def keep_list(*more: Path) -> None:
    """Write the list anew: what it had, what the database knows, and what other lists have."""
    known = read(place()).union(*map(read, more))
    whole = known.union(Person.objects.filter(erased_at__isnull=False).values_list("pk", flat=True))
    if whole != read(place()):
        write(place(), "".join(f"{key}\n" for key in sorted(whole)).encode(), mode=0o600)


def came_back() -> QuerySet[Person]:
    """Who was erased and stands in the database again."""
    return Person.objects.filter(pk__in=read(place()), erased_at=None)

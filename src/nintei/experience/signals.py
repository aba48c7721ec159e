"""News from this room, heard upstairs."""

from __future__ import annotations

from django.dispatch import Signal

# attested(person: Person, at: datetime): an attestor has signed something about this person's posts.
attested = Signal()

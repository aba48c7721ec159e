"""News from the registry."""

from django.dispatch import Signal

# certification: Certification, term: Term | None (a new one), at: datetime, by: str
status_changed = Signal()

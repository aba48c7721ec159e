"""News from the registry."""

from django.dispatch import Signal

# certification: Certification, term: Term | None (a new one), at: datetime, by: str
status_changed = Signal()

# certification: Certification, kind: str (why: "name", "reissue", "loss"), cause: str, at: datetime, by: str
reissue_granted = Signal()

<<<<<<< HEAD
"""What was written, and what still waits to leave."""

from __future__ import annotations

from django.db.models import QuerySet
=======
"""What was written to whom."""

from __future__ import annotations

from uuid import UUID
>>>>>>> front

from nintei.notices.models import Letter


<<<<<<< HEAD
def unsent(most: int = 100) -> QuerySet[Letter]:
    """Letters that have not left yet, oldest first; at most `most` of them."""
    return Letter.objects.filter(sent_at=None).order_by("written_at")[:most]


def mailbox(email: str | None = None, most: int = 100) -> QuerySet[Letter]:
    """The newest letters (to one address), for the demo mailbox and the office."""
    letters = Letter.objects.all() if email is None else Letter.objects.filter(to_email=email)
    return letters.order_by("-written_at")[:most]
=======
def newest(count: int) -> list[Letter]:
    """The last letters written, newest first. Only for the demo's mailbox: it does not ask who may read."""
    return list(Letter.objects.order_by("-written_at", "-pk")[:count])


def letter(pk: UUID) -> Letter | None:
    """One letter, for the demo's mailbox."""
    return Letter.objects.filter(pk=pk).first()
>>>>>>> front

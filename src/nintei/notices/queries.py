"""What was written, and what still waits to leave."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from nintei.notices.models import Letter


def unsent(most: int = 100) -> QuerySet[Letter]:
    """Letters that have not left yet, oldest first; at most `most` of them."""
    return Letter.objects.filter(sent_at=None).order_by("written_at")[:most]


def mailbox(email: str | None = None, most: int = 100) -> QuerySet[Letter]:
    """The newest letters (to one address), for the demo mailbox and the office."""
    letters = Letter.objects.all() if email is None else Letter.objects.filter(to_email=email)
    return letters.order_by("-written_at")[:most]


def letter(pk: UUID) -> Letter | None:
    """One letter, for the demo's mailbox."""
    return Letter.objects.filter(pk=pk).first()

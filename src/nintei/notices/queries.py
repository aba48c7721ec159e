"""What was written, and what still waits to leave."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from nintei.notices.models import Letter


def unsent(most: int = 100) -> QuerySet[Letter]:
    """Letters that have not left yet, oldest first; at most `most` of them."""
    return Letter.objects.filter(sent_at=None).exclude(to_email="").order_by("written_at")[:most]


def to_post() -> QuerySet[Letter]:
    """Letters on paper that nobody has posted yet, oldest first, with their people: one query."""
    rows = Letter.objects.filter(to_email="", posted_on=None).select_related("to_person")
    return rows.order_by("written_at")


def posted(most: int = 30) -> QuerySet[Letter]:
    """The newest letters that were posted."""
    rows = Letter.objects.filter(to_email="").exclude(posted_on=None)
    return rows.select_related("to_person", "posted_by").order_by("-posted_on", "-written_at")[:most]


def on_paper(pk: UUID) -> Letter | None:
    """A letter on paper."""
    return Letter.objects.filter(pk=pk, to_email="").select_related("to_person").first()


def mailbox(email: str | None = None, most: int = 100) -> QuerySet[Letter]:
    """The newest letters (to one address), for the demo mailbox and the office."""
    letters = Letter.objects.all() if email is None else Letter.objects.filter(to_email=email)
    return letters.order_by("-written_at")[:most]


def letter(pk: UUID) -> Letter | None:
    """One letter, for the demo's mailbox."""
    return Letter.objects.filter(pk=pk).first()

"""What was written to whom."""

from __future__ import annotations

from uuid import UUID

from nintei.notices.models import Letter


def newest(count: int) -> list[Letter]:
    """The last letters written, newest first. Only for the demo's mailbox: it does not ask who may read."""
    return list(Letter.objects.order_by("-written_at", "-pk")[:count])


def letter(pk: UUID) -> Letter | None:
    """One letter, for the demo's mailbox."""
    return Letter.objects.filter(pk=pk).first()

"""What waits for an attestor at an address, and what they have filled in so far."""

from __future__ import annotations

from datetime import date

from nintei.experience.models import AttestationRequest, AttestorBox, Channel, HalfAnswer, RequestState
from nintei.experience.tokens import digest


def waiting_for(
    email: str, on: date, but: AttestationRequest | None = None
) -> tuple[AttestationRequest, ...]:
    """The requests that an address can still answer on a day, the nearest last day first."""
    rows = AttestationRequest.objects.filter(
        attestor_email=email, state=RequestState.OPEN, channel=Channel.LINK, expires_on__gte=on
    )
    if but:
        rows = rows.exclude(pk=but.pk)
    return tuple(rows.select_related("person").prefetch_related("posts").order_by("expires_on", "pk"))


def in_box(secret: str, on: date) -> tuple[AttestationRequest, ...] | None:
    """What waits at the address that a box was mailed to; None where there is no such box any more."""
    box = AttestorBox.objects.filter(sha256=digest(secret), until_on__gte=on).first()
    return waiting_for(box.email, on) if box else None


def half_answer(request: AttestationRequest) -> HalfAnswer | None:
    """What was filled in and not signed."""
    return HalfAnswer.objects.filter(request=request).first()

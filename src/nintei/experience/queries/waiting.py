"""What waits for an attestor at an address, and what they have filled in so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nintei.experience.models import AttestationRequest, AttestorBox, Channel, HalfAnswer, RequestState
from nintei.experience.tokens import digest
from nintei.shared.clock import JST


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


@dataclass(frozen=True, slots=True)
class Box:
    """An attestor's list behind its mailed secret: what waits, nearest last day first, and what was answered."""

    secret: str
    until: date
    waiting: tuple[AttestationRequest, ...]
    answered: tuple[AttestationRequest, ...]


# Answered requests that a list still shows.
NEWEST = 30


def box(secret: str, on: date) -> Box | None:
    """The list of the address that a box was mailed to; None where there is no such box any more."""
    found = AttestorBox.objects.filter(sha256=digest(secret), until_on__gte=on).first()
    if found is None:
        return None
    rows = AttestationRequest.objects.filter(
        attestor_email=found.email, state=RequestState.ANSWERED, channel=Channel.LINK
    )
    answered = rows.select_related("person").prefetch_related("posts").order_by("-answered_at")[:NEWEST]
    return Box(secret, found.until_on, waiting_for(found.email, on), tuple(answered))


def box_of(token: str, on: date) -> Box | None:
    """The list that a link was opened from; None for a link out of a mail of its own."""
    secret, dot, _key = token.partition(".")
    return box(secret, on) if dot else None


def answered_within(on: date, within: timedelta, most: int) -> list[tuple[date, date]]:
    """For each request answered by its link within a time: asked on and answered on (JST), the newest `most`."""
    start = datetime.combine(on - within, time(), JST)
    rows = AttestationRequest.objects.filter(
        state=RequestState.ANSWERED, channel=Channel.LINK, answered_at__gte=start
    )
    newest = rows.order_by("-answered_at").values_list("asked_on", "answered_at")[:most]
    return [(asked, at.astimezone(JST).date()) for asked, at in newest if at]


def half_answer(request: AttestationRequest) -> HalfAnswer | None:
    """What was filled in and not signed."""
    return HalfAnswer.objects.filter(request=request).first()

"""Writing down from where somebody acted, as salted hashes, and throwing it away again by its clock (P14)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from nintei.experience.models import AttestationRequest, Channel, RequestState, Side, Trace
from nintei.experience.seen import Seen, seen_in
from nintei.people.models import Person
from nintei.shared import clock


@transaction.atomic
def leave_trace(
    *,
    by: str,
    person: Person,
    seen: Seen,
    at: datetime,
    on: date,
    request: AttestationRequest | None = None,
    read_seconds: int | None = None,
) -> Trace:
    """Keep for `settings.TRACE_DAYS` from where an applicant, or with `request` their attestor, acted.

    No leaf: it changes no record of anybody, and the journal keeps for ever.
    """
    return Trace.objects.create(
        person=person,
        request=request,
        side=Side.ATTESTOR if request else Side.APPLICANT,
        device=_salted(person, seen.device),
        network=_salted(person, seen.network),
        read_seconds=read_seconds,
        at=at,
        drop_on=on + timedelta(days=settings.TRACE_DAYS),
    )


@transaction.atomic
def drop_traces(*, by: str, on: date) -> int:
    """Delete what has had its time; gives how many."""
    return Trace.objects.filter(drop_on__lt=on).delete()[0]


def _salted(person: Person, value: str) -> str:
    """A hash that only the same value for the same applicant gives again."""
    if not value:
        return ""
    key = f"nintei.experience.trace:{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{person.pk}:{value}".encode(), hashlib.sha256).hexdigest()


def on_sign_in(sender: object, request: HttpRequest | None, user: Person, **_kwargs: object) -> None:
    """Who signs in while an attestor of theirs is asked leaves a trace; nobody else does."""
    asked = AttestationRequest.objects.filter(person=user, state=RequestState.OPEN, channel=Channel.LINK)
    if request is not None and asked.exists():
        leave_trace(by=user.by, person=user, seen=seen_in(request), at=clock.now(), on=clock.today())

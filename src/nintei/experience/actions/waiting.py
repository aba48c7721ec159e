"""While an attestor is waited for: the worker's reminders and endings, half-filled answers, the attestor's box."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from nintei.experience.actions.links import address, post_link
from nintei.experience.answering import open_link
from nintei.experience.models import (
    AttestationRequest,
    AttestorBox,
    Channel,
    HalfAnswer,
    RequestState,
)
from nintei.experience.queries.links import link_not_withdrawn
from nintei.experience.queries.waiting import waiting_for
from nintei.experience.tokens import digest, new_token
from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter

# After somebody has sent a link by hand, the worker's own reminder waits so many days.
QUIET_DAYS = 7


def remind_due(*, by: str, at: datetime, on: date) -> int:
    """Remind every attestor who has waited `settings.ATTESTATION_REMIND_DAYS`, once for each of these days.

    After a break of the worker only the newest reminder leaves. Gives how many left.
    """
    steps = sorted(settings.ATTESTATION_REMIND_DAYS)
    if not steps:
        return 0
    waiting = _open().filter(asked_on__lte=on - timedelta(days=steps[0]), expires_on__gte=on)
    return sum(_remind(by, pk, at, on) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _remind(by: str, pk: uuid.UUID, at: datetime, on: date) -> bool:
    request = _open().select_for_update(skip_locked=True).filter(pk=pk).first()
    if request is None:
        return False
    passed = (on - request.asked_on).days
    step = max((day for day in settings.ATTESTATION_REMIND_DAYS if day <= passed), default=0)
    by_hand = request.reminded_on and (on - request.reminded_on).days < QUIET_DAYS
    if step <= request.reminded_after or by_hand:
        return False
    request.reminded_after, request.reminded_on = step, on
    request.save(update_fields=["reminded_after", "reminded_on"])
    data: dict[str, object] = {"on": on.isoformat(), "after_days": step}
    record(by=by, verb="experience.remind", subject=request.reference, at=at, data=data)
    key = f"experience.reminded:{request.pk}:{request.asked_on}:{step}"
    post_link(by, request, "reminded", at, on, key=key)
    return True


def tell_expired(*, by: str, at: datetime, on: date) -> int:
    """Tell each applicant, once, that an attestor's last day has passed. Gives how many were told."""
    over = _open().filter(expires_on__lt=on, expiry_told_on=None)
    return sum(_tell(by, pk, at, on) for pk in over.values_list("pk", flat=True))


@transaction.atomic
def _tell(by: str, pk: uuid.UUID, at: datetime, on: date) -> bool:
    rows = _open().filter(expiry_told_on=None, expires_on__lt=on)
    request = (
        rows.select_for_update(of=("self",), skip_locked=True).select_related("person").filter(pk=pk).first()
    )
    if request is None:
        return False
    request.expiry_told_on = on
    request.save(update_fields=["expiry_told_on"])
    HalfAnswer.objects.filter(request=request).delete()
    record(by=by, verb="experience.expire", subject=request.reference, at=at, data={"on": on.isoformat()})
    post_letter(
        by=by,
        key=f"experience.expired:{request.pk}:{request.expires_on}",
        template="experience/letters/expired.txt",
        to_email=request.person.email,
        language=request.person.language,
        at=at,
        context={"request": request, "posts": list(request.posts.all())},
        to_person=request.person,
    )
    return True


@transaction.atomic
def keep_half_answer(*, token: str, told: Mapping[str, list[str]], at: datetime, on: date) -> HalfAnswer:
    """Keep what an attestor has filled in so far, for the same link to show again.

    It is no statement and leaves no leaf; it is gone with the answer, the withdrawal or the last day. Refused
    for a link that can no longer be answered.
    """
    request = open_link(token=token, on=on, lock=True)
    kept, _new = HalfAnswer.objects.update_or_create(
        request=request, defaults={"told": dict(told), "saved_at": at}
    )
    return kept


@transaction.atomic
def mail_box(*, token: str, at: datetime, on: date) -> AttestorBox | None:
    """Mail the attestor of a link a link to everything that waits for that address; once a day.

    The list is reached only through this mail: who holds a link has not proven the address. Nothing is
    written where nothing else waits, or where the address has got one today; the page says the same.
    """
    request = link_not_withdrawn(token, on)
    if request is None or not request.attestor_email:
        return None
    secret, until = new_token(), on + timedelta(days=settings.ATTESTATION_BOX_DAYS)
    if not waiting_for(request.attestor_email, on, but=request):
        return None
    box, new = AttestorBox.objects.get_or_create(
        email=request.attestor_email, made_on=on, defaults={"sha256": digest(secret), "until_on": until}
    )
    if not new:
        return None
    by = f"attestor:{request.pk}"
    record(by=by, verb="experience.mail_box", subject=request.reference, at=at, data={"until": str(until)})
    post_letter(
        by=by,
        key=f"experience.box:{box.pk}",
        template="experience/letters/box.txt",
        to_email=box.email,
        language=request.language,
        at=at,
        context={"link": address(secret, request.language, "attest/box"), "until": until},
    )
    return box


def _open() -> QuerySet[AttestationRequest]:
    return AttestationRequest.objects.filter(Q(state=RequestState.OPEN) & Q(channel=Channel.LINK))

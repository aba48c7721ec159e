"""Keying in a form (C) that came on paper, with its scan: the statement is the attestor's, the hand the office's."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from nintei.experience.answering import UNTOLD, conclude, prepare
from nintei.experience.models import AttestationRequest, Channel, RequestState, Scan, Statement
from nintei.experience.said import Said, Signature, Tenure
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared import wording
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused


@transaction.atomic
def enter_paper_statement(
    *,
    actor: Person,
    request_id: uuid.UUID,
    said: Sequence[Said],
    signed_name: str,
    signed_on: date,
    arrived_on: date,
    scan: TakenFile,
    at: datetime,
    on: date,
    tenure: Tenure = UNTOLD,
) -> tuple[Statement, ...]:
    """Keep what stands on a signed form (C), marked as paper: when it arrived, who keyed it in, and its scan.

    Refused: who does not keep the desk, a case of one's own, no such paper or answered already, signed after it arrived
    or arrived after today, and whatever `answer` refuses of the words themselves.
    """
    if roles_of(actor, on=on).isdisjoint({Role.CONTRACTOR, Role.REVIEWER}):
        raise Refused("experience.only_desk")
    request = _locked(request_id)
    if request.person_id == actor.pk:
        raise Refused("experience.own_case")
    if not signed_on <= arrived_on <= on:
        raise Refused(
            "experience.paper_days",
            signed=wording.day(signed_on), arrived=wording.day(arrived_on), today=wording.day(on),
        )  # fmt: skip
    drafts = prepare(
        request=request,
        said=said,
        tenure=tenure,
        signed_name=signed_name.strip(),
        language=request.language,
        on=signed_on,
    )
    if not signed_name.strip():
        raise Refused("experience.no_signature")
    Scan.objects.create(request=request, kept_at=at, **scan._asdict())
    signature = Signature(signed_name.strip(), request.language, signed_on, at, arrived_on, actor)
    return conclude(actor.by, request, drafts, signature)


def _locked(request_id: uuid.UUID) -> AttestationRequest:
    rows = AttestationRequest.objects.select_for_update(of=("self",)).select_related("person")
    request = rows.filter(pk=request_id, channel=Channel.PAPER).first()
    if request is None:
        raise Refused("experience.no_such_paper")
    if request.state != RequestState.OPEN:
        raise Refused("experience.not_open")
    return request

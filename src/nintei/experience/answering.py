"""The attestor's answer: one signed statement a post, once (P2), each with a journal leaf of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from nintei.experience.models import (
    Answer,
    AskedPost,
    AttestationRequest,
    Channel,
    DrawnSignature,
    HalfAnswer,
    Post,
    RequestState,
    Statement,
)
from nintei.experience.pieces import Piece, as_json, asked_about, hull, narrowed, whole
from nintei.experience.queries.links import request_behind
from nintei.experience.said import Said, Signature, Tenure
from nintei.experience.seen import Seen
from nintei.experience.signals import attested
from nintei.experience.traces import leave_trace
from nintei.experience.wording import fingerprint, place, statement_text
from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter
from nintei.shared import wording
from nintei.shared.clock import JST
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

# A tenure that says nothing: it confirms nothing either.
UNTOLD = Tenure()


@transaction.atomic
def answer(
    *,
    token: str,
    said: Sequence[Said],
    signed_name: str,
    language: str,
    at: datetime,
    on: date,
    tenure: Tenure = UNTOLD,
    drawn: TakenFile | None = None,
    read: str | None = None,
    seen: Seen | None = None,
    read_seconds: int | None = None,
) -> tuple[Statement, ...]:
    """Keep the attestor's answers, all or none (form C, MAN-ウ②.5).

    `tenure` is for each answer that brings none of its own, `drawn` a signature beside the typed name.
    `read` is the fingerprint of the texts the attestor was shown; a difference is refused. Refused as well:
    a link unknown, used, expired or withdrawn; answers about other posts than asked; a post without an
    answer; no name; a tenure out of order or beside the post. Nothing is written then. `seen` and
    `read_seconds` are for the hints.
    """
    request = open_link(token=token, on=on, lock=True)
    drafts = prepare(
        request=request, said=said, tenure=tenure, signed_name=signed_name, language=language, on=on
    )
    if read is not None and read != fingerprint(draft.text for draft in drafts):
        raise Refused("experience.text_changed")
    signature = Signature(signed_name.strip(), language[:2], on, at, drawn=drawn)
    kept = conclude(f"attestor:{request.id}", request, drafts, signature)
    if seen:
        leave_trace(
            by=f"attestor:{request.id}", person=request.person, request=request, seen=seen, at=at, on=on,
            read_seconds=read_seconds,
        )  # fmt: skip
    return kept


def conclude(
    by: str,
    request: AttestationRequest,
    drafts: Sequence[Prepared],
    signature: Signature,
) -> tuple[Statement, ...]:
    """Close a locked request with one statement a post: by its link, or keyed in from paper."""
    request.state, request.answered_at = RequestState.ANSWERED, signature.at
    request.save(update_fields=["state", "answered_at"])
    HalfAnswer.objects.filter(request=request).delete()
    if signature.drawn:
        DrawnSignature.objects.create(request=request, kept_at=signature.at, **signature.drawn._asdict())
    kept = tuple(_keep(by, request, draft, signature) for draft in drafts)
    _tell_applicant(by, request, kept, signature.at)
    attested.send(sender=AttestationRequest, person=request.person, at=signature.at)
    return kept


def open_link(*, token: str, on: date, lock: bool = False) -> AttestationRequest:
    """The request behind a link that can still be answered on a day; raises `Refused` with the reason."""
    request = request_behind(token, on, lock=lock)
    if request is None:
        raise Refused("experience.link_unknown")
    if request.state == RequestState.ANSWERED:
        answered_on = request.answered_at.astimezone(JST).date() if request.answered_at else on
        raise Refused("experience.link_used", day=wording.day(answered_on))
    if request.state == RequestState.WITHDRAWN:
        raise Refused("experience.link_withdrawn", applicant=request.applicant)
    if request.is_over(on):
        day = wording.day(request.expires_on or on)
        raise Refused("experience.link_expired", day=day, applicant=request.applicant)
    return request


class Prepared(NamedTuple):
    """A post with its checked answer, the days and fields it confirms, and the exact text to read and sign."""

    post: Post
    said: Said
    tenure: Tenure
    text: str
    pieces: tuple[Piece, ...]


def prepare(
    *,
    request: AttestationRequest,
    said: Sequence[Said],
    tenure: Tenure,
    signed_name: str,
    language: str,
    on: date,
) -> list[Prepared]:
    """Each asked post with its checked answer and the exact text to read and sign."""
    asked = {
        row.post_id: row
        for row in request.asked.select_related("post").prefetch_related("post__fields", "post__leaves")
    }
    if {one.post for one in said} - set(asked) or len({one.post for one in said}) != len(said):
        raise Refused("experience.other_post")
    answers = {one.post: one for one in said}
    for row in asked.values():
        if row.post_id not in answers or answers[row.post_id].answer not in Answer.values:
            raise Refused("experience.line_without_answer", organisation=place(row.post))
    for one in said:
        if one.answer != Answer.CANNOT:
            _check_signer(one.tenure or tenure, signed_name, on)
    applicant = request.applicant
    result = []
    for row in asked.values():
        stood = answers[row.post_id].tenure or tenure
        one, pieces = _complete(row, answers[row.post_id], stood, on)
        text = statement_text(
            edition=edition(on),
            asked=row,
            said=one,
            pieces=pieces,
            tenure=stood,
            applicant=applicant,
            name=signed_name,
            language=language,
        )
        result.append(Prepared(row.post, one, stood, text, pieces))
    return result


def _check_signer(tenure: Tenure, signed_name: str, on: date) -> None:
    if not signed_name.strip():
        raise Refused("experience.no_signature")
    if tenure.since is None:
        raise Refused("experience.no_tenure")
    if tenure.since > on or (tenure.until and tenure.until > on):
        raise Refused("experience.tenure_after_today", today=wording.day(on))
    if tenure.until and tenure.until < tenure.since:
        since, until = wording.day(tenure.since), wording.day(tenure.until)
        raise Refused("experience.tenure_order", since=since, until=until)


def _complete(asked: AskedPost, one: Said, tenure: Tenure, on: date) -> tuple[Said, tuple[Piece, ...]]:
    """The answer with its days and fields: as asked for yes, as said for a little different, and of these only
    the time in which the attestor supervised: no other can be attested (MAN-ウ②.5).
    """
    if one.answer == Answer.CANNOT:
        return replace(one, from_on=None, until_on=None, fields=()), ()
    wanted = asked_about(asked)
    told = wanted if one.answer == Answer.CONFIRMED else _differing(asked.post, one, wanted)
    pieces = narrowed(told, tenure.since, tenure.until, hull(told).fields)
    if not narrowed(pieces, None, on, hull(told).fields):
        raise Refused("experience.outside_tenure", organisation=place(asked.post))
    start, end, fields = hull(pieces)
    return replace(one, from_on=start, until_on=end, fields=tuple(sorted(fields))), pieces


def _differing(post: Post, one: Said, wanted: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """What is left of what was asked about; a difference must be shown by days, fields or words."""
    if one.from_on and one.until_on and one.until_on < one.from_on:
        raise Refused("experience.outside_tenure", organisation=place(post))
    left = narrowed(wanted, one.from_on, one.until_on, one.fields)
    if not one.fields or (left == wanted and not one.comment):
        raise Refused("experience.differs_how", organisation=place(post))
    if not left:
        raise Refused("experience.outside_tenure", organisation=place(post))
    return left


def _keep(by: str, request: AttestationRequest, draft: Prepared, signature: Signature) -> Statement:
    post, one, tenure, text, pieces = draft
    cannot = one.answer == Answer.CANNOT
    in_pieces = as_json(pieces) if pieces != (whole(post),) else []
    statement = Statement.objects.create(
        request=request,
        post=post,
        answer=one.answer,
        from_on=one.from_on,
        until_on=one.until_on,
        fields=list(one.fields),
        pieces=in_pieces,
        supervised_from=None if cannot else tenure.since,
        supervised_until=None if cannot else tenure.until,
        was_there=tenure.was_there,
        belongs_still=tenure.belongs_still,
        role=tenure.role,
        comment=one.comment,
        signed_name=signature.name,
        signed_at=signature.at,
        signed_on=signature.on,
        language=signature.language,
        channel=Channel.PAPER if signature.keyed_by else Channel.LINK,
        arrived_on=signature.arrived_on,
        keyed_by=signature.keyed_by,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    data: dict[str, object] = {"answer": one.answer, "post": str(post.id), "sha256": statement.text_sha256}
    data |= {"request": request.reference, "channel": str(statement.channel)}
    if signature.arrived_on:
        data |= {"arrived_on": signature.arrived_on.isoformat()}
    if signature.drawn:
        data |= {"drawn": signature.drawn.sha256}
    subject = f"statement:{statement.id}"
    record(by=by, verb="experience.answer", subject=subject, at=signature.at, data=data)
    return statement


def _tell_applicant(by: str, request: AttestationRequest, kept: tuple[Statement, ...], at: datetime) -> None:
    post_letter(
        by=by,
        key=f"experience.answered:{request.id}",
        template="experience/letters/answered.txt",
        to_email=request.person.email,
        language=request.person.language,
        at=at,
        context={"request": request, "statements": kept},
        to_person=request.person,
    )

"""The attestor's answer: one signed statement a post, once (P2), each with a journal leaf of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from nintei.experience.models import (
    Answer,
    AttestationRequest,
    Post,
    RequestState,
    Statement,
)
from nintei.experience.said import Said, Tenure
from nintei.experience.signals import attested
from nintei.experience.tokens import digest
from nintei.experience.wording import fingerprint, statement_text
from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter
from nintei.shared import wording
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def answer(
    *,
    token: str,
    said: Sequence[Said],
    tenure: Tenure,
    signed_name: str,
    language: str,
    at: datetime,
    on: date,
    read: str | None = None,
) -> tuple[Statement, ...]:
    """Keep the attestor's answers, all or none (form C, MAN-ウ②.5).

    `read` is the fingerprint of the texts the attestor was shown; a difference is refused. Refused as well:
    a link unknown, used, expired or withdrawn; answers about other posts than asked; a post without an
    answer; no name; a tenure out of order or beside the post. Nothing is written then.
    """
    request = open_link(token=token, on=on, lock=True)
    drafts = prepare(
        request=request, said=said, tenure=tenure, signed_name=signed_name, language=language, on=on
    )
    if read is not None and read != fingerprint(text for _, _, text in drafts):
        raise Refused("experience.text_changed")
    request.state, request.answered_at = RequestState.ANSWERED, at
    request.save(update_fields=["state", "answered_at"])
    kept = tuple(
        _keep(request, post, one, tenure, signed_name, language, text, at, on) for post, one, text in drafts
    )
    _tell_applicant(request, kept, at)
    attested.send(sender=AttestationRequest, person=request.person, at=at)
    return kept


def open_link(*, token: str, on: date, lock: bool = False) -> AttestationRequest:
    """The request behind a link that can still be answered on a day; raises `Refused` with the reason."""
    requests = AttestationRequest.objects.select_related("person")
    if lock:
        requests = requests.select_for_update(of=("self",))
    request = requests.filter(token_sha256=digest(token)).first()
    if request is None:
        raise Refused("experience.link_unknown")
    if request.state == RequestState.ANSWERED:
        answered_on = request.answered_at.astimezone(JST).date() if request.answered_at else on
        raise Refused("experience.link_used", day=wording.day(answered_on))
    if request.state == RequestState.WITHDRAWN:
        raise Refused("experience.link_withdrawn", applicant=request.person.name)
    if on > request.expires_on:
        applicant, day = request.person.name, wording.day(request.expires_on)
        raise Refused("experience.link_expired", day=day, applicant=applicant)
    return request


def prepare(
    *,
    request: AttestationRequest,
    said: Sequence[Said],
    tenure: Tenure,
    signed_name: str,
    language: str,
    on: date,
) -> list[tuple[Post, Said, str]]:
    """Each asked post with its checked answer and the exact text to read and sign."""
    posts = {post.id: post for post in request.posts.prefetch_related("fields")}
    if {one.post for one in said} - set(posts) or len({one.post for one in said}) != len(said):
        raise Refused("experience.other_post")
    answers = {one.post: one for one in said}
    for post in posts.values():
        if post.id not in answers or answers[post.id].answer not in Answer.values:
            raise Refused("experience.line_without_answer", organisation=post.organisation)
    if any(one.answer != Answer.CANNOT for one in said):
        _check_signer(tenure, signed_name, on)
    book, applicant = edition(on), request.person.name or request.person.email
    result = []
    for post in posts.values():
        one = _complete(post, answers[post.id], tenure, on)
        text = statement_text(
            edition=book,
            post=post,
            said=one,
            tenure=tenure,
            applicant=applicant,
            name=signed_name,
            language=language,
        )
        result.append((post, one, text))
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


def _complete(post: Post, one: Said, tenure: Tenure, on: date) -> Said:
    """The answer with its days and fields filled in: as claimed for yes, as said for a little different."""
    if one.answer == Answer.CANNOT:
        return replace(one, from_on=None, until_on=None, fields=())
    claimed = tuple(sorted(row.field for row in post.fields.all()))
    if one.answer == Answer.CONFIRMED:
        one = replace(one, from_on=post.started_on, until_on=post.ended_on, fields=claimed)
    else:
        one = _differing(post, one, claimed)
    assert one.from_on  # filled in above
    assert tenure.since  # checked in _check_signer
    last = min(day for day in (one.until_on, tenure.until, on) if day)
    if max(one.from_on, tenure.since) > last:
        raise Refused("experience.outside_tenure", organisation=post.organisation)
    return one


def _differing(post: Post, one: Said, claimed: tuple[str, ...]) -> Said:
    fields = tuple(sorted(set(one.fields) & set(claimed)))
    filled = replace(
        one,
        from_on=max(one.from_on or post.started_on, post.started_on),
        until_on=min((day for day in (one.until_on, post.ended_on) if day), default=None),
        fields=fields,
    )
    same_days = (filled.from_on, filled.until_on) == (post.started_on, post.ended_on)
    if not fields or (same_days and fields == claimed and not one.comment):
        raise Refused("experience.differs_how", organisation=post.organisation)
    if filled.until_on and filled.from_on and filled.until_on < filled.from_on:
        raise Refused("experience.outside_tenure", organisation=post.organisation)
    return filled


def _keep(
    request: AttestationRequest,
    post: Post,
    one: Said,
    tenure: Tenure,
    signed_name: str,
    language: str,
    text: str,
    at: datetime,
    on: date,
) -> Statement:
    cannot = one.answer == Answer.CANNOT
    statement = Statement.objects.create(
        request=request,
        post=post,
        answer=one.answer,
        from_on=one.from_on,
        until_on=one.until_on,
        fields=list(one.fields),
        supervised_from=None if cannot else tenure.since,
        supervised_until=None if cannot else tenure.until,
        was_there=tenure.was_there,
        belongs_still=tenure.belongs_still,
        role=tenure.role,
        comment=one.comment,
        signed_name=signed_name.strip(),
        signed_at=at,
        signed_on=on,
        language=language[:2],
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    data: dict[str, object] = {"answer": one.answer, "post": str(post.id), "sha256": statement.text_sha256}
    by, subject = f"attestor:{request.id}", f"statement:{statement.id}"
    record(
        by=by, verb="experience.answer", subject=subject, at=at, data=data | {"request": request.reference}
    )
    return statement


def _tell_applicant(request: AttestationRequest, kept: tuple[Statement, ...], at: datetime) -> None:
    post_letter(
        by=f"attestor:{request.id}",
        key=f"experience.answered:{request.id}",
        template="experience/letters/answered.txt",
        to_email=request.person.email,
        language=request.person.language,
        at=at,
        context={"request": request, "statements": kept},
        to_person=request.person,
    )

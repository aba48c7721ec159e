"""Asking an attestor, by a mailed link or on paper; once more, somebody else, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from nintei.experience import queries
from nintei.experience.actions.links import post_link
from nintei.experience.models import (
    AskedPost,
    AttestationRequest,
    Channel,
    HalfAnswer,
    Post,
    RequestState,
)
from nintei.experience.pieces import Piece, as_json, whole
from nintei.experience.tokens import new_code
from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.people.queries import addresses_of
from nintei.shared.refusals import Refused


class Attestor(NamedTuple):
    """Whom to ask, as the applicant (or the office) says."""

    name: str
    email: str
    relation: str
    language: str = "ja"
    qualification: str = ""


@transaction.atomic
def ask_attestor(
    *,
    by: str,
    person: Person,
    attestor_name: str,
    attestor_email: str,
    relation: str,
    post_ids: Iterable[uuid.UUID],
    at: datetime,
    on: date,
    language: str = "ja",
    qualification: str = "",
) -> AttestationRequest:
    """Mail an attestor a link about some posts (MAN-ウ②.5). Only the token's SHA-256 stays here.

    Of a post that is vouched for in part, only the rest is asked about. Refused: no post, a foreign one,
    one already asked about or vouched for; the applicant as attestor (AMB-E8); no name or address, the
    applicant's own name unsaid. The link ends after `settings.ATTESTATION_DAYS`. `qualification` is what the
    attestor reads of as applied for.
    """
    told = Attestor(attestor_name, attestor_email, relation, language, qualification)
    attestor = _attestor(person, told)
    asked = _pieces_to_ask(person, list(post_ids), at, on)
    return _mail(by, person, attestor, asked, at, on)


@transaction.atomic
def ask_on_paper(
    *,
    by: str,
    person: Person,
    attestor_name: str,
    relation: str,
    post_ids: Iterable[uuid.UUID],
    at: datetime,
    on: date,
    language: str = "ja",
    qualification: str = "",
) -> AttestationRequest:
    """Ask on form (C), to be printed and signed by hand (MAN-エ.C); its code finds the request again.

    Refused as `ask_attestor` does, and posts of more than one organisation: a form is for one (AMB-E8).
    """
    if not attestor_name.strip():
        raise Refused("experience.no_attestor_name")
    asked = _pieces_to_ask(person, list(post_ids), at, on)
    if len({post.organisation for post, _pieces in asked}) > 1:
        raise Refused("experience.one_organisation")
    request = AttestationRequest.objects.create(
        person=person,
        channel=Channel.PAPER,
        code=new_code(),
        attestor_name=attestor_name.strip(),
        relation=relation,
        qualification=qualification,
        language=language,
        asked_at=at,
        asked_on=on,
    )
    _write_down(by, request, asked, at, channel="paper")
    return request


@transaction.atomic
def remind(*, by: str, person: Person, request_id: uuid.UUID, at: datetime, on: date) -> AttestationRequest:
    """Mail the attestor the request once more; links that left before stay good. Once a day at most.

    An expired request gets its whole time again. Refused: not `person`'s, ended, on paper, or sent today.
    """
    request = own_request(person, request_id)
    if request.channel == Channel.PAPER:
        raise Refused("experience.on_paper")
    if on in (request.reminded_on, request.asked_on):
        raise Refused("experience.reminded_today")
    request.reminded_on = on
    if request.is_over(on):
        request.asked_on, request.expires_on = on, on + timedelta(days=settings.ATTESTATION_DAYS)
        request.reminded_after, request.expiry_told_on = 0, None
    request.save()
    data: dict[str, object] = {"on": on.isoformat(), "expires_on": str(request.expires_on)}
    record(by=by, verb="experience.remind", subject=request.reference, at=at, data=data)
    post_link(by, request, "reminded", at, on)
    return request


@transaction.atomic
def replace_attestor(
    *,
    by: str,
    person: Person,
    request_id: uuid.UUID,
    attestor_name: str,
    attestor_email: str,
    relation: str,
    at: datetime,
    on: date,
    language: str = "ja",
) -> AttestationRequest:
    """Ask somebody else about the same days and fields; the first one's link ends. Refused as `ask_attestor`."""
    old = own_request(person, request_id)
    told = Attestor(attestor_name, attestor_email, relation, language, old.qualification)
    attestor = _attestor(person, told)
    posts = [row.post_id for row in old.asked.all()]
    withdraw(by, old, at)
    return _mail(by, person, attestor, _pieces_to_ask(person, posts, at, on), at, on)


@transaction.atomic
def withdraw_request(*, by: str, person: Person, request_id: uuid.UUID, at: datetime) -> None:
    """Take a request back, so that the posts can be changed or another attestor asked."""
    withdraw(by, own_request(person, request_id), at)


def own_request(person: Person, request_id: uuid.UUID) -> AttestationRequest:
    """A person's own open request, locked."""
    found = AttestationRequest.objects.select_for_update().filter(pk=request_id, person=person).first()
    if found is None:
        raise Refused("experience.not_yours")
    if found.state != RequestState.OPEN:
        raise Refused("experience.not_open")
    return found


def withdraw(by: str, request: AttestationRequest, at: datetime) -> None:
    """End a locked request without an answer; what was half filled in goes with it."""
    request.state = RequestState.WITHDRAWN
    request.save(update_fields=["state"])
    HalfAnswer.objects.filter(request=request).delete()
    record(by=by, verb="experience.withdraw_request", subject=request.reference, at=at, data={})


Asked = list[tuple[Post, tuple[Piece, ...]]]


def _attestor(person: Person, told: Attestor) -> Attestor:
    """The attestor with a harmless name and address; never the applicant under any address they use."""
    name, email = told.name.strip(), told.email.strip().lower()
    if not name or "@" not in email:
        raise Refused("experience.no_attestor")
    if plain_address(email) in {plain_address(each) for each in addresses_of(person)}:
        raise Refused("experience.attestor_is_applicant")
    return told._replace(name=name, email=email)


def plain_address(email: str) -> str:
    """An address without the tag that lets one mailbox have many.

    >>> plain_address("Sato+other@example.jp")
    'sato@example.jp'
    """
    local, _at, domain = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _pieces_to_ask(person: Person, ids: list[uuid.UUID], at: datetime, on: date) -> Asked:
    """Each post, locked, with what nobody has vouched for yet."""
    if not person.name:
        raise Refused("experience.no_name")
    posts = list(Post.objects.select_for_update().filter(pk__in=ids, person=person, removed_at=None))
    if not ids:
        raise Refused("experience.no_post")
    if len(posts) != len(set(ids)):
        raise Refused("experience.not_yours")
    for request in AttestationRequest.objects.filter(posts__in=posts, state=RequestState.OPEN).distinct():
        if not request.is_over(on):
            asked = next(post for post in posts if request.posts.filter(pk=post.pk).exists())
            data = {"organisation": asked.organisation, "attestor": request.attestor_name}
            raise Refused("experience.already_asked", **data)
        withdraw("system", request, at)
    left = {row.post.pk: row.uncovered for row in queries.case(person, on).posts}
    for post in posts:
        if not left.get(post.pk):
            raise Refused("experience.all_attested", organisation=post.organisation)
    return [(post, left[post.pk]) for post in posts]


def _mail(
    by: str, person: Person, attestor: Attestor, asked: Asked, at: datetime, on: date
) -> AttestationRequest:
    request = AttestationRequest.objects.create(
        person=person,
        attestor_name=attestor.name,
        attestor_email=attestor.email,
        relation=attestor.relation,
        qualification=attestor.qualification,
        language=attestor.language,
        asked_at=at,
        asked_on=on,
        expires_on=on + timedelta(days=settings.ATTESTATION_DAYS),
    )
    _write_down(by, request, asked, at, expires_on=str(request.expires_on))
    post_link(by, request, "asked", at, on)
    return request


def _write_down(by: str, request: AttestationRequest, asked: Asked, at: datetime, **more: object) -> None:
    rows = [
        AskedPost(request=request, post=post, pieces=[] if left == (whole(post),) else as_json(left))
        for post, left in asked
    ]
    AskedPost.objects.bulk_create(rows)
    data: dict[str, object] = {"posts": sorted(str(row.post_id) for row in rows), **more}
    if parts := {str(row.post_id): row.pieces for row in rows if row.pieces}:
        data["pieces"] = parts
    record(by=by, verb="experience.ask_attestor", subject=request.reference, at=at, data=data)

"""What may be done with posts: save, remove, ask an attestor, remind, withdraw. Answering: `answering`."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from nintei.experience.models import (
    Answer,
    AttestationRequest,
    Post,
    PostField,
    Precision,
    RequestState,
    Statement,
)
from nintei.experience.tokens import digest, new_token
from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter
from nintei.people.models import Person
from nintei.shared import wording
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

FIRST_YEAR = date(1900, 1, 1)


@transaction.atomic
def save_post(
    *,
    by: str,
    person: Person,
    at: datetime,
    on: date,
    organisation: str,
    started_on: date,
    ended_on: date | None,
    fields: Mapping[str, str],
    department: str = "",
    role: str = "",
    duties: str = "",
    precision: str = Precision.DAY,
    post_id: uuid.UUID | None = None,
) -> Post:
    """Write a post, or change one that nobody has been asked about (MAN-ウ②.4).

    `fields` maps a field's key to what was done there; `ended_on` None is the present post. By months, the
    days become the 1st and the month's last day (AMB-E7). Raises `Refused` for days in the future, before
    birth or in the wrong order, no or unknown fields, a foreign post, one asked about or attested.
    """
    if precision == Precision.MONTH:
        started_on, ended_on = started_on.replace(day=1), ended_on and min(_month_end(ended_on), on)
    _check_days(person, started_on, ended_on, on)
    _check_fields(fields, on)
    if not organisation.strip():
        raise Refused("experience.no_organisation")
    post = _open_post(person, post_id) if post_id else Post(person=person)
    post.organisation, post.department, post.role = organisation.strip(), department.strip(), role.strip()
    post.started_on, post.ended_on, post.precision = started_on, ended_on, precision
    post.duties, post.saved_at = duties.strip(), at
    post.save()
    post.fields.all().delete()
    PostField.objects.bulk_create(PostField(post=post, field=key, done=done) for key, done in fields.items())
    _record_post(by, "experience.save_post", post, at, fields=sorted(fields))
    return post


@transaction.atomic
def remove_post(*, by: str, person: Person, post_id: uuid.UUID, at: datetime) -> None:
    """Take a post out of the case; refused once it has been attested or while an attestor is asked."""
    post = _open_post(person, post_id)
    post.removed_at = at
    post.save(update_fields=["removed_at"])
    _record_post(by, "experience.remove_post", post, at)


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
) -> AttestationRequest:
    """Mail an attestor a link about some posts (MAN-ウ②.5). Only the token's SHA-256 stays here.

    Refused: no post, a foreign one, one already asked about; the applicant as attestor (AMB-E8); no name
    or address. The link ends after `settings.ATTESTATION_DAYS`.
    """
    name, email = attestor_name.strip(), attestor_email.strip().lower()
    if not name or "@" not in email:
        raise Refused("experience.no_attestor")
    if email == person.email.lower():
        raise Refused("experience.attestor_is_applicant")
    posts = _posts_to_ask(person, list(post_ids), at, on)
    token = new_token()
    request = AttestationRequest.objects.create(
        person=person,
        attestor_name=name,
        attestor_email=email,
        relation=relation,
        language=language,
        token_sha256=digest(token),
        asked_at=at,
        asked_on=on,
        expires_on=on + timedelta(days=settings.ATTESTATION_DAYS),
    )
    request.posts.set(posts)
    data: dict[str, object] = {"posts": sorted(str(post.id) for post in posts)}
    data |= {"expires_on": request.expires_on.isoformat()}
    record(by=by, verb="experience.ask_attestor", subject=request.reference, at=at, data=data)
    _post_link(by, request, token, "asked", at, on)
    return request


@transaction.atomic
def remind(*, by: str, person: Person, request_id: uuid.UUID, at: datetime, on: date) -> AttestationRequest:
    """Mail the attestor a new link; the old one stops working, the last day stays. Once a day at most."""
    request = _open_request(person, request_id)
    if on > request.expires_on:
        raise Refused("experience.link_expired", day=wording.day(request.expires_on), applicant=person.name)
    if on in (request.reminded_on, request.asked_on):
        raise Refused("experience.reminded_today")
    token = new_token()
    request.token_sha256, request.reminded_on = digest(token), on
    request.save(update_fields=["token_sha256", "reminded_on"])
    record(by=by, verb="experience.remind", subject=request.reference, at=at, data={"on": on.isoformat()})
    _post_link(by, request, token, "reminded", at, on)
    return request


@transaction.atomic
def withdraw_request(*, by: str, person: Person, request_id: uuid.UUID, at: datetime) -> None:
    """Take a request back, so that the posts can be changed or another attestor asked."""
    _withdraw(by, _open_request(person, request_id), at)


def _month_end(day: date) -> date:
    first = day.replace(day=28) + timedelta(days=4)
    return first - timedelta(days=first.day)


def _check_days(person: Person, started_on: date, ended_on: date | None, on: date) -> None:
    if started_on > on:
        raise Refused("experience.starts_after_today", today=wording.day(on))
    if started_on < FIRST_YEAR:
        raise Refused("experience.before_1900", started=wording.day(started_on))
    if person.born_on and started_on < person.born_on:
        started, born = wording.day(started_on), wording.day(person.born_on)
        raise Refused("experience.before_birth", started=started, born=born)
    if ended_on and ended_on > on:
        raise Refused("experience.ends_after_today", today=wording.day(on))
    if ended_on and ended_on < started_on:
        started, ended = wording.day(started_on), wording.day(ended_on)
        raise Refused("experience.ends_before_start", started=started, ended=ended)


def _check_fields(fields: Mapping[str, str], on: date) -> None:
    if not fields:
        raise Refused("experience.no_field")
    for key in fields:
        if key not in edition(on).fields:
            raise Refused("experience.unknown_field", field=key)


def _open_post(person: Person, post_id: uuid.UUID) -> Post:
    """The person's own post, locked, that nobody is asked about and nobody has attested."""
    post = Post.objects.select_for_update().filter(pk=post_id, person=person, removed_at=None).first()
    if post is None:
        raise Refused("experience.not_yours")
    if post.requests.filter(state=RequestState.OPEN).exists():
        raise Refused("experience.post_waits")
    if Statement.objects.filter(post=post).exclude(answer=Answer.CANNOT).exists():
        raise Refused("experience.post_attested")
    return post


def _posts_to_ask(person: Person, ids: list[uuid.UUID], at: datetime, on: date) -> list[Post]:
    posts = list(Post.objects.select_for_update().filter(pk__in=ids, person=person, removed_at=None))
    if not ids:
        raise Refused("experience.no_post")
    if len(posts) != len(set(ids)):
        raise Refused("experience.not_yours")
    for request in AttestationRequest.objects.filter(posts__in=posts, state=RequestState.OPEN).distinct():
        if request.expires_on >= on:
            asked = next(post for post in posts if request.posts.filter(pk=post.pk).exists())
            data = {"organisation": asked.organisation, "attestor": request.attestor_name}
            raise Refused("experience.already_asked", **data)
        _withdraw("system", request, at)
    return posts


def _open_request(person: Person, request_id: uuid.UUID) -> AttestationRequest:
    found = AttestationRequest.objects.select_for_update().filter(pk=request_id, person=person).first()
    if found is None:
        raise Refused("experience.not_yours")
    if found.state != RequestState.OPEN:
        raise Refused("experience.not_open")
    return found


def _withdraw(by: str, request: AttestationRequest, at: datetime) -> None:
    request.state = RequestState.WITHDRAWN
    request.save(update_fields=["state"])
    record(by=by, verb="experience.withdraw_request", subject=request.reference, at=at, data={})


def _record_post(by: str, verb: str, post: Post, at: datetime, **more: object) -> None:
    days = {
        "started_on": post.started_on.isoformat(),
        "ended_on": post.ended_on and post.ended_on.isoformat(),
    }
    data = {"organisation": post.organisation, "department": post.department, **days, **more}
    record(by=by, verb=verb, subject=f"post:{post.id}", at=at, data=data)


def _post_link(
    by: str, request: AttestationRequest, token: str, template: str, at: datetime, on: date
) -> None:
    context: dict[str, object] = {
        "request": request,
        "link": f"{settings.BASE_URL}{'/en' if request.language == 'en' else ''}/attest/{token}",
        "days_left": (request.expires_on - on).days,
    }
    post_letter(
        by=by,
        key=f"experience.{template}:{request.id}:{on.isoformat()}",
        template=f"experience/letters/{template}.txt",
        to_email=request.attestor_email,
        language=request.language,
        at=at,
        context=context,
    )

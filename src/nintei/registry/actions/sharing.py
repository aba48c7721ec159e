"""What a holder lets others see, and which employers may ask. Every yes and every no is a leaf of the journal."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from nintei.journal.actions import record
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.registry.models import (
    Certification,
    Consent,
    Employer,
    ExamPass,
    NumberSeries,
    Shared,
    Sharing,
)
from nintei.registry.queries import shown
from nintei.registry.queries.consent import digest
from nintei.shared.refusals import Refused


@transaction.atomic
def consent(
    *, by: str, subject: Certification | ExamPass, fields: frozenset[str], at: datetime
) -> frozenset[str]:
    """Say which fields the public page may show (`models.Shared`); what is not named is no longer shown.

    Saying the same again changes nothing. Gives the fields whose answer changed.
    """
    column = _column(subject)
    locked = type(subject).objects.select_for_update().get(pk=subject.pk)
    wanted = fields & frozenset(Shared.values)
    changed = wanted ^ shown(locked)
    for field in sorted(changed):
        Consent.objects.create(**{column: locked}, field=field, given=field in wanted, recorded_at=at)
    if changed:
        data: dict[str, object] = {column: str(locked.pk), "shows": sorted(wanted)}
        record(by=by, verb="registry.consent", subject=locked.subject, at=at, data=data)
    return changed


def _column(subject: Certification | ExamPass) -> str:
    return "certification" if isinstance(subject, Certification) else "exam_pass"


@transaction.atomic
def share_with(*, by: str, subject: Certification | ExamPass, employer: Employer, at: datetime) -> Sharing:
    """The holder lets an employer see a certification's status and deadlines, or an exam-only qualification.

    Saying it twice is once.

    Raises `Refused("registry.employer_ended")`.
    """
    row = Employer.objects.select_for_update().get(pk=employer.pk)
    if row.ended_at is not None:
        raise Refused("registry.employer_ended")
    sharing, is_new = Sharing.objects.get_or_create(
        **{_column(subject): subject}, employer=row, ended_at=None, defaults={"given_at": at}
    )
    if is_new:
        _tell("share_with", sharing, by, at)
    return sharing


@transaction.atomic
def stop_sharing(*, by: str, sharing: Sharing, at: datetime) -> None:
    """The holder takes the consent to an employer back: from this instant it sees nothing."""
    row = Sharing.objects.select_for_update().get(pk=sharing.pk)
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _tell("stop_sharing", row, by, at)


def _tell(verb: str, sharing: Sharing, by: str, at: datetime) -> None:
    data: dict[str, object] = {"sharing": str(sharing.pk), "employer": str(sharing.employer_id)}
    record(by=by, verb=f"registry.{verb}", subject=sharing.of.subject, at=at, data=data)


class Entered(NamedTuple):
    """An employer, and its token: shown once, never kept."""

    employer: Employer
    token: str


@transaction.atomic
def enter_employer(*, actor: Person, name: str, on: date, at: datetime) -> Entered:
    """Enter an employer and make its token. Raises `Refused`: `registry.not_entitled`, `registry.name_missing`."""
    _entitle(actor, on)
    if not name.strip():
        raise Refused("registry.name_missing")
    token = secrets.token_urlsafe(32)
    row = Employer.objects.create(
        name=" ".join(name.split()), code=_next_code(), token_sha256=digest(token), entered_at=at
    )
    _tell_employer("enter_employer", row, actor.by, at)
    return Entered(row, token)


@transaction.atomic
def renew_token(*, actor: Person, employer: Employer, on: date, at: datetime) -> Entered:
    """Give an employer a new token; the old one opens nothing any more. Raises `Refused`: `registry.not_entitled`,
    `registry.employer_ended`."""
    _entitle(actor, on)
    row = Employer.objects.select_for_update().get(pk=employer.pk)
    if row.ended_at is not None:
        raise Refused("registry.employer_ended")
    token = secrets.token_urlsafe(32)
    row.token_sha256 = digest(token)
    row.save(update_fields=["token_sha256"])
    _tell_employer("renew_token", row, actor.by, at)
    return Entered(row, token)


@transaction.atomic
def end_employer(*, actor: Person, employer: Employer, on: date, at: datetime) -> None:
    """An employer may no longer ask; every consent to it ends. Raises `Refused("registry.not_entitled")`."""
    _entitle(actor, on)
    row = Employer.objects.select_for_update().get(pk=employer.pk)
    if row.ended_at is not None:
        return
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _tell_employer("end_employer", row, actor.by, at)
    for sharing in Sharing.objects.filter(employer=row, ended_at=None):
        stop_sharing(by=actor.by, sharing=sharing, at=at)


def _tell_employer(verb: str, row: Employer, by: str, at: datetime) -> None:
    data: dict[str, object] = {"name": row.name, "code": row.code}
    record(by=by, verb=f"registry.{verb}", subject=f"employer:{row.pk}", at=at, data=data)


def _entitle(actor: Person, on: date) -> None:
    if Role.REGISTRAR not in roles_of(actor, on=on):
        raise Refused("registry.not_entitled")


def _next_code() -> str:
    """E-0001 and so on: what an employer tells its people, no secret."""
    NumberSeries.objects.get_or_create(key="E")
    series = NumberSeries.objects.select_for_update().get(key="E")
    series.last += 1
    series.save()
    return f"E-{series.last:04}"

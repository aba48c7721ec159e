"""The only writers of certifications and validity. The kernel gives the days."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction

from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.registry.models import (
    Certification,
    ExamPass,
    HeldName,
    NumberSeries,
    Term,
)
from nintei.registry.queries import state_on
from nintei.registry.signals import status_changed
from nintei.registry.states import Actor, Event, may
from nintei.rules import dates
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def certify(
    *,
    by: str,
    person: Person,
    qualification: str,
    exam_pass: ExamPass,
    decided_on: date,
    edition_id: str,
    cause: str,
    at: datetime,
) -> Certification:
    """Enter a certification with its first validity (MAN-イ.C1: fixed by the report, not by the decision).

    `cause` is the decision (`application:<uuid>`); the same cause again gives the same certification.
    Raises `Refused("registry.already_certified")`.
    """
    known = Certification.objects.filter(person=person, qualification=qualification).first()
    if known:
        if known.terms.filter(cause=cause).exists():
            return known
        raise Refused("registry.already_certified", qualification=qualification)
    validity = dates.validity_of_report(edition(decided_on), exam_pass.issued_on, decided_on)
    certification = Certification.objects.create(
        person=person,
        qualification=qualification,
        number=_next_number(qualification, decided_on),
        verify_id=secrets.token_urlsafe(16),
        exam_pass=exam_pass,
        certified_on=decided_on,
    )
    _name(certification, person, decided_on, cause, at)
    term = _enter(certification, validity.start, validity.end, decided_on, edition_id, cause, at)
    _tell("registry.certify", certification, term, by=by, at=at)
    return certification


@transaction.atomic
def renew(
    *, by: str, certification: Certification, decided_on: date, edition_id: str, cause: str, at: datetime
) -> Term:
    """Enter the next validity, from the day after the present one ends (AMB-V10); the number stays."""
    locked = Certification.objects.select_for_update().get(pk=certification.pk)
    if known := locked.terms.filter(cause=cause).first():
        return known
    last = locked.terms.order_by("-ends_on").first()
    if last is None:
        raise Refused("registry.no_certification")
    state = state_on(locked, decided_on)
    if not may(state, Event.RENEW, Actor.DECISION):
        raise Refused("registry.not_in_this_state", event=str(Event.RENEW.label), state=str(state.label))
    following = dates.renewed_term(edition(decided_on), last.ends_on)
    term = _enter(locked, following.start, following.end, decided_on, edition_id, cause, at)
    _tell("registry.renew", locked, term, by=by, at=at)
    return term


def _next_number(qualification: str, on: date) -> str:
    """The form of the number is ours until the association sets one (mock/README: a placeholder)."""
    key = f"{qualification}-{on.year}"
    NumberSeries.objects.get_or_create(key=key)
    series = NumberSeries.objects.select_for_update().get(key=key)
    series.last += 1
    series.save()
    return f"{key}-{series.last:06}"


def _name(certification: Certification, person: Person, on: date, cause: str, at: datetime) -> None:
    """The name under which it is held from the first: later ones come by a case."""
    said = {"name": person.name, "kana": person.kana, "latin": person.latin}
    HeldName.objects.create(certification=certification, from_on=on, cause=cause, recorded_at=at, **said)


def _enter(
    certification: Certification,
    start: date,
    end: date,
    decided_on: date,
    edition_id: str,
    cause: str,
    at: datetime,
) -> Term:
    return Term.objects.create(
        certification=certification,
        starts_on=start,
        ends_on=end,
        decided_on=decided_on,
        edition=edition_id,
        cause=cause,
        recorded_at=at,
    )


def _tell(verb: str, certification: Certification, term: Term, *, by: str, at: datetime) -> None:
    facts: dict[str, object] = {
        "number": certification.number,
        "qualification": certification.qualification,
        "starts_on": term.starts_on.isoformat(),
        "ends_on": term.ends_on.isoformat(),
        "edition": term.edition,
        "cause": term.cause,
    }
    record(by=by, verb=verb, subject=f"certification:{certification.pk}", at=at, data=facts)
    status_changed.send(Certification, certification=certification, term=term, at=at, by=by)

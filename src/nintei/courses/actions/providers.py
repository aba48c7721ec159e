"""What may be done with an organisation: write it down, propose it, rule on it."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from nintei.courses.actions.courses import end_course
from nintei.courses.actions.steps import entitled, move
from nintei.courses.models import Course, Provider, Ruling
from nintei.courses.states import CLOSED, EDITABLE, Actor, Event, State
from nintei.journal.actions import record
from nintei.notices.actions import post
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused


@transaction.atomic
def save_provider(
    *, by: str, contact: Person, name: str, kana: str, address: str, teaches: str, on: date, at: datetime
) -> Provider:
    """Write down the organisation that a person acts for, as a draft, or correct one that was returned.

    Raises `Refused("courses.may_not_happen")` for one that is with the committee or accredited.
    """
    Person.objects.select_for_update().get(pk=contact.pk)
    told = {
        "name": name.strip(),
        "kana": kana.strip(),
        "address": address.strip(),
        "teaches": teaches.strip(),
    }
    mine = Provider.objects.exclude(state__in=CLOSED).filter(contact=contact).first()
    if mine is None:
        mine = Provider.objects.create(contact=contact, state_since_on=on, started_at=at, **told)
    elif mine.state not in EDITABLE:
        raise Refused("courses.may_not_happen", state=State(mine.state).label)
    else:
        Provider.objects.filter(pk=mine.pk).update(**told)
        mine.refresh_from_db()
    record(by=by, verb="courses.save_provider", subject=mine.reference, at=at, data=dict(told))
    return mine


@transaction.atomic
def propose_provider(*, by: str, provider: Provider, on: date, at: datetime) -> Provider:
    """Ask the committee to accredit the organisation. Raises `Refused("courses.may_not_happen")`."""
    return _step(by, provider, Event.PROPOSE, on, at)


@transaction.atomic
def withdraw_provider(*, by: str, provider: Provider, on: date, at: datetime) -> Provider:
    """Take the proposal back before it was ruled on. Raises `Refused("courses.may_not_happen")`."""
    return _step(by, provider, Event.WITHDRAW, on, at)


def _step(by: str, provider: Provider, event: Event, on: date, at: datetime) -> Provider:
    mine = Provider.objects.select_for_update().get(pk=provider.pk)
    move(mine, event, Actor.PROVIDER, on)
    record(by=by, verb=f"courses.{event}_provider", subject=mine.reference, at=at, data={"state": mine.state})
    return mine


@transaction.atomic
def rule_on_provider(
    *, actor: Person, provider: Provider, event: Event, reason: str, on: date, at: datetime
) -> Ruling:
    """Rule on an organisation, with a reason that its contact reads. Accredited: the contact gets the role.

    The end of an organisation ends each of its courses on the same (JST) day. Raises `Refused` with
    `courses.not_of_the_committee`, `courses.own_organisation`, `courses.reason_missing`, `courses.may_not_happen`.
    """
    mine = Provider.objects.select_for_update(of=("self",)).select_related("contact").get(pk=provider.pk)
    entitled(actor, on, mine.contact)
    if not reason.strip():
        raise Refused("courses.reason_missing")
    move(mine, event, Actor.COMMITTEE, on)
    ruling = Ruling.objects.create(
        provider=mine, event=event, reason=reason.strip(), made_by=actor, made_at=at
    )
    if event == Event.ACCREDIT and Role.PROVIDER not in roles_of(mine.contact, on=on):
        people.grant_role(by=actor.by, person=mine.contact, role=Role.PROVIDER, from_on=on, at=at)
    if event == Event.END:
        for course in Course.objects.filter(offered_by=mine, state=State.ACCREDITED):
            end_course(actor=actor, course=course, from_on=on, reason=reason, on=on, at=at)
    told: dict[str, object] = {"event": event.value, "reason": ruling.reason}
    record(by=actor.by, verb="courses.rule_on_provider", subject=mine.reference, at=at, data=told)
    _tell(actor.by, ruling, mine, at)
    return ruling


def _tell(by: str, ruling: Ruling, provider: Provider, at: datetime) -> None:
    contact = provider.contact
    post(
        by=by,
        key=f"courses.ruling:{ruling.pk}",
        template="courses/letters/ruled.txt",
        to_email=contact.email,
        to_person=contact,
        language=contact.language,
        at=at,
        context={"ruling": ruling, "name": provider.name, "person": contact, "base": settings.BASE_URL},
    )

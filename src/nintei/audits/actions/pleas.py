"""Answering what the holder asks for, and conflicts of interest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from nintei.audits.actions.steps import check_office, locked, move, tell
from nintei.audits.models import Audit, Conflict, Plea, PleaKind
from nintei.audits.states import OVER, State
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared import wording
from nintei.shared.refusals import Refused

OFFICE = frozenset({Role.REVIEWER, Role.DECIDER})


@transaction.atomic
def answer_plea(
    *,
    actor: Person,
    plea: Plea,
    granted: bool,
    until_on: date | None,
    words: str,
    on: date,
    at: datetime,
) -> Plea:
    """Grant more time up to what is set, or decline with words; say whether a named conflict stands.

    An exemption takes two people: it is declined here, and granted by `propose` and `rule`. Raises `Refused`:
    `audits.not_entitled`, `audits.conflict`, `audits.plea_answered`, `audits.exemption_by_two`,
    `audits.extension_day`, `audits.plea_answer_words`.
    """
    row = locked(plea.audit)
    asked = Plea.objects.select_for_update(of=("self",)).select_related("about").get(pk=plea.pk)
    check_office(row, Role.REVIEWER, actor, on)
    if asked.granted is not None or asked.kind == PleaKind.APPEAL:
        raise Refused("audits.plea_answered")
    if granted and asked.kind == PleaKind.EXEMPTION:
        raise Refused("audits.exemption_by_two")
    if not granted and not words.strip():
        raise Refused("audits.plea_answer_words")
    if asked.kind == PleaKind.EXTENSION and granted:
        _extend(row, asked, until_on, on)
    if asked.kind == PleaKind.CONFLICT and not granted:
        Conflict.objects.filter(
            audit=row, auditor=asked.about, declared_by=row.person, lifted_at=None
        ).update(lifted_by=actor, lifted_at=at)
    asked.granted, asked.answer, asked.answered_by, asked.answered_at = granted, words.strip(), actor, at
    asked.save()
    told = {"kind": asked.kind, "granted": granted, "due_on": row.due_on.isoformat()}
    move(row, State(row.state), verb="answer_plea", by=actor.by, on=on, at=at, **told)
    tell(row, "plea", by=actor.by, at=at, key=f":{asked.pk}", plea=asked)
    return asked


def _extend(row: Audit, asked: Plea, until_on: date | None, on: date) -> None:
    """The new last day (JST): later than the old one and today, by no more days than are set."""
    wished = until_on or asked.until_on
    latest = row.started_on + timedelta(
        days=row.draw.frame.terms.response_days + row.draw.frame.terms.extension_days
    )
    latest = max(latest, row.due_on)
    if row.state != State.ASKED or wished is None or not max(row.due_on, on) < wished <= latest:
        raise Refused("audits.extension_day", latest=wording.day(latest))
    row.due_on = wished


@transaction.atomic
def declare_conflict(*, actor: Person, audit: Audit, words: str, on: date, at: datetime) -> Conflict:
    """Say that one has a conflict of interest: from now on one neither sees nor touches this file.

    Raises `Refused`: `audits.not_entitled`, `audits.conflict_words`, `audits.conflict` (said already),
    `audits.over`.
    """
    row = locked(audit)
    if not roles_of(actor, on=on) & OFFICE:
        raise Refused("audits.not_entitled")
    if row.state in OVER:
        raise Refused("audits.over")
    if not words.strip():
        raise Refused("audits.conflict_words")
    try:
        with transaction.atomic():
            conflict = Conflict.objects.create(
                audit=row, auditor=actor, declared_by=actor, words=words.strip(), declared_at=at
            )
    except IntegrityError as error:
        raise Refused("audits.conflict") from error
    move(row, State(row.state), verb="declare_conflict", by=actor.by, on=on, at=at)
    return conflict

"""The draw itself: when two people have read the same public number, the published code draws, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from nintei.applications import actions as applications
from nintei.applications import queries as renewals
from nintei.audits import queries
from nintei.audits.actions.announcing import DRAWERS
from nintei.audits.actions.steps import tell
from nintei.audits.draw import Drawn, seed_of
from nintei.audits.models import Audit, AuditLine, Draw, SeedWord, Ticket
from nintei.journal import queries as journal
from nintei.journal.actions import record
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused

READERS = DRAWERS | {Role.BOARD}
DUPLICATE = "DUPLICATE"


@transaction.atomic
def say_number(
    *, actor: Person, draw: Draw, value: str, source: str, on: date, at: datetime
) -> tuple[Audit, ...] | None:
    """Say the public number as one read it at its source; with the second who read the same, it is drawn.

    Gives the audits that begin, None while another reading is needed. Nobody reads twice, so nobody can try
    numbers. Raises `Refused`: `audits.not_entitled`, `audits.number_not_yet`, `audits.drawn_already`,
    `audits.read_already`, `audits.reading_says_where`, `audits.no_checkpoint`, `audits.frame_changed`.
    """
    row = Draw.objects.select_for_update(of=("self",)).select_related("frame__terms").get(pk=draw.pk)
    _check(actor, row, value, source, on, at)
    try:
        with transaction.atomic():
            SeedWord.objects.create(
                draw=row, value=value.strip(), source=source.strip(), said_by=actor, said_at=at
            )
    except IntegrityError as error:
        raise Refused("audits.read_already") from error
    data: dict[str, object] = {"value": value.strip(), "source": source.strip(), "ordinal": row.ordinal}
    record(by=actor.by, verb="audits.say_number", subject=row.frame.reference, at=at, data=data)
    if row.words.filter(value=value.strip()).count() < 2:
        return None
    return _draw(row, value.strip(), actor, on, at)


def _check(actor: Person, row: Draw, value: str, source: str, on: date, at: datetime) -> None:
    if not roles_of(actor, on=on) & READERS:
        raise Refused("audits.not_entitled")
    if row.drawn_at is not None:
        raise Refused("audits.drawn_already")
    if at < row.number_at:
        raise Refused("audits.number_not_yet")
    if not value.strip() or not source.strip():
        raise Refused("audits.reading_says_where")
    if queries.checkpoint_of(row) is None:
        raise Refused("audits.no_checkpoint")


def _draw(row: Draw, number: str, actor: Person, on: date, at: datetime) -> tuple[Audit, ...]:
    checkpoint = queries.checkpoint_of(row)
    assert checkpoint is not None  # asked before
    if queries.faults(row):
        raise Refused("audits.frame_changed")
    root = bytes(checkpoint.root).hex()
    row.checkpoint, row.number, row.drawn_at, row.drawn_by = checkpoint, number, at, actor
    row.seed = seed_of(row.frame.text, [root, number]).hex()
    row.path = [each.hex() for each in journal.path(row.leaf, checkpoint.size)]
    row.save()
    drawn = queries.drawn(row)
    begun = _start_all(row, drawn, actor, on, at)
    _let_go(row, actor, on, at)
    data: dict[str, object] = {"seed": row.seed, "root": root, "public_number": number}
    data |= {"ordinal": row.ordinal, "drawn": [each.ticket for each in drawn], "begun": len(begun)}
    record(by=actor.by, verb="audits.draw", subject=row.frame.reference, at=at, data=data)
    return begun


def _start_all(
    row: Draw, drawn: tuple[Drawn, ...], actor: Person, on: date, at: datetime
) -> tuple[Audit, ...]:
    """An audit for each ticket drawn that has none yet; a renewal withdrawn meanwhile needs none."""
    chosen = {each.ticket: each for each in drawn}
    tickets = Ticket.objects.filter(frame=row.frame, ticket__in=chosen, audit=None)
    tickets = tickets.select_related("application__person").exclude(application__state="withdrawn")
    found = {ticket.ticket: ticket for ticket in tickets}
    number = Audit.objects.aggregate(last=Max("number"))["last"] or 0
    begun = []
    for each in drawn:
        if each.ticket in found:
            number += 1
            begun.append(_start(row, found[each.ticket], number, each.for_risk, actor, on, at))
    return tuple(begun)


def _start(
    row: Draw, ticket: Ticket, number: int, for_risk: bool, actor: Person, on: date, at: datetime
) -> Audit:
    audit = Audit.objects.create(
        number=number,
        draw=row,
        ticket=ticket,
        application=ticket.application,
        person=ticket.application.person,
        for_risk=for_risk,
        state_since_on=on,
        started_on=on,
        due_on=on + timedelta(days=row.frame.terms.response_days),
    )
    _hold(audit, actor, on, at)
    _write_lines(audit)
    data: dict[str, object] = {"number": number, "ticket": ticket.ticket, "due_on": audit.due_on.isoformat()}
    record(by=actor.by, verb="audits.start", subject=audit.reference, at=at, data=data)
    tell(audit, "asked", by=actor.by, at=at)
    return audit


def _hold(audit: Audit, actor: Person, on: date, at: datetime) -> None:
    """The frame holds the renewal already; one that an earlier draw had let go is held anew, if not decided."""
    held = renewals.audit_hold(audit.application)
    audit.hold = held.cause if held else audit.reference
    audit.save(update_fields=["hold"])
    if held is None:
        applications.hold_for_audit(
            by=actor.by, applications=[audit.application], cause=audit.hold, on=on, at=at
        )


def _let_go(row: Draw, actor: Person, on: date, at: datetime) -> None:
    """Whoever was not drawn is decided as any other."""
    spared = [each.application for each in row.frame.tickets.filter(audit=None).select_related("application")]
    applications.let_go(by=actor.by, cause=row.frame.reference, applications=spared, on=on, at=at)


def _write_lines(audit: Audit) -> None:
    """The lines that count, and those that would count if another were struck (over a cap, the same hours)."""
    on_scales = queries.weighing(audit.application)
    before = on_scales.after().before
    counting = [
        told
        for told, line in zip(on_scales.lines, before.lines, strict=True)
        if line.credited or line.cut_by is not None or line.reason == DUPLICATE
    ]
    AuditLine.objects.bulk_create(
        AuditLine(audit=audit, ordinal=place, line=told["id"], told=told)
        for place, told in enumerate(counting, 1)
    )

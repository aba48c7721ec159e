"""Committing a frame and announcing its seed, before anybody can know the seed (decision 0025)."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from nintei.applications import actions as renewals
from nintei.applications import queries as applications
from nintei.applications.models import Application
from nintei.audits import queries, risks
from nintei.audits.draw import Stratum, frame_text
from nintei.audits.models import Draw, Frame, Ruling, Strata, Terms, Ticket
from nintei.audits.queries.draws import ticket_of
from nintei.journal import actions as journal
from nintei.journal import queries as journal_queries
from nintei.journal.models import Checkpoint
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused

DRAWERS = frozenset({Role.REVIEWER, Role.DECIDER})

SEAL = "audits.seal"


@dataclass(frozen=True, slots=True)
class Seed:
    """Where the seed will come from: the day of the checkpoint (JST), and the public number that follows it."""

    on: date
    number_what: str
    number_url: str
    number_at: datetime


@transaction.atomic
def commit_frame(*, actor: Person, from_on: date, to_on: date, seed: Seed, on: date, at: datetime) -> Draw:
    """Freeze the renewals filed from a (JST) day to another and commit them to the journal, with the first draw.

    Raises `Refused`: `audits.not_entitled`, `audits.terms_unset`, `audits.window_open` (the last day is not
    over), `audits.nobody_filed`, `audits.seed_too_soon`, `audits.frame_overlaps` (they were in a frame before).
    """
    terms = _check(actor, seed, on, at)
    Terms.objects.select_for_update().get(pk=terms.pk)  # one frame at a time
    if from_on > to_on or to_on >= on:
        raise Refused("audits.window_open")
    number = (Frame.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    tickets = _tickets(_held(actor, number, from_on, to_on, on, at), terms)
    text = frame_text(_strata(tickets, terms))
    try:
        with transaction.atomic():
            frame = Frame.objects.create(
                number=number,
                from_on=from_on,
                to_on=to_on,
                terms=terms,
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                left_out=sum(bool(ticket.left_out) for ticket in tickets),
                decided_before=queries.decided_before(from_on, to_on),
                committed_by=actor,
                committed_on=on,
                committed_at=at,
            )
            for ticket in tickets:
                ticket.frame = frame
            Ticket.objects.bulk_create(tickets)
    except IntegrityError as error:
        raise Refused("audits.frame_overlaps") from error
    out = [ticket.application for ticket in tickets if ticket.left_out]
    renewals.let_go(by=actor.by, cause=frame.reference, applications=out, on=on, at=at)
    return _announce(frame, 1, "", seed, actor, on, at)


@transaction.atomic
def announce_again(*, actor: Person, frame: Frame, reason: str, seed: Seed, on: date, at: datetime) -> Draw:
    """Announce another draw from the same frame, with its reason: visible for ever, and it undoes none before.

    Raises `Refused`: as `commit_frame`, `audits.again_why`, `audits.draw_waits` (the one before can still be
    drawn).
    """
    _check(actor, seed, on, at)
    row = Frame.objects.select_for_update().get(pk=frame.pk)
    if not reason.strip():
        raise Refused("audits.again_why")
    last = row.draws.order_by("-ordinal")[0]
    failed = at >= last.number_at and queries.checkpoint_of(last) is None
    if last.drawn_at is None and not failed:
        raise Refused("audits.draw_waits")
    return _announce(row, last.ordinal + 1, reason.strip(), seed, actor, on, at)


@transaction.atomic
def seal(*, by: str, draw: Draw, on: date, at: datetime) -> Checkpoint | None:
    """Ask for the journal's signature on the announced day, before the public number: the first part of the seed.

    Only the signer has the key: it signs within seconds of the leaf written here. A checkpoint signed earlier on that
    day is the one. None until there is one, on any other day, or too late.
    """
    row = Draw.objects.select_for_update().get(pk=draw.pk)
    if known := queries.checkpoint_of(row):
        return known
    if on != row.seed_on or at >= row.number_at:
        return None
    # A leaf of its own, so that the tree is not one that an earlier day has signed.
    if not journal_queries.places_of([row.reference], SEAL):
        journal.record(by=by, verb=SEAL, subject=row.reference, at=at, data={"on": on.isoformat()})
    return None


def seal_due(*, by: str, on: date, at: datetime) -> int:
    """Ask for the signature of every draw announced for a (JST) day; how many have their checkpoint."""
    due = Draw.objects.filter(seed_on=on, drawn_at=None)
    return sum(seal(by=by, draw=row, on=on, at=at) is not None for row in due)


def _check(actor: Person, seed: Seed, on: date, at: datetime) -> Terms:
    if not roles_of(actor, on=on) & DRAWERS:
        raise Refused("audits.not_entitled")
    terms = queries.terms_on(on)
    if terms is None:
        raise Refused("audits.terms_unset")
    if not seed.number_what.strip():
        raise Refused("audits.number_unnamed")
    too_soon = seed.on <= on or seed.number_at <= at
    if too_soon or seed.number_at.astimezone(at.tzinfo).date() < seed.on:
        raise Refused("audits.seed_too_soon")
    return terms


def _announce(
    frame: Frame, ordinal: int, reason: str, seed: Seed, actor: Person, on: date, at: datetime
) -> Draw:
    draw = Draw(
        frame=frame,
        ordinal=ordinal,
        reason=reason,
        seed_on=seed.on,
        number_what=seed.number_what.strip(),
        number_url=seed.number_url,
        number_at=seed.number_at,
        announced_by=actor,
        announced_on=on,
        announced_at=at,
    )
    data: dict[str, object] = {
        "frame": frame.sha256,
        "number": frame.number,
        "ordinal": ordinal,
        "reason": reason,
        "filed": [frame.from_on.isoformat(), frame.to_on.isoformat()],
        "left_out": frame.left_out,
        "decided_before": frame.decided_before,
        "terms": frame.terms.number,
        "seed_on": seed.on.isoformat(),
        "number_what": draw.number_what,
        "number_url": draw.number_url,
        "number_at": seed.number_at.isoformat(),
    }
    leaf = journal.record(by=actor.by, verb="audits.announce", subject=frame.reference, at=at, data=data)
    draw.leaf = leaf.seq
    draw.save(force_insert=True)
    return draw


def _held(
    actor: Person, number: int, from_on: date, to_on: date, on: date, at: datetime
) -> list[Application]:
    """The renewals of these days, held as they stand: from here on nobody amends, withdraws or decides one."""
    _check_new(from_on, to_on)
    filed = [each.application for each in applications.filed(from_on, to_on)]
    cause = Frame(number=number).reference
    holds = renewals.hold_for_audit(by=actor.by, applications=filed, cause=cause, on=on, at=at)
    if not holds:
        raise Refused("audits.nobody_filed")
    return sorted((hold.application for hold in holds), key=lambda row: row.number or "")


def _check_new(from_on: date, to_on: date) -> None:
    """The constraint says so too; here it is said before anything is held."""
    if Frame.objects.filter(from_on__lte=to_on, to_on__gte=from_on).exists():
        raise Refused("audits.frame_overlaps")


def _tickets(filed: list[Application], terms: Terms) -> list[Ticket]:
    struck = _struck_before([row.person_id for row in filed])
    return [_ticket(row, terms, row.person_id in struck) for row in filed]


def _ticket(row: Application, terms: Terms, struck_before: bool) -> Ticket:
    salt = secrets.token_hex(32)
    return Ticket(
        ticket=ticket_of(salt, str(row.pk)),
        salt=salt,
        application=row,
        stratum=row.qualification if terms.strata == Strata.QUALIFICATION else "all",
        marks=risks.marks_of(row.claim, terms.risk_rules, struck_before),
        left_out=terms.leaving if risks.leaves(row.claim, terms.leaving) else "",
    )


def _struck_before(people: list[UUID]) -> set[UUID]:
    """Whoever lost a line in an earlier audit."""
    ruled = Ruling.objects.filter(agreed=True, audit__person__in=people).exclude(proposal__struck=[])
    return set(ruled.values_list("audit__person", flat=True))


def _strata(tickets: list[Ticket], terms: Terms) -> list[Stratum]:
    by_name: dict[str, dict[str, bool]] = defaultdict(dict)
    for ticket in tickets:
        if not ticket.left_out:
            by_name[ticket.stratum][ticket.ticket] = bool(ticket.marks)
    share, risk = Fraction(terms.share) / 100, Fraction(terms.risk) / 100
    return [Stratum(name, share, risk, marked) for name, marked in by_name.items()]

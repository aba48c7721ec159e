"""What the association sets for its audits: proposed by one person, agreed to by another (P7, AMB-C13)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from nintei.audits.models import Agreed, Terms
from nintei.journal.actions import record
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused

SETTERS = frozenset({Role.BOARD, Role.DECIDER})


@dataclass(frozen=True, slots=True)
class TermsSaid:
    """What somebody proposes: shares in per cent, days, months, the rules chosen, and where it was decided."""

    share: Decimal
    risk: Decimal
    risk_rules: tuple[str, ...]
    strata: str
    leaving: str
    response_days: int
    extension_days: int
    appeal_days: int
    retention_months: int | None
    small_cell: int
    from_on: date
    words: str


@transaction.atomic
def propose_terms(*, actor: Person, said: TermsSaid, on: date, at: datetime) -> Terms:
    """Propose what is to hold from a (JST) day on. Raises `Refused`: `audits.not_entitled`,
    `audits.terms_in_the_past`, `audits.risk_without_rules`, `audits.terms_wait` (one is open already)."""
    _check_setter(actor, on)
    if said.from_on < on:
        raise Refused("audits.terms_in_the_past")
    if bool(said.risk) != bool(said.risk_rules):
        raise Refused("audits.risk_without_rules")
    number = (Terms.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    told = asdict(said) | {"risk_rules": list(said.risk_rules), "words": said.words.strip()}
    try:
        with transaction.atomic():
            terms = Terms.objects.create(number=number, proposed_by=actor, proposed_at=at, **told)
    except IntegrityError as error:
        raise Refused("audits.terms_wait") from error
    record(by=actor.by, verb="audits.propose_terms", subject=terms.reference, at=at, data=_plain(told))
    return terms


@transaction.atomic
def answer_terms(*, actor: Person, terms: Terms, agreed: bool, on: date, at: datetime) -> Terms:
    """The second person agrees, or it is left; whoever proposed may take it back.

    Raises `Refused`: `audits.not_entitled`, `audits.two_people`, `audits.answered_already`,
    `audits.terms_in_the_past` (the day it should begin has gone by).
    """
    row = Terms.objects.select_for_update().get(pk=terms.pk)
    _check_setter(actor, on)
    if agreed and row.proposed_by_id == actor.pk:
        raise Refused("audits.two_people")
    if row.state != Agreed.OPEN:
        raise Refused("audits.answered_already")
    if agreed and row.from_on < on:
        raise Refused("audits.terms_in_the_past")
    row.state = Agreed.AGREED if agreed else Agreed.DECLINED
    row.answered_by, row.answered_at = actor, at
    row.save()
    record(by=actor.by, verb="audits.answer_terms", subject=row.reference, at=at, data={"agreed": agreed})
    return row


def _check_setter(actor: Person, on: date) -> None:
    if not roles_of(actor, on=on) & SETTERS:
        raise Refused("audits.not_entitled")


def _plain(told: dict[str, object]) -> dict[str, object]:
    return {
        name: value if isinstance(value, int | list) else str(value) for name, value in sorted(told.items())
    }

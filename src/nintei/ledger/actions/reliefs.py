"""Windows of illness, childbirth or disaster, as the office takes them down: dated, with a reason, only ever ended.

Whoever has one is told by letter: its days and what it changes, never what happened, for a mail may be read by others.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from nintei.journal.actions import record
from nintei.ledger import queries
from nintei.ledger.actions.lines import lock
from nintei.ledger.models import Relief
from nintei.notices.actions import post
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def grant_relief(
    *, by: str, person: Person, kind: str, from_on: date, until_on: date, reason: str, at: datetime
) -> Relief:
    """Take down a window of (JST) days and tell its holder. What it changes is the rulebook's; no line is touched.

    The same window asked for again is the one that is there (P2).
    """
    lock(person)
    if kind not in Relief.Kind.values:
        raise Refused("ledger.relief_unknown", kind=kind)
    if until_on < from_on:
        raise Refused("ledger.relief_ends_first", first=from_on, last=until_on)
    if not reason.strip():
        raise Refused("ledger.relief_without_reason")
    span = {"person": person, "kind": kind, "from_on": from_on, "until_on": until_on}
    if there := Relief.objects.filter(**span, ended_at=None).first():
        return there
    before = _required(person, at)
    row = Relief.objects.create(**span, reason=reason.strip(), granted_by=by, granted_at=at)
    told: dict[str, object] = {"person": str(person.pk), "kind": kind, "reason": row.reason}
    told |= {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
    record(by=by, verb="ledger.grant_relief", subject=f"relief:{row.pk}", at=at, data=told)
    _tell(row, "granted", before, by, at)
    return row


@transaction.atomic
def end_relief(*, by: str, relief: Relief, reason: str, at: datetime) -> Relief:
    """Take a window back, with a reason, and tell its holder; it stays on the list as ended."""
    lock(relief.person)
    relief.refresh_from_db(fields=["ended_at"])
    if relief.ended_at:
        raise Refused("ledger.relief_ended")
    if not reason.strip():
        raise Refused("ledger.relief_without_reason")
    before = _required(relief.person, at)
    relief.ended_at, relief.ended_because = at, reason.strip()
    relief.save(update_fields=["ended_at", "ended_because"])
    told: dict[str, object] = {"reason": relief.ended_because}
    record(by=by, verb="ledger.end_relief", subject=f"relief:{relief.pk}", at=at, data=told)
    _tell(relief, "ended", before, by, at)
    return relief


class Needed(NamedTuple):
    """The points that a certification's renewal needed before a window was written down or taken back, and after."""

    certification: Certification
    before: Fraction
    after: Fraction


def _required(person: Person, at: datetime) -> dict[Certification, Fraction]:
    """The points that each renewal of a person needs; nothing is asked while no rule says what a window changes."""
    on = at.astimezone(JST).date()
    if edition(on).points.relief is None:
        return {}
    return {each: queries.balance(each, on).required for each in registry.certifications(person)}


def _tell(row: Relief, what: str, before: dict[Certification, Fraction], by: str, at: datetime) -> None:
    """Write to the holder, once for each of the two."""
    person, book = row.person, edition(at.astimezone(JST).date())
    after = _required(person, at)
    told: dict[str, object] = {
        "person": person,
        "relief": row,
        "unset": None if book.points.relief else book.unset.get("hardship_windows"),
        "needed": [Needed(each, before[each], after[each]) for each in before if before[each] != after[each]],
        "link": f"{settings.BASE_URL}{'/en' if person.language == 'en' else ''}/my/cpd",
    }
    post(
        by=by, key=f"ledger.relief_{what}:{row.pk}", template=f"ledger/letters/relief_{what}.txt",
        to_email=person.email, language=person.language, at=at, context=told, to_person=person,
    )  # fmt: skip

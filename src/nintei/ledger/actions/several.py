"""Many lines at once: a table brought in, whole or not at all; the same table again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from nintei.journal.actions import record
from nintei.ledger.actions.lines import columns_of, lock, sessions_of, told_of
from nintei.ledger.intake import Intake, Row, Wrong, held_against
from nintei.ledger.models import Activity, ActivitySession
from nintei.people.models import Person
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on


@transaction.atomic
def bring_in(
    *,
    by: str,
    person: Person,
    rows: Sequence[Row],
    at: datetime,
    partial: bool = False,
    wrong: Sequence[Wrong] = (),
) -> Intake:
    """Log the rows of a table that a person's log does not have yet, in the order of the table.

    `wrong` are rows that could not even be read. With anything wrong nothing is logged (`ledger.rows_at_fault`)
    unless `partial` leaves those rows out. Rows that are there already change nothing.
    """
    lock(person)
    on = at.astimezone(JST).date()
    found = held_against(person, rows, on, edition_on(on))
    if (found.wrong or wrong) and not partial:
        at_fault = len({each.row for each in (*wrong, *found.wrong)})
        raise Refused("ledger.rows_at_fault", count=at_fault)
    _write(by, person, found.new, at)
    return found


def _write(by: str, person: Person, rows: Sequence[Row], at: datetime) -> None:
    """A microsecond between two rows: of two lines of one day the one told first is credited first (AMB-C4)."""
    lines = [
        Activity(person=person, logged_at=at + timedelta(microseconds=place), **columns_of(row.draft))
        for place, row in enumerate(rows)
    ]
    Activity.objects.bulk_create(lines)
    pairs = list(zip(lines, rows, strict=True))
    ActivitySession.objects.bulk_create(each for line, row in pairs for each in sessions_of(line, row.draft))
    for line, row in pairs:
        told = told_of(row.draft) | {"row": row.number}
        record(by=by, verb="ledger.log_activity", subject=f"activity:{line.pk}", at=line.logged_at, data=told)

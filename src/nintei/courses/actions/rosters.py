"""Rosters: dropped, looked at, confirmed whole, and carried out row by row so that a crash loses nothing.

Confirming writes every row in one transaction (the intent); the worker credits them, some at a time, and can
be killed and started again: a row is decided once.
"""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app
from psycopg.types.json import Jsonb

from nintei.courses import rosterfile
from nintei.courses.actions.attending import AT_ONCE, Act, Attendee, Parts, confirm_all, in_order
from nintei.courses.judging import Judged, judge
from nintei.courses.models import CourseSession, Outcome, Roster, RosterRow, Source
from nintei.courses.queries import sessions as queries
from nintei.courses.rosterfile import LONGEST
from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.shared.files import harmless
from nintei.shared.refusals import Refused


def preview_roster(*, data: bytes, session: CourseSession, on: date) -> Judged:
    """What confirming a file would do on a (JST) day; nothing is kept."""
    return judge(session, rosterfile.read(data), on)


@transaction.atomic
def drop_roster(*, by: str, session: CourseSession, data: bytes, name: str, at: datetime) -> Roster:
    """Keep a file so that it can be looked at before it counts."""
    digest = hashlib.sha256(data).hexdigest()
    return Roster.objects.create(
        session=session, sha256=digest, file_name=harmless(name), content=data, dropped_by=by, dropped_at=at
    )


@transaction.atomic
def leave_roster(*, by: str, roster: Roster) -> None:
    """Forget a file that was dropped and not confirmed; nothing had happened."""
    Roster.objects.filter(pk=roster.pk, confirmed_at=None).delete()


@transaction.atomic
def confirm_roster(*, by: str, roster: Roster, partial: bool, on: date, at: datetime) -> Roster:
    """Take in a roster, all of it or nothing; `partial` leaves out the rows that cannot be taken.

    The same roster again changes nothing. Raises `Refused("courses.roster_has_faults")` with the faults.
    """
    locked = (
        Roster.objects.select_for_update(of=("self",)).select_related("session__course").get(pk=roster.pk)
    )
    if locked.confirmed_at:
        return locked
    judged = preview_roster(data=bytes(locked.content), session=locked.session, on=on)
    return take_in(by=by, roster=locked, judged=judged, partial=partial, at=at)


def take_in(*, by: str, roster: Roster, judged: Judged, partial: bool, at: datetime) -> Roster:
    """A step of confirming: write the rows of a roster that is ours alone, and the job that credits them."""
    if judged.faults and not (partial and judged.taken):
        raise Refused("courses.roster_has_faults", count=len(judged.faults), faults=judged.faults)
    _write(roster, judged)
    roster.confirmed_at, roster.content = at, b""
    roster.save(update_fields=["confirmed_at", "content"])
    told: dict[str, object] = {"file": roster.sha256, "session": str(roster.session_id), "partial": partial}
    told |= {"rows": len(judged.sent), "taken": len(judged.taken)}
    record(by=by, verb="courses.confirm_roster", subject=roster.reference, at=at, data=told)
    # The job is a row of this same transaction: no roster without its job.
    app.configure_task("courses.carry_out", queue="courses").defer(roster=str(roster.pk))
    return roster


def _write(roster: Roster, judged: Judged) -> None:
    """Every line of the file, those that cannot be read in the words in which they were sent.

    By COPY: ten thousand rows in a tenth of the time that as many objects take.
    """
    columns = 'roster_id, line, number, kana, "on", minutes, as_sent, person_id, outcome'
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY courses_rosterrow ({columns}) FROM STDIN") as written,
    ):
        for row in judged.rows:
            person = judged.taken.get(row.line)
            outcome = Outcome.WAITING if person else Outcome.NOT_TAKEN
            written.write_row((roster.pk, *row, None, person, outcome.value))
        for line, *words in judged.unread:
            cut = [word[:LONGEST] for word in words[:2]]
            left = (None, None, Jsonb(words), None, Outcome.NOT_TAKEN.value)
            written.write_row((roster.pk, line, *cut, *left))


def carry_out(*, by: str, roster: UUID, at: datetime, most: int | None = None) -> int:
    """Credit the rows of a confirmed roster that wait; how many people. Killed in between, it goes on from there.

    `most` ends it after so many people. Each hundred people are one transaction.
    """
    found = queries.roster(roster)
    if found is None or not found.confirmed_at or found.finished_at:
        return 0
    done = 0
    while most is None or done < most:
        some = _carry_out_some(found, min(AT_ONCE, most - done) if most else AT_ONCE, at)
        if not some:
            break
        done += some
    return done


@transaction.atomic
def _carry_out_some(roster: Roster, most: int, at: datetime) -> int:
    """The next people of a roster; 0 when it is finished. Two workers wait for each other here."""
    Roster.objects.select_for_update().get(pk=roster.pk)
    rows = RosterRow.objects.filter(roster=roster, outcome=Outcome.WAITING)
    people = list(rows.order_by("line").values_list("person", flat=True)[: most * 4])
    chosen = list(dict.fromkeys(people))[:most]
    if not chosen:
        Roster.objects.filter(pk=roster.pk, finished_at=None).update(finished_at=at)
        return 0
    by_person: dict[UUID, list[RosterRow]] = defaultdict(list)
    for row in rows.filter(person__in=chosen).order_by("line"):
        assert row.person_id
        by_person[row.person_id].append(row)
    named = Person.objects.in_bulk(by_person)
    _credit(roster, [(named[person], mine) for person, mine in sorted(by_person.items())], at)
    return len(by_person)


def _credit(roster: Roster, people: list[tuple[Person, list[RosterRow]]], at: datetime) -> None:
    """Confirm people by their rows, and write down what became of each row."""
    source = Source.API if roster.token_id else Source.ROSTER
    attendees = [
        Attendee(person, functools.partial(merged, roster.session, mine), mine[0].number, mine[0].kana)
        for person, mine in people
    ]
    done = confirm_all(session=roster.session, attendees=attendees, act=Act(roster.dropped_by, source, at))
    outcomes: dict[Outcome, list[int]] = defaultdict(list)
    for (_person, mine), (_attendance, changed) in zip(people, done, strict=True):
        outcomes[Outcome.CREDITED if changed else Outcome.KNOWN] += [row.pk for row in mine]
    for outcome, decided in outcomes.items():
        RosterRow.objects.filter(pk__in=decided).update(outcome=outcome)


def merged(session: CourseSession, rows: Iterable[RosterRow], before: Parts) -> Parts:
    """What a person attended after these rows: a row says what its day is, other days stay. Minutes 0: not there."""
    kept = {_key(part): part for part in before}
    for row in rows:
        for part in _parts(session, row):
            kept.pop(_key(part), None)
            if row.minutes != 0:
                kept[_key(part)] = part
    return in_order(list(kept.values()))


def _parts(session: CourseSession, row: RosterRow) -> Parts:
    """The days that a row is about: of the holding, or a free day."""
    if not session.days:
        assert row.on
        return [{"on": row.on.isoformat(), "minutes": row.minutes}]
    days = [
        number for number, day in enumerate(session.days) if not row.on or day["on"] == row.on.isoformat()
    ]
    return [{"day": number, "minutes": row.minutes} for number in days]


def _key(part: dict[str, Any]) -> object:
    return part.get("day", part.get("on"))


@transaction.atomic
def forget_left_rosters(*, by: str, before: datetime) -> int:
    """Forget the files that were dropped before an instant and never confirmed; how many."""
    return Roster.objects.filter(confirmed_at=None, dropped_at__lt=before).delete()[0]

"""Attendance codes: signed, for a time, and never used twice, however many phones ask at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, ProgrammingError, connection, transaction

from nintei.courses import actions, queries, seats, timetable
from nintei.courses.models import Attendance, CourseSession, Redemption, SeatCode
from nintei.courses.tests.conftest import AT, HELD, Take, somebody
from nintei.ledger.models import Activity
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

PHONES = int(os.environ.get("NINTEI_PHONES", "12"))
SLOW = """
CREATE OR REPLACE FUNCTION slow() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(0.2); RETURN NEW; END $$
    LANGUAGE plpgsql;
CREATE TRIGGER slow BEFORE INSERT ON courses_redemption FOR EACH ROW EXECUTE FUNCTION slow();
"""


def issued(session: CourseSession, seats: int = 1) -> list[SeatCode]:
    return actions.issue_codes(by="person:academy", session=session, day=0, seats=seats, at=AT)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def test_a_code_confirms_the_whole_day(session: CourseSession, omp: Certification, suzuki: Person) -> None:
    code = issued(session)[0]
    attendance = actions.redeem(by=suzuki.by, person=suzuki, code=code, at=AT)
    line = Activity.objects.get(pk=attendance.pk)
    assert [(each.on, each.minutes) for each in line.sessions.all()] == [(date(2026, 11, 20), 360)]
    assert (line.category, line.person) == ("A", suzuki)


def test_the_same_person_again_changes_nothing(
    session: CourseSession, omp: Certification, suzuki: Person
) -> None:
    code = issued(session)[0]
    first, again = (actions.redeem(by=suzuki.by, person=suzuki, code=code, at=AT) for _ in range(2))
    assert (first, Redemption.objects.count(), Activity.objects.count()) == (again, 1, 1)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2026, 11, 19, 23, 59, tzinfo=JST), "courses.code_too_early"),
        (datetime(2026, 11, 20, 0, 0, tzinfo=JST), None),
        (datetime(2026, 12, 4, 23, 59, tzinfo=JST), None),
        (datetime(2026, 12, 5, 0, 0, tzinfo=JST), "courses.code_too_late"),
    ],
)
def test_a_code_works_from_its_day_for_a_fortnight_after(
    session: CourseSession, suzuki: Person, at: datetime, code: str | None
) -> None:
    def outcome() -> str | None:
        try:
            actions.redeem(by=suzuki.by, person=suzuki, code=issued(session)[0], at=at)
        except Refused as refused:
            return refused.code
        return None

    assert outcome() == code


def test_a_second_code_of_the_same_day_is_not_spent(session: CourseSession, suzuki: Person) -> None:
    first, second = issued(session, 2)
    actions.redeem(by=suzuki.by, person=suzuki, code=first, at=AT)
    with pytest.raises(Refused) as refused:
        actions.redeem(by=suzuki.by, person=suzuki, code=second, at=AT)
    assert refused.value.code == "courses.attended_already"
    assert queries.unused_codes(session, 0) == [second]


def test_a_code_of_a_day_confirmed_by_roster_is_not_spent(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take
) -> None:
    take(session, "OMP-2023-000001,スズキ ミサキ,,")
    with pytest.raises(Refused) as refused:
        actions.redeem(by=suzuki.by, person=suzuki, code=issued(session)[0], at=AT)
    assert refused.value.code == "courses.attended_already"


def test_two_codes_of_two_days_make_one_attendance(course: Any, suzuki: Person) -> None:
    days = timetable.read(f"2026-11-19 60分\n{HELD}")
    session = actions.open_session(
        by="x", course=course, days=days, first_on=None, last_on=None, place="東京", at=AT
    )
    for day in (0, 1):
        made = actions.issue_codes(by="x", session=session, day=day, seats=1, at=AT)
        actions.redeem(by=suzuki.by, person=suzuki, code=made[0], at=AT)
    line = Activity.objects.get()
    assert [each.minutes for each in line.sessions.all()] == [60, 360]


def test_a_code_that_was_made_up_opens_nothing(session: CourseSession) -> None:
    token = seats.written(issued(session)[0].pk)
    assert queries.code_behind(token) == SeatCode.objects.get()
    for wrong in (token[:-1], token.swapcase(), token.replace(".", ".x"), "", "x" * 300, "\x00"):
        assert queries.code_behind(wrong) is None


def test_a_code_of_a_course_that_is_no_longer_accredited_is_refused(
    session: CourseSession, ito: Person, suzuki: Person
) -> None:
    code = issued(session)[0]
    actions.end_course(
        actor=ito, course=session.course, from_on=date(2026, 11, 1), reason="x", on=AT.date(), at=AT
    )
    with pytest.raises(Refused) as refused:
        actions.redeem(by=suzuki.by, person=suzuki, code=code, at=AT)
    assert refused.value.code == "courses.not_accredited_on"


def test_nobody_changes_or_deletes_what_happened(session: CourseSession, suzuki: Person) -> None:
    actions.redeem(by=suzuki.by, person=suzuki, code=issued(session)[0], at=AT)
    later = AT + timedelta(days=1)
    for rows, change in (
        (SeatCode.objects.all(), {"seat": 9}),
        (Redemption.objects.all(), {"redeemed_at": later}),
        (Attendance.objects.all(), {"number": "x"}),
    ):
        for verb in (rows.delete, lambda rows=rows, change=change: rows.update(**change)):
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                verb()


# --- many phones at once --------------------------------------------------------------------------


@contextmanager
def slow() -> Iterator[None]:
    """Every redemption pauses before its row is written, so that all of them have looked by then."""
    with connection.cursor() as cursor:
        cursor.execute(SLOW)
        try:
            yield
        finally:
            cursor.execute("DROP TRIGGER slow ON courses_redemption; DROP FUNCTION slow();")


@contextmanager
def without_the_key() -> Iterator[None]:
    """The control: a table of redemptions that has no key."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE courses_redemption DROP CONSTRAINT courses_redemption_pkey")
        try:
            yield
        finally:
            cursor.execute("TRUNCATE courses_redemption")
            cursor.execute("ALTER TABLE courses_redemption ADD PRIMARY KEY (code_id)")


def at_once(people: list[Person], code: SeatCode) -> list[str]:
    """Everybody redeems the same code at the same moment; what each was told."""
    barrier, told = Barrier(len(people)), [""] * len(people)

    def phone(place: int, person: Person) -> None:
        try:
            barrier.wait()
            mine = SeatCode.objects.get(pk=code.pk)
            actions.redeem(by=person.by, person=person, code=mine, at=AT)
            told[place] = "taken"
        except Refused as refused:
            told[place] = refused.code
        except ObjectDoesNotExist as error:
            told[place] = repr(error)
        finally:
            connection.close()

    threads = [Thread(target=phone, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def crowd(count: int) -> list[Person]:
    return [somebody(f"人 {n}", "ヒト", f"phone{n}") for n in range(count)]


Session = Callable[[], CourseSession]


@pytest.mark.django_db(transaction=True)
def test_a_code_that_many_phones_redeem_at_once_has_one_effect(session: CourseSession) -> None:
    told = at_once(crowd(PHONES), issued(session)[0])
    assert sorted(told) == ["courses.code_used"] * (PHONES - 1) + ["taken"]
    counts = (Redemption.objects.count(), Attendance.objects.count(), Activity.objects.count())
    assert counts == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_without_its_key_the_code_would_be_used_more_than_once(session: CourseSession) -> None:
    with without_the_key(), slow():
        told = at_once(crowd(3), issued(session)[0])
        assert told.count("taken") > 1
        assert Activity.objects.count() > 1

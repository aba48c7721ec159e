"""One effect for any number at once: a roster confirmed, a key sent; and what happens without the guard (P2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, QuerySet

from nintei.courses import actions, timetable
from nintei.courses.models import (
    AttendanceRevision,
    CourseSession,
    Provider,
    ProviderToken,
    Reflow,
    Roster,
    SessionRevision,
)
from nintei.courses.rosterfile import Row
from nintei.courses.tests.conftest import AT, roster
from nintei.journal.models import Body
from nintei.ledger.models import Activity
from nintei.notices.models import Letter
from nintei.registry.models import Certification

MANY = 6
SUZUKI = "OMP-2023-000001,スズキ ミサキ,,"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def at_once(do: Callable[[], object]) -> list[str]:
    """The same thing from many sides at the same moment; what each was told."""
    barrier, told = Barrier(MANY), [""] * MANY

    def one(place: int) -> None:
        try:
            barrier.wait()
            told[place] = str(do())
        except Exception as error:  # noqa: BLE001  looked at by the test
            told[place] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=one, args=[n]) for n in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@contextmanager
def unguarded(table: str, drop: str, restore: str) -> Iterator[None]:
    """The control: a table without its key, in which every row takes its time, so that all have looked by then."""
    with connection.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$;"
            f"CREATE TRIGGER slow BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION slow();"
        )
        try:
            yield
        finally:
            cursor.execute(
                f"DROP TRIGGER slow ON {table}; DROP FUNCTION slow(); TRUNCATE {table} CASCADE; {restore}"
            )


def without_lock(monkeypatch: pytest.MonkeyPatch, model: type[Model]) -> None:
    """The control: rows of a model are read without waiting for whoever writes them."""
    lock: Any = QuerySet.select_for_update

    def only_others(rows: QuerySet[Any], **options: Any) -> QuerySet[Any]:
        return rows if rows.model is model else lock(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", only_others)


def dropped(session: CourseSession) -> Roster:
    return actions.drop_roster(by="x", session=session, data=roster(SUZUKI), name="名簿.csv", at=AT)


def confirm(one: Roster) -> Callable[[], object]:
    def confirmed() -> object:
        actions.confirm_roster(by="x", roster=one, partial=False, on=AT.date(), at=AT)
        return actions.carry_out(by="x", roster=one.pk, at=AT) >= 0

    return confirmed


def counts() -> tuple[int, ...]:
    verbs = ["courses.confirm_roster", "courses.confirm_attendance"]
    leaves = (Body.objects.filter(verb=verb).count() for verb in verbs)
    return (AttendanceRevision.objects.count(), Activity.objects.count(), *leaves)


def test_a_roster_confirmed_many_times_at_once_has_one_effect(
    session: CourseSession, omp: Certification
) -> None:
    one = dropped(session)
    assert at_once(confirm(one)) == ["True"] * MANY
    assert (one.rows.count(), counts()) == (1, (1, 1, 1, 1))


def test_without_its_lock_and_key_a_roster_would_be_taken_more_than_once(
    session: CourseSession, omp: Certification, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = dropped(session)
    without_lock(monkeypatch, Roster)
    key = "courses_one_row_a_line"
    drop = f"ALTER TABLE courses_rosterrow DROP CONSTRAINT {key}"
    restore = f"ALTER TABLE courses_rosterrow ADD CONSTRAINT {key} UNIQUE (roster_id, line)"
    with unguarded("courses_rosterrow", drop, restore):
        at_once(confirm(one))
        assert one.rows.count() > 1


def revise(session: CourseSession) -> Callable[[], object]:
    return lambda: actions.revise_session(
        by="x", session=session, days=timetable.read("2026-11-20 240分"), first_on=None, last_on=None,
        place=session.place, reason="時間の誤り", at=AT,
    )  # fmt: skip


def test_a_correction_made_and_carried_out_many_times_at_once_has_one_effect(
    session: CourseSession, omp: Certification
) -> None:
    confirm(dropped(session))()
    assert sorted(at_once(revise(session))) == ["0"] * (MANY - 1) + ["1"]
    assert sorted(at_once(lambda: actions.reflow(by="x", at=AT))) == ["0"] * (MANY - 1) + ["1"]
    told = Letter.objects.filter(template="ledger/letters/attendance_changed.txt").count()
    assert (session.revisions.count(), Reflow.objects.count(), told) == (2, 1, 1)


def test_without_its_lock_and_key_a_correction_would_be_made_more_than_once(
    session: CourseSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_lock(monkeypatch, CourseSession)
    key = "courses_one_revision_a_number"
    drop = f"ALTER TABLE courses_sessionrevision DROP CONSTRAINT {key}"
    restore = f"ALTER TABLE courses_sessionrevision ADD CONSTRAINT {key} UNIQUE (session_id, number)"
    with unguarded("courses_sessionrevision", drop, restore):
        at_once(revise(session))
        assert SessionRevision.objects.filter(number=2).count() > 1


Send = Callable[[], object]


@pytest.fixture
def send(session: CourseSession, provider: Provider, omp: Certification) -> Send:
    token: ProviderToken = actions.make_token(by="x", provider=provider, name="x", token="nintei_x", at=AT)
    rows = [Row(1, "OMP-2023-000001", "スズキ ミサキ", None, None)]

    def sent() -> object:
        told = {"key": "k1", "rows": rows, "partial": False, "on": AT.date(), "at": AT}
        return actions.send_roster(by=token, session=session, **told).rows.count()  # type: ignore[arg-type]

    return sent


def test_a_key_sent_many_times_at_once_has_one_effect(send: Send) -> None:
    assert at_once(send) == ["1"] * MANY
    actions.carry_out(by="x", roster=Roster.objects.get().pk, at=AT)
    assert counts() == (1, 1, 1, 1)


def test_without_its_key_the_same_would_be_taken_more_than_once(send: Send) -> None:
    drop = "DROP INDEX courses_one_roster_a_key"
    restore = (
        "CREATE UNIQUE INDEX courses_one_roster_a_key ON courses_roster (token_id, key)"
        " WHERE token_id IS NOT NULL"
    )
    with unguarded("courses_roster", drop, restore):
        at_once(send)
        assert Roster.objects.count() > 1

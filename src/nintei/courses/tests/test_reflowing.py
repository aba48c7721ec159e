"""A correction on its way: by the worker, some at a time; killed, it goes on; everybody is told once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from nintei.courses import actions, queries, tasks, timetable
from nintei.courses.actions import attending, reflowing
from nintei.courses.models import Course, CourseSession, HeldCorrection, Reflow, Source
from nintei.courses.signals import Reached
from nintei.courses.tests.conftest import AT, ON, draft
from nintei.ledger.models import Activity, ActivitySession
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.site.tests.access import browser

LATER = AT + timedelta(hours=1)
MANY = 7


class Killed(Exception):
    pass


@pytest.fixture
def crowd(session: CourseSession, monkeypatch: pytest.MonkeyPatch) -> CourseSession:
    """Seven attended the whole day; two are reached in a transaction."""
    monkeypatch.setattr(reflowing, "AT_ONCE", 2)
    people = [
        Person.objects.create(email=f"c{n}@example.jp", name=f"受講 {n}", kana="ジュコウ")
        for n in range(MANY)
    ]
    whole = [attending.Attendee(each, lambda _before: [{"day": 0, "minutes": None}]) for each in people]
    with transaction.atomic():
        attending.confirm_all(session=session, attendees=whole, act=attending.Act("x", Source.HAND, AT))
    return session


def shorten(session: CourseSession, minutes: int = 240) -> int:
    return actions.revise_session(
        by="person:academy", session=session, days=timetable.read(f"2026-11-20 {minutes}分"), first_on=None,
        last_on=None, place=session.place, reason="時間の誤り", at=AT,
    )  # fmt: skip


def told(kind: str = "changed") -> list[int]:
    """How many letters each got."""
    letters = Letter.objects.filter(template__endswith=f"attendance_{kind}.txt")
    return sorted(Counter(letters.values_list("to_person", flat=True)).values())


def minutes() -> list[int]:
    return sorted(ActivitySession.objects.values_list("minutes", flat=True))


def die_in(part: int) -> Any:
    """Let the process be killed in its n-th transaction, when all of it but the place where it stands is written."""
    count = iter(range(1, 100))

    def look(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "courses_reflow"') and next(count) == part:
            raise Killed
        return execute(sql, *rest)

    return connection.execute_wrapper(look)


def test_it_reaches_everybody_after_a_crash_and_tells_nobody_twice(crowd: CourseSession) -> None:
    """The request writes the intent and its job; the worker is killed in its third transaction."""
    assert (shorten(crowd), minutes()) == (MANY, [360] * MANY)
    assert ProcrastinateJob.objects.filter(
        task_name="courses.reflow", args={"course": str(crowd.course_id)}
    ).exists()
    with pytest.raises(Killed), die_in(3):
        actions.reflow(by="system", at=LATER)
    (row,) = queries.reflows(crowd.course, crowd)
    assert (row.reached, row.left, row.finished_at) == (4, 3, None)
    assert (minutes(), told()) == ([240] * 4 + [360] * 3, [1] * 4)
    assert [actions.reflow(by="system", at=LATER), actions.reflow(by="system", at=LATER)] == [3, 0]
    assert (minutes(), told()) == ([240] * MANY, [1] * MANY)
    (row,) = queries.reflows(crowd.course, crowd)
    assert (row.reached, row.left, row.finished_at) == (MANY, 0, LATER)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Reflow.objects.update(left=1)


def test_without_its_place_the_same_crash_would_begin_again(crowd: CourseSession, monkeypatch: Any) -> None:
    """The control: where it does not remember whom it reached, it never ends."""
    shorten(crowd)
    monkeypatch.setattr(Reached, "last", property(lambda _: None))
    assert actions.reflow(by="system", at=LATER, most=3 * MANY) == 3 * MANY
    assert queries.reflows(crowd.course, crowd)[0].finished_at is None


def test_two_corrections_on_their_way_leave_the_last_word(crowd: CourseSession) -> None:
    """Who was reached by the first is told of both; who was not is told once, of what it is now."""
    shorten(crowd)
    actions.reflow(by="system", at=LATER, most=2)
    crowd.refresh_from_db()
    shorten(crowd, 180)
    tasks.finish(0)
    assert (minutes(), told()) == ([180] * MANY, [1] * 5 + [2] * 2)
    assert HeldCorrection.objects.count() == 0


def test_the_end_of_an_accreditation_reaches_everybody_in_turns(
    crowd: CourseSession, course: Course, ito: Person
) -> None:
    ends: dict[str, Any] = {"from_on": date(2026, 11, 1), "reason": "内容が違った", "on": ON, "at": AT}
    actions.end_course(actor=ito, course=course, **ends)
    assert (queries.reflows(course)[0].left, told("ended")) == (None, [])
    with pytest.raises(Killed), die_in(2):
        actions.reflow(by="system", at=LATER)
    partly = queries.reflows(course)[0]
    assert (partly.reached, told("ended")) == (2, [1] * 2)
    assert actions.reflow(by="system", course=course.pk, at=LATER) == MANY - 2
    assert told("ended") == [1] * MANY
    assert Activity.objects.filter(withdrawn_at=None).count() == MANY


def test_its_progress_and_its_history_are_shown(
    crowd: CourseSession, course: Course, academy: Person, ito: Person
) -> None:
    """Provider and office see how far it came; anyone sees what changed, and neither why nor who asked."""
    shorten(crowd)
    actions.reflow(by="system", at=LATER, most=2)
    pages = [(academy, f"/provider/sessions/{crowd.pk}"), (academy, f"/provider/courses/{course.pk}"),
             (ito, f"/office/courses/{course.pk}")]  # fmt: skip
    assert all("7人のうち2人が終わりました" in browser(who).get(url).content.decode() for who, url in pages)
    actions.reflow(by="system", at=LATER)
    assert all("7人の記録を確かめ" in browser(who).get(url).content.decode() for who, url in pages)
    told: dict[str, Any] = {
        "draft": draft(title="評価の実践", standard="別の演習"),
        "reason": "表記",
        "on": ON,
        "at": LATER,
    }
    actions.change_course(actor=ito, course=course, **told)
    page = Client().get(f"/courses/{course.pk}").content.decode()
    shown = page[page.index("訂正の記録") :]
    assert all(word in shown for word in ("モニタリングの実践</s>", "評価の実践", "10:00"))
    assert not any(word in page for word in ("時間の誤り", "表記", "別の演習"))

"""Correcting an accredited course: proposed, accepted, kept; it reaches whoever attended, and tells them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from nintei.courses import actions, queries
from nintei.courses.models import Course, CourseChange, CourseSession, HeldCorrection
from nintei.courses.tests.conftest import AT, ON, Take, draft, opened
from nintei.journal.models import Body
from nintei.ledger import actions as ledger
from nintei.ledger import queries as log
from nintei.ledger.models import Activity
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification
from nintei.shared.refusals import Refused
from nintei.site.tests.access import browser

SUZUKI = "OMP-2023-000001,スズキ ミサキ"
BETTER = "モニタリングの実践と評価"


def proposed(course: Course, academy: Person, **more: Any) -> CourseChange:
    return actions.propose_change(actor=academy, course=course, draft=draft(**more), reason="書き誤り", at=AT)


def accept(change: CourseChange, ito: Person) -> int:
    waiting = actions.rule_on_change(
        actor=ito, change=change, accepted=True, reason="申出のとおり", on=ON, at=AT
    )
    actions.reflow(by="system", at=AT)
    return waiting


def letter(kind: str) -> Letter:
    return Letter.objects.get(template__endswith=f"{kind}.txt")


def test_a_proposed_name_reaches_whoever_attended_once_it_is_accepted(
    session: CourseSession, omp: Certification, academy: Person, ito: Person, take: Take
) -> None:
    """Two sessions, so two attendances: one letter each; what it was is kept and never edited."""
    earlier = opened(session.course, "2026-11-13 45分")
    take(session, f"{SUZUKI},,")
    take(earlier, f"{SUZUKI},,")
    change = proposed(session.course, academy, title=BETTER, form="online")
    assert {line.title for line in Activity.objects.all()} == {"モニタリングの実践"}
    assert accept(change, ito) == 2
    assert {line.title for line in Activity.objects.all()} == {BETTER}
    told = Letter.objects.filter(template__endswith="attendance_changed.txt")
    assert ["モニタリングの実践」" in each.body for each in told] == [True, True]
    change.refresh_from_db()
    assert change.fields == {"title": ["モニタリングの実践", BETTER], "form": ["in_person", "online"]}
    assert "申出のとおり" in letter("change_ruled").body
    verbs = [each.verb for each in Body.objects.filter(subject=session.course.reference)]
    assert verbs[-2:] == ["courses.propose_change", "courses.rule_on_change"]
    with pytest.raises(ProgrammingError), transaction.atomic():
        CourseChange.objects.update(ruling="x")
    with pytest.raises(Refused, match="change_settled"):
        accept(change, ito)


def test_other_days_of_accreditation_are_told_and_claimed_lines_held(
    course: Course, omp: Certification, suzuki: Person, academy: Person, ito: Person, take: Take
) -> None:
    early, late = opened(course, "2026-11-10 10:00-12:00"), opened(course, "2026-11-20 10:00-13:00")
    take(early, f"{SUZUKI},,")
    take(late, f"{SUZUKI},,")
    assert log.balance(omp, ON).total == 5
    accept(proposed(course, academy, from_on=date(2026, 11, 15)), ito)
    assert log.balance(omp, ON).total == 3
    assert "2026年11月10日（火）" in letter("recounted").body
    assert "2026年11月20日" not in letter("recounted").body
    term = registry.current_term(omp, ON)
    ledger.freeze_claim(by=suzuki.by, certification=omp, term=term, on=ON, at=AT)
    course.refresh_from_db()
    accept(proposed(course, academy, until_on=date(2026, 11, 19), from_on=date(2026, 11, 1)), ito)
    held = {each.line: each.told["after"] for each in HeldCorrection.objects.all()}
    claimed = {line.sessions.get().on.isoformat(): line.pk for line in Activity.objects.all()}
    assert held == {claimed["2026-11-10"]: {"2026-11-10": 120}, claimed["2026-11-20"]: {}}
    told = Letter.objects.filter(template__endswith="recounted.txt").values_list("body", flat=True)
    assert ["数えるようになる" in each and "協会が確かめます" in each for each in told].count(True) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "nothing_changes"),
        ({"until_on": date(2026, 3, 31)}, "ends_before_it_begins"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    course: Course, academy: Person, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        proposed(course, academy, **more)


def test_one_change_waits_at_a_time_and_meets_the_course_as_it_was(
    course: Course, academy: Person, ito: Person
) -> None:
    first = proposed(course, academy, title=BETTER)
    with pytest.raises(Refused, match="change_waits"):
        proposed(course, academy, form="online")
    actions.change_course(
        actor=ito, course=course, draft=draft(title="別の名前"), reason="協会が直した", on=ON, at=AT
    )
    with pytest.raises(Refused, match="changed_meanwhile"), transaction.atomic():
        accept(first, ito)
    actions.withdraw_change(by=academy.by, change=first, at=AT)
    course.refresh_from_db()
    assert sorted(each.state for each in queries.changes_of(course)) == ["accepted", "withdrawn"]
    Course.objects.create(
        title=BETTER,
        provider=course.provider,
        minutes=60,
        form="online",
        accredited_from=course.accredited_from,
    )
    with pytest.raises(Refused, match="already_accredited"):
        accept(proposed(course, academy, title=BETTER), ito)


def test_it_is_proposed_and_ruled_on_by_its_pages(
    course: Course, academy: Person, ito: Person, tanaka: Person
) -> None:
    """Nobody else sees them, a wrong line is said, and both pages show what was and what is to be."""
    form = {
        "once": "x" * 20, "title": BETTER, "form": "online", "timetable": "10:00-12:00", "topics": "4",
        "summary": "応対を聴いて育てる", "competencies": "OP-6", "standard": "6時間の演習を含む",
        "from_on_year": "2026", "from_on_month": "4", "from_on_day": "1", "reason": "時間割の誤り",
    }  # fmt: skip
    url = f"/provider/courses/{course.pk}/change"
    mine = browser(academy)
    assert [browser(each).get(url).status_code for each in (academy, tanaka)] == [200, 404]
    assert mine.post(url, form | {"timetable": "いつか"}).status_code == 422
    assert mine.post(url, form)["Location"] == f"/provider/courses/{course.pk}"
    change = CourseChange.objects.get()
    assert sorted(change.fields) == ["accredited_until", "form", "minutes", "timetable", "title"]
    shown = mine.get(f"/provider/courses/{course.pk}").content.decode()
    assert (BETTER in shown, "訂正を取り下げる" in shown) == (True, True)
    office = browser(ito)
    assert BETTER not in office.get("/office/courses").content.decode()
    page = office.get(f"/office/courses/changes/{change.pk}").content.decode()
    assert all(word in page for word in (BETTER, "6時間", "2時間", "オンライン", "期限なし", "時間割の誤り"))
    assert (
        office.post(f"/office/courses/changes/{change.pk}", {"once": "y" * 20, "reason": ""}).status_code
        == 422
    )
    answer = {"once": "z" * 20, "reason": "録画で確かめた", "accept": "yes"}
    assert office.post(f"/office/courses/changes/{change.pk}", answer)["Location"] == "/office/courses"
    course.refresh_from_db()
    assert (course.title, course.minutes, course.accredited_until) == (BETTER, 120, None)
    edit = office.post(
        f"/office/courses/{course.pk}/change", form | {"title": "協会の付けた名前", "once": "w" * 20}
    )
    assert edit["Location"] == f"/office/courses/{course.pk}"
    assert "協会の付けた名前" in office.get(f"/office/courses/{course.pk}").content.decode()

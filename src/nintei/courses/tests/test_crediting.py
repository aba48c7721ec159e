"""Confirmed attendance: credited at once, corrected by revisions, claimed lines left alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from nintei.courses import actions, queries, timetable
from nintei.courses.models import Attendance, AttendanceRevision, Course, CourseSession, HeldCorrection
from nintei.courses.tests.conftest import AT, HELD, ON, Take, opened
from nintei.ledger import actions as ledger
from nintei.ledger import queries as log
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity
from nintei.notices.models import Letter
from nintei.people.actions import change_name
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification
from nintei.shared import files
from nintei.shared.refusals import Refused

HELD_ON = date(2026, 11, 20)
SUZUKI = "OMP-2023-000001,スズキ ミサキ"


def lines(person: Person) -> list[tuple[str, str, dict[date, int]]]:
    return [
        (line.category, line.title, {each.on: each.minutes for each in line.sessions.all()})
        for line in log.activities(person)
    ]


def letters(person: Person) -> list[str]:
    sent = Letter.objects.filter(to_person=person, template__startswith="ledger/")
    return sorted(letter.template.rpartition("attendance_")[2].removesuffix(".txt") for letter in sent)


def test_a_roster_credits_category_a_at_once_with_its_paper(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take
) -> None:
    before = log.balance(omp, ON).total
    take(session, f"{SUZUKI},,")
    assert lines(suzuki) == [("A", "モニタリングの実践", {HELD_ON: 360})]
    assert log.balance(omp, ON).total - before == 6
    paper = Activity.objects.get().evidence.get()
    assert (paper.kind, files.place_of(paper.sha256).read_bytes()[:5]) == ("pdf", b"%PDF-")
    assert letters(suzuki) == ["credited"]


def test_the_same_roster_again_changes_nothing(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take
) -> None:
    take(session, f"{SUZUKI},,")
    again = take(session, f"{SUZUKI},,")
    assert [row.outcome for row in again.rows.all()] == ["known"]
    assert (Activity.objects.count(), AttendanceRevision.objects.count(), letters(suzuki)) == (
        1, 1, ["credited"],
    )  # fmt: skip


def test_partial_attendance_counts_by_its_minutes(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take
) -> None:
    take(session, f"{SUZUKI},2026-11-20,135")
    assert lines(suzuki) == [("A", "モニタリングの実践", {HELD_ON: 135})]
    assert log.balance(omp, ON).total == 2


def test_a_corrected_roster_appends_a_revision_and_tells_the_holder(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take
) -> None:
    take(session, f"{SUZUKI},,")
    take(session, f"{SUZUKI},,240")
    assert lines(suzuki) == [("A", "モニタリングの実践", {HELD_ON: 240})]
    revisions = AttendanceRevision.objects.values_list("number", "parts")
    assert list(revisions) == [(1, [{"day": 0, "minutes": None}]), (2, [{"day": 0, "minutes": 240}])]
    assert letters(suzuki) == ["changed", "credited"]
    files_of = Activity.objects.get().evidence.all()
    assert sorted(file.removed_at is None for file in files_of) == [False, True]


def test_a_holding_that_moves_takes_its_attendances_with_it(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take
) -> None:
    take(session, f"{SUZUKI},,")
    changed = actions.revise_session(
        by="person:academy", session=session, days=timetable.read("2026-11-19 10:00-15:00 休憩 60分"),
        first_on=None, last_on=None, place=session.place, reason="日付と時間の誤り", at=AT,
    )  # fmt: skip
    assert (changed, actions.reflow(by="system", at=AT)) == (1, 1)
    assert lines(suzuki) == [("A", "モニタリングの実践", {date(2026, 11, 19): 240})]
    assert letters(suzuki) == ["changed", "credited"]
    letter = Letter.objects.get(template__endswith="changed.txt")
    assert ("2026年11月20日" in letter.body, "日付と時間の誤り" in letter.body) == (True, True)
    kept = session.revisions.values_list("number", "first_on", "reason")
    assert list(kept) == [(1, HELD_ON, ""), (2, date(2026, 11, 19), "日付と時間の誤り")]


def test_a_withdrawn_attendance_no_longer_counts(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take
) -> None:
    take(session, f"{SUZUKI},,")
    attendance = Attendance.objects.get()
    actions.correct_attendance(
        by="person:academy", attendance=attendance, minutes=0, reason="別の方でした", at=AT
    )
    assert (lines(suzuki), letters(suzuki)) == ([], ["credited", "withdrawn"])
    actions.correct_attendance(
        by="person:academy", attendance=attendance, minutes=None, reason="やはり出席", at=AT
    )
    assert lines(suzuki) == [("A", "モニタリングの実践", {HELD_ON: 360})]


def test_a_claimed_line_is_not_changed_but_shown_to_the_office(
    course: Course, omp: Certification, suzuki: Person, take: Take
) -> None:
    session = opened(course)
    take(session, f"{SUZUKI},,")
    term = registry.current_term(omp, ON)
    claim = ledger.freeze_claim(by=suzuki.by, certification=omp, term=term, on=ON, at=AT)
    take(session, f"{SUZUKI},,60")
    assert lines(suzuki) == [("A", "モニタリングの実践", {HELD_ON: 360})]
    claim.refresh_from_db()
    assert claim.balance["total"] == "6.0"
    held = HeldCorrection.objects.get()
    assert (held.told["before"], held.told["after"]) == ({"2026-11-20": 360}, {"2026-11-20": 60})
    assert letters(suzuki) == ["credited", "held"]


def test_the_end_of_an_accreditation_tells_whoever_attended_after_it(
    course: Course, ito: Person, omp: Certification, suzuki: Person, take: Take
) -> None:
    early, late = opened(course, HELD.replace("-20 ", "-10 ")), opened(course)
    take(early, f"{SUZUKI},,")
    take(late, f"{SUZUKI},,")
    assert log.balance(omp, ON).total == 12
    actions.end_course(
        actor=ito, course=course, from_on=date(2026, 11, 15), reason="内容が違った", on=ON, at=AT
    )
    actions.reflow(by="system", course=course.pk, at=AT)
    assert log.balance(omp, ON).total == 6
    assert len(lines(suzuki)) == 2
    assert letters(suzuki).count("ended") == 1
    assert "内容が違った" in Letter.objects.get(template__endswith="ended.txt").body


def test_a_line_of_the_same_hours_makes_room_for_the_confirmed_one(
    session: CourseSession, course: Course, omp: Certification, suzuki: Person, take: Take
) -> None:
    own = Draft("A", "モニタリングの実践", ((HELD_ON, 420),), course=course.pk)
    ledger.log_activity(by=suzuki.by, person=suzuki, draft=own, at=AT)
    assert log.balance(omp, ON).total == 7
    take(session, f"{SUZUKI},,")
    assert log.balance(omp, ON).total == 6
    assert lines(suzuki) == [("A", "モニタリングの実践", {HELD_ON: 360})]
    assert "置き換えました" in Letter.objects.get(template__endswith="credited.txt").body


@pytest.mark.parametrize(
    "sent",
    ["OMP-2023-000001,スズキミサキ", "ＯＭＰ－２０２３－０００００１,ｽｽﾞｷ ﾐｻｷ", "omp-2023-000001,すずき みさき",
     "OMP-2023-000001,タカハシ ミサキ"],
)  # fmt: skip
def test_width_spaces_hiragana_and_former_names_do_not_matter(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take, sent: str
) -> None:
    for name, kana in (("髙橋 美咲", "タカハシ ミサキ"), ("鈴木 美咲", "スズキ ミサキ")):
        change_name(by="system", person=suzuki, name=name, kana=kana, latin="", born_on=None, at=AT)
        suzuki.refresh_from_db()
    take(session, f"{sent},,")
    assert lines(suzuki) == [("A", "モニタリングの実践", {HELD_ON: 360})]


def test_a_wrong_number_and_a_missing_one_look_the_same(
    session: CourseSession, omp: Certification, tanaka: Person
) -> None:
    def told(*row: str) -> list[tuple[str, str]]:
        judged = actions.preview_roster(
            data="\n".join(["認定番号,カナ", *row]).encode(), session=session, on=ON
        )
        return [(fault.column, fault.text.ja) for fault in judged.faults]

    assert told("OMP-2023-000001,スズキ ミサキ") == []
    assert told("OMP-2023-000001,タナカ ナギ") == told("OMP-2023-999999,スズキ ミサキ") != []


def test_several_days_make_one_line(course: Course, omp: Certification, suzuki: Person, take: Take) -> None:
    """Sessions of one course in one year are summed first (AMB-C5): 45 and 45 minutes are 1.5 points."""
    session = opened(course, "2026-11-19 45分\n2026-11-20 45分")
    take(session, f"{SUZUKI},2026-11-19,")
    assert log.balance(omp, ON).total == pytest.approx(0.5)
    take(session, f"{SUZUKI},2026-11-20,")
    assert lines(suzuki) == [("A", "モニタリングの実践", {date(2026, 11, 19): 45, HELD_ON: 45})]
    assert log.balance(omp, ON).total == pytest.approx(1.5)


def test_a_worker_that_is_killed_goes_on_where_it_was(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take, settings: object
) -> None:
    data = f"認定番号,カナ\n{SUZUKI}\n".encode()
    dropped = actions.drop_roster(by="person:a", session=session, data=data, name="a.csv", at=AT)
    actions.confirm_roster(by="person:a", roster=dropped, partial=False, on=ON, at=AT)
    assert (lines(suzuki), queries.unfinished_rosters()) == ([], [dropped.pk])
    assert [actions.carry_out(by="system", roster=dropped.pk, at=AT) for _ in range(3)] == [1, 0, 0]
    assert (len(lines(suzuki)), queries.unfinished_rosters()) == (1, [])


def test_the_holder_cannot_change_what_the_provider_confirmed(
    session: CourseSession, omp: Certification, suzuki: Person, take: Take
) -> None:
    take(session, f"{SUZUKI},,")
    line = Activity.objects.get()
    more = Draft("A", line.title, ((HELD_ON, 600),), course=line.course_id)
    with pytest.raises(Refused) as refused:
        ledger.amend_activity(
            by=suzuki.by, activity=line, draft=more, at=datetime(2026, 11, 24, 11, tzinfo=AT.tzinfo)
        )
    assert refused.value.code == "ledger.confirmed_by_provider"
    assert lines(suzuki) == [("A", "モニタリングの実践", {HELD_ON: 360})]

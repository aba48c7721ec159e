"""The provider of a simulated office: sessions, rosters, corrected rosters, and accreditation that is withdrawn."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from nintei.courses import actions as courses
from nintei.courses import timetable
from nintei.courses.actions import CourseDraft
from nintei.courses.models import Course, CourseSession
from nintei.courses.states import Event
from nintei.people.models import Role
from nintei.rules import points

from .evening import Holder, at

if TYPE_CHECKING:
    from .office import Office

SEATS = 200


class Academy:
    """One organisation with one course at a time; each March the committee ends it, and another is accredited."""

    def __init__(self, office: Office, on: date) -> None:
        self.office = office
        self.contact = office.staff("academy", Role.PROVIDER)
        when: dict[str, Any] = {"on": on, "at": at(on)}
        self.provider = courses.save_provider(
            by=self.contact.by, contact=self.contact, name="みらいアカデミー", kana="ミライアカデミー",
            address="東京都", teaches="品質", **when,
        )  # fmt: skip
        courses.propose_provider(by=self.contact.by, provider=self.provider, **when)
        courses.rule_on_provider(
            actor=office.ito, provider=self.provider, event=Event.ACCREDIT, reason="可", **when
        )
        self.provider.refresh_from_db()
        self._begin(date(2024, 4, 1), on)

    def _begin(self, from_on: date, on: date) -> None:
        """A course is proposed and accredited; its rosters are still to come."""
        when: dict[str, Any] = {"on": on, "at": at(on)}
        draft = CourseDraft(
            title=f"モニタリングの実践 {from_on.year}", timetable="10:00-17:00 休憩 12:00-13:00", form="in_person",
            summary="応対を聴く", standard="演習", topics=("4",), competencies=("OP-6",),
            from_on=from_on, until_on=date(2030, 3, 31),
        )  # fmt: skip
        course = courses.save_course(by=self.contact.by, provider=self.provider, draft=draft, **when)
        courses.propose_course(by=self.contact.by, course=course, **when)
        courses.rule_on_course(
            actor=self.office.ito, course=course, event=Event.ACCREDIT, reason="可", **when
        )
        course.refresh_from_db()
        self.course: Course = course
        self.rosters: dict[CourseSession, dict[Holder, int]] = {}
        self.credited: set[tuple[Holder, UUID]] = set()

    def live(self, day: date) -> None:
        """A session on the 5th, its roster corrected on the 20th, and in March the end of the year's course."""
        if day.day == 5:
            self._hold_session(day)
        if day.day == 20 and self.rosters:
            self._correct(list(self.rosters)[-1], day)
        if (day.month, day.day) == (3, 10):
            self._end(day)

    def _hold_session(self, day: date) -> None:
        days = timetable.read(f"{day} 10:00-17:00 休憩 12:00-13:00")
        session = courses.open_session(
            by="system", course=self.course, days=days, first_on=None, last_on=None, place="東京",
            at=at(day, 8),
        )  # fmt: skip
        keen = [holder for holder in self.office.holders if self.office.chance.random() < 0.3]
        came = dict.fromkeys(self.office.chance.sample(keen, min(len(keen), SEATS)), 360)
        self.rosters[session] = came
        self._send(session, came, day)

    def _correct(self, session: CourseSession, day: date) -> None:
        """Some left early: a corrected roster."""
        left = {holder: 240 for holder in self.rosters[session] if self.office.chance.random() < 0.2}
        self._send(session, left, day)

    def _send(self, session: CourseSession, came: dict[Holder, int], day: date) -> None:
        if not came:
            return
        rows = [f"{h.held[0].number},ホジ,{session.first_on},{minutes}" for h, minutes in came.items()]
        data = "\n".join(["認定番号,カナ,受講日,受講分数", *rows, ""]).encode()
        claimed = {holder: set(holder.claimed) for holder in came}
        when = at(day, 18)
        roster = courses.drop_roster(by="system", session=session, data=data, name="r.csv", at=when)
        courses.confirm_roster(by="system", roster=roster, partial=False, on=day, at=when)
        carry_out: Any = partial(courses.carry_out, by="system", roster=roster.pk, at=when)
        self.office.do("roster", carry_out, in_parts=True)
        keys = dict(session.attendances.values_list("person", "pk"))
        for holder, minutes in came.items():
            self._credit(holder, keys[holder.person.pk], session, minutes, claimed[holder])

    def _credit(
        self, holder: Holder, key: UUID, session: CourseSession, minutes: int, claimed: set[UUID]
    ) -> None:
        self.office.touched.add(holder.place)
        if key in claimed:
            self.office.counts["held correction"] += 1
            return
        self.credited.add((holder, key))
        holder.lines[key] = points.Activity(
            id=str(key), category="A", sessions=(points.Session(session.first_on, minutes),),
            registered_course=True, proof="certificate",
        )  # fmt: skip

    def _end(self, day: date) -> None:
        """Accreditation is withdrawn from the first of the month on: what was attended since is no A any more."""
        from_on = day.replace(day=1)
        told: dict[str, Any] = {"from_on": from_on, "reason": "基準を満たさない", "on": day}
        self.office.do(
            "end course",
            lambda: courses.end_course(actor=self.office.ito, course=self.course, at=at(day, 9), **told),
        )
        self.office.do("reflow", lambda: courses.reflow(by="system", at=at(day, 10)), in_parts=True)
        for holder, key in self.credited:
            line = holder.lines[key]
            if any(session.on >= from_on for session in line.sessions):
                self.office.touched.add(holder.place)
                holder.lines[key] = line._replace(registered_course=False)
        self._begin(from_on, day)

"""An office day by day, through the rooms' actions only: holders log, attend, file, amend; two people decide.

Beside it a second book is kept: what every holder has done, as plain kernel records. After each day the ledger
must say what the kernel says of that book, no cap may be exceeded, and the journal must be whole.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from nintei.applications import actions as applications
from nintei.applications import queries as cases
from nintei.applications.actions import MarkSaid
from nintei.applications.models import Application, RenewalBatch
from nintei.courses import actions as courses
from nintei.courses import timetable
from nintei.courses.actions import CourseDraft
from nintei.courses.models import Course, CourseSession
from nintei.courses.states import Event
from nintei.ledger import actions as ledger
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity
from nintei.people.actions import grant_role
from nintei.people.models import Person, Role
from nintei.registry import actions as registry
from nintei.registry import queries as holdings
from nintei.registry.models import Certification, ExamPass
from nintei.rules import points
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

from .chance import attempt
from .evening import Evening, Holder

DAY = timedelta(days=1)
CERTIFIED_ON = date(2024, 2, 1)
MINUTES = (30, 45, 60, 90, 120, 180, 240, 300)
TITLES = {"B": "数値管理の研修", "C": "専門書を読む", "D": "社内研修の講師"}


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JST)


class Office:
    """The association for some years. `crashes` is the share of acts whose process dies on the way."""

    def __init__(self, chance: random.Random, holders: int, crashes: float = 0.1) -> None:
        self.chance, self.crashes, self.died = chance, crashes, 0
        self.ito, self.kato = self._staff("ito", Role.REVIEWER), self._staff("kato", Role.DECIDER)
        self.holders = [self._holder(n) for n in range(holders)]
        self.course, self.rosters = self._course(), dict[CourseSession, dict[Holder, int]]()
        self.touched: set[int] = set()
        self.counts: defaultdict[str, int] = defaultdict(int)
        self.heads: dict[date, tuple[int, bytes]] = {}
        self.evening = Evening(self.holders, chance)

    # --- beginning -----------------------------------------------------------------------------

    def _staff(self, who: str, role: Role) -> Person:
        person = Person.objects.create_user(
            f"{who}@example.jp", name=who, kana="カナ", joined_at=at(CERTIFIED_ON)
        )
        grant_role(by="system", person=person, role=role, from_on=date(2023, 4, 1), at=at(CERTIFIED_ON))
        return person

    def _holder(self, n: int) -> Holder:
        """Every fourth holds both qualifications."""
        mail = "" if n % 10 == 9 else f"h{n}@example.jp"
        person = Person.objects.create_user(
            mail or f"gone{n}@example.jp", name=f"保持 {n}", kana="ホジ", joined_at=at(CERTIFIED_ON)
        )
        codes = ("OMP", "CAP") if n % 4 == 0 else ("OMP",)
        return Holder(person, [self._certified(person, code, n) for code in codes])

    def _certified(self, person: Person, code: str, n: int) -> Certification:
        report = ExamPass.objects.create(
            person=person, name=person.name, kana=person.kana, exam=code, number=f"{n:010}", passed=True,
            issued_on=date(2023, 6, 1), imported_at=at(CERTIFIED_ON),
        )  # fmt: skip
        return registry.certify(
            by="system", person=person, qualification=code, exam_pass=report, decided_on=CERTIFIED_ON,
            edition_id="x", cause=f"years:{code}:{n}", at=at(CERTIFIED_ON),
        )  # fmt: skip

    def _course(self) -> Course:
        contact = self._staff("academy", Role.PROVIDER)
        when: dict[str, Any] = {"on": CERTIFIED_ON, "at": at(CERTIFIED_ON)}
        provider = courses.save_provider(
            by=contact.by, contact=contact, name="みらいアカデミー", kana="ミライアカデミー", address="東京都",
            teaches="品質", **when,
        )  # fmt: skip
        courses.propose_provider(by=contact.by, provider=provider, **when)
        courses.rule_on_provider(actor=self.ito, provider=provider, event=Event.ACCREDIT, reason="可", **when)
        provider.refresh_from_db()
        draft = CourseDraft(
            title="モニタリングの実践", timetable="10:00-17:00 休憩 12:00-13:00", form="in_person",
            summary="応対を聴く", standard="演習", topics=("4",), competencies=("OP-6",),
            from_on=date(2024, 4, 1), until_on=date(2030, 3, 31),
        )  # fmt: skip
        course = courses.save_course(by=contact.by, provider=provider, draft=draft, **when)
        courses.propose_course(by=contact.by, course=course, **when)
        courses.rule_on_course(actor=self.ito, course=course, event=Event.ACCREDIT, reason="可", **when)
        course.refresh_from_db()
        return course

    # --- one day -------------------------------------------------------------------------------

    def live(self, day: date) -> None:
        """Everything that happens on a day."""
        self.touched = set()
        for n, holder in enumerate(self.holders):
            self._holder_lives(n, holder, day)
        self._provider_lives(day)
        self._do("remind", lambda: applications.remind_holders(by="system", on=day, at=at(day, 6)))
        self._office_lives(day)

    def _do(self, what: str, act: Callable[[], Any]) -> None:
        """An act, which sometimes dies at one of its writes and is done again."""
        dies = self.chance.random() < self.crashes
        self.died += attempt(act, self.chance.randint(1, 8) if dies else 0)
        self.counts[what] += 1

    def _holder_lives(self, n: int, holder: Holder, day: date) -> None:
        if self.chance.random() < 0.03:
            self.touched.add(n)
            self._log(holder, day)
        if self.chance.random() < 0.002:
            self.touched.add(n)
            self._take_back(holder, day)
        if day.month in (1, 2):
            self._window(n, holder, day)

    def _log(self, holder: Holder, day: date) -> None:
        code, minutes = self.chance.choice("BCD"), self.chance.choice(MINUTES)
        on = max(day - DAY * self.chance.randint(0, 9), date(2024, 4, 1))
        proof = self.chance.choice(("certificate", "record"))
        self.write(holder, code, on, minutes, proof, day)

    def write(self, holder: Holder, code: str, on: date, minutes: int, proof: str, day: date) -> None:
        """Log one line, and write it into the second book."""
        draft = Draft(code, TITLES[code], ((on, minutes),), topic="4", proof=proof)
        made: list[Activity] = []

        def act() -> None:
            made.append(
                ledger.log_activity(by=holder.person.by, person=holder.person, draft=draft, at=at(day, 20))
            )

        try:
            self._do("log", act)
        except Refused:
            self.counts["refused"] += 1
            return
        key = made[-1].pk
        holder.lines[key] = points.Activity(
            id=str(key), category=code, sessions=(points.Session(on, minutes),), topic="4", proof=proof
        )

    def _take_back(self, holder: Holder, day: date) -> None:
        keys = [key for key, line in holder.lines.items() if line.category != "A"]
        if not keys:
            return
        key = self.chance.choice(keys)
        line = Activity.objects.get(pk=key)
        try:
            self._do(
                "take back",
                lambda: ledger.withdraw_activity(by=holder.person.by, activity=line, at=at(day, 21)),
            )
        except Refused as refused:
            if (refused.code, key in holder.claimed) != ("ledger.already_claimed", True):
                raise
            return
        assert key not in holder.claimed
        del holder.lines[key]

    def _window(self, n: int, holder: Holder, day: date) -> None:
        """In January and February: file, add and amend, or withdraw and file again."""
        for held in holder.held:
            term = holdings.current_term(held, day)
            row = cases.renewal_of(holder.person, term) if term.ends_on.year == day.year else None
            if term.ends_on.year != day.year:
                continue
            drawn = self.chance.random()
            if row is None and drawn < 0.06:
                self.touched.add(n)
                self._file(holder, held, day)
            elif row is not None and drawn < 0.02:
                self.touched.add(n)
                self._amend_or_withdraw(holder, row, day)

    def _file(self, holder: Holder, held: Certification, day: date) -> None:
        told: dict[str, Any] = {"person": holder.person, "certification": held, "on": day, "at": at(day, 12)}
        self._do("file", lambda: applications.file_renewal(**told))
        holder.claimed |= set(holder.lines)

    def _amend_or_withdraw(self, holder: Holder, row: Application, day: date) -> None:
        told: dict[str, Any] = {
            "person": holder.person,
            "application": row,
            "version": None,
            "on": day,
            "at": at(day, 13),
        }
        withdraws = self.chance.random() < 0.3
        act: Callable[..., Any] = applications.withdraw if withdraws else applications.amend_renewal
        try:
            self._do(
                "withdraw" if withdraws else "amend",
                lambda: act(**told),
            )
        except Refused as refused:
            if refused.code.partition(".")[2] not in ("nothing_to_amend", "under_audit", "not_now"):
                raise
            return
        holder.claimed = _claimed(holder)

    # --- the provider --------------------------------------------------------------------------

    def _provider_lives(self, day: date) -> None:
        if day.day == 5:
            self._hold_session(day)
        if day.day == 20 and self.rosters:
            self._correct(list(self.rosters)[-1], day)

    def _hold_session(self, day: date) -> None:
        days = timetable.read(f"{day} 10:00-17:00 休憩 12:00-13:00")
        session = courses.open_session(
            by="system", course=self.course, days=days, first_on=None, last_on=None, place="東京", at=at(day, 8)
        )  # fmt: skip
        came = {holder: 360 for holder in self.holders if self.chance.random() < 0.3}
        self.rosters[session] = came
        self._send(session, came, day)

    def _correct(self, session: CourseSession, day: date) -> None:
        """Some left early: a corrected roster."""
        left = {holder: 240 for holder in self.rosters[session] if self.chance.random() < 0.2}
        self._send(session, left, day)

    def _send(self, session: CourseSession, came: dict[Holder, int], day: date) -> None:
        if not came:
            return
        rows = [f"{h.held[0].number},ホジ,{session_day(session)},{minutes}" for h, minutes in came.items()]
        data = "\n".join(["認定番号,カナ,受講日,受講分数", *rows, ""]).encode()
        claimed = {holder.person.pk: set(holder.claimed) for holder in came}
        when = at(day, 18)
        roster = courses.drop_roster(by="system", session=session, data=data, name="r.csv", at=when)
        courses.confirm_roster(by="system", roster=roster, partial=False, on=day, at=when)
        self._do("roster", lambda: courses.carry_out(by="system", roster=roster.pk, at=when))
        for holder, minutes in came.items():
            self._credited(holder, session, minutes, claimed[holder.person.pk])

    def _credited(self, holder: Holder, session: CourseSession, minutes: int, claimed: set[UUID]) -> None:
        self.touched.add(self.holders.index(holder))
        key = session.attendances.get(person=holder.person).pk
        if key in claimed:
            self.counts["held correction"] += 1
            return
        days = (points.Session(session_day(session), minutes),)
        holder.lines[key] = points.Activity(
            id=str(key), category="A", sessions=days, registered_course=True, proof="certificate"
        )

    # --- the office ----------------------------------------------------------------------------

    def _office_lives(self, day: date) -> None:
        if day.weekday() > 4:
            return
        for batch in RenewalBatch.objects.filter(settled_at=None).order_by("proposed_at"):
            self._do("settle", partial(self._settle, batch, day))
        if (day.month in (2, 3, 4) and day.day > 10) or day.month == 4:
            self._propose(day)
        if (day.month, day.day) in ((3, 1), (3, 2), (3, 3)) and not self._held(day):
            self._draw(day)
        if day.month == 3 and 8 <= day.day <= 12:
            self._end_audits(day)
        if day.month == 3 and day.day > 14:
            self._decide_the_rest(day)

    def _settle(self, batch: RenewalBatch, day: date) -> None:
        applications.settle_batch(actor=self.kato, batch=batch, on=day, at=at(day, 16))

    def _propose(self, day: date) -> None:
        ready = [row.application.pk for row in cases.desk(self.ito, day).ready][:20]
        told: dict[str, Any] = {"actor": self.ito, "chosen": ready, "on": day, "at": at(day, 15)}
        if ready:
            self._do("propose", lambda: applications.propose_batch(**told))

    def _held(self, day: date) -> bool:
        return cases.audit_holds(f"draw:{day.year}").exists()

    def _draw(self, day: date) -> None:
        """Hold everything that is open, draw a tenth (at least one), let the others go."""
        cause = f"draw:{day.year}"
        when: dict[str, Any] = {"on": day, "at": at(day, 9)}
        frame = [each.application for each in cases.filed(date(day.year, 1, 1), date(day.year, 3, 1) - DAY)]
        if not frame:
            return
        self._do(
            "hold",
            lambda: applications.hold_for_audit(by="system", applications=frame, cause=cause, **when),
        )
        drawn = set(self.chance.sample(range(len(frame)), max(1, len(frame) // 10)))
        rest = [row for n, row in enumerate(frame) if n not in drawn]
        self._do(
            "let go",
            lambda: applications.let_go(by="system", cause=cause, applications=rest, **when),
        )

    def _end_audits(self, day: date) -> None:
        """Strike the first line of every second audited renewal; the others are upheld."""
        for n, hold in enumerate(cases.audit_holds(f"draw:{day.year}").filter(outcome="")):
            struck = [UUID(hold.claim.lines[0]["id"])] if n % 2 == 0 and hold.claim.lines else []
            told: dict[str, Any] = {
                "application": hold.application, "cause": hold.cause, "struck": struck,
                "outcome": "reduced" if struck else "upheld", "on": day, "at": at(day, 11),
            }  # fmt: skip
            self._do("audit", partial(applications.settle_audit, by="system", **told))

    def _decide_the_rest(self, day: date) -> None:
        """What is short of points is refused by two people."""
        for row in cases.desk(self.ito, day).looked_at[:20]:
            self._do("refuse", partial(self._refuse, row.application, day))

    def _refuse(self, row: Application, day: date) -> None:
        when: dict[str, Any] = {"on": day, "at": at(day, 14)}
        if row.state == "accepted":
            row = applications.take_up(actor=self.ito, application=row, version=None, **when)
        parts = cases.verdict(row, day).parts
        marks = [
            MarkSaid(p.code, "confirm" if p.met else "doubt", "" if p.met else "足りません。") for p in parts
        ]
        told: dict[str, Any] = {"application": row, "version": None, **when}
        applications.recommend(actor=self.ito, marks=marks, notes="", **told)
        why = {part.code: "足りません。" for part in parts if not part.met}
        applications.decide(actor=self.kato, outcome="refused", reasons=why, words="", **told)

    def check(self, day: date) -> None:
        """What must hold every evening."""
        self.evening.check(self.touched, day)


def _claimed(holder: Holder) -> set[UUID]:
    """The lines that stand in a claim now."""
    found: set[UUID] = set()
    for held in holder.held:
        for claim in held.claims.filter(released_at=None):
            found |= {UUID(line["id"]) for line in claim.lines}
    return found


def session_day(session: CourseSession) -> date:
    """The one day of a session of this course."""
    return session.first_on

"""An office day by day, through the rooms' actions only: holders log, attend, file, amend; two people decide.

Beside it a second book is kept: what every holder has done, as plain kernel records. After each day the ledger
must say what the kernel says of that book, no cap may be exceeded, and the journal must be whole.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from nintei.applications import actions as applications
from nintei.applications import queries as cases
from nintei.applications.actions import MarkSaid
from nintei.applications.models import Application, RenewalBatch
from nintei.ledger import actions as ledger
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity
from nintei.ledger.queries.reliefs import reliefs_of
from nintei.people.actions import grant_role
from nintei.people.models import Person, Role
from nintei.registry import actions as registry
from nintei.registry import queries as holdings
from nintei.registry.models import Certification, ExamPass
from nintei.rules import points
from nintei.shared.refusals import Refused

from .academy import Academy
from .auditing import Audits
from .chance import attempt
from .evening import DAY, Evening, Holder, at

CERTIFIED_ON = date(2024, 2, 1)
MINUTES = (30, 45, 60, 90, 120, 180, 240, 300)
TITLES = {"B": "数値管理の研修", "C": "専門書を読む", "D": "社内研修の講師"}


class Office:
    """The association for some years. `crashes` is the share of acts whose process dies on the way."""

    def __init__(self, chance: random.Random, holders: int, crashes: float = 0.1) -> None:
        self.chance, self.crashes, self.died = chance, crashes, 0
        self.ito, self.kato = self.staff("ito", Role.REVIEWER), self.staff("kato", Role.DECIDER)
        self.holders = [self._holder(n) for n in range(holders)]
        self.touched: set[int] = set()
        self.counts: defaultdict[str, int] = defaultdict(int)
        self.academy = Academy(self, CERTIFIED_ON)
        self.audits = Audits(self, date(2024, 4, 1))
        self.heads: dict[date, tuple[int, bytes]] = {}
        self.evening = Evening(self.holders, chance)

    # --- beginning -----------------------------------------------------------------------------

    def staff(self, who: str, role: Role) -> Person:
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
        return Holder(person, [self._certified(person, code, n) for code in codes], n)

    def _certified(self, person: Person, code: str, n: int) -> Certification:
        report = ExamPass.objects.create(
            person=person, name=person.name, kana=person.kana, exam=code, number=f"{n:010}", passed=True,
            issued_on=date(2023, 6, 1), imported_at=at(CERTIFIED_ON),
        )  # fmt: skip
        return registry.certify(
            by="system", person=person, qualification=code, exam_pass=report, decided_on=CERTIFIED_ON,
            edition_id="x", cause=f"years:{code}:{n}", at=at(CERTIFIED_ON),
        )  # fmt: skip

    def begin(self, first: date) -> None:
        """Who begins in the middle has a log already: thirty points for most, some beyond a cap."""
        if first.year < 2026:
            return
        for n, holder in enumerate(self.holders):
            for year in (2024, 2025, 2026):
                for code in ("B", "C", "D")[: 2 + n % 2]:
                    minutes = 300 if n % 5 else 90
                    on = date(year, 6, 5 + ord(code) % 7)
                    self.write(holder, code, on, minutes, "certificate", first)

    # --- one day -------------------------------------------------------------------------------

    def live(self, day: date) -> None:
        """Everything that happens on a day."""
        self.touched = set()
        for n, holder in enumerate(self.holders):
            self._holder_lives(n, holder, day)
        self.academy.live(day)
        self.do("remind", lambda: applications.remind_holders(by="system", on=day, at=at(day, 6)))
        self._office_lives(day)

    def do(self, what: str, act: Callable[[], Any], *, in_parts: bool = False) -> None:
        """An act, which sometimes dies at one of its writes and is done again; the worker's, from where it was."""
        dies = self.chance.random() < self.crashes
        write = self.chance.randint(1, 60 if in_parts else 8)
        self.died += attempt(act, write if dies else 0, in_parts=in_parts)
        self.counts[what] += 1

    def _holder_lives(self, n: int, holder: Holder, day: date) -> None:
        if self.chance.random() < 0.02:
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
            self.do("log", act)
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
            self.do(
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
            drawn = self.chance.random()
            if drawn >= 0.06:
                continue
            term = holdings.current_term(held, day)
            if term.ends_on.year != day.year:
                continue
            row = cases.renewal_of(holder.person, term)
            self.touched.add(n)
            if row is None:
                self._file(holder, held, day)
            elif drawn < 0.02:
                self._amend_or_withdraw(holder, row, day)

    def _file(self, holder: Holder, held: Certification, day: date) -> None:
        told: dict[str, Any] = {"person": holder.person, "certification": held, "on": day, "at": at(day, 12)}
        self.do("file", lambda: applications.file_renewal(**told))
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
            self.do(
                "withdraw" if withdraws else "amend",
                lambda: act(**told),
            )
        except Refused as refused:
            if refused.code.partition(".")[2] not in ("nothing_to_amend", "under_audit", "not_now"):
                raise
            return
        holder.claimed = _claimed(holder)

    # --- the office ----------------------------------------------------------------------------

    def _office_lives(self, day: date) -> None:
        self.audits.live(day)
        if day.weekday() > 4:
            return
        if self.chance.random() < 0.2:
            self._hardship(day)
        for batch in RenewalBatch.objects.filter(settled_at=None).order_by("proposed_at"):
            self.do("settle", partial(self._settle, batch, day))
        # A few are decided in February; the office waits for the draw with the others.
        early = day.month == 2 and day.day > 10 and self.chance.random() < 0.1
        if early or (day.month == 3 and day.day > 10) or day.month == 4:
            self._propose(day)
        if day.month == 3 and day.day > 14:
            self._decide_the_rest(day)

    def _hardship(self, day: date) -> None:
        """A window of illness is taken down for somebody, or the last one of somebody is ended."""
        n = self.chance.randrange(len(self.holders))
        holder = self.holders[n]
        self.touched.add(n)
        if holder.reliefs and self.chance.random() < 0.5:
            row = reliefs_of(holder.person)[0]
            told: dict[str, Any] = {"relief": row, "reason": "誤り", "at": at(day, 15)}
            self.do("end window", lambda: ledger.end_relief(by=self.ito.by, **told))
            holder.reliefs.remove((row.from_on, row.until_on))
            return
        span = {"from_on": day - 30 * DAY, "until_on": day}
        told = {"person": holder.person, "kind": "illness", "reason": "入院", "at": at(day, 15), **span}
        self.do("window", lambda: ledger.grant_relief(by=self.ito.by, **told))
        holder.reliefs.append((span["from_on"], span["until_on"]))

    def _settle(self, batch: RenewalBatch, day: date) -> None:
        applications.settle_batch(actor=self.kato, batch=batch, on=day, at=at(day, 16))

    def _propose(self, day: date) -> None:
        """Twenty a batch; a large office puts forward several a day."""
        for _ in range(1 + len(self.holders) // 500):
            ready = [row.application.pk for row in cases.desk(self.ito, day).ready][:20]
            if not ready:
                return
            told: dict[str, Any] = {"actor": self.ito, "chosen": ready, "on": day, "at": at(day, 15)}
            self.do("propose", partial(applications.propose_batch, **told))

    def _decide_the_rest(self, day: date) -> None:
        """What is short of points is refused by two people."""
        for row in cases.desk(self.ito, day).looked_at[:20]:
            self.do("refuse", partial(self._refuse, row.application, day))

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
        """What must hold every evening; at the end of a month everything is looked at, from the beginning."""
        if (day + DAY).day == 1:
            self.check_all(day)
        else:
            self.evening.check(self.touched, day)
        self.audits.check(day)

    def check_all(self, day: date) -> None:
        """Everybody's sums, and the journal from its first leaf."""
        self.evening.check(set(range(len(self.holders))), day)
        self.evening.verify()


def _claimed(holder: Holder) -> set[UUID]:
    """The lines that stand in a claim now."""
    found: set[UUID] = set()
    for held in holder.held:
        for claim in held.claims.filter(released_at=None):
            found |= {UUID(line["id"]) for line in claim.lines}
    return found

"""The holder's home as values: one standing for each certification, and the log as it is shown.

The kernel gives every number; this file only puts them beside each other and asks each thing once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from nintei.courses import queries as courses
from nintei.courses.models import Course
from nintei.ledger import wording
from nintei.ledger.models import Activity, Claim
from nintei.ledger.queries import reliefs
from nintei.ledger.queries.claims import carried_into, claims_of, cycle_of_term
from nintei.ledger.queries.lines import activities, as_rules, rules_id
from nintei.ledger.queries.twice import doubles
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification, StatusKind, Term
from nintei.rules import dates, planning, points
from nintei.rules.ahead import Opening
from nintei.rules.balance import Balance, Line
from nintei.rules.cycles import OUTSIDE
from nintei.rules.edition import Edition, Window
from nintei.shared import wording as words
from nintei.shared.rulebook import edition as edition_on


@dataclass(frozen=True)
class Counted:
    """What a line of the log counts in one certification, and why; `rest` are minutes that rounding left out."""

    code: str
    line: Line
    because: str
    rest: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether points were lost: less was credited than the time would have given."""
        return self.line.credited < self.line.claimed or not self.line.credited

    @property
    def is_outside(self) -> bool:
        """Whether every day of it is outside the cycle, or after the renewal was filed."""
        return self.line.reason in OUTSIDE


@dataclass(frozen=True)
class Entry:
    """A line of the log as shown: what was typed, and what the kernel made of it in each certification."""

    activity: Activity
    counted: tuple[Counted, ...] = ()
    twice: bool = False

    @cached_property
    def days(self) -> list[date]:
        """The days of the activity, first to last."""
        sessions = self.activity.sessions.all()
        return sorted({day for each in sessions for day in (each.on, each.from_on) if day})

    @cached_property
    def amount(self) -> str:
        """What is claimed, in words: the time, or how many items."""
        minutes = sum(session.minutes for session in self.activity.sessions.all())
        return words.amount(minutes, self.activity.items)

    @property
    def is_cut(self) -> bool:
        """Whether points were lost in a certification within whose cycle it lies, or it lies in none."""
        inside = [each for each in self.counted if not each.is_outside]
        return any(each.is_cut for each in inside or self.counted)

    @property
    def is_rounded(self) -> bool:
        """Whether time was left out because it is no whole step (AMB-C5)."""
        return any(each.rest > 0 for each in self.counted)

    @property
    def counts(self) -> bool:
        """Whether anything of it counts anywhere."""
        return any(each.line.credited > 0 for each in self.counted)

    @property
    def is_outside(self) -> bool:
        """Whether every day of it is outside the cycle, or after the renewal was filed, wherever it is counted."""
        return bool(self.counted) and all(each.is_outside for each in self.counted)

    @property
    def evidence(self) -> int:
        """How many files are kept with it."""
        return len(self.activity.evidence.all())


@dataclass(frozen=True)
class Standing:
    """Where a certification stands on a day: status, window, points, plan, and what was claimed."""

    on: date
    edition: Edition
    certification: Certification
    term: Term
    status: dates.Status
    window: dates.RenewalWindow
    claim: Claim | None
    plan: planning.Plan

    @property
    def balance(self) -> Balance:
        """What the lines are worth if the renewal were filed on the day."""
        return self.plan.balance

    @property
    def openings(self) -> tuple[Opening, ...]:
        """The room that can still be filled: none in what was ended."""
        return () if self.is_ended else self.plan.openings

    @property
    def name(self) -> str:
        """The qualification's name, in the active language."""
        qualification = self.edition.qualifications.get(self.certification.qualification)
        return wording.said(qualification.name) if qualification else self.certification.qualification

    @property
    def is_valid(self) -> bool:
        """Whether the certification is in force on the day."""
        return self.status.code in (dates.StatusCode.VALID, dates.StatusCode.VALID_PENDING_RENEWAL)

    @property
    def is_over(self) -> bool:
        """Whether it lapsed or was revoked."""
        return self.status.code in (dates.StatusCode.EXPIRED, dates.StatusCode.REVOKED)

    @property
    def since(self) -> date | None:
        """From which day the association has suspended, revoked or ended it; None where it has not."""
        return registry.since(self.certification, self.on)

    @property
    def is_suspended(self) -> bool:
        """Whether it is suspended: it can be renewed, and its validity goes on to run."""
        return self.status.code == dates.StatusCode.SUSPENDED

    @property
    def is_to_begin(self) -> bool:
        """Whether nothing counts as yet, because the validity begins on a day to come (CPD-1.4)."""
        counts_before = self.edition.points.window is Window.FROM_CERTIFICATION
        return self.on < self.term.starts_on and not counts_before and not self.is_ended

    @property
    def is_ended(self) -> bool:
        """Whether the association revoked or ended it: then nothing of it is renewed."""
        return self.is_over and self.since is not None

    @property
    def may_file(self) -> bool:
        """Whether a renewal can be filed on the day: the window is open and none was filed."""
        return self.claim is None and self.window.accepted and not self.is_ended

    @property
    def is_late(self) -> bool:
        """Whether the window has closed and nothing was filed in it: this validity is not renewed any more."""
        return self.claim is None and self.on > self.window.closes and not self.is_renewed

    @property
    def is_renewed(self) -> bool:
        """Whether the renewal of this term was decided in the holder's favour."""
        return self.status.valid_until > self.term.ends_on

    @property
    def is_refused(self) -> bool:
        """Whether the renewal filed in this term was refused."""
        refused = [
            each for each in self.certification.changes.all() if each.kind == StatusKind.RENEWAL_REFUSED
        ]
        return (
            any(self.term.starts_on <= each.effective_on <= self.on for each in refused)
            and not self.is_renewed
        )

    @property
    def state(self) -> str:
        """The one thing to say about the renewal: revoked, ended, renewed, refused, filed, over, met, on_course,
        needs_uncapped or out_of_reach."""
        return self._decided or self._planned

    @property
    def _decided(self) -> str:
        """What people have made of it, if anything."""
        if self.is_ended:
            return "revoked" if self.status.code == dates.StatusCode.REVOKED else "ended"
        if self.is_renewed or self.is_refused:
            return "renewed" if self.is_renewed else "refused"
        return "filed" if self.claim else ""

    @property
    def _planned(self) -> str:
        if self.is_over or (self.on > self.window.closes and not self.window.accepted):
            return "over"
        if self.balance.met:
            return "met"
        if self.plan.on_course:
            return "on_course"
        return "needs_uncapped" if self.plan.possible else "out_of_reach"

    @property
    def room_is_of_this_year(self) -> bool:
        """Whether all the room that is left belongs to the year that runs."""
        return all(opening.year.first <= self.on <= opening.year.last for opening in self.openings)

    @property
    def milestones(self) -> list[tuple[str, date, int, bool]]:
        """(key, day, days from today, whether it is the next one) of window and validity."""
        days = [("opens", self.window.opens), ("closes", self.window.closes), ("ends", self.term.ends_on)]
        coming = min((day for _, day in days if day >= self.on), default=None)
        return [(key, day, (day - self.on).days, day == coming) for key, day in days]


@dataclass(frozen=True)
class Home:
    """A person's home on a day: one log, counted in each standing."""

    person: Person
    on: date
    edition: Edition
    standings: tuple[Standing, ...]
    entries: tuple[Entry, ...]
    course: Course | None

    @property
    def due(self) -> list[Standing]:
        """The certifications whose renewal can be filed on the day."""
        return [each for each in self.standings if each.may_file]


def home(person: Person, on: date) -> Home:
    """Everything the holder's home shows on a (JST) day, in a number of queries that no line adds to."""
    edition = edition_on(on)
    rows = list(activities(person))
    lines = tuple(as_rules(row) for row in rows)
    claims = claims_of(person)
    held = registry.certifications(person)
    stands = tuple(standing(each, on, edition, lines, claims) for each in held)
    return Home(
        person,
        on,
        edition,
        stands,
        entries_of(edition, rows, stands),
        _short_course(on),
    )


def _short_course(on: date) -> Course | None:
    """The shortest course accredited on the day: the example of a next step."""
    return courses.accredited(on).order_by("minutes", "title").first()


def standing_of(certification: Certification, on: date) -> Standing:
    """Where one certification stands on a (JST) day."""
    person = certification.person
    lines = tuple(as_rules(row) for row in activities(person))
    return standing(certification, on, edition_on(on), lines, claims_of(person))


def standing(
    certification: Certification,
    on: date,
    edition: Edition,
    lines: Sequence[points.Activity],
    claims: dict[tuple[object, object], Claim],
) -> Standing:
    """Where one certification stands on a (JST) day, from lines and claims already read."""
    term = registry.current_term(certification, on)
    claim = claims.get((certification.pk, term.pk))
    window = dates.renewal_window(edition, term.ends_on, on)
    granted = reliefs.of_one(certification.person_id, edition)
    carried = carried_into(certification, term, edition, claims)
    cycle = cycle_of_term(certification, term, claim, granted, carried)
    plan = planning.plan(edition, cycle, lines, on, window.closes)
    status = registry.status_on(certification, on)
    return Standing(on, edition, certification, term, status, window, claim, plan)


def entries_of(
    edition: Edition, rows: Sequence[Activity], standings: Sequence[Standing]
) -> tuple[Entry, ...]:
    """The log in the order of `rows`, with what each line counts in each of the standings (AMB-C15)."""
    twice = doubles(edition, rows)
    balances = [
        (each.certification.qualification, each.balance, {line.id: line for line in each.balance.lines})
        for each in standings
    ]
    return tuple(
        Entry(
            row,
            tuple(
                _counted(edition, code, balance, row, by_id[rules_id(row)])
                for code, balance, by_id in balances
            ),
            row.pk in twice,
        )
        for row in rows
    )


def _counted(edition: Edition, code: str, balance: Balance, row: Activity, line: Line) -> Counted:
    minutes = sum(session.minutes for session in row.sessions.all())
    rest = wording.minutes_left_over(edition, line, minutes)
    return Counted(code, line, wording.because(edition, balance, line, minutes, row.proof), rest)


def cut_by_year(balance: Balance) -> dict[tuple[int, str], Fraction]:
    """The points claimed beyond a cap, by year and category."""
    cut: dict[tuple[int, str], Fraction] = defaultdict(Fraction)
    for line in balance.lines:
        if line.cut_by is not None:
            for share in line.years:
                cut[share.year, line.category] += share.claimed - share.credited
    return cut

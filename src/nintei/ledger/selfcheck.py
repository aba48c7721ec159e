"""A log held against the rules for nobody in particular: `nintei check` and the page for anyone ask here. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from nintei.ledger.logfile import Log
from nintei.rules import civil, reckoning
from nintei.rules.edition import Edition, Start
from nintei.rules.points import Balance, Cycle, evaluate

if TYPE_CHECKING:
    from nintei.rules.planning import Plan


class Asked(NamedTuple):
    """What the asker fixed: the (JST) day, and what the log need not say."""

    on: date
    cycle_start: date | None = None
    report_issued: date | None = None
    submitted: date | None = None
    certified: date | None = None
    qualification: str | None = None


class Checked(NamedTuple):
    """The answer: the cycle with its renewal window, what counts, and what to do where it is not enough."""

    cycle: Cycle
    opens: date
    closes: date
    balance: Balance
    plan: Plan | None


class NoCycle(Exception):
    """Nobody said when the validity begins; `from_certification` tells which day would say it."""

    def __init__(self, from_certification: bool) -> None:
        super().__init__("no cycle")
        self.from_certification = from_certification


def check_log(edition: Edition, asked: Asked, log: Log) -> Checked:
    """What a log is worth, cut by the same rules as a renewal. `NoCycle` where its validity is unknown."""
    cycle, opens, closes = _cycle(edition, asked, log)
    activities = [entry.activity for entry in log.entries]
    balance = evaluate(edition, cycle, activities)
    if balance.met:
        return Checked(cycle, opens, closes, balance, None)
    from nintei.rules.planning import plan  # only for those who lack something

    return Checked(cycle, opens, closes, balance, plan(edition, cycle, activities, asked.on, closes))


def assumed_courses(edition: Edition, log: Log) -> tuple[str, ...]:
    """The categories that want a registered course, where the log does not say which courses are."""
    used = {entry.activity.category for entry in log.entries}
    if not log.courses_assumed:
        return ()
    return tuple(
        code for code, each in edition.categories.items() if each.needs_registered_course and code in used
    )


def _cycle(edition: Edition, asked: Asked, log: Log) -> tuple[Cycle, date, date]:
    """The cycle and its renewal window; what the asker says goes before what the log says.

    Without a day of application the window's last day is taken: later activity can count for no one (AMB-C3).
    """
    rules = edition.validity
    start = asked.cycle_start or log.holder.cycle_start
    issued = asked.report_issued or log.holder.report_issued
    certified = asked.certified or log.holder.certified
    from_certification = rules.start is Start.CERTIFICATION
    begins = certified if from_certification else issued
    if start is None and begins is None:
        raise NoCycle(from_certification)
    if start is None:
        start = reckoning.first_day_of_validity(rules, begins or date.min, certified)
    end = civil.last_day(start, rules.years * 12)
    opens, closes = reckoning.window_before(rules, end)
    submitted = asked.submitted or log.holder.submitted or closes
    qualification = asked.qualification or log.holder.qualification
    if not any(entry.activity.serves for entry in log.entries):
        qualification = None  # a log that names no qualification is all for the one that is asked about
    return Cycle(start, end, submitted, certified, qualification), opens, closes

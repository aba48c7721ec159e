"""Whether the hours of a day are believable: a warning above one limit, a refusal above another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nintei.rules.edition import Edition
from nintei.rules.findings import BadInput, Finding
from nintei.rules.points import Activity


def check_days(edition: Edition, activities: Iterable[Activity]) -> tuple[Finding, ...]:
    """A finding for a person to look at for each day above the warning limit (AMB-C21).

    Hours shared by several lines are counted once, estimates for a period not at all (AMB-C8).
    Raises BadInput `activity.over_a_day` with the day, its minutes and the limit in minutes where a
    day holds more than one can have.
    """
    rules = edition.points
    findings = []
    for on, minutes in sorted(_minutes_a_day(activities).items()):
        if minutes > rules.refuse_hours_a_day * 60:
            raise BadInput("activity.over_a_day", on=on, minutes=minutes, limit=rules.refuse_hours_a_day * 60)
        if minutes > rules.warn_hours_a_day * 60:
            cite, limit = rules.cites.get("warn_hours_a_day"), rules.warn_hours_a_day * 60
            findings.append(Finding("points.warn_hours_a_day", None, minutes, limit, cite, on.isoformat()))
    return tuple(findings)


def _minutes_a_day(activities: Iterable[Activity]) -> dict[date, int]:
    longest: dict[tuple[date, str], int] = {}
    for activity in activities:
        if not activity.estimated:
            hours = f"={activity.same_activity}" if activity.same_activity is not None else activity.id
            of_line: dict[date, int] = {}
            for on, minutes in activity.sessions:
                of_line[on] = of_line.get(on, 0) + minutes
            for on, minutes in of_line.items():
                longest[on, hours] = max(minutes, longest.get((on, hours), 0))
    days: dict[date, int] = {}
    for (on, _), minutes in longest.items():
        days[on] = days.get(on, 0) + minutes
    return days

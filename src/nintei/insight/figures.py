"""The figures of a day: how many certifications are what, what was decided, renewed, and how long it took.

Counts only; nobody's name or number is in them. Years are the rulebook's fiscal years, named by their first day's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef

from nintei.applications import queries as applications
from nintei.applications.models import Kind
from nintei.registry import queries as registry
from nintei.registry.models import Term
from nintei.rules.civil import fiscal_year_from
from nintei.rules.dates import StatusCode
from nintei.shared.rulebook import edition

Counts = dict[str, dict[str, int]]


def figures(on: date) -> dict[str, Any]:
    """Every figure as of a (JST) day, ready to be kept as JSON.

    Eight queries, and two more for each further 2,000 certifications.
    """
    return {
        "standing": standing(on),
        "decided": decided(on),
        "ended": ended(on),
        "took": {kind.value: applications.usual(kind.value, on) for kind in Kind},
        "waiting": {state: list(told) for state, *told in applications.waiting_by_state(on)},
    }


def standing(on: date) -> Counts:
    """For each qualification, how many certifications are in which status on the day."""
    found: dict[str, Counter[str]] = {code: Counter() for code in edition(on).qualifications}
    for certification in registry.whole().filter(certified_on__lte=on).iterator(chunk_size=2000):
        code = registry.status_on(certification, on).code
        if code is not StatusCode.NOT_CERTIFIED:
            found.setdefault(certification.qualification, Counter())[code.value] += 1
    return {code: dict(sorted(counts.items())) for code, counts in found.items() if counts}


def decided(on: date) -> Counts:
    """For each fiscal year, how many first applications and renewals were granted and refused."""
    days = applications.decided_on_days(on)
    return _by_year((day, f"{kind}_{outcome}", count) for day, kind, outcome, count in days)


def ended(on: date) -> Counts:
    """For each fiscal year, how many validities ended before the day, and how many of them went on in a next."""
    following = Term.objects.filter(
        certification=OuterRef("certification"), starts_on__gt=OuterRef("ends_on")
    )
    rows = Term.objects.filter(ends_on__lt=on).annotate(renewed=Exists(following))
    days = rows.values_list("ends_on", "renewed").annotate(count=Count("pk"))
    return _by_year((day, "renewed" if renewed else "not_renewed", count) for day, renewed, count in days)


def _by_year(days: Iterable[tuple[date, str, int]]) -> Counts:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for day, name, count in days:
        found[str(fiscal_year(day))][name] += count
    return {year: dict(sorted(found[year].items())) for year in sorted(found)}


def fiscal_year(day: date) -> int:
    """The year in which the fiscal year of a day began, as the rulebook of that day has it."""
    rules = edition(day).validity
    return fiscal_year_from(day + timedelta(days=1), rules.fiscal_year_month, rules.fiscal_year_day).year - 1

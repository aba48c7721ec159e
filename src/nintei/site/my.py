"""A member's home: the renewal of what somebody holds, and the certifications they may still apply for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nintei.applications import queries as applications
from nintei.applications.glance import Glance, glance
from nintei.applications.models import Application, Kind
from nintei.applications.queries import group as groups
from nintei.audits import queries as audits
from nintei.ledger import queries as ledger
from nintei.people.doors import Signed, signed_in
from nintei.registry import queries as registry
from nintei.registry.models import ExamPass
from nintei.rules.dates import report_use
from nintei.rules.edition import Edition, Qualification
from nintei.shared import clock


@dataclass(frozen=True)
class Way:
    """A certification that somebody does not hold: their report, its last usable day, how their application stands."""

    qualification: Qualification
    report: ExamPass | None
    last_day: date | None
    is_usable: bool
    application: Application | None
    glance: Glance | None


@require_safe
@signed_in
def home(request: Signed) -> HttpResponseBase:
    shown = ledger.home(request.user, clock.today())
    page = {"home": shown, "edition": shown.edition, "ways": _ways(request, shown)}
    page |= {"renew_url": reverse("applications:renew"), "audits": audits.waiting_for(request.user)}
    page |= {"is_in_group": groups.is_in_group(request.user, clock.today())}
    return render(request, "site/my_held.html" if shown.standings else "site/my.html", page)


def _ways(request: Signed, shown: ledger.Home) -> list[Way]:
    """Every certification that is not held: what is under way, then what may be begun, else the rulebook's order."""
    held = {standing.certification.qualification for standing in shown.standings}
    newest: dict[str, ExamPass] = {}
    for report in registry.passes_of(request.user):
        if report.passed:
            newest.setdefault(report.exam, report)
    mine: dict[str, Application] = {}
    for application in applications.of_person(request.user):
        if application.kind == Kind.FIRST:
            mine.setdefault(application.qualification, application)
    open_ = [
        each for each in shown.edition.qualifications.values() if each.certified and each.code not in held
    ]
    ways = [_way(shown.edition, each, newest.get(each.code), mine.get(each.code), shown.on) for each in open_]
    return sorted(ways, key=lambda way: (way.application is None, not way.is_usable))


def _way(
    edition: Edition,
    qualification: Qualification,
    report: ExamPass | None,
    application: Application | None,
    on: date,
) -> Way:
    use = report_use(edition, report.issued_on, on, qualification.code) if report else None
    seen = glance(application, on) if application else None
    is_usable = bool(use and use.usable)
    return Way(qualification, report, use.last_day if use else None, is_usable, application, seen)

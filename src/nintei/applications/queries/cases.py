"""What may be asked about cases that came on paper, and about decisions taken up again."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from nintei.applications import queries
from nintei.applications.gaps import missing_parts
from nintei.applications.models import Application, Decision, Outcome, PledgeText
from nintei.applications.models.cases import PaperCase, PaperScan, Reopening, ReopeningFile
from nintei.applications.states import State
from nintei.people.models import Person
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


def appeal_until(decision: Decision) -> date | None:
    """The last (JST) day on which a refusal can be appealed; None where the association has set no period."""
    days = settings.APPEAL_DAYS
    return None if days is None else decision.decided_on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class AppealWay:
    """What somebody who was refused may still do: appeal until a day, or why not."""

    application: Application
    until: date | None
    is_open: bool
    is_unset: bool
    taken_up: Application | None


def way_to_appeal(application: Application, on: date) -> AppealWay | None:
    """How a refusal can be appealed; None for what was not refused."""
    decision = queries.decision_of(application)
    if decision is None or decision.outcome != Outcome.REFUSED:
        return None
    until, taken_up = appeal_until(decision), application.taken_up_again.first()
    is_open = until is not None and on <= until and taken_up is None
    return AppealWay(application, until, is_open, until is None, taken_up)


def own_refused(person: Person, pk: uuid.UUID) -> Application | None:
    """A person's own case that was refused."""
    return Application.objects.filter(person=person, pk=pk, state=State.REFUSED).first()


def reopening_of(application: Application) -> Reopening | None:
    """Why a case was taken up again, with the decision it contests and the papers laid beside it."""
    rows = Reopening.objects.filter(application=application).prefetch_related("files")
    return rows.select_related("decision__application", "decision__decider", "filed_by").first()


def later_cases(application: Application) -> list[Application]:
    """The cases that took this one up again, oldest first."""
    return list(application.taken_up_again.select_related("decision").order_by("started_at"))


def own_reopening_file(person: Person, pk: uuid.UUID) -> ReopeningFile | None:
    """A paper that somebody laid beside their own appeal; the office sees it as pictures."""
    return ReopeningFile.objects.filter(pk=pk, reopening__application__person=person).first()


def paper_of(application: Application) -> PaperCase | None:
    """How a case came, if it came on paper."""
    return PaperCase.objects.filter(application=application).select_related("keyed_by").first()


def paper_case(pk: uuid.UUID) -> Application | None:
    """A case from paper that is still incomplete."""
    rows = Application.objects.filter(pk=pk, paper__isnull=False, state=State.INCOMPLETE)
    return rows.select_related("person", "paper").first()


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A row of the list: what is missing, and whether the period to supply it has ended."""

    application: Application
    gaps: tuple[str, ...]
    is_over: bool


def paper_cases(on: date) -> list[PaperLine]:
    """Incomplete cases from paper; those whose period has ended first, then by its end."""
    rows = Application.objects.filter(state=State.INCOMPLETE, paper__isnull=False)
    found = rows.select_related("person", "paper").order_by("paper__until_on", "paper__arrived_on", "pk")
    lines = [PaperLine(row, missing_parts(row, on), _is_over(row, on)) for row in found]
    return sorted(lines, key=lambda line: not line.is_over)


def _is_over(row: Application, on: date) -> bool:
    until: date | None = row.paper.until_on
    return until is not None and until < on


def scans(application: Application) -> QuerySet[PaperScan]:
    """The scanned sheets of a case, form by form."""
    return PaperScan.objects.filter(application=application)


def report_note(application: Application) -> str:
    """Why the report of a case from paper cannot be used on the day it arrived; empty if it can, or is missing.

    Where the postmark alone is within the report's days, a person must look (AMB-V5): that is said too.
    """
    from nintei.applications.actions.receiving import check_report

    if queries.report_for(application) is None or application.submitted_on is None:
        return ""
    try:
        check_report(application, application.submitted_on)
    except Refused as refused:
        return refused.sentence()
    return ""


def postmark_would_do(application: Application) -> bool:
    """Whether the report had still been usable on the day of the postmark, but not on that of arrival."""
    from nintei.rules.dates import report_use

    report, paper = queries.report_for(application), paper_of(application)
    if report is None or paper is None or paper.postmark_on is None:
        return False
    about = (application.qualification, report.exam, report.passed)
    book = edition(paper.arrived_on)
    used = [report_use(book, report.issued_on, on, *about) for on in (paper.arrived_on, paper.postmark_on)]
    return not used[0].usable and used[1].usable


def text_sha256(text: PledgeText, language: str) -> str:
    """The hash of exactly the text that is shown in a language."""
    return hashlib.sha256((text.en if language.startswith("en") else text.ja).encode()).hexdigest()


def pledge_texts() -> list[tuple[PledgeText, str, str]]:
    """Every version of the pledge with the hashes of its two texts, the newest first."""
    rows = PledgeText.objects.order_by("-from_on", "-published_at")
    return [(text, text_sha256(text, "ja"), text_sha256(text, "en")) for text in rows]


def pledge_text_of(version: str) -> PledgeText | None:
    """One version of the pledge."""
    return PledgeText.objects.filter(version=version).first()


def columns(file: Any) -> dict[str, Any]:
    """The columns of a kept file, to serve it by."""
    return {name: getattr(file, name) for name in ("sha256", "kind", "size", "pages", "file_name")}

"""How long what was shown in audits is kept, what is deleted next, and what is deleted already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from nintei.audits.models import Audit, LineFile, Terms
from nintei.audits.queries.terms import terms_on
from nintei.audits.states import OVER
from nintei.rules.civil import add_months
from nintei.shared.models import FileColumns


@dataclass(frozen=True, slots=True)
class Kept:
    """The papers of an audit that is over. `until` is the last (JST) day they are kept, None while it is unset."""

    audit: Audit
    files: int
    until: date | None
    is_past: bool


def kept_until(audit: Audit, on: date) -> date | None:
    """The last (JST) day on which the papers of an audit are kept; None before its end, or while it is unset.

    The months of the terms under which it was drawn; where those left them open, of the terms in force now.
    Never before an appeal is out of time.
    """
    return _until(audit, terms_on(on), _last_appeal(audit))


def kept_papers(on: date) -> list[Kept]:
    """Every audit that is over and whose papers are there, what goes first first: two queries."""
    now = terms_on(on)
    rows = Audit.objects.filter(state__in=OVER, erased_at=None).select_related("draw__frame__terms")
    rows = rows.annotate(shown=Count("lines__files", distinct=True), appeal=Max("rulings__appeal_until"))
    found = [(row, _until(row, now, row.appeal)) for row in rows]
    listed = [Kept(row, row.shown, until, until is not None and until < on) for row, until in found]
    return sorted(listed, key=lambda each: (each.until or date.max, each.audit.number))


def erased() -> list[Audit]:
    """The audits whose papers were deleted, the latest first."""
    return list(Audit.objects.exclude(erased_at=None).order_by("-erased_at")[:100])


def used_elsewhere(audit: Audit, hashes: Collection[str]) -> set[str]:
    """Which files of an audit are also those of something else that is kept, in any room."""
    found: set[str] = set()
    for model in FileColumns.__subclasses__():
        if model is not LineFile:
            rows = model._default_manager.filter(sha256__in=hashes)
            found |= set(rows.values_list("sha256", flat=True))
    others = LineFile.objects.filter(sha256__in=hashes, line__audit__erased_at=None)
    return found | set(others.exclude(line__audit=audit).values_list("sha256", flat=True))


def _last_appeal(audit: Audit) -> date | None:
    last: date | None = audit.rulings.aggregate(last=Max("appeal_until"))["last"]
    return last


def _until(audit: Audit, now: Terms | None, appeal: date | None) -> date | None:
    months = audit.draw.frame.terms.retention_months or (now.retention_months if now else None)
    if audit.state not in OVER or months is None:
        return None
    until = add_months(audit.state_since_on, months)
    return max(until, appeal) if appeal else until

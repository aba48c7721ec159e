"""Reading what a run found."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from django.db.models import Count

from nintei.insight.models import Run, Standing, Tally


def newest() -> Run | None:
    """The last finished run."""
    return Run.objects.exclude(finished_at=None).order_by("-started_at").first()


def published(on: date) -> Tally | None:
    """The figures of the first day of a month, the newest that had come on a (JST) day."""
    return Tally.objects.filter(day__lte=on, day__day=1).order_by("-day").first()


def latest(on: date) -> Tally | None:
    """The newest figures as of a (JST) day."""
    return Tally.objects.filter(day__lte=on).order_by("-day").first()


def months(on: date, most: int = 13) -> list[Tally]:
    """The figures of the first days of the last months, the newest first."""
    return list(Tally.objects.filter(day__lte=on, day__day=1).order_by("-day")[:most])


def outcomes(run: Run) -> list[tuple[str, int]]:
    """How many certifications had which outcome, the most frequent first."""
    counted = run.standings.values_list("outcome").annotate(count=Count("id"))
    return [(outcome, count) for outcome, count in counted.order_by("-count", "outcome")]


def as_csv(run: Run) -> str:
    """The standings of a run: certification number, qualification, points, whether they suffice, outcome.

    Every cell is a number or a code of ours: nothing that a spreadsheet could run (promise P11).
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["number", "qualification", "points", "met", "outcome"])
    rows = Standing.objects.filter(run=run).select_related("certification").order_by("certification__number")
    for row in rows.iterator(chunk_size=5000):
        points = Decimal(row.units) / row.unit
        table.writerow(
            [row.certification.number, row.certification.qualification, points, int(row.met), row.outcome]
        )
    return out.getvalue()

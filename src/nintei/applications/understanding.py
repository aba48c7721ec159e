"""What an applicant said to have understood before sending, kept with the application word for word in figures."""

from __future__ import annotations

from datetime import date

from nintei.applications.models import Application
from nintei.applications.pages import before_fee
from nintei.registry.models import ExamPass
from nintei.shared.rulebook import edition


def what_was_understood(row: Application, report: ExamPass, on: date) -> dict[str, object]:
    """The validity, what is left of it, its warnings, the fee, and whether it is returned after 受理 (MAN-ウ④.※2).

    Days as text, yen as whole numbers; `total` is None while the association has set no fee. Where the validity
    `begins` with the certification, its days are those of one certified on that very day.
    """
    shown = before_fee(edition(on), row, report, on)
    late = shown.when.late
    return {
        "on": on.isoformat(),
        "begins": str(shown.when.begins),
        "start": late.validity.start.isoformat(),
        "end": late.validity.end.isoformat(),
        "days_left": late.days_left,
        "flags": [str(flag) for flag in late.flags],
        "total": shown.price.total if shown.price else None,
        "not_returned" if shown.keeps else "returned": shown.cite_refund.quote if shown.cite_refund else "",
        "edition": edition(on).id,
    }

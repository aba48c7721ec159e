"""The paper behind a confirmed attendance: who, which course, which day, how long, confirmed by whom (CPD-A.7)."""

from __future__ import annotations

import logging
from datetime import date, datetime
from pathlib import Path

from nintei.courses.models import Attendance
from nintei.ledger.models import Activity, Evidence
from nintei.shared import files, paper, wording
from nintei.shared.clock import JST

TEMPLATE = Path(__file__).resolve().parent / "typst" / "attendance.typ"
FILE_NAME = "attendance.pdf"
_log = logging.getLogger(__name__)


def attach(line: Activity, attendance: Attendance, days: dict[date, int], *, at: datetime) -> Evidence | None:
    """Keep the paper of an attendance with its line; the paper of what it was before is taken away, not lost.

    A name with a letter that no font has cannot be printed: then the journal alone bears witness.
    """
    Evidence.objects.filter(activity=line, file_name=FILE_NAME, removed_at=None).update(removed_at=at)
    if not days:
        return None
    try:
        data = paper.pdf(TEMPLATE, said(attendance, days, at), at)
    except paper.CannotPrint as error:
        _log.warning("attendance %s: %s", attendance.pk, error)
        return None
    columns = {"sha256": files.keep(data), "kind": "pdf", "size": len(data), "pages": 1}
    return Evidence.objects.create(activity=line, file_name=FILE_NAME, added_at=at, **columns)


def said(attendance: Attendance, days: dict[date, int], at: datetime) -> dict[str, object]:
    """What the paper says, as JSON: everything an auditor asks of a proof of attendance."""
    course = attendance.session.course
    person = attendance.person
    return {
        "name": person.name or person.email,
        "kana": person.kana,
        "course": course.title,
        "provider": course.provider,
        "place": attendance.session.place,
        "days": [[on.isoformat(), wording.day(on), wording.minutes(minutes)] for on, minutes in days.items()],
        "total": wording.minutes(sum(days.values())),
        "number": str(attendance.pk),
        "on": wording.day(at.astimezone(JST).date()),
    }

"""The paper behind a confirmed attendance: who, which course, which day, how long, confirmed by whom (CPD-A.7)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.utils import translation

from nintei.courses.models import Attendance
from nintei.ledger.models import Activity, Evidence
from nintei.shared import files, paper, wording
from nintei.shared.clock import JST

TEMPLATE = Path(__file__).resolve().parent / "typst" / "attendance.typ"
FILE_NAME = "attendance.pdf"
FILES_AT_ONCE = 8
_log = logging.getLogger(__name__)


class Attended(NamedTuple):
    """A line of the log, the attendance behind it, and the (JST) days and net minutes that it confirms now."""

    line: Activity
    attendance: Attendance
    days: Mapping[date, int]


def attach_all(attended: Sequence[Attended], *, at: datetime) -> None:
    """Keep the paper of each attendance with its line; the paper of what it was before is taken away, not lost.

    Files reach the disk side by side while the next paper is set, and every one of them before its row is written.
    """
    lines = [each.line for each in attended]
    Evidence.objects.filter(activity__in=lines, file_name=FILE_NAME, removed_at=None).update(removed_at=at)
    with ThreadPoolExecutor(FILES_AT_ONCE) as disk:
        kept = [(line, len(data), disk.submit(files.keep, data)) for line, data in _printed(attended, at)]
    columns = {"kind": "pdf", "pages": 1, "file_name": FILE_NAME, "added_at": at}
    Evidence.objects.bulk_create(
        Evidence(activity=line, size=size, sha256=file.result(), **columns) for line, size, file in kept
    )


def _printed(attended: Sequence[Attended], at: datetime) -> Iterator[tuple[Activity, bytes]]:
    """The papers, in Japanese whatever the page they came from speaks.

    A name with a letter that no font has cannot be printed: then the journal alone bears witness.
    """
    with translation.override("ja"):
        for each in attended:
            if each.days:
                try:
                    yield each.line, paper.pdf(TEMPLATE, said(each.attendance, each.days, at), at)
                except paper.CannotPrint as error:
                    _log.warning("attendance %s: %s", each.attendance.pk, error)


def said(attendance: Attendance, days: Mapping[date, int], at: datetime) -> dict[str, object]:
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

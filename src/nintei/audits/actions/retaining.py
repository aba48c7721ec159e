"""What was shown in an audit is deleted when the months that the association has set are over (AMB-C13)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.audits import queries
from nintei.audits.actions.steps import locked
from nintei.audits.models import Audit, LineFile
from nintei.journal.actions import record
from nintei.shared import files


def erase_due(*, by: str, on: date, at: datetime) -> int:
    """Delete the papers of every audit whose last day (JST) is over; of how many. Nothing while it is unset.

    What goes: the files, their names, the holder's explanations. What stays: hashes, leaves, marks, reasons,
    results, and files that are still in use elsewhere, such as in the holder's own log.
    """
    return sum(_erase(each.audit, by, on, at) for each in queries.kept_papers(on) if each.is_past)


@transaction.atomic
def _erase(audit: Audit, by: str, on: date, at: datetime) -> bool:
    row = locked(audit)
    until = queries.kept_until(row, on)
    if row.erased_at is not None or until is None or until >= on:
        return False
    shown = LineFile.objects.filter(line__audit=row)
    hashes = sorted(set(shown.values_list("sha256", flat=True)))
    elsewhere = queries.used_elsewhere(row, hashes)
    shown.update(file_name="")
    row.lines.update(words="")
    row.erased_at = at
    row.version += 1
    row.save(update_fields=["erased_at", "version"])
    gone = [each for each in hashes if each not in elsewhere]
    data: dict[str, object] = {"files": gone, "kept": sorted(elsewhere), "until": until.isoformat()}
    record(by=by, verb="audits.erase", subject=row.reference, at=at, data=data)
    # The files last: a crash before the commit leaves a row that says they are there, and the next run ends it.
    for each in gone:
        files.forget(each)
    return True

"""Everything of one application in one file, for the person whose it is: data, texts, forms, files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from nintei.applications import queries
from nintei.applications.judging import as_json
from nintei.applications.models import Application, AskedItem, Decision
from nintei.applications.printing import forms_pdf
from nintei.experience import queries as experience
from nintei.journal.queries import history
from nintei.payments import queries as fees
from nintei.people.queries import former_names
from nintei.shared.clock import JST
from nintei.shared.files import harmless, place_of
from nintei.shared.models import FileColumns
from nintei.shared.paper import CannotPrint

# Entries of a ZIP carry a time; ours say nothing, so that the same content gives the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def archive(application: Application, on: date, at: datetime) -> bytes:
    """A ZIP: `application.json`, the forms as PDF, each statement as text, each file that was sent.

    Where a letter has no shape in our fonts the forms are left out, and `forms-missing.txt` says so.
    """
    items, case = list(queries.asked(application)), experience.case(application.person, on)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        told = json.dumps(_told(application, items, on), ensure_ascii=False, indent=1)
        _write(file, "application.json", told.encode())
        try:
            _write(file, "forms.pdf", forms_pdf(application, on, at))
        except CannotPrint as why:
            _write(file, "forms-missing.txt", str(why).encode())
        for number, statement in enumerate((s for row in case.posts for s in row.statements), 1):
            _write(file, f"attestations/{number:02}-{statement.signed_on}.txt", statement.text.encode())
        for folder, kept in _files(application, items, case):
            name = f"{folder}{kept.sha256[:8]}-{harmless(kept.file_name)}"
            _write(file, name, place_of(kept.sha256).read_bytes())
    return out.getvalue()


def _files(
    application: Application, items: Iterable[AskedItem], case: experience.Case
) -> Iterator[tuple[str, FileColumns]]:
    """Every file of the case with where it goes: answers, report copies, evidence, former names, signatures."""
    for item in items:
        yield from ((f"answers/{item.ordinal:02}-", kept) for kept in item.kept_files)
    report = queries.report_for(application)
    yield from (("report/", kept) for kept in (report.copies.all() if report else ()))
    for number, claimed in enumerate(case.substitutions, 1):
        yield from ((f"substitution/{number:02}-", kept) for kept in claimed.files)
    for former in former_names(application.person):
        yield from (("names/", kept) for kept in former.evidence.all())
    yield from (("attestations/drawn-", kept) for kept in experience.drawn_for(application.person))


def _write(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(entry, data)


def _told(application: Application, items: list[AskedItem], on: date) -> dict[str, Any]:
    """What is kept about an application, as its applicant may see it. The office's notes are the office's."""
    person, fee = application.person, fees.fee_for(application.reference)
    decision = queries.decision_of(application)
    return {
        "number": application.number,
        "kind": application.kind,
        "qualification": application.qualification,
        "state": application.state,
        "started_at": application.started_at.isoformat(),
        "submitted_on": _day(application.submitted_on),
        "accepted_on": _day(application.accepted_on),
        "decided_on": _day(application.decided_on),
        "edition": application.edition,
        "person": {
            "name": person.name,
            "kana": person.kana,
            "latin": person.latin,
            "born_on": _day(person.born_on),
            "email": person.email,
        },
        "facts": queries.facts(application, on),
        "claim": application.claim,
        "findings": as_json(queries.verdict(application, on)),
        "fee": fee and {"total": fee.total, "settled": fees.is_settled(fee)},
        "asked": [_asked(item) for item in items],
        "decision": decision and _decided(decision),
        "history": [
            {"at": str(entry.at), "what": entry.verb, "by_me": entry.actor == person.by}
            for entry in history(application.reference)
        ],
    }


def _asked(item: AskedItem) -> dict[str, Any]:
    given = getattr(item, "answer", None)
    return {
        "asked_on": item.asked_on.isoformat(),
        "reason": item.reason,
        "words": item.words,
        "answer": given and given.words,
        "answered_at": given and given.answered_at.astimezone(JST).isoformat(),
        "files": [{"name": kept.file_name, "sha256": kept.sha256} for kept in item.kept_files],
    }


def _decided(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "decided_on": decision.decided_on.isoformat(),
        "reasons": decision.reasons,
        "words": decision.words,
        "findings": decision.findings,
        "edition": decision.edition,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

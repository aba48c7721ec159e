"""Every file a case rests on, by where it came from: shown as pictures, and named by hash in a decision (P3, P9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from nintei.applications.models import Application, ItemFile, Kind, PaperScan, ReopeningFile
from nintei.applications.queries.case import report_for
from nintei.experience.models import Scan, SubstitutionFile
from nintei.journal import queries as journal
from nintei.ledger import queries as logs
from nintei.people.models import NameEvidence
from nintei.registry.models import ReportCopy
from nintei.shared.files import TakenFile
from nintei.shared.models import FileColumns


class Source(StrEnum):
    """Where a file came from."""

    REPORT = "report"
    NAME = "name"
    FORM_C = "form_c"
    SUBSTITUTION = "substitution"
    SCAN = "scan"
    ANSWER = "answer"
    APPEAL = "appeal"
    CPD = "cpd"


SOURCE_WORDS = {
    Source.REPORT: gettext_lazy("レポートの写し"),
    Source.NAME: gettext_lazy("前の氏名を示す書類"),
    Source.FORM_C: gettext_lazy("証明書の画像"),
    Source.SUBSTITUTION: gettext_lazy("代替の証書"),
    Source.SCAN: gettext_lazy("紙の申請の画像"),
    Source.ANSWER: gettext_lazy("答えに添えた書類"),
    Source.APPEAL: gettext_lazy("申立てに添えた書類"),
    Source.CPD: gettext_lazy("CPDの証拠"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of a case; `row` is its row, `note` what it belongs to: a form's code, a name, a number."""

    source: Source
    row: Any
    note: str = ""

    @property
    def file(self) -> TakenFile:
        """The file as the store knows it."""
        row: FileColumns = self.row
        return TakenFile(row.sha256, row.kind, row.size, row.pages, row.file_name)


def papers(application: Application) -> list[Paper]:
    """The files of a case, those of the cases it takes up again included; in seven queries for any number."""
    whole = _with_earlier(application)
    beyond = _of_person(application) if application.kind == Kind.FIRST else _of_lines(application)
    return list(chain(beyond, _of_cases(whole)))


def file_of(application: Application, sha256: str) -> TakenFile | None:
    """A file that belongs to a case, by its hash; None for any other."""
    return next((paper.file for paper in papers(application) if paper.row.sha256 == sha256), None)


def evidence_of(application: Application, told: Mapping[str, Any]) -> dict[str, Any]:
    """The hashes of the files, and where in the journal each statement of the facts stands: JSON."""
    found = sorted({(str(paper.source), paper.row.sha256) for paper in papers(application)})
    hashes = [{"source": source, "sha256": sha256} for source, sha256 in found]
    return {"papers": hashes, "leaves": _leaves(told)}


def _leaves(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The journal leaf of each attestor's statement, in the order of the journal."""
    signed = [statement["id"] for post in told.get("posts", []) for statement in post["statements"]]
    places = journal.places_of((f"statement:{pk}" for pk in signed), "experience.answer")
    return [
        {"statement": subject.removeprefix("statement:"), "seq": place.seq, "hash": place.hash}
        for subject, place in sorted(places.items(), key=lambda each: each[1].seq)
    ]


def _with_earlier(application: Application) -> list[Application]:
    found = [application]
    while found[-1].earlier is not None:
        found.append(found[-1].earlier)
    return found


def _of_person(application: Application) -> Iterator[Paper]:
    """What lies in other rooms: copies of the report, names borne before, forms (C), evidence of substitution."""
    person, report = application.person, report_for(application)
    if report is not None:
        mine = Q(exam_pass=report) | Q(exam_pass__replaced_by=report)
        yield from _each(Source.REPORT, ReportCopy.objects.filter(mine, exam_pass__person=person))
    names = NameEvidence.objects.filter(former_name__person=person).select_related("former_name")
    yield from (Paper(Source.NAME, row, row.former_name.name) for row in names)
    scans = Scan.objects.filter(request__person=person).select_related("request")
    yield from (Paper(Source.FORM_C, row, row.request.attestor_name) for row in scans)
    claims = SubstitutionFile.objects.filter(substitution__person=person, substitution__removed_at=None)
    yield from (
        Paper(Source.SUBSTITUTION, row, row.substitution.name)
        for row in claims.select_related("substitution")
    )


def _of_lines(renewal: Application) -> Iterator[Paper]:
    """What lies beside the claimed lines of a renewal (監査時の必要書類), in the order of the lines."""
    files = logs.evidence_claimed(renewal.claim["id"]) if "id" in renewal.claim else ()
    yield from (Paper(Source.CPD, row, row.activity.title) for row in files)


def _of_cases(cases: list[Application]) -> Iterator[Paper]:
    """What lies in this room: scans of a case from paper, files beside answers and an appeal."""
    scans = PaperScan.objects.filter(application__in=cases)
    yield from (Paper(Source.SCAN, row, row.form) for row in scans)
    answers = ItemFile.objects.filter(item__application__in=cases, removed_at=None).select_related("item")
    yield from (Paper(Source.ANSWER, row, str(row.item.ordinal)) for row in answers)
    yield from _each(Source.APPEAL, ReopeningFile.objects.filter(reopening__application__in=cases))


def _each(source: Source, rows: Iterable[Any]) -> Iterator[Paper]:
    return (Paper(source, row) for row in rows)

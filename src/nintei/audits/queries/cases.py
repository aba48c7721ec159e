"""One audit: its lines, papers, marks, who may touch it, and what striking leaves."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from nintei.audits import weighing as scales
from nintei.audits.models import (
    Audit,
    AuditLine,
    Conflict,
    Draw,
    LineFile,
    LineMark,
    Proposal,
    Ruling,
    Verdict,
)
from nintei.audits.reasons import Reason, reason
from nintei.audits.states import OVER, State
from nintei.audits.weighing import Weighed
from nintei.journal import queries as journal
from nintei.ledger.models import Activity, Evidence
from nintei.ledger.queries import rules_id
from nintei.people.models import Person, Role
from nintei.people.queries import holders_of
from nintei.registry.models import Term
from nintei.rules import relief
from nintei.rules.edition import Edition
from nintei.rules.points import Cycle
from nintei.shared.files import TakenFile
from nintei.shared.rulebook import edition


def whole() -> QuerySet[Audit]:
    """Audits with what every page shows of them."""
    return Audit.objects.select_related(
        "person", "auditor", "application__certification", "draw__frame__terms", "ticket"
    )


def own(person: Person, pk: uuid.UUID) -> Audit | None:
    """A person's own audit; None for somebody else's."""
    return whole().filter(person=person, pk=pk).first()


def of_person(person: Person) -> list[Audit]:
    """A person's audits, what is open first."""
    return sorted(whole().filter(person=person), key=lambda audit: (audit.state in OVER, -audit.number))


def waiting_for(person: Person) -> list[Audit]:
    """The audits in which somebody's answer is awaited, for their home page."""
    return list(Audit.objects.filter(person=person, state=State.ASKED))


def audit_for(application: object) -> Audit | None:
    """The audit of a renewal, if it was drawn."""
    return whole().filter(application=application).first()  # type: ignore[misc]


def in_office(pk: uuid.UUID, person: Person) -> Audit | None:
    """An audit for somebody of the office; None where they have a conflict of interest or it is their own."""
    found = whole().filter(pk=pk).exclude(person=person).first()
    return None if found is None or is_barred(found, person) else found


def is_barred(audit: Audit, person: Person) -> bool:
    """Whether a conflict of interest, or being the audited, keeps somebody from a file."""
    standing = Conflict.objects.filter(audit=audit, auditor=person, lifted_at=None)
    return audit.person_id == person.pk or standing.exists()


def conflicts(audit: Audit) -> list[Conflict]:
    """Every conflict that was declared, lifted or not."""
    return list(audit.conflicts.select_related("auditor", "declared_by", "lifted_by").order_by("declared_at"))


def queue(person: Person, on: date, lane: str = "") -> list[Audit]:
    """The audits somebody of the office may see; `lane` narrows: mine, late, answered, proposed, over."""
    barred = Conflict.objects.filter(auditor=person, lifted_at=None).values("audit")
    rows = whole().exclude(person=person).exclude(pk__in=barred)
    lanes = {
        "mine": Q(auditor=person) & ~Q(state__in=OVER),
        "late": Q(state=State.ASKED, due_on__lt=on),
        "answered": Q(state__in=[State.ANSWERED, State.APPEALED]),
        "proposed": Q(state=State.PROPOSED),
        "over": Q(state__in=OVER),
    }
    return list(rows.filter(lanes.get(lane, ~Q(state__in=OVER)))[:500])


def visible_audits(draw: Draw, person: Person) -> list[Audit]:
    """The audits of a draw that somebody of the office may see."""
    barred = Conflict.objects.filter(auditor=person, lifted_at=None).values("audit")
    return list(whole().filter(draw=draw).exclude(person=person).exclude(pk__in=barred).order_by("number"))


def lines(audit: Audit) -> list[AuditLine]:
    """The lines of an audit with files and marks, in three queries however many there are."""
    files = Prefetch("files", LineFile.objects.filter(removed_at=None, line__audit__erased_at=None))
    marks = Prefetch("marks", LineMark.objects.select_related("by").order_by("pk"))
    return list(audit.lines.prefetch_related(files, marks))


def open_lines(audit: Audit) -> list[AuditLine]:
    """The lines that still need an answer: without one, and without a document in the log; when asked again,
    those asked about since."""
    return [line for line in lines(audit) if _is_open(line)]


def _is_open(line: AuditLine) -> bool:
    if line.latest is None:
        return line.answered_at is None and not line.told["evidence"]
    asked = line.latest.verdict == Verdict.ASKED
    return asked and (line.answered_at is None or line.answered_at < line.latest.at)


def may_change(line: AuditLine) -> bool:
    """Whether the holder may still answer this line: every line at first, then those asked about again."""
    return line.latest is None or line.latest.verdict == Verdict.ASKED


def may_answer(audit: Audit, line: AuditLine, on: date) -> bool:
    """Whether the holder may answer a line on a (JST) day: asked and in time, or an appeal nobody has taken up."""
    in_time = audit.state == State.APPEALED or (audit.state == State.ASKED and on <= audit.due_on)
    return in_time and (audit.state == State.APPEALED or may_change(line))


def asked_about(line: AuditLine) -> tuple[Reason | None, str] | None:
    """Why a line is asked about again, with the auditor's words; None where it is not."""
    if line.latest is None or line.latest.verdict != Verdict.ASKED:
        return None
    return reason(Verdict.ASKED, line.latest.reason), line.latest.words


def struck(audit: Audit, proposal: Proposal) -> list[dict[str, Any]]:
    """The lines that a proposal struck, each with its reason and the auditor's words as they stood then."""
    return [
        {"line": line, "reason": reason(Verdict.STRUCK, mark.reason), "words": mark.words}
        for line in lines(audit)
        if line.line in proposal.struck and (mark := _mark_before(line, proposal)) is not None
    ]


def _mark_before(line: AuditLine, proposal: Proposal) -> LineMark | None:
    struck_then = [m for m in line.marks.all() if m.verdict == Verdict.STRUCK and m.at <= proposal.at]
    return struck_then[-1] if struck_then else None


def may_appeal(audit: Audit, ruled: Ruling | None, on: date) -> bool:
    """Whether the result can still be contested on a (JST) day."""
    last = ruled.appeal_until if ruled else None
    return audit.state == State.CLOSED and last is not None and on <= last


def office_people(on: date) -> list[Person]:
    """Who checks and decides on a (JST) day."""
    return holders_of([Role.REVIEWER, Role.DECIDER], on=on)


def in_log(line: AuditLine) -> list[TakenFile]:
    """The documents that were in the log when the line was claimed."""
    wanted = line.told["evidence"]
    kept = Evidence.objects.filter(activity_id=line.line, sha256__in=wanted)
    return [taken(each) for each in kept]


def papers(found: Iterable[AuditLine]) -> dict[int, list[TakenFile]]:
    """The documents of each line by its ordinal: those in the log when it was claimed, then those shown now."""
    rows = list(found)
    wanted = {sha for line in rows for sha in line.told["evidence"]}
    kept = {(str(e.activity_id), e.sha256): taken(e) for e in Evidence.objects.filter(sha256__in=wanted)}
    return {
        line.ordinal: [
            *(kept[line.line, sha] for sha in line.told["evidence"] if (line.line, sha) in kept),
            *(taken(file) for file in line.files.all()),
        ]
        for line in rows
    }


def paper(audit: Audit, sha256: str) -> TakenFile | None:
    """A document of this audit by its hash; None for any other."""
    everything = papers(lines(audit)).values()
    return next((file for of_line in everything for file in of_line if file.sha256 == sha256), None)


def own_file(person: Person, pk: uuid.UUID) -> LineFile | None:
    """A document that this person showed and did not take back."""
    mine = LineFile.objects.filter(pk=pk, line__audit__person=person, removed_at=None)
    return mine.select_related("line__audit__person").first()


def taken(row: LineFile | Evidence) -> TakenFile:
    """A row's file as the store knows it."""
    return TakenFile(**{name: getattr(row, name) for name in TakenFile._fields})


def standing_proposal(audit: Audit) -> Proposal | None:
    """What waits for the second person, or was ruled on last."""
    newest = (F("ruling__at").desc(nulls_first=True), "-at")
    return audit.proposals.select_related("by").order_by(*newest).first()


def standing_ruling(audit: Audit) -> Ruling | None:
    """The last agreed ruling: the result of the audit."""
    agreed = audit.rulings.filter(agreed=True).select_related("proposal", "decider")
    return agreed.order_by("-at").first()


def history(audit: Audit) -> list[journal.Entry]:
    """Everything recorded about an audit."""
    return journal.history(audit.reference)


@dataclass(frozen=True, slots=True)
class Weighing:
    """The claim under audit as the kernel reads it: edition, cycle and the lines in the order of the log."""

    edition: Edition
    cycle: Cycle
    lines: tuple[dict[str, Any], ...]

    def after(self, struck: Iterable[str] = (), as_other: Iterable[str] = ()) -> Weighed:
        """What remains when lines fall away, or stand without proof."""
        return scales.weigh(self.edition, self.cycle, self.lines, frozenset(struck), frozenset(as_other))

    def as_marked(self, marked: Iterable[AuditLine]) -> Weighed:
        """What remains by the newest marks of lines (as `lines` gives them)."""
        return self.after(*verdicts(marked))


def verdicts(marked: Iterable[AuditLine]) -> tuple[list[str], list[str]]:
    """The lines struck, and those accepted under another category."""
    said = [(line.line, line.latest.verdict) for line in marked if line.latest is not None]
    return (
        [line for line, verdict in said if verdict == Verdict.STRUCK],
        [line for line, verdict in said if verdict == Verdict.AS_OTHER],
    )


def weighing(application: Any) -> Weighing:
    """A renewal's claim made ready for the kernel, by the edition of the day it was filed (AMB-C19)."""
    claim = application.claim
    filed_on = date.fromisoformat(claim["filed_on"])
    term = Term.objects.select_related("certification").get(pk=claim["term"])
    cycle = Cycle(
        start=term.starts_on,
        end=term.ends_on,
        submitted_on=filed_on,
        certified_on=term.certification.certified_on,
        qualification=term.certification.qualification,
        relief=relief.read(claim["balance"].get("relief", ())),
    )
    logged = Activity.objects.filter(pk__in=[line["id"] for line in claim["lines"]])
    place = {str(row.pk): rules_id(row) for row in logged}
    ordered = sorted(claim["lines"], key=lambda line: place.get(line["id"], ""))
    return Weighing(edition(filed_on), cycle, tuple(ordered))


def offer(audit: Audit, line: AuditLine) -> tuple[str, Fraction] | None:
    """The category as which a line counts without proof, and its points there (CPD-B.7); None without a way or
    without room."""
    on_scales = weighing(audit.application)
    found = scales.worth_as_other(on_scales.edition, on_scales.cycle, on_scales.lines, line.line)
    return found if found and found[1] > 0 else None

"""The auditor's verbs: take up, mark each line, ask again, propose what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from nintei.applications.models import AuditOutcome
from nintei.audits import queries, weighing
from nintei.audits.actions.steps import check, check_others, locked, move, tell
from nintei.audits.models import Audit, AuditLine, LineMark, Plea, PleaKind, Proposal, Verdict
from nintei.audits.queries.cases import verdicts
from nintei.audits.reasons import reason
from nintei.audits.states import Actor, Event, State
from nintei.audits.weighing import Weighed
from nintei.ledger.queries import decimal
from nintei.people.models import Person
from nintei.rules import relief
from nintei.rules.decisions import Sufficiency
from nintei.shared import wording
from nintei.shared.refusals import Refused


@dataclass(frozen=True, slots=True)
class MarkSaid:
    """What an auditor says to a line: what its documents show, whether the detail is clear, and the verdict."""

    verdict: str
    shows: Sequence[str] = ()
    clear: bool = True
    reason: str = ""
    words: str = ""


@transaction.atomic
def take_up(*, actor: Person, audit: Audit, version: int | None, on: date, at: datetime) -> Audit:
    """Become the one who checks. An unanswered audit can be taken up when its last day (JST) is over.

    Raises `Refused`: `audits.not_entitled`, `audits.conflict`, `audits.still_time`,
    `audits.others_after_appeal`.
    """
    row = locked(audit, version)
    to = check(row, Event.TAKE_UP, Actor.AUDITOR, actor, on)
    check_others(row, actor)
    if row.state == State.ASKED and on <= row.due_on:
        raise Refused("audits.still_time", due=wording.day(row.due_on))
    row.auditor = actor
    return move(row, to, verb="take_up", by=actor.by, on=on, at=at)


@transaction.atomic
def mark_line(*, actor: Person, line: AuditLine, said: MarkSaid, on: date, at: datetime) -> LineMark:
    """Mark one line; a later mark takes the place of an earlier one, which stays on record.

    The kernel's word on the documents is kept beside it. Raises `Refused`: `audits.other_auditor`,
    `audits.mark_says_why`, `audits.unknown_reason`, `audits.accept_says_why` (the kernel would not have it),
    `audits.no_other_category`.
    """
    row = _in_charge(line.audit, Event.MARK, actor, on)
    kept = next(each for each in queries.lines(row) if each.pk == line.pk)
    on_scales = queries.weighing(row.application)
    found = weighing.found(on_scales.edition, kept.told, frozenset(said.shows), said.clear)
    _check_mark(said, found.outcome, on_scales.edition.categories[kept.told["category"]].without_proof)
    needs_reason = said.verdict in (Verdict.STRUCK, Verdict.ASKED)
    mark = LineMark.objects.create(
        line=kept,
        audit=row,
        verdict=said.verdict,
        shows=sorted(said.shows),
        clear=said.clear,
        found=str(found.outcome),
        reason=said.reason if needs_reason else "",
        words=said.words.strip(),
        by=actor,
        at=at,
    )
    told = {"line": kept.ordinal, "verdict": said.verdict, "found": mark.found, "reason": mark.reason}
    move(row, State(row.state), verb="mark", by=actor.by, on=on, at=at, **told)
    return mark


def _check_mark(said: MarkSaid, found: Sufficiency, other: str | None) -> None:
    if said.verdict not in Verdict.values:
        raise Refused("audits.verdict_missing")
    if said.verdict in (Verdict.STRUCK, Verdict.ASKED):
        if not said.words.strip():
            raise Refused("audits.mark_says_why")
        if reason(said.verdict, said.reason) is None:
            raise Refused("audits.unknown_reason")
    if said.verdict == Verdict.AS_OTHER and other is None:
        raise Refused("audits.no_other_category")
    if said.verdict == Verdict.ACCEPTED and found != Sufficiency.SUFFICIENT and not said.words.strip():
        raise Refused("audits.accept_says_why")


@transaction.atomic
def ask_again(*, actor: Person, audit: Audit, version: int | None, on: date, at: datetime) -> Audit:
    """Send the lines marked so back to the holder, with the days that are set to answer.

    Raises `Refused("audits.nothing_to_ask")` where no line is marked so.
    """
    row = _in_charge(audit, Event.ASK_AGAIN, actor, on, version)
    asked = [line for line in queries.lines(row) if line.latest and line.latest.verdict == Verdict.ASKED]
    if not asked:
        raise Refused("audits.nothing_to_ask")
    row.due_on = on + timedelta(days=row.draw.frame.terms.response_days)
    told = {"lines": [line.ordinal for line in asked], "due_on": row.due_on.isoformat()}
    move(row, State.ASKED, verb="ask_again", by=actor.by, on=on, at=at, **told)
    tell(row, "asked_again", by=actor.by, at=at, key=f":{row.version}", lines=_with_reasons(asked))
    return row


@transaction.atomic
def propose(
    *,
    actor: Person,
    audit: Audit,
    version: int | None,
    special: str,
    words: str,
    on: date,
    at: datetime,
) -> Proposal:
    """Pass an audit on to the second person: lines struck, points reckoned again, and what follows from them.

    `special` is empty, `referred` (to the association, on suspicion) or `exempt` (the holder asked for it); both
    say why. Raises `Refused`: `audits.lines_unmarked`, `audits.special_says_why`, `audits.no_exemption_asked`.
    """
    row = _in_charge(audit, Event.PROPOSE, actor, on, version)
    check_others(row, actor)
    marked = queries.lines(row)
    _check_special(row, special, words)
    if special != AuditOutcome.EXEMPT and any(_unmarked(line) for line in marked):
        raise Refused("audits.lines_unmarked")
    on_scales = queries.weighing(row.application)
    exempt = special == AuditOutcome.EXEMPT
    struck, as_other = ([], []) if exempt else verdicts(marked)
    weighed = on_scales.after(struck, as_other)
    proposal = Proposal.objects.create(
        audit=row,
        outcome=special or outcome_of(weighed),
        struck=struck,
        as_other=as_other,
        total_before=decimal(weighed.before.total),
        total_after=decimal(weighed.after.total),
        less=weighed.less,
        meets=weighed.meets,
        balance=balance_of(weighed),
        edition=on_scales.edition.id,
        words=words.strip(),
        by=actor,
        on=on,
        at=at,
    )
    told = {"proposal": str(proposal.pk), "outcome": str(proposal.outcome), "after": proposal.total_after}
    move(row, State.PROPOSED, verb="propose", by=actor.by, on=on, at=at, **told)
    return proposal


def outcome_of(weighed: Weighed) -> AuditOutcome:
    """What follows from the points: as claimed, fewer but enough, or not enough any more."""
    if not weighed.less:
        return AuditOutcome.UPHELD
    return AuditOutcome.REDUCED if weighed.meets else AuditOutcome.REFUSED


def balance_of(weighed: Weighed) -> dict[str, Any]:
    """What remains, shaped as a claim's balance: points as exact decimal text (P3)."""
    after = weighed.after
    return {
        "total": decimal(after.total),
        "required": decimal(after.required),
        **({"relief": relief.told(after.cycle.relief)} if after.cycle.relief else {}),
        "by_category": {code: decimal(each) for code, each in after.by_category.items()},
        "unmet": [[each.key, str(each.shown), str(each.wanted)] for each in after.unmet],
        "credited": {weighing.plain_id(line.id): decimal(line.credited) for line in after.lines},
    }


def _check_special(row: Audit, special: str, words: str) -> None:
    if special not in ("", AuditOutcome.REFERRED, AuditOutcome.EXEMPT):
        raise Refused("audits.verdict_missing")
    if special and not words.strip():
        raise Refused("audits.special_says_why")
    pleaded = Plea.objects.filter(audit=row, kind=PleaKind.EXEMPTION, granted=None)
    if special == AuditOutcome.EXEMPT and not pleaded.exists():
        raise Refused("audits.no_exemption_asked")


def _unmarked(line: AuditLine) -> bool:
    return line.latest is None or line.latest.verdict == Verdict.ASKED


def _with_reasons(asked: list[AuditLine]) -> list[dict[str, object]]:
    said = [(line, line.latest) for line in asked]
    return [
        {"line": line, "reason": reason(Verdict.ASKED, mark.reason), "words": mark.words}
        for line, mark in said
        if mark is not None
    ]


def _in_charge(audit: Audit, event: Event, actor: Person, on: date, version: int | None = None) -> Audit:
    row = locked(audit, version)
    check(row, event, Actor.AUDITOR, actor, on)
    if row.auditor_id != actor.pk:
        raise Refused("audits.other_auditor", auditor=str(row.auditor or ""))
    return row

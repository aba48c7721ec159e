"""From the facts of a case to findings, by the kernel alone: the same facts, the same answer, for ever (P3).

Facts are JSON; nothing here reads a table. The machine proposes (`Judgement`), people decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from nintei.experience import queries as experience
from nintei.rules import dates, decisions
from nintei.rules.edition import Citation, Edition, Text
from nintei.rules.experience import Experience, weigh
from nintei.rules.findings import Finding

Facts = Mapping[str, Any]

WINDOW = "window"
POINTS = "points"
AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion with the findings it rests on. `met` None: a person must look."""

    code: str
    mark: str
    name: Text
    met: bool | None
    findings: tuple[Finding, ...]
    cite: Citation | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the kernel says of a case. `experience` is there for first applications only."""

    outcome: str
    parts: tuple[Part, ...]
    edition: str
    day: date
    experience: Experience | None = None

    @property
    def unmet(self) -> tuple[Part, ...]:
        """The criteria the machine cannot call met."""
        return tuple(part for part in self.parts if part.met is not True)


def judge(edition: Edition, facts: Facts) -> Judgement:
    """The criteria for a first application (MAN-ウ) or a renewal (AMB-A9) on the day of application."""
    return _renewal(edition, facts) if facts["kind"] == "renewal" else _first(edition, facts)


def _first(edition: Edition, facts: Facts) -> Judgement:
    on = date.fromisoformat(facts["applied_on"])
    posts, granted = experience.thaw(facts["posts"]), facts.get("substitution", {}).get("months", 0)
    weighed = weigh(edition, facts["qualification"], posts, on, granted)
    report = _report(edition, facts, on)
    fee = facts["fee"]
    decided = decisions.decision(
        edition,
        pass_confirmed=bool(report and report.usable),
        experience=weighed.result,
        pledge_signed=facts["pledge"] is not None,
        fee_confirmed=bool(fee and fee["settled"]),
    )
    unseen = _unseen(facts["report"])
    under = {
        "exam_pass": (*report.findings, *unseen) if report else (),
        "experience": weighed.findings,
        "pledge": (),
        decisions.FEE: (),
    }
    parts = tuple(
        Part(
            each.code,
            each.mark,
            each.name,
            _met(each.code, finding.met, unseen),
            under.get(each.code, ()),
            each.cite,
        )
        for each, finding in zip(edition.procedure.criteria, decided.findings, strict=True)
    )
    return Judgement(decided.outcome, parts, edition.id, on, weighed)


def _unseen(report: Facts | None) -> tuple[Finding, ...]:
    """What a person must look at before a report counts: a copy nobody has held against it, another name."""
    if report is None:
        return ()
    found = []
    if not report.get("confirmed", True):
        found.append(Finding("report.copy", None, report["number"], None, None, "COPY_NOT_SEEN"))
    fit = report.get("name_fit", "own")
    if fit not in ("own", "former"):
        found.append(Finding("report.name", None, fit, None, None, f"NAME_{fit.upper()}"))
    return tuple(found)


def _met(code: str, met: bool | None, unseen: tuple[Finding, ...]) -> bool | None:
    """What the machine would call met while a person must still look is not met yet, and not refused."""
    return None if code == "exam_pass" and met and unseen else met


def _report(edition: Edition, facts: Facts, on: date) -> dates.ReportUse | None:
    report = facts["report"]
    if report is None:
        return None
    issued_on = date.fromisoformat(report["issued_on"])
    exam, passed = report["exam"], report["passed"]
    return dates.report_use(edition, issued_on, on, facts["qualification"], exam, passed)


_RENEWAL_PARTS = {
    POINTS: Text("必要なCPDポイント", "The CPD points required"),
    WINDOW: Text("受付期間内の申請", "Applied for within the window"),
    decisions.PLEDGE: Text("宣誓", "The pledge"),
    decisions.FEE: Text("更新の手数料", "The renewal fee"),
    AUDIT: Text("監査の結果", "The outcome of the audit"),
}


def _renewal(edition: Edition, facts: Facts) -> Judgement:
    """Points and window, and what the rulebook asks for besides (AMB-A9); where it was audited, the outcome."""
    on = date.fromisoformat(facts["applied_on"])
    expiry = date.fromisoformat(facts["expiry"])
    audit = facts.get("audit") or {}
    balance = audit.get("balance") or facts["claim"]["balance"]
    unmet = [_unmet(edition, *each) for each in balance.get("unmet", ())]
    found = decisions.renewal(
        edition, expiry, on, Fraction(balance["total"]), unmet, Fraction(balance["required"])
    )
    under = {POINTS: found.findings[: 1 + len(unmet)], WINDOW: found.window.findings}
    under |= {code: (_brought(edition, facts, code),) for code in decisions.renewal_asks(edition)}
    if audit:
        under[AUDIT] = (Finding("renewal.audit", _AUDITED[audit["outcome"]], audit["outcome"], None),)
    parts = tuple(_part(n, code, findings) for n, (code, findings) in enumerate(under.items()))
    failed = any(part.met is False for part in parts)
    return Judgement(decisions.RenewalOutcome.FAILS if failed else found.outcome, parts, edition.id, on)


# What an audit says to the decider; a case referred to the association is for a person to judge.
_AUDITED = {"upheld": True, "reduced": True, "refused": False, "referred": None, "exempt": True}


def _part(n: int, code: str, findings: tuple[Finding, ...]) -> Part:
    mets = [finding.met for finding in findings]
    met = False if False in mets else None if None in mets else True
    return Part(code, "①②③④⑤"[n], _RENEWAL_PARTS[code], met, findings, findings[0].cite)


def _brought(edition: Edition, facts: Facts, code: str) -> Finding:
    """Whether a pledge or fee that the rulebook asks for is there."""
    told = facts.get(code) or {}
    met = bool(told) and (code != decisions.FEE or bool(told["settled"]))
    cite = edition.citations.get("settings.renewal_asks")
    if code == decisions.FEE:
        cite = next((row.cite for row in edition.fees.prices if row.kind == "renewal"), None)
    return Finding(f"renewal.{code}", met, met, True, cite)


def _unmet(edition: Edition, key: str, shown: str, wanted: str) -> Finding:
    """A minimum or the distinct topics, as the claim was frozen."""
    return Finding(key, False, Fraction(shown), Fraction(wanted), edition.citations.get(key))


def as_json(judgement: Judgement) -> dict[str, object]:
    """A judgement to be stored: every finding with its clause and words."""
    return {
        "outcome": str(judgement.outcome),
        "edition": judgement.edition,
        "day": judgement.day.isoformat(),
        "criteria": [
            {
                "code": part.code,
                "mark": part.mark,
                "met": part.met,
                "findings": [_finding(finding) for finding in part.findings],
            }
            for part in judgement.parts
        ],
    }


def _finding(finding: Finding) -> dict[str, object]:
    cite = finding.cite
    return {
        "key": finding.key,
        "met": finding.met,
        "shown": plain(finding.shown),
        "wanted": plain(finding.wanted),
        "note": str(finding.note),
        "clause": cite.clause if cite else "",
        "quote": cite.quote if cite else "",
    }


def plain(value: object) -> object:
    """A kernel value as JSON without floats: fractions and days as text."""
    if isinstance(value, bool) or value is None or (isinstance(value, int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else str(value)

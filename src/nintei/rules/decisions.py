"""What follows from what is there: acceptance, certification, renewal, evidence at an audit.

The machine proposes with findings; people decide. Nothing here refuses on a matter of judgement: unclear
detail and foreign attestation come back as a review (CPD-C.9, D.11b, MAN-ウ②.7).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from nintei.rules.dates import RenewalWindow, Term, renewal_window, renewed_term
from nintei.rules.edition import Category, Citation, Edition, EvidenceOption
from nintei.rules.experience import Result
from nintei.rules.findings import BadInput, Finding
from nintei.rules.points import Activity, Balance, Cycle, evaluate

FEE = "fee"
PLEDGE = "pledge"


class Acceptance(StrEnum):
    """Whether an application is accepted (受理); what needs no certification cannot be applied for."""

    ACCEPTED = "ACCEPTED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class Outcome(StrEnum):
    """What the four criteria lead to."""

    CERTIFY = "CERTIFY"
    REFUSE = "REFUSE"
    PENDING = "PENDING"
    NOT_EXAMINED = "NOT_EXAMINED"


class RenewalOutcome(StrEnum):
    """Whether a renewal application meets the criteria we know."""

    MEETS = "MEETS"
    FAILS = "FAILS"


class Sufficiency(StrEnum):
    """What a document is worth at an audit."""

    SUFFICIENT = "SUFFICIENT"
    INSUFFICIENT = "INSUFFICIENT"
    REVIEW = "REVIEW"


class Accepted(NamedTuple):
    """The state of an application, what is missing in the order of the document, and the day of acceptance."""

    state: Acceptance
    missing: tuple[str, ...]
    accepted_on: date | None
    findings: tuple[Finding, ...]


class Decision(NamedTuple):
    """The outcome of the review; `failed` are the marks of the criteria that are not met (①–④)."""

    outcome: Outcome
    failed: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def send_certificate(self) -> bool:
        """A certificate is sent when the criteria are met, and only then (MAN-イ.B2)."""
        return self.outcome is Outcome.CERTIFY


class Renewal(NamedTuple):
    """Whether a renewal meets the criteria; `term` is the renewed validity when it does."""

    outcome: RenewalOutcome
    reasons: tuple[str, ...]
    window: RenewalWindow
    term: Term | None
    findings: tuple[Finding, ...]


class EvidenceFound(NamedTuple):
    """What the evidence for one line is worth; `lacks` is the least that is missing, `may_claim_as` a way out."""

    outcome: Sufficiency
    lacks: tuple[str, ...]
    may_claim_as: str | None
    findings: tuple[Finding, ...]


class Struck(NamedTuple):
    """A ledger before and after an audit has struck lines from it (AMB-C13)."""

    before: Balance
    after: Balance

    @property
    def credited(self) -> dict[str, Fraction]:
        """Points credited afterwards by the id of each line that stays."""
        return {line.id: line.credited for line in self.after.lines}


def acceptance(
    edition: Edition,
    qualification: str,
    received: Collection[str],
    received_on: date | None,
    fee_confirmed_on: date | None,
) -> Accepted:
    """Accepted when every form is there and the fee is confirmed, on the later day (MAN-ウ④.※1, AMB-F4).

    `received` holds codes of `edition.procedure.forms`. `BadInput` for an unknown qualification or form,
    and for forms without the day they came.
    """
    if qualification not in edition.qualifications:
        raise BadInput("qualification.unknown", qualification=qualification)
    wanted = edition.qualifications[qualification]
    if not wanted.certified:
        cite = Finding("procedure.forms", None, None, None, wanted.cite, Acceptance.NOT_APPLICABLE)
        return Accepted(Acceptance.NOT_APPLICABLE, (), None, (cite,))
    forms = edition.procedure.forms
    unknown = sorted(set(received) - {form.code for form in forms})
    if unknown:
        raise BadInput("procedure.unknown_form", forms=", ".join(unknown))
    findings = [
        Finding(f"procedure.forms.{form.code}", form.code in received, form.code in received, True, form.cite)
        for form in forms
    ]
    paid = fee_confirmed_on is not None
    findings.append(
        Finding("procedure.criteria.fee", paid, fee_confirmed_on, None, _criterion_cite(edition, FEE))
    )
    missing = [form.code for form in forms if form.code not in received] + ([] if paid else [FEE])
    if missing or fee_confirmed_on is None:
        return Accepted(Acceptance.NOT_ACCEPTED, tuple(missing), None, tuple(findings))
    if received_on is None:
        raise BadInput("procedure.received_on_missing", qualification=qualification)
    return Accepted(Acceptance.ACCEPTED, (), max(received_on, fee_confirmed_on), tuple(findings))


def _criterion_cite(edition: Edition, code: str) -> Citation | None:
    return next((each.cite for each in edition.procedure.criteria if each.code == code), None)


_PACKAGE = (PLEDGE, FEE)


def decision(
    edition: Edition, pass_confirmed: bool, experience: Result, pledge_signed: bool, fee_confirmed: bool
) -> Decision:
    """What the criteria ①–④ lead to (MAN-ウ.0–4, イ.B1–B2).

    Only the criteria that the edition has are asked. Without pledge or fee the application is not complete
    and is not examined. A failed criterion refuses.
    Experience that a person must look at leaves the decision pending.
    """
    met = {
        "exam_pass": pass_confirmed,
        "experience": {Result.ELIGIBLE: True, Result.NOT_ELIGIBLE: False, Result.REVIEW: None}[experience],
        "pledge": pledge_signed,
        FEE: fee_confirmed,
    }
    findings = tuple(
        Finding(f"procedure.criteria.{each.code}", met[each.code], met[each.code], True, each.cite, each.mark)
        for each in edition.procedure.criteria
    )
    failed = tuple(finding.note for finding in findings if finding.met is False)
    if any(met[each.code] is False for each in edition.procedure.criteria if each.code in _PACKAGE):
        return Decision(Outcome.NOT_EXAMINED, failed, findings)
    if failed:
        return Decision(Outcome.REFUSE, failed, findings)
    pending = any(finding.met is None for finding in findings)
    return Decision(Outcome.PENDING if pending else Outcome.CERTIFY, failed, findings)


def renewal(
    edition: Edition,
    expiry: date,
    applied_on: date,
    credited: Fraction,
    unmet: Sequence[Finding] = (),
    required: Fraction | None = None,
) -> Renewal:
    """Whether a renewal meets the two criteria the documents name: the window and the points (AMB-A9).

    `credited` are the points that count in the cycle that ends on `expiry`; `unmet` are the minimums
    and distinct topics that they leave open (`Balance.unmet`), `required` the points needed where windows of
    hardship take some off (`Balance.required`).
    """
    if credited < 0:
        raise BadInput("renewal.negative_points", credited=credited)
    required = edition.points.required if required is None else required
    window = renewal_window(edition, expiry, applied_on)
    enough = credited >= required
    short = "" if enough else f"POINTS_LT_{required}"
    points = Finding(
        "points.required", enough, credited, required, edition.points.cites.get("required"), short
    )
    late = "" if window.accepted else window.reason
    reasons = tuple(dict.fromkeys(word for word in (short, *(each.key for each in unmet), late) if word))
    outcome = RenewalOutcome.FAILS if reasons else RenewalOutcome.MEETS
    term = None if reasons else renewed_term(edition, expiry)
    return Renewal(outcome, reasons, window, term, (points, *unmet, *window.findings))


def renewal_asks(edition: Edition) -> tuple[str, ...]:
    """What a renewal must bring besides points and window, by the rulebook (AMB-A9): a pledge, a fee.

    Neither document of ours says: where the rulebook names no price and no pledge, nothing is asked.
    """
    asked = edition.settings.get("renewal_asks", ())
    priced = any(row.kind == "renewal" for row in edition.fees.prices)
    wanted = (asked,) if isinstance(asked, str) else asked
    assert isinstance(wanted, tuple)  # the loader has read text or a list of texts
    return (*wanted, *((FEE,) if priced else ()))


def evidence_for_audit(
    edition: Edition, category: str, shows: Mapping[str, bool], clear: bool = True
) -> EvidenceFound:
    """What a document is worth that shows the things named in `shows` (CPD-A.7, B.6, C.7, D.10).

    One sufficient set is enough; more is welcome (a third party's word is optional, CPD-C.8). Unclear
    detail is for a person to judge, and no other paper cures it (CPD-C.9). `BadInput` for an unknown category.
    """
    if category not in edition.categories:
        raise BadInput("activity.unknown_category", category=category)
    wanted = edition.categories[category]
    there = {name for name, is_shown in shows.items() if is_shown}
    lacks = _least_lacking(wanted.evidence, there)
    cite = wanted.conditions.get("evidence")
    found = Finding(f"categories.{category}.evidence", not lacks, tuple(sorted(there)), lacks, cite)
    if lacks:
        return EvidenceFound(
            Sufficiency.INSUFFICIENT, lacks, wanted.without_proof, (found, *_way_out(wanted))
        )
    if wanted.detail_must_be_clear and not clear:
        unclear = Finding(
            f"categories.{category}.detail_must_be_clear", None, False, True,
            wanted.conditions.get("detail_must_be_clear"), "DETAIL_UNCLEAR",
        )  # fmt: skip
        return EvidenceFound(Sufficiency.REVIEW, (), None, (found, unclear))
    return EvidenceFound(Sufficiency.SUFFICIENT, (), None, (found,))


def _least_lacking(options: Sequence[EvidenceOption], there: set[str]) -> tuple[str, ...]:
    """What is missing for the option that is nearest to complete; where no option is named, nothing is."""
    lacking = [tuple(name for name in option.shows if name not in there) for option in options]
    return min(lacking, key=len, default=())


def _way_out(category: Category) -> tuple[Finding, ...]:
    if category.without_proof is None:
        return ()
    cite = category.conditions.get("without_proof")
    return (Finding(f"categories.{category.code}.without_proof", None, category.without_proof, None, cite),)


def strike(edition: Edition, cycle: Cycle, activities: Iterable[Activity], struck: Collection[str]) -> Struck:
    """The balance before and after lines are struck: everything is reckoned again, nothing subtracted (AMB-C13).

    Other work of the same year may take the place of a struck line. `BadInput` for an unknown line.
    """
    lines = list(activities)
    unknown = sorted(set(struck) - {line.id for line in lines})
    if unknown:
        raise BadInput("audit.unknown_line", lines=", ".join(unknown))
    staying = [line for line in lines if line.id not in struck]
    return Struck(evaluate(edition, cycle, lines), evaluate(edition, cycle, staying))

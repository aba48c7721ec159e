"""Which days count: validity, the exam report's life, the renewal window, renewed terms, status on a day.

Everything follows `edition.validity`; other readings (V1, V4, V6, V8, V9, V10) are other editions, not
switches here. Days are days in Japan, both ends of every span included. Results carry findings with the
clause of each rule they used; impossible input raises `BadInput`.
"""

from __future__ import annotations

from datetime import date

from nintei.rules.civil import DAY, fiscal_year_from, last_day
from nintei.rules.edition import Edition, Start, ValidityRules
from nintei.rules.findings import BadInput, Finding
from nintei.rules.reckoning import (
    first_day_of_validity,
    last_chance,
    last_day_of_report,
    window_before,
)
from nintei.rules.validity import (
    CERTIFICATE_DATE_CONFLICT,
    Holding,
    LateApplication,
    LateFlag,
    Legacy,
    RenewalCase,
    RenewalWindow,
    ReportReason,
    ReportUse,
    Status,
    StatusCode,
    Suspension,
    Term,
    Validity,
    WindowReason,
)

__all__ = [
    "CERTIFICATE_DATE_CONFLICT",
    "Holding",
    "LateApplication",
    "LateFlag",
    "Legacy",
    "RenewalCase",
    "RenewalWindow",
    "ReportReason",
    "ReportUse",
    "Status",
    "StatusCode",
    "Suspension",
    "Term",
    "Validity",
    "WindowReason",
    "late_application",
    "legacy_validity",
    "renewal_window",
    "renewed_term",
    "report_use",
    "status_on",
    "validity_of_report",
]


def _finding(
    rules: ValidityRules,
    name: str,
    met: bool | None,
    shown: object,
    wanted: object = None,
    note: str = "",
) -> Finding:
    return Finding(f"validity.{name}", met, shown, wanted, rules.cites.get(name), note)


def validity_of_report(edition: Edition, issued_on: date, certified_on: date | None = None) -> Validity:
    """The validity that a report of `issued_on` leads to, whenever one applies (MAN-イ.C1, イ.A1).

    `certified_on` is needed only where a rulebook lets validity begin with the certification;
    `BadInput` without it.
    """
    rules = edition.validity
    start = first_day_of_validity(rules, issued_on, certified_on)
    end = last_day(start, rules.years * 12)
    opens, closes = window_before(rules, end)
    report_last = last_day_of_report(rules, issued_on)
    findings = (
        _finding(rules, "start", True, start),
        _finding(rules, "years", True, end),
        _finding(rules, "window_opens_months", True, opens),
        _finding(rules, "window_closes_months", True, closes),
        _finding(rules, "report_years", True, report_last),
    )
    return Validity(start, end, opens, closes, report_last, findings)


def report_use(
    edition: Edition,
    issued_on: date,
    applied_on: date,
    qualification: str,
    exam: str | None = None,
    passed: bool = True,
) -> ReportUse:
    """Whether a report carries an application for `qualification` made on `applied_on` (MAN-イ.A2, ウ①.2).

    The day of application decides, not the day of payment (AMB-V5). `exam` is the exam the report is
    for, where it is known. All failings are found; the reason is the first in this order: not a pass,
    wrong exam, before issue, expired. An unknown qualification is `BadInput`.
    """
    if qualification not in edition.qualifications:
        raise BadInput("qualification.unknown", qualification=qualification)
    rules = edition.validity
    last = last_day_of_report(rules, issued_on)
    right_exam = exam is None or exam == qualification
    findings = (
        _finding(rules, "report_pass", passed, passed, True, ReportReason.NOT_A_PASS),
        _finding(rules, "report_exam", right_exam, exam or qualification, qualification, ReportReason.WRONG_EXAM),
        _finding(
            rules, "report_issue", applied_on >= issued_on, applied_on, issued_on,
            ReportReason.APPLICATION_BEFORE_ISSUE,
        ),
        _finding(rules, "report_years", applied_on <= last, applied_on, last, ReportReason.REPORT_EXPIRED),
    )  # fmt: skip
    failed = [ReportReason(finding.note) for finding in findings if not finding.met]
    return ReportUse(not failed, last, failed[0] if failed else ReportReason.OK, findings)


def late_application(edition: Edition, issued_on: date, applied_on: date) -> LateApplication:
    """What is left of the validity for one who applies on `applied_on` (AMB-V3, V11): the end never moves.

    The days left count both ends, from the later of application and start.
    """
    rules = edition.validity
    validity = validity_of_report(edition, issued_on, applied_on)
    last = validity.report_last_day
    reason = ReportReason.OK
    if applied_on < issued_on:
        reason = ReportReason.APPLICATION_BEFORE_ISSUE
    elif applied_on > last:
        reason = ReportReason.REPORT_EXPIRED
    usable = reason is ReportReason.OK
    left = (validity.end - max(applied_on, validity.start)).days + 1
    flags = _late_flags(validity, applied_on, rules.start is not Start.CERTIFICATION) if usable else ()
    findings = (
        _finding(rules, "report_years", usable, applied_on, last, reason),
        _finding(
            rules,
            "start",
            None if flags else True,
            applied_on,
            validity.start,
            ",".join(flags),
        ),
    )
    return LateApplication(usable, reason, validity, max(left, 0), flags, findings)


def _late_flags(validity: Validity, applied_on: date, runs_anyway: bool) -> tuple[LateFlag, ...]:
    if applied_on > validity.closes:
        return (LateFlag.RENEWAL_WINDOW_ALREADY_CLOSED,)
    if applied_on >= validity.opens:
        return (LateFlag.RENEWAL_WINDOW_OPEN,)
    if runs_anyway and applied_on >= validity.start:
        return (LateFlag.VALIDITY_ALREADY_RUNNING,)
    return ()


def legacy_validity(
    edition: Edition,
    applied_on: date,
    issued_on: date,
    printed_expiry: date | None = None,
) -> Legacy:
    """The expiry of one who applied on `applied_on`: early applicants keep the printed date (MAN-イ.※1).

    For them the expiry is data and never reckoned; without it the finding asks a person. For everyone
    else the reckoned date stands, and another date on the certificate is flagged (AMB-V12).
    """
    rules = edition.validity
    until = rules.legacy_applied_until
    legacy = until is not None and applied_on <= until
    if legacy:
        finding = _finding(
            rules,
            "legacy_applied_until",
            None if printed_expiry is None else True,
            printed_expiry,
            until,
        )
        opens, closes = (None, None) if printed_expiry is None else window_before(rules, printed_expiry)
        return Legacy(True, printed_expiry, opens, closes, None, (finding,))
    validity = validity_of_report(edition, issued_on, applied_on)
    conflict = printed_expiry is not None and printed_expiry != validity.end
    flag = CERTIFICATE_DATE_CONFLICT if conflict else None
    finding = _finding(
        rules,
        "years",
        None if conflict else True,
        printed_expiry or validity.end,
        validity.end,
        flag or "",
    )
    return Legacy(False, validity.end, validity.opens, validity.closes, flag, (finding,))


def renewal_window(edition: Edition, expiry: date, applied_on: date) -> RenewalWindow:
    """Whether a renewal may be applied for on `applied_on` when validity ends on `expiry` (MAN-イ.C3, C4).

    A weekend moves nothing (AMB-V7). With grace days (AMB-V9) a late renewal is taken until so many days
    after expiry.
    """
    rules = edition.validity
    opens, closes = window_before(rules, expiry)
    chance = last_chance(rules, expiry)
    in_grace = closes < applied_on <= chance
    reason = WindowReason.OK
    if applied_on < opens:
        reason = WindowReason.TOO_EARLY
    elif applied_on > closes and not in_grace:
        reason = WindowReason.TOO_LATE if applied_on <= expiry else WindowReason.EXPIRED
    early, late = (
        reason is WindowReason.TOO_EARLY,
        reason in (WindowReason.TOO_LATE, WindowReason.EXPIRED),
    )
    findings = (
        _finding(
            rules,
            "window_opens_months",
            not early,
            applied_on,
            opens,
            reason if early else "",
        ),
        _finding(rules, "grace_days", True, applied_on, chance, "IN_GRACE")
        if in_grace
        else _finding(
            rules,
            "window_closes_months",
            not late,
            applied_on,
            closes,
            reason if late else "",
        ),
    )
    return RenewalWindow(opens, closes, not (early or late), reason, in_grace, findings)


def renewed_term(edition: Edition, expiry: date) -> Term:
    """The validity after `expiry`, whenever the renewal is decided (MAN-表.3, AMB-V10).

    Where a rulebook aligns renewed terms to the fiscal year, the term runs on to the end of the fiscal
    year it would end in, so that nobody loses a day.
    """
    rules = edition.validity
    start = expiry + DAY
    end = last_day(start, rules.years * 12)
    if rules.align_renewal_to_fiscal_year:
        end = fiscal_year_from(end + DAY, rules.fiscal_year_month, rules.fiscal_year_day) - DAY
    findings = (
        _finding(rules, "years", True, start),
        _finding(rules, "align_renewal_to_fiscal_year", True, end),
    )
    return Term(start, end, findings)


def status_on(edition: Edition, holding: Holding, on: date) -> Status:
    """What a person holds on the day `on`, by what was known that day (AMB-V2, V8, V9).

    An application or decision after `on` does not count yet. A holder who filed inside the window stays
    valid until decided. Suspension hides a running certification; revocation ends it for good.
    """
    rules = edition.validity
    if holding.start > holding.end:
        raise BadInput("validity.ends_before_it_starts", start=holding.start, end=holding.end)
    end = holding.end
    if _renewed_by(holding, on):
        end = renewed_term(edition, holding.end).end
    code = _status(edition, holding, end, on)
    name = "stays_valid_while_pending" if code is StatusCode.VALID_PENDING_RENEWAL else "start"
    finding = _finding(rules, name, code in _IN_FORCE, on, end, code)
    return Status(code, on, end, last_chance(rules, end), (finding,))


_IN_FORCE = (StatusCode.VALID, StatusCode.VALID_PENDING_RENEWAL)


def _status(edition: Edition, holding: Holding, end: date, on: date) -> StatusCode:
    if holding.certified_on is None or on < holding.certified_on:
        return StatusCode.NOT_CERTIFIED
    if holding.revoked_on is not None and on >= holding.revoked_on:
        return StatusCode.REVOKED
    pending = on > end and _pending(edition, holding, on)
    if on > end and not pending:
        return StatusCode.EXPIRED
    if any(span.start <= on and (span.until is None or on <= span.until) for span in holding.suspensions):
        return StatusCode.SUSPENDED
    if pending:
        return StatusCode.VALID_PENDING_RENEWAL
    return StatusCode.CERTIFIED_NOT_STARTED if on < holding.start else StatusCode.VALID


def _renewed_by(holding: Holding, on: date) -> bool:
    renewal = holding.renewal
    return bool(renewal and renewal.renewed and renewal.decided_on and renewal.decided_on <= on)


def _pending(edition: Edition, holding: Holding, on: date) -> bool:
    """Filed inside the window and not decided by `on`."""
    renewal = holding.renewal
    if renewal is None or not edition.validity.stays_valid_while_pending:
        return False
    decided = renewal.decided_on is not None and renewal.decided_on <= on
    window = renewal_window(edition, holding.end, renewal.applied_on)
    return not decided and window.accepted and not window.in_grace

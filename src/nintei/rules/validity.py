"""What `dates` takes and answers: the records and codes of validity, reports, windows and status."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nintei.rules.findings import Finding


class ReportReason(StrEnum):
    """Whether an exam report can carry an application."""

    OK = "OK"
    NOT_A_PASS = "NOT_A_PASS"  # noqa: S105  an exam pass
    WRONG_EXAM = "WRONG_EXAM"
    APPLICATION_BEFORE_ISSUE = "APPLICATION_BEFORE_ISSUE"
    REPORT_EXPIRED = "REPORT_EXPIRED"


class WindowReason(StrEnum):
    """Whether a renewal may be applied for on a day."""

    OK = "OK"
    TOO_EARLY = "TOO_EARLY"
    TOO_LATE = "TOO_LATE"
    EXPIRED = "EXPIRED"


class LateFlag(StrEnum):
    """What a late applicant should know before paying (AMB-V3, AMB-V11)."""

    VALIDITY_ALREADY_RUNNING = "VALIDITY_ALREADY_RUNNING"
    RENEWAL_WINDOW_OPEN = "RENEWAL_WINDOW_OPEN"
    RENEWAL_WINDOW_ALREADY_CLOSED = "RENEWAL_WINDOW_ALREADY_CLOSED"


class StatusCode(StrEnum):
    """What a person holds on a day. Suspension and revocation are the association's acts (AMB-A8)."""

    NOT_CERTIFIED = "NOT_CERTIFIED"
    CERTIFIED_NOT_STARTED = "CERTIFIED_NOT_STARTED"
    VALID = "VALID"
    VALID_PENDING_RENEWAL = "VALID_PENDING_RENEWAL"
    SUSPENDED = "SUSPENDED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


CERTIFICATE_DATE_CONFLICT = "CERTIFICATE_DATE_CONFLICT"


class Validity(NamedTuple):
    """The first validity a report leads to, its renewal window, and the report's last usable day."""

    start: date
    end: date
    opens: date
    closes: date
    report_last_day: date
    findings: tuple[Finding, ...]


class ReportUse(NamedTuple):
    """Whether a report carries an application; `reason` is the first finding that is not met."""

    usable: bool
    last_day: date
    reason: ReportReason
    findings: tuple[Finding, ...]


class LateApplication(NamedTuple):
    """What an applicant gets for applying on a day. `days_left` is 0 where nothing would be left."""

    usable: bool
    reason: ReportReason
    validity: Validity
    days_left: int
    flags: tuple[LateFlag, ...]
    findings: tuple[Finding, ...]


class Legacy(NamedTuple):
    """The expiry of an early certification: printed on the certificate, or reckoned.

    `expiry`, `opens` and `closes` are None where the printed date decides and nobody has typed it in.
    """

    legacy: bool
    expiry: date | None
    opens: date | None
    closes: date | None
    flag: str | None
    findings: tuple[Finding, ...]


class RenewalWindow(NamedTuple):
    """The days on which a renewal may be applied for. `in_grace`: taken late, by the rulebook's grace."""

    opens: date
    closes: date
    accepted: bool
    reason: WindowReason
    in_grace: bool
    findings: tuple[Finding, ...]


class Term(NamedTuple):
    """A renewed validity."""

    start: date
    end: date
    findings: tuple[Finding, ...]


class RenewalCase(NamedTuple):
    """A renewal application: when it was filed, when decided and how (`renewed` is None while open)."""

    applied_on: date
    decided_on: date | None = None
    renewed: bool | None = None


class Suspension(NamedTuple):
    """A span of suspension; `until` is its last day, None while it lasts."""

    start: date
    until: date | None = None


class Holding(NamedTuple):
    """A certification as the registry keeps it; `start` and `end` are the days of validity."""

    start: date
    end: date
    certified_on: date | None = None
    renewal: RenewalCase | None = None
    suspensions: tuple[Suspension, ...] = ()
    revoked_on: date | None = None


class Status(NamedTuple):
    """What a person holds on a day; `valid_until` is the last day known of the validity."""

    code: StatusCode
    on: date
    valid_until: date
    renewable_until: date
    findings: tuple[Finding, ...]

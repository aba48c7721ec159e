"""What a person holds on a day: certified, started, renewed, suspended, revoked."""

from __future__ import annotations

from datetime import date

import pytest

from nintei.rules.dates import Holding, RenewalCase, StatusCode, Suspension, status_on
from nintei.rules.edition import Edition
from nintei.rules.findings import BadInput
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))


def read_as(**values: object) -> Edition:
    """The rulebook under other readings of validity."""
    return CONKEN._replace(validity=CONKEN.validity._replace(**values))  # type: ignore[arg-type]


HELD = Holding(date(2026, 4, 1), date(2029, 3, 31), certified_on=date(2025, 9, 1))
FILED = RenewalCase(date(2029, 2, 20))


def code(holding: Holding, on: date, edition: Edition = CONKEN) -> StatusCode:
    return status_on(edition, holding, on).code


def test_status_turns_on_the_days_of_certification_start_and_end() -> None:
    assert code(HELD._replace(certified_on=None), date(2027, 1, 1)) is StatusCode.NOT_CERTIFIED
    assert [code(HELD, on) for on in (
        date(2025, 8, 31), date(2025, 9, 1), date(2026, 3, 31), date(2026, 4, 1), date(2029, 3, 31), date(2029, 4, 1),
    )] == [
        StatusCode.NOT_CERTIFIED, StatusCode.CERTIFIED_NOT_STARTED, StatusCode.CERTIFIED_NOT_STARTED,
        StatusCode.VALID, StatusCode.VALID, StatusCode.EXPIRED,
    ]  # fmt: skip


def test_a_renewal_filed_in_the_window_keeps_the_holder_valid_until_decided() -> None:
    pending = HELD._replace(renewal=FILED)
    assert code(pending, date(2029, 3, 31)) is StatusCode.VALID
    assert code(pending, date(2029, 4, 1)) is StatusCode.VALID_PENDING_RENEWAL
    refused = HELD._replace(renewal=FILED._replace(decided_on=date(2029, 4, 20), renewed=False))
    assert code(refused, date(2029, 4, 19)) is StatusCode.VALID_PENDING_RENEWAL
    assert code(refused, date(2029, 4, 20)) is StatusCode.EXPIRED
    too_late = HELD._replace(renewal=RenewalCase(date(2029, 3, 1)))
    assert code(too_late, date(2029, 4, 1)) is StatusCode.EXPIRED
    strict = read_as(stays_valid_while_pending=False)
    assert code(pending, date(2029, 4, 1), strict) is StatusCode.EXPIRED
    in_grace = HELD._replace(renewal=RenewalCase(date(2029, 3, 20)))
    assert code(in_grace, date(2029, 4, 1), read_as(grace_days=60)) is StatusCode.EXPIRED


def test_a_renewed_holder_is_valid_to_the_end_of_the_next_term() -> None:
    renewed = HELD._replace(renewal=FILED._replace(decided_on=date(2029, 3, 15), renewed=True))
    found = status_on(CONKEN, renewed, date(2029, 4, 10))
    assert (found.code, found.valid_until, found.renewable_until) == (
        StatusCode.VALID, date(2032, 3, 31), date(2032, 2, 29),
    )  # fmt: skip
    assert status_on(CONKEN, renewed, date(2029, 3, 14)).valid_until == date(2029, 3, 31)
    assert code(renewed, date(2032, 4, 1)) is StatusCode.EXPIRED
    undated = HELD._replace(renewal=FILED._replace(renewed=True))
    assert code(undated, date(2029, 4, 1)) is StatusCode.VALID_PENDING_RENEWAL


def test_suspension_hides_and_revocation_ends_a_certification() -> None:
    once = HELD._replace(suspensions=(Suspension(date(2027, 1, 1), date(2027, 1, 31)),))
    assert [code(once, on) for on in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 1))] == [
        StatusCode.VALID, StatusCode.SUSPENDED, StatusCode.SUSPENDED, StatusCode.VALID,
    ]  # fmt: skip
    open_ended = HELD._replace(renewal=FILED, suspensions=(Suspension(date(2027, 1, 1)),))
    assert code(open_ended, date(2029, 4, 1)) is StatusCode.SUSPENDED
    assert code(open_ended._replace(renewal=None), date(2029, 4, 1)) is StatusCode.EXPIRED
    revoked = open_ended._replace(revoked_on=date(2028, 1, 1))
    assert [code(revoked, on) for on in (date(2027, 12, 31), date(2028, 1, 1), date(2030, 1, 1))] == [
        StatusCode.SUSPENDED, StatusCode.REVOKED, StatusCode.REVOKED,
    ]  # fmt: skip


def test_a_status_says_whether_the_holder_may_be_called_certified_today() -> None:
    valid = status_on(CONKEN, HELD, date(2027, 1, 1))
    assert (valid.on, valid.findings[0].met, valid.findings[0].note) == (date(2027, 1, 1), True, "VALID")
    expired = status_on(CONKEN, HELD, date(2029, 4, 1))
    assert (expired.findings[0].met, expired.findings[0].key) == (False, "validity.start")
    pending = status_on(CONKEN, HELD._replace(renewal=FILED), date(2029, 4, 1))
    assert (pending.findings[0].met, pending.findings[0].key) == (True, "validity.stays_valid_while_pending")
    assert status_on(read_as(grace_days=10), HELD, date(2027, 1, 1)).renewable_until == date(2029, 4, 10)


def test_a_validity_that_ends_before_it_starts_is_bad_input() -> None:
    with pytest.raises(BadInput, match=r"validity\.ends_before_it_starts"):
        status_on(CONKEN, Holding(date(2026, 4, 1), date(2026, 3, 31)), date(2026, 4, 1))

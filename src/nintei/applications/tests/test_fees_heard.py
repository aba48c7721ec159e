"""What applications hear of fees: other rooms' references, an undo after 受理, and a withdrawal."""

from __future__ import annotations

import pytest

from nintei.applications import actions, pages, queries
from nintei.applications.models import Application
from nintei.applications.tests.conftest import PAID_ON, TODAY, at, pay
from nintei.payments import actions as payments
from nintei.payments import queries as fees
from nintei.payments.models import Refund
from nintei.payments.signals import fee_settled
from nintei.people.models import Person
from nintei.shared.rulebook import edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reference", ["reissue:7", "application:7", "application:", "", "7"])
def test_a_fee_that_is_for_no_application_changes_none(submitted: Application, reference: str) -> None:
    fee = fees.fee_for(submitted.reference)
    assert fee is not None
    fee.reference = reference
    fee_settled.send(sender=None, fee=fee, on=PAID_ON, at=at(PAID_ON), by="system")
    assert queries.by_reference(submitted.reference) == submitted
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_acceptance_stays_when_its_payment_is_undone_and_the_fee_waits_again(
    submitted: Application, mori: Person, kato: Person
) -> None:
    pay(submitted, mori)
    fee = fees.fee_for(submitted.reference)
    assert fee is not None
    match = fees.standing_match(fee)
    assert match is not None
    payments.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=at(PAID_ON), second=kato)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.accepted_on) == ("accepted", PAID_ON)
    assert (fees.is_settled(fee), queries.facts(submitted, PAID_ON)["fee"]["settled"]) == (False, False)
    told = pages.if_withdrawn(submitted, edition(PAID_ON))
    assert (told["accepted"], told["paid"], told["owed"]) == (True, 0, 11_000)
    actions.withdraw(person=submitted.person, application=submitted, version=None, on=PAID_ON, at=at(PAID_ON))
    fee.refresh_from_db()
    assert (fee.cancelled_at, Refund.objects.count()) == (None, 0)


def test_withdrawing_a_paid_application_before_acceptance_makes_the_fee_due(
    submitted: Application, mori: Person, ito: Person
) -> None:
    Application.objects.filter(pk=submitted.pk).update(state="returned")
    pay(submitted, mori)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.accepted_on) == ("returned", None)
    actions.withdraw(person=submitted.person, application=submitted, version=None, on=TODAY, at=at(PAID_ON))
    refund = Refund.objects.get()
    assert (refund.person, refund.gross, refund.state) == (submitted.person, 11_000, "due")

"""What applications hear of fees: other rooms' references, an undo after 受理, and a withdrawal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from nintei.applications import actions, pages, queries
from nintei.applications.models import Application
from nintei.applications.tests.conftest import PAID_ON, TODAY, at, pay
from nintei.notices.models import Letter
from nintei.payments import actions as payments
from nintei.payments import queries as fees
from nintei.payments.models import Refund
from nintei.payments.signals import fee_settled
from nintei.people.models import Person
from nintei.shared.rulebook import edition
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer
from nintei.site.tests.access import browser
from tests.kept import kept

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
    page = browser(submitted.person).get(reverse("applications:withdraw", args=["OMP"])).content.decode()
    assert "11,000円から銀行の振込手数料を引いた額をお返しします。" in page
    actions.withdraw(person=submitted.person, application=submitted, version=None, on=TODAY, at=at(PAID_ON))
    refund = Refund.objects.get()
    assert (refund.person, refund.gross, refund.state) == (submitted.person, 11_000, "due")


@pytest.fixture
@kept
def second(submitted: Application) -> Application:
    """The same person's application for CAP, handed in by the same day."""
    row = Application.objects.get(pk=submitted.pk)
    row.pk, row.number, row.qualification, row.state = uuid4(), "2026-0002", "CAP", "draft"
    row._state.adding = True
    row.save()
    Application.objects.filter(pk=row.pk).update(state="submitted")
    payments.open_fee(
        by="system",
        person=row.person,
        kind="first",
        reference=row.reference,
        qualification="CAP",
        pass_number="2025001777",
        kana=row.person.kana,
        on=TODAY,
        at=at(TODAY),
    )
    return row


def pay_both(first: Application, second: Application, mori: Person) -> None:
    wanted = [fee for row in (first, second) if (fee := fees.fee_for(row.reference))]
    line = [Transfer(fees.payer_name_to_write(wanted[0]), 22_000, PAID_ON)]
    done = payments.import_file(
        by=mori.by, content=bank.statement(line), name="x.txt", on=PAID_ON, at=at(PAID_ON)
    )
    how: dict[str, Any] = {"reasons": [], "note": "二つの申請の分", "at": at(PAID_ON)}
    payments.settle(by=mori.by, actor=mori, lines=list(done.new), fees=wanted, **how)


def letters() -> list[tuple[str, str]]:
    found = Letter.objects.filter(template__startswith="applications/letters/").order_by("written_at", "key")
    told = ("accepted.txt", "fee_confirmed.txt")
    return [(each.subject, each.body) for each in found if each.template.endswith(told)]


def test_one_transfer_for_two_applications_brings_one_letter_with_both(
    submitted: Application, second: Application, mori: Person
) -> None:
    pay_both(submitted, second, mori)
    assert set(Application.objects.values_list("state", flat=True)) == {"accepted"}
    ((subject, body),) = letters()
    assert subject == "申請2件を受理しました"
    assert "OMPの申請（第2026-0001号）を" in body
    assert "CAPの申請（第2026-0002号）を" in body


def test_where_one_of_them_waits_for_papers_the_same_letter_says_so(
    submitted: Application, second: Application, mori: Person
) -> None:
    Application.objects.filter(pk=second.pk).update(state="returned")
    pay_both(submitted, second, mori)
    ((subject, body),) = letters()
    assert subject == "申請を受理しました（第2026-0001号）"
    assert "CAPの申請（第2026-0002号）の手数料も、入金を確かめました。書類がそろった日に受理します。" in body


def test_money_for_an_application_that_waits_for_papers_is_told_without_accepting_it(
    submitted: Application, mori: Person
) -> None:
    Application.objects.filter(pk=submitted.pk).update(state="returned")
    pay(submitted, mori)
    ((subject, body),) = letters()
    assert (subject, "書類がそろった日に受理します。" in body) == ("手数料の入金を確かめました", True)

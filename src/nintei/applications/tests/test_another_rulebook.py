"""What an applicant of another association is told and gets back, by its rulebook alone: the packaged example."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from nintei.applications import actions, printing
from nintei.applications.gaps import missing_parts
from nintei.applications.models import Application
from nintei.applications.tests.conftest import (
    PAID_ON,
    TODAY,
    add_post,
    at,
    attest,
    decide,
    pay,
    recommend,
    report_for,
    submit,
)
from nintei.applications.tests.renewing import certified, file, withdraw
from nintei.applications.understanding import what_was_understood
from nintei.applications.whenever import whenever
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.payments import actions as payments
from nintei.payments import queries as fees
from nintei.payments.models import Refund
from nintei.people.models import Person
from nintei.people.tests.conftest import photo
from nintei.rules.dates import renewal_window
from nintei.rules.edition import Start
from nintei.rules.load import load
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition
from nintei.site.tests.access import browser

ISSUED = date(2026, 10, 8)


@pytest.fixture
def guild(settings: Any) -> None:
    """The rulebook of the piano tuners' guild."""
    settings.RULEBOOK = "example"


@pytest.fixture
def tuner(guild: None, sato: Person) -> Application:
    """Sato's draft for the guild's qualification, with everything; in both of its required fields."""
    report_for(sato, exam="CPT", issued_on=ISSUED)
    draft = actions.start(person=sato, qualification="CPT", on=TODAY, at=at(TODAY))
    attest(add_post(sato, date(2020, 4, 1), None, "12", "さくらピアノ"))
    draft.refresh_from_db()
    return draft


def test_where_no_criterion_asks_for_a_pledge_none_is_signed(tuner: Application) -> None:
    seen = browser(tuner.person)
    page = seen.get("/my/apply/CPT").content.decode()
    assert ("することは5つ" in page, "宣誓" in page) == (True, False)
    assert seen.get(reverse("applications:pledge", args=["CPT"])).status_code == 404
    assert printing.content(tuner, TODAY)["pledge"] is None
    assert printing.forms_pdf(tuner, TODAY, at(TODAY)).startswith(b"%PDF")
    assert (missing_parts(tuner, TODAY), submit(tuner).state) == ((), "submitted")


def test_a_validity_from_the_certification_moves_and_one_from_the_report_shrinks() -> None:
    guild = load("example", TODAY)
    moving = whenever(guild, ISSUED, TODAY)
    validity = moving.late.validity
    assert (validity.start, validity.end) == (TODAY, date(2028, 11, 23))
    assert (moving.months, moving.counts_before, moving.past_days) == ((), False, 0)
    assert moving.headline == "有効期間は、認定された日から始まります"
    reported = guild._replace(validity=guild.validity._replace(start=Start.REPORT_ISSUE))
    fixed = whenever(reported, ISSUED, TODAY)
    assert (fixed.late.validity.start, fixed.past_days, fixed.counts_before) == (ISSUED, 47, True)
    assert [each.on for each in fixed.months[:2]] == [TODAY, date(2026, 12, 1)]
    assert [each.days_left for each in fixed.months[:2]] == [684, 677]
    assert fixed.headline == whenever(load("conken", TODAY), ISSUED, TODAY).headline
    assert fixed.headline == "有効期間は、いつ申請しても同じです"


def test_before_paying_an_applicant_reads_what_this_rulebook_says(
    tuner: Application, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    page = browser(tuner.person).get(reverse("applications:check", args=["CPT"])).content.decode()
    assert "有効期間は、認定された日から始まります" in page
    assert "認定されなければ、手数料は返ります" in page
    assert "有効期間と、手数料が返るときを確かめました" in page
    assert "架空ピアノ調律師会 認定規程" in page
    for untrue in (
        "返りません",
        "いつ申請しても同じ",
        "認定の前でも数えます",
        "申請する月ごとに見る",
        "認定申請マニュアル",
    ):
        assert untrue not in page
    report = tuner.person.exam_passes.get()
    told = what_was_understood(tuner, report, TODAY)
    assert (told["begins"], told["start"], told["days_left"]) == ("certification", "2026-11-24", 731)
    assert (told["returned"], told.get("not_returned")) == ("審査に通らなかった者には手数料を返す。", None)
    assert told["edition"] == edition(TODAY).id
    with pytest.raises(Refused, match=r"applications\.refund_not_understood"):
        submit(tuner, understood=False)


@pytest.fixture
def received(tuner: Application, mori: Person) -> Application:
    """Sent, and 受理 with its fee of 9,900 yen."""
    submit(tuner)
    pay(tuner, mori)
    tuner.refresh_from_db()
    assert tuner.state == "accepted"
    return tuner


@pytest.fixture
def refused(received: Application, ito: Person, kato: Person) -> Application:
    actions.take_up(actor=ito, application=received, version=None, on=PAID_ON, at=at(PAID_ON))
    return refuse(received, ito, kato)


def refuse(row: Application, reviewer: Person, decider: Person) -> Application:
    row.refresh_from_db()
    recommend(row, reviewer)
    row.refresh_from_db()
    decide(row, decider, "refused", reasons={"experience": "確かめられませんでした。"})
    row.refresh_from_db()
    return row


def pay_back(refund: Refund, mori: Person, kato: Person, on: date) -> None:
    """Mori asks, Kato approves, the bank pays at the association's charge (第26条)."""
    told: dict[str, Any] = {"charge": 330, "send_to": "架空銀行 普通 1", "reason": "", "at": at(on)}
    asked = payments.ask_refund(by=mori.by, actor=mori, refund=refund, **told)
    payments.decide(by=kato.by, actor=kato, approval=asked, granted=True, at=at(on))
    payments.mark_refund_paid(by=mori.by, actor=mori, refund=refund, on=on, at=at(on))
    refund.refresh_from_db()


def books() -> dict[str, int]:
    sheet = fees.trial_balance()
    assert sheet.debit == sheet.credit
    return {row.account.value: row.balance for row in sheet.rows if row.balance}


def test_withdrawn_after_acceptance_the_whole_fee_goes_back(
    received: Application, mori: Person, kato: Person
) -> None:
    letter = Letter.objects.get(key=f"applications.accepted:{received.pk}")
    assert "手数料の入金を確かめました。" in letter.body
    assert "返りません" not in letter.body
    applicant = browser(received.person)
    page = applicant.get(reverse("applications:withdraw", args=["CPT"])).content.decode()
    assert "受理のあとでも、9,900円をお返しします。" in page
    assert "返りません" not in page
    withdraw(received, PAID_ON)
    refund = Refund.objects.get()
    assert (refund.gross, refund.person, books()) == (
        9_900,
        received.person,
        {"bank": 9_900, "refunds": -9_900},
    )
    pay_back(refund, mori, kato, PAID_ON)
    assert (refund.state, refund.net, books()) == ("paid", 9_900, {"charges": 330, "bank": -330})


def test_a_renewal_withdrawn_after_acceptance_gets_its_fee_back(
    guild: None, sato: Person, mori: Person
) -> None:
    held = certified(sato, "CPT")
    ends_on = held.terms.get().ends_on
    on = renewal_window(edition(ends_on), ends_on, ends_on).opens
    row = file(held, on)
    pay(row, mori, on)
    row.refresh_from_db()
    assert (row.state, Refund.objects.count()) == ("accepted", 0)
    withdraw(row, on)
    assert (Refund.objects.get().gross, books()) == (5_500, {"bank": 5_500, "refunds": -5_500})


def press(who: Person, row: Application, key: str = "give-back-once-and-no-more") -> Any:
    return browser(who).post(reverse("applications:give_back", args=[row.pk]), {"once": key}, follow=True)


def test_a_refused_fee_goes_back_when_the_desk_says_so_and_by_two_more_people(
    refused: Application, ito: Person, mori: Person, kato: Person, kudo: Person
) -> None:
    assert (Refund.objects.count(), books()["bank"]) == (0, 9_900)
    case = reverse("applications:case", args=[refused.pk])
    button = reverse("applications:give_back", args=[refused.pk])
    assert button in browser(ito).get(case).content.decode()
    assert button not in browser(kudo).get(case).content.decode()
    assert press(kudo, refused).status_code == 403
    own = reverse("applications:apply", args=["CPT"])
    assert "手数料はお返しします。協会が手続きします。" in browser(refused.person).get(own).content.decode()
    assert "手数料を返すことにしました。" in press(ito, refused).content.decode()
    refund = Refund.objects.get()
    assert (refund.gross, refund.reason, refund.by) == (9_900, "不認定", ito.by)
    leaf = Body.objects.get(verb="applications.give_fee_back")
    assert (leaf.subject, leaf.data["refund"]) == (refused.reference, str(refund.pk))
    assert "9,900円をお返しします" in Letter.objects.get(key=f"applications.fee_goes_back:{refused.pk}").body
    page = browser(ito).get(case).content.decode()
    assert (button in page, "9,900円を返すことにしました。" in page) == (False, True)
    pay_back(refund, mori, kato, PAID_ON)
    assert books() == {"charges": 330, "bank": -330}
    assert "9,900円をお返ししました。" in browser(refused.person).get(own).content.decode()
    again = press(ito, refused, "another-key-of-the-same-desk").content.decode()
    assert "もう返すことになっています" in again
    with pytest.raises(Refused, match=r"applications\.fee_went_back"):
        actions.reopen(actor=kato, application=refused, words="見直す", on=PAID_ON, at=at(PAID_ON))


def give_back(row: Application, actor: Person, on: date = PAID_ON) -> Refund | None:
    return actions.give_fee_back(actor=actor, application=row, on=on, at=at(on))


def test_an_appeal_finds_its_fee_and_once_it_is_over_the_fee_goes_back(
    refused: Application, ito: Person, kato: Person, noda: Person, settings: Any, tmp_path: Path
) -> None:
    settings.VAR, settings.APPEAL_DAYS = tmp_path, 60
    for actor, code in ((refused.person, "not_to_give_back"), (ito, "appeal_may_come")):
        with pytest.raises(Refused, match=rf"applications\.{code}"):
            give_back(refused, actor)
    told: dict[str, Any] = {
        "words": "在籍証明書を添えます。",
        "files": [photo()],
        "on": PAID_ON,
        "at": at(PAID_ON),
    }
    row = actions.appeal(actor=refused.person, application=refused, **told)
    with pytest.raises(Refused, match=r"applications\.judged_again"):
        give_back(refused, ito, PAID_ON + timedelta(61))
    with pytest.raises(Refused, match=r"applications\.nothing_to_give_back"):
        give_back(row, ito)
    withdraw(row, PAID_ON)
    assert Refund.objects.count() == 0
    refund = give_back(refused, ito)
    assert refund is not None
    assert (refund.gross, refund.fee) == (9_900, fees.fee_for(refused.reference))


def test_what_is_owed_for_a_refused_case_is_asked_for_no_more(
    refused: Application, mori: Person, kato: Person
) -> None:
    fee = fees.fee_for(refused.reference)
    assert fee is not None
    match = fees.standing_match(fee)
    assert match is not None
    payments.undo(by=mori.by, actor=mori, match=match, reason="別の方", at=at(PAID_ON), second=kato)
    assert books()["receivable"] == 9_900
    assert give_back(refused, kato) is None
    assert (Refund.objects.count(), books()) == (0, {"bank": 9_900, "suspense": -9_900})


def test_conken_keeps_the_fee_of_a_refused_case_and_its_page_says_nothing_of_it(
    recommended: Application, ito: Person, kato: Person
) -> None:
    decide(recommended, kato, "refused", reasons={"experience": "確かめられませんでした。"})
    with pytest.raises(Refused, match=r"payments\.kept_after_acceptance"):
        give_back(recommended, ito)
    page = browser(ito).get(reverse("applications:case", args=[recommended.pk])).content.decode()
    assert reverse("applications:give_back", args=[recommended.pk]) not in page
    assert (Refund.objects.count(), books()) == (0, {"bank": 11_000, "earned": -10_000, "tax": -1_000})

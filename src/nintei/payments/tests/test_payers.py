"""Who may pay for whom: agreements with companies, names that are learnt and forgotten, former names, late money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from nintei.journal.models import Body
from nintei.payments import actions, queries
from nintei.payments.models import Agreement, Fee, KnownPayer, Match
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.payments.tests.deeds import SATO, bring, lanes_of, refused, settle
from nintei.people.models import FormerName, Person
from nintei.registry.models import ExamPass
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db

COMPANY = "カブシキガイシャ ミナトコンタクト"
ROSTER = Transfer("カ)ミナトコンタクト", 22_000)
PAYERS = "/office/payments/payers"


@pytest.fixture
def other(tanaka: Person) -> Fee:
    return ask_fee(tanaka, "2025000456", "タナカ ケン")


def agree(mori: Person, *fees: Fee, payer: str = COMPANY, **more: Any) -> Agreement:
    how: dict[str, Any] = {"by": mori.by, "actor": mori, "payer_name": payer, "fees": fees, "note": "メール"}
    return actions.agree(**(how | {"agreed_on": ON, "at": AT} | more))


def learn(mori: Person, person: Person, payer: str = "カ)ミナト") -> KnownPayer:
    return actions.learn_payer(
        by=mori.by, actor=mori, person=person, payer_name=payer, note="電話で確認", at=AT
    )


def test_an_agreed_roster_settles_all_of_it_from_one_line(fee: Fee, other: Fee, mori: Person) -> None:
    agree(mori, fee, other)
    done = bring(ROSTER)
    assert [(m.fee, m.reasons, m.automatic) for m in done.settled] == [
        (fee, ["BULK"], True),
        (other, ["BULK"], True),
    ]
    connection.check_constraints()
    lanes = lanes_of(done)
    assert (lanes.settled.count, lanes.settled.yen, lanes.undecided) == (1, 22_000, 0)
    assert [fact.text for fact in lanes.settled.views[0].facts] == ["取り決めの名義", "金額"]


def test_a_roster_short_by_the_bank_charge_settles_nobody(fee: Fee, other: Fee, mori: Person) -> None:
    agree(mori, fee, other)
    done = bring(Transfer("カ)ミナトコンタクト", 21_560))
    (view,) = lanes_of(done).to_decide.views
    assert (done.settled, view.fees, view.reasons) == ((), (fee, other), ("BULK_AMOUNT_MISMATCH",))
    assert (view.difference, view.can_accept) == (-440, False)
    assert [fact.text for fact in view.facts] == ["取り決めの名義", "440円足りない"]


def test_a_roster_of_which_one_has_paid_alone_goes_to_a_person(fee: Fee, other: Fee, mori: Person) -> None:
    agree(mori, fee, other)
    done = bring(SATO, ROSTER)
    assert [m.fee for m in done.settled] == [fee]
    (view,) = lanes_of(done).to_decide.views
    assert (view.fees, view.can_accept) == ((other,), False)


def test_without_an_agreement_a_company_is_a_question(fee: Fee, other: Fee) -> None:
    done = bring(ROSTER)
    (view,) = lanes_of(done).unknown.views
    assert (done.settled, view.reasons) == ((), ("NO_CANDIDATE", "COMPANY_NAME"))
    assert "取り決め" in view.why


def test_an_agreement_that_was_ended_settles_nothing(fee: Fee, other: Fee, mori: Person) -> None:
    agreed = agree(mori, fee, other)
    actions.end_agreement(by=mori.by, actor=mori, agreement=agreed.pk, at=AT)
    actions.end_agreement(by=mori.by, actor=mori, agreement=agreed.pk, at=AT)
    assert (bring(ROSTER).settled, list(queries.standing_agreements())) == ((), [])
    verbs = ["payments.agree", "payments.end_agreement"]
    assert list(Body.objects.filter(verb__in=verbs).order_by("leaf").values_list("verb", flat=True)) == verbs


def test_it_refuses_an_agreement_that_cannot_be_kept(
    fee: Fee, other: Fee, mori: Person, kato: Person
) -> None:
    own = ask_fee(mori, "2025000999", "モリ ユミ")
    paid = ask_fee(somebody("ito", "イトウ マリ"), "2025000888", "イトウ マリ")
    settle(mori, bring(Transfer("ハヤシ")).new[0], paid)
    wrong: list[tuple[str, list[Fee], dict[str, Any]]] = [
        ("not_accountant", [fee], {"actor": kato}),
        ("own_fee", [fee, own], {}),
        ("nothing_listed", [], {}),
        ("payer_needed", [fee], {"payer": " ) "}),
        ("reason_needed", [fee], {"note": " "}),
        ("fee_not_waiting", [fee, paid], {}),
    ]
    for code, fees, more in wrong:
        with refused(code):
            agree(mori, *fees, **more)
    agree(mori, fee)
    with refused("listed_already"):
        agree(mori, fee, other)
    assert Agreement.objects.count() == 1


def test_a_learnt_payer_settles_with_number_and_amount_and_says_so(
    fee: Fee, sato: Person, mori: Person
) -> None:
    learn(mori, sato)
    done = bring(Transfer("0123カ)ミナト"))
    assert [(m.fee, m.reasons) for m in done.settled] == [(fee, ["KNOWN_PAYER"])]
    (view,) = lanes_of(done).settled.views
    assert [fact.text for fact in view.facts] == ["番号 0123", "覚えた名義", "金額"]


def test_a_learnt_payer_without_the_number_is_only_a_suggestion(fee: Fee, sato: Person, mori: Person) -> None:
    learn(mori, sato)
    done = bring(Transfer("カ)ミナト"))
    (view,) = lanes_of(done).to_decide.views
    assert (done.settled, view.fees, view.reasons) == ((), (fee,), ("MISSING_NUMBER", "KNOWN_PAYER"))


def test_a_payer_that_was_forgotten_settles_nothing_and_what_it_settled_stays(
    fee: Fee, sato: Person, mori: Person
) -> None:
    known = learn(mori, sato, "0123カ)ミナト")
    assert (known.payer_key, learn(mori, sato).pk) == ("カミナト", known.pk)
    bring(Transfer("0123カ)ミナト"))
    actions.forget_payer(by=mori.by, actor=mori, payer=known.pk, at=AT)
    cap = ask_fee(sato, "2025001777", "サトウ ハナコ", qualification="CAP")
    done = bring(Transfer("1777カ)ミナト"), on=ON + timedelta(days=1))
    assert (done.settled, queries.is_settled(fee), queries.is_settled(cap)) == ((), True, False)


def test_a_learnt_payer_who_is_an_applicant_too_is_never_guessed(
    fee: Fee, sato: Person, mori: Person, other: Fee
) -> None:
    learn(mori, sato, "タナカ ケン")
    done = bring(Transfer("0123タナカ ケン"))
    (view,) = lanes_of(done).to_decide.views
    assert (done.settled, set(view.fees), view.reasons[0]) == ((), {fee, other}, "AMBIGUOUS")


def test_it_refuses_to_learn_from_the_wrong_person_or_from_no_name(
    sato: Person, mori: Person, kato: Person
) -> None:
    with refused("not_accountant"):
        learn(kato, sato)
    with refused("own_fee"):
        learn(mori, mori)
    with refused("payer_needed"):
        learn(mori, sato, "0123")


def test_a_former_name_is_a_suggestion(fee: Fee, sato: Person) -> None:
    told = FormerName.objects.create(person=sato, name="山田 花子", kana="ヤマダ ハナコ")
    ito = somebody("ito")
    (unseen,) = lanes_of(bring(Transfer("0123ヤマダ ハナコ", 1))).to_decide.views
    assert unseen.reasons[0] == "NAME_MISMATCH"
    FormerName.objects.filter(pk=told.pk).update(state="confirmed", checked_by=ito, checked_on=ON)
    done = bring(Transfer("0123ヤマダ ハナコ"))
    (view,) = lanes_of(done).to_decide.views
    assert (done.settled, view.fees, view.reasons) == ((), (fee,), ("FORMER_NAME",))
    assert [fact.text for fact in view.facts] == ["番号 0123", "前の氏名", "金額"]


def test_money_after_the_due_date_is_a_suggestion(sato: Person) -> None:
    late = actions.open_fee(
        by="system",
        person=sato,
        kind="first",
        reference="application:late",
        qualification="OMP",
        pass_number="2025000123",
        kana="サトウ ハナコ",
        on=ON,
        at=AT,
        due_on=date(2026, 1, 14),
    )
    done = bring(SATO)
    (view,) = lanes_of(done).to_decide.views
    assert (done.settled, view.fees, view.reasons, view.can_accept) == ((), (late,), ("LATE",), True)
    assert [fact.text for fact in view.facts][-1] == "期限を過ぎた入金"


def test_money_after_a_withdrawal_is_told_from_money_of_nobody(fee: Fee) -> None:
    actions.cancel_fee(by="person:sato", fee=fee, at=AT)
    done = bring(SATO, Transfer("ハヤシ", 5_500))
    withdrawn, unknown = lanes_of(done).unknown.views
    assert (done.settled, withdrawn.closed, unknown.closed) == ((), fee, None)
    assert withdrawn.facts[-1].text == "申請は取り下げられている"
    assert "返すまで" in withdrawn.why


def test_a_family_members_and_a_companys_name_are_told_apart(fee: Fee) -> None:
    done = bring(Transfer("0123サトウ イチロウ"), Transfer("0123カ)ミナト"))
    assert [view.reasons for view in lanes_of(done).to_decide.views] == [
        ("NAME_MISMATCH", "SAME_FAMILY"),
        ("NAME_MISMATCH", "COMPANY_NAME"),
    ]


def test_somebody_who_passed_with_the_same_digits_and_name_may_have_paid_ahead(fee: Fee) -> None:
    ExamPass.objects.create(
        exam="OMP", number="2024990123", name="佐藤 花子", kana="サトウ ハナコ", passed=True,
        issued_on=ON, imported_at=AT,
    )  # fmt: skip
    done = bring(SATO)
    (view,) = lanes_of(done).to_decide.views
    assert (done.settled, view.fees, view.reasons) == ((), (fee,), ("AMBIGUOUS",))


def test_ones_own_report_is_no_twin(fee: Fee, sato: Person) -> None:
    for number, person in (("2025000123", None), ("2024990123", sato)):
        ExamPass.objects.create(
            exam="OMP", number=number, name="佐藤 花子", kana="サトウ ハナコ", passed=True,
            issued_on=ON, imported_at=AT, person=person,
        )  # fmt: skip
    assert [m.fee for m in bring(SATO).settled] == [fee]


# ---- on the page ---------------------------------------------------------------------------------


@pytest.fixture
def once() -> Callable[[], dict[str, str]]:
    keys = iter(range(1000))
    return lambda: {"once": f"payer-{next(keys):020}"}


@pytest.fixture
def office(mori: Person, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Client:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", ON.isoformat())
    client = Client()
    client.force_login(mori)
    return client


def said(people: str) -> dict[str, str]:
    day = {"agreed_on_year": "2026", "agreed_on_month": "1", "agreed_on_day": "19"}
    return {"payer_name": COMPANY, "people": people, "note": "1月19日のメール"} | day


def test_a_companys_list_is_pasted_and_every_line_found(
    office: Client, fee: Fee, other: Fee, once: Callable[[], dict[str, str]]
) -> None:
    answer = office.post(PAYERS, said("2025000123\n\nタナカ ケン\n") | once(), follow=True)
    print(answer.context["form"].errors)
    assert (answer.status_code, "ミナトコンタクト" in answer.content.decode()) == (200, True)
    agreed = Agreement.objects.get()
    assert {item.fee for item in agreed.listed.all()} == {fee, other}
    office.post(f"/office/payments/agreements/{agreed.pk}/end", once())
    assert list(queries.standing_agreements()) == []


def test_a_list_names_every_line_that_means_nobody_or_several(
    office: Client, fee: Fee, once: Callable[[], dict[str, str]]
) -> None:
    ask_fee(somebody("sato2", "サトウ ハナコ"), "2024990123", "サトウ ハナコ")
    answer = office.post(PAYERS, said("0123\nハヤシ ケイコ\n2025000123") | once())
    page = answer.content.decode()
    assert (answer.status_code, Agreement.objects.count()) == (422, 0)
    assert "1行目「0123」：待っている手数料が2件あります" in page
    assert "2行目「ハヤシ ケイコ」：待っている手数料が見つかりません" in page
    assert "3行目" not in page


def test_a_name_is_remembered_when_the_accountant_says_so_and_forgotten_again(
    office: Client, fee: Fee, sato: Person, once: Callable[[], dict[str, str]]
) -> None:
    (line,) = bring(Transfer("0123カ)ミナト")).new
    url = f"/office/payments/lines/{line.pk}"
    assert "お願いした名義" in office.get(url).content.decode()
    office.post(url, {"fee": fee.pk, "note": "勤め先。電話で確認", "remember": "on", **once()})
    known = KnownPayer.objects.get()
    assert (known.person, known.payer_key, Match.objects.get().automatic) == (sato, "カミナト", False)
    assert "カミナト" in office.get(PAYERS).content.decode()
    office.post(f"/office/payments/payers/{known.pk}/forget", once())
    assert list(queries.known_payers()) == []


def test_a_name_is_not_remembered_for_two_people_at_once(
    office: Client, fee: Fee, other: Fee, once: Callable[[], dict[str, str]]
) -> None:
    (line,) = bring(ROSTER).new
    both = {"fee": [fee.pk, other.pk], "note": "取り決めの書類", "remember": "on"}
    answer = office.post(f"/office/payments/lines/{line.pk}", both | once())
    assert (answer.status_code, Match.objects.count(), KnownPayer.objects.count()) == (422, 0, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_payers_costs_the_same_for_one_and_for_three(
    office: Client, mori: Person, rows: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        owner = somebody(f"p{n}", "コンケン タロウ")
        agree(mori, ask_fee(owner, f"202500010{n}", "コンケン タロウ"), payer=f"カ)ミナト{n}")
        learn(mori, owner, f"カ)カモメ{n}")
    with django_assert_num_queries(10):
        office.get(PAYERS)


def test_only_accountants_see_who_pays_for_whom(office: Client, mori: Person, sato: Person, fee: Fee) -> None:
    learn(mori, sato)
    assert "カミナト" in office.get(PAYERS).content.decode()
    stranger = Client()
    stranger.force_login(sato)
    assert (stranger.get(PAYERS).status_code, Client().get(PAYERS).status_code) == (403, 302)

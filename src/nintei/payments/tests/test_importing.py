"""Importing a statement: what settles, what waits, what is never brought twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.payments import queries, statements
from nintei.payments.models import BankFile, BankLine, Fee, Match
from nintei.payments.signals import fee_settled
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.payments.tests.deeds import SATO, bring, heard, lanes_of, refused, settle
from nintei.people.models import Person
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


def test_number_name_and_exact_amount_settle_a_fee(fee: Fee) -> None:
    with heard(fee_settled) as news:
        done = bring(SATO, Transfer("ハヤシ ケイコ", 5_500))
    (match,) = done.settled
    assert (match.fee, match.base, match.tax, match.automatic) == (fee, 10_000, 1_000, True)
    assert (match.confirmed_on, match.reasons) == (ON, ["NUMBER_AND_NAME"])
    assert news == [{"fee": fee, "together": (fee,), "on": ON, "at": AT, "by": "person:mori"}]
    assert (queries.is_settled(fee), queries.who_matched(fee)) == (True, frozenset({"person:mori"}))
    leaves = list(Body.objects.order_by("leaf").values_list("verb", flat=True))
    assert leaves == ["payments.open_fee", "payments.settle", "payments.import_file"]


def test_the_three_columns_make_the_total_of_the_file(fee: Fee, tanaka: Person) -> None:
    ask_fee(tanaka, "2025000456", "タナカ ケン")
    lanes = lanes_of(bring(SATO, Transfer("タナカ ケン"), Transfer("ハヤシ ケイコ", 5_500)))
    assert [(x.count, x.yen) for x in (lanes.settled, lanes.to_decide, lanes.unknown)] == [
        (1, 11_000),
        (1, 11_000),
        (1, 5_500),
    ]
    assert (lanes.count, lanes.yen) == (3, 27_500)


def test_the_same_file_twice_brings_nothing_twice(fee: Fee) -> None:
    first, again = bring(SATO), bring(SATO)
    assert (len(first.new), again.new, again.known, again.again) == (1, (), 1, True)
    assert (again.file, BankLine.objects.count(), Match.objects.count()) == (first.file, 1, 1)


def test_an_overlapping_file_brings_only_what_is_new(fee: Fee) -> None:
    later = Transfer("ハヤシ ケイコ", 5_500, date(2026, 1, 16))
    bring(SATO)
    done = bring(SATO, later)
    assert ([x.payer_key for x in done.new], done.known, done.again) == (["ハヤシケイコ"], 1, False)
    assert Match.objects.count() == 1


def test_the_csv_of_a_day_already_read_as_records_brings_nothing(fee: Fee) -> None:
    bring(SATO)
    done = bring(content=bank.table([SATO], bank="mufg", encoding="cp932"))
    assert (done.new, done.known, BankFile.objects.count()) == ((), 1, 2)


def test_two_identical_transfers_of_one_day_are_two_and_settle_one_fee_once(fee: Fee) -> None:
    lanes = lanes_of(bring(SATO, SATO))
    assert (lanes.settled.count, lanes.to_decide.count, lanes.unknown.count) == (1, 0, 1)
    assert lanes.unknown.views[0].closed == fee
    assert bring(SATO, SATO, Transfer("ハヤシ", 1)).known == 2


def test_a_third_identical_transfer_in_a_later_file_is_new(fee: Fee) -> None:
    bring(SATO, SATO)
    done = bring(SATO, SATO, SATO)
    assert ([x.ordinal for x in done.new], done.known) == ([2], 2)


def test_a_broken_file_leaves_nothing(fee: Fee) -> None:
    with pytest.raises(statements.BrokenStatement):
        bring(content=bank.statement([SATO]).replace(b"8000001", b"8000002"))
    assert (BankFile.objects.count(), BankLine.objects.count(), queries.is_settled(fee)) == (0, 0, False)


def test_a_hearer_that_fails_takes_the_whole_import_back(fee: Fee) -> None:
    def fail(sender: object, **said: object) -> None:
        raise RuntimeError("the application cannot be accepted")

    fee_settled.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            bring(SATO)
    finally:
        fee_settled.disconnect(fail)
    assert (BankFile.objects.count(), BankLine.objects.count(), Match.objects.count()) == (0, 0, 0)


def test_a_transfer_older_than_its_application_settles_with_the_next_file(sato: Person) -> None:
    assert lanes_of(bring(SATO)).unknown.count == 1
    fee = ask_fee(sato, "2025000123", "サトウ ハナコ")
    done = bring(Transfer("ハヤシ", 1), on=ON + timedelta(days=1))
    assert [(m.fee, m.confirmed_on) for m in done.settled] == [(fee, date(2026, 1, 21))]


def test_a_namesake_with_the_same_digits_who_has_paid_is_never_guessed_away(fee: Fee) -> None:
    bring(SATO)
    other = ask_fee(somebody("sato2", "サトウ ハナコ"), "2024990123", "サトウ ハナコ")
    done = bring(SATO, SATO, on=ON + timedelta(days=1))
    assert done.settled == ()
    (view,) = lanes_of(done).to_decide.views
    assert (view.fees, view.reasons, view.can_accept) == ((other,), ("AMBIGUOUS",), False)


def test_a_preview_says_what_an_import_would_do_and_does_nothing(fee: Fee, tanaka: Person) -> None:
    bring(Transfer("ハヤシ", 1))
    ask_fee(tanaka, "2025000456", "タナカ ケン")
    content = bank.statement([Transfer("ハヤシ", 1), SATO, Transfer("タナカ ケン"), SATO])
    seen = queries.preview_file(content=content, on=ON)
    assert [len(x) for x in (seen.known, seen.settled, seen.to_decide, seen.unknown)] == [1, 1, 1, 1]
    assert (seen.imported, seen.other_accounts, BankLine.objects.count(), Match.objects.count()) == (
        None,
        (),
        1,
        0,
    )


def test_a_preview_names_an_account_that_is_not_the_associations(fee: Fee) -> None:
    seen = queries.preview_file(content=bank.statement([SATO], number="7654321"), on=ON)
    assert seen.other_accounts == ("7654321",)


def test_a_transfer_short_by_one_yen_stays_open_and_the_applicant_is_told_what_to_do(fee: Fee) -> None:
    done = bring(Transfer("0123サトウ ハナコ", 10_999))
    (view,) = lanes_of(done).to_decide.views
    assert (view.fees, view.reasons, view.can_accept, view.told_at) == ((fee,), ("UNDERPAID",), False, AT)
    assert [fact.text for fact in view.facts] == ["番号 0123", "氏名", "1円足りない"]
    letter = Letter.objects.get()
    assert (letter.to_email, letter.subject) == ("sato@example.jp", "手数料が1円足りません")
    assert "10,999円のお振込み" in letter.body
    assert "振込名義：0123サトウハナコ" in letter.body
    assert not queries.is_settled(fee)


def test_the_letter_about_a_short_transfer_is_written_in_the_applicants_language(fee: Fee) -> None:
    Person.objects.filter(pk=fee.person_id).update(language="en")
    bring(Transfer("0123サトウ ハナコ", 10_999))
    letter = Letter.objects.get()
    assert letter.subject == "Your fee is ¥1 short"
    assert not any("ぁ" <= c <= "鿿" for c in letter.body.replace("0123サトウハナコ", ""))


def test_a_short_transfer_brings_one_letter_however_many_files_follow(fee: Fee) -> None:
    bring(Transfer("0123サトウ ハナコ", 10_999))
    bring(Transfer("0123サトウ ハナコ", 10_999), Transfer("ハヤシ", 1))
    assert Letter.objects.count() == 1


def test_nobody_is_written_to_when_the_payer_is_not_certain(fee: Fee) -> None:
    bring(Transfer("サトウ ハナコ", 10_999))
    assert Letter.objects.count() == 0


def test_a_second_transfer_that_makes_up_the_amount_settles_by_one_hand(fee: Fee, mori: Person) -> None:
    bring(Transfer("0123サトウ ハナコ", 10_560))
    done = bring(Transfer("0123サトウ ハナコ", 440, date(2026, 1, 16)))
    (view,) = lanes_of(done).to_decide.views
    assert ([x.amount for x in view.together], view.can_accept, Letter.objects.count()) == ([10_560], True, 1)
    (match,) = settle(mori, view.line, fee, lines=[view.line, *view.together])
    assert sorted(match.parts.values_list("amount", flat=True)) == [440, 10_560]
    connection.check_constraints()
    assert queries.open_lines().count() == 0


def test_it_refuses_to_settle_with_less_than_the_fee(fee: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("0123サトウ ハナコ", 10_999)).new
    with refused("short"):
        settle(mori, line, fee)
    assert Match.objects.count() == 0


def test_what_is_paid_too_much_stays_open_on_its_line(fee: Fee, mori: Person) -> None:
    done = bring(Transfer("0123サトウ ハナコ", 11_440))
    settle(mori, done.new[0], fee, reasons=["OVERPAID"])
    (view,) = lanes_of(done).to_decide.views
    assert (view.line.left, queries.is_settled(fee)) == (440, True)
    assert view.why == "440円が残っています。返すか、ほかの申請に充てるかを決めてください。"


def test_one_transfer_settles_both_applications_of_a_person(fee: Fee, sato: Person, mori: Person) -> None:
    cap = ask_fee(sato, "2025001777", "サトウ ハナコ", qualification="CAP")
    done = bring(Transfer("0123サトウ ハナコ", 22_000))
    (view,) = lanes_of(done).to_decide.views
    assert (set(view.fees), view.reasons, view.can_accept) == ({fee, cap}, ("COVERS_SEVERAL",), True)
    settle(mori, view.line, *view.fees)
    connection.check_constraints()
    assert lanes_of(done).settled.yen == 22_000

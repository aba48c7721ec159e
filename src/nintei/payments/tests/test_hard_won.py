"""What others learnt the hard way about bank imports, each as a sentence: pretix's list."""

from __future__ import annotations

from datetime import date

import pytest

from nintei.notices.models import Letter
from nintei.payments import actions, queries, statements
from nintei.payments.models import BankLine, Fee, Match
from nintei.payments.tests.conftest import AT, ON, ask_fee
from nintei.payments.tests.deeds import SATO, bring, lanes_of, refused, settle
from nintei.people.models import Person
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(tanaka: Person) -> Fee:
    return ask_fee(tanaka, "2025000456", "タナカ ケン")


def test_an_exact_transfer_settles(fee: Fee) -> None:
    assert [match.fee for match in bring(SATO).settled] == [fee]


def test_a_short_transfer_settles_nothing_and_says_how_much_is_missing(fee: Fee) -> None:
    (view,) = lanes_of(bring(Transfer(SATO.payer, 10_560))).to_decide.views
    assert (view.difference, queries.is_settled(fee)) == (-440, False)


def test_a_fee_paid_in_parts_is_settled_from_all_of_them_at_once(fee: Fee, mori: Person) -> None:
    done = bring(Transfer(SATO.payer, 6_000), Transfer(SATO.payer, 5_000))
    first, second = lanes_of(done).to_decide.views
    assert (first.can_accept, first.together) == (True, (second.line,))
    settle(mori, first.line, fee, lines=[first.line, *first.together])
    assert (queries.is_settled(fee), queries.open_lines().count()) == (True, 0)


def test_what_is_paid_too_much_is_not_kept_silently(fee: Fee, mori: Person) -> None:
    done = bring(Transfer(SATO.payer, 11_440))
    assert done.settled == ()
    settle(mori, done.new[0], fee)
    assert queries.open_lines().get().left == 440


def test_money_for_a_cancelled_application_is_held_and_named(fee: Fee) -> None:
    actions.cancel_fee(by="person:sato", fee=fee, at=AT)
    (view,) = lanes_of(bring(SATO)).unknown.views
    assert (view.closed, queries.open_lines().get().left) == (fee, 11_000)


def test_mistyped_digits_are_a_suggestion(fee: Fee) -> None:
    (view,) = lanes_of(bring(Transfer("0132サトウ ハナコ"))).to_decide.views
    assert (view.fees, view.reasons) == ((fee,), ("NUMBER_MISMATCH",))


def test_blanks_and_line_breaks_inside_the_payer_do_not_matter(fee: Fee) -> None:
    text = '取引日,摘要,入金額\r\n2026/1/15,"0123 サト\nウ　ハナ\r\nコ",11000\r\n'
    assert [match.fee for match in bring(content=text.encode()).settled] == [fee]


def test_leading_zeros_of_the_number_count(fee: Fee) -> None:
    done = bring(Transfer("123サトウ ハナコ"))
    assert (done.settled, lanes_of(done).to_decide.views[0].reasons) == ((), ("NUMBER_MISMATCH",))


def test_a_line_of_zero_yen_is_left_out_and_said_so(fee: Fee) -> None:
    seen = queries.preview_file(content=bank.statement([Transfer(SATO.payer, 0), SATO]), on=ON)
    assert (len(seen.fresh), [x.why.ja for x in seen.statement.left_out]) == (1, ["0円"])


def test_one_transfer_for_two_applications_with_the_right_sum_is_proposed_for_both(
    fee: Fee, sato: Person, mori: Person
) -> None:
    cap = ask_fee(sato, "2025001777", "サトウ ハナコ", qualification="CAP")
    (view,) = lanes_of(bring(Transfer(SATO.payer, 22_000))).to_decide.views
    assert (set(view.fees), view.can_accept) == ({fee, cap}, True)
    settle(mori, view.line, *view.fees)
    assert (queries.is_settled(fee), queries.is_settled(cap)) == (True, True)


def test_one_transfer_for_two_applications_with_a_wrong_sum_settles_neither(fee: Fee, sato: Person) -> None:
    cap = ask_fee(sato, "2025001777", "サトウ ハナコ", qualification="CAP")
    (view,) = lanes_of(bring(Transfer(SATO.payer, 21_999))).to_decide.views
    assert (view.reasons, queries.is_settled(fee), queries.is_settled(cap)) == (("OVERPAID",), False, False)


def test_one_transfer_for_two_people_is_split_by_hand_and_the_parts_must_add_up(
    fee: Fee, other: Fee, mori: Person
) -> None:
    (line,) = bring(Transfer("ハヤシ ヨシオ", 22_000)).new
    settle(mori, line, fee, other, note="二人分。電話で確認")
    parts = sorted((part.match.fee.kana, part.amount) for part in line.parts.all())
    assert (parts, queries.open_lines().count()) == ([("サトウ ハナコ", 11_000), ("タナカ ケン", 11_000)], 0)
    (short,) = bring(Transfer("ミズノ", 21_999), on=date(2026, 1, 21)).new
    with refused("fee_already_settled"):
        settle(mori, short, fee, other)


def test_a_split_that_does_not_add_up_changes_nothing(fee: Fee, other: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("ハヤシ ヨシオ", 21_999)).new
    with refused("short"):
        settle(mori, line, fee, other)
    assert Match.objects.count() == 0


def test_what_is_nobodys_is_kept_for_ever_as_it_came(fee: Fee) -> None:
    (line,) = bring(Transfer("ハヤシ ケイコ", 5_500)).new
    kept = BankLine.objects.get(pk=line.pk)
    assert (kept.raw["振込依頼人名"], kept.raw["仕向銀行名"], kept.file.sha256) == (
        "ﾊﾔｼ ｹｲｺ",
        "ﾐｽﾞﾎ",
        line.file.sha256,
    )


def test_the_same_transfers_in_another_file_are_not_imported_again(fee: Fee) -> None:
    bring(SATO, Transfer("ハヤシ", 1))
    done = bring(content=bank.statement([SATO, Transfer("ハヤシ", 1)], ends=b""))
    assert (done.new, done.known, Match.objects.count()) == ((), 2, 1)


def test_one_transfer_brings_one_mail_however_often_it_is_seen(fee: Fee, mori: Person) -> None:
    short = Transfer(SATO.payer, 10_560)
    done = bring(short, Transfer("ハヤシ", 1))
    bring(short, Transfer("ハヤシ", 2))
    bring(content=bank.statement([short], ends=b""))
    queries.lanes(done.file, on=ON)
    assert Letter.objects.filter(to_person=fee.person).count() == 1


def test_several_short_transfers_in_one_file_bring_one_mail_with_what_is_missing_in_all(fee: Fee) -> None:
    bring(Transfer(SATO.payer, 5_000), Transfer(SATO.payer, 3_000))
    (letter,) = Letter.objects.all()
    assert letter.subject == "手数料が3,000円足りません"


def test_the_limit_of_days_is_told_with_the_row_that_is_beyond_it(fee: Fee) -> None:
    with pytest.raises(statements.BrokenStatement) as broken:
        bring(content="取引日,摘要,入金額\r\n2023/1/15,0123サトウ ハナコ,11000\r\n".encode())
    (problem,) = broken.value.problems
    assert (problem.row, "2年前まで" in problem.what.ja) == (2, True)

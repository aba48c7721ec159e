"""Fees, imports, matches and their undoing: what the room promises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.payments import actions, queries, statements
from nintei.payments.models import BankFile, BankLine, Fee, Match, MatchPart, MatchUndo
from nintei.payments.queries import Lanes
from nintei.payments.signals import fee_reopened, fee_settled
from nintei.payments.tests import bank
from nintei.payments.tests.bank import Transfer
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.people.models import Person
from nintei.shared.refusals import Refused

pytestmark = pytest.mark.django_db

SATO = Transfer("0123サトウ ハナコ")


def bring(*transfers: Transfer, on: date = ON, content: bytes = b"") -> actions.Imported:
    content = content or bank.statement(transfers)
    at = AT + (on - ON)
    return actions.import_file(by="person:mori", content=content, name="january.txt", on=on, at=at)


def lanes_of(done: actions.Imported) -> Lanes:
    return queries.lanes(done.file, on=ON)


def settle(mori: Person, line: BankLine, *fees: Fee, **more: Any) -> list[Match]:
    how: dict[str, Any] = {"by": mori.by, "actor": mori, "lines": [line], "fees": fees, "reasons": [], "note": "電話で確認", "at": AT}
    return actions.settle(**(how | more))


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == f"payments.{code}"
    assert refusal.value.sentence("ja") != refusal.value.sentence("en")


@contextmanager
def heard(signal: Any) -> Iterator[list[dict[str, Any]]]:
    news: list[dict[str, Any]] = []

    def hear(sender: object, **said: Any) -> None:
        assert connection.in_atomic_block
        news.append({key: value for key, value in said.items() if key != "signal"})

    signal.connect(hear)
    try:
        yield news
    finally:
        signal.disconnect(hear)


# Fees


def test_a_fee_costs_what_the_price_list_says_on_the_day(fee: Fee) -> None:
    assert (fee.base, fee.tax, fee.total, fee.priced_on) == (10_000, 1_000, 11_000, ON)
    assert fee.edition.startswith("conken:")
    assert Body.objects.get(verb="payments.open_fee").subject == fee.reference


def test_a_fee_is_opened_once_for_an_application(fee: Fee, sato: Person) -> None:
    assert ask_fee(sato, "2025000123", "サトウ ハナコ") == fee
    assert (Fee.objects.count(), Body.objects.count()) == (1, 1)


def test_it_refuses_a_fee_that_the_association_has_not_set(sato: Person) -> None:
    with refused("fee_unset"):
        queries.price_of(kind="renewal", qualification="OMP", on=ON)


def test_it_refuses_a_fee_for_a_qualification_that_needs_no_certification(sato: Person) -> None:
    with refused("no_fee_needed"):
        ask_fee(sato, "1", "サトウ", qualification="SV")


def test_it_says_which_payer_name_to_write(sato: Person) -> None:
    fee = ask_fee(sato, "2025000123", "コンケン　タロウ")
    assert queries.payer_name_to_write(fee) == "0123コンケンタロウ"
    assert queries.payer_name_to_write(Fee(kana="スミス・ジョン")) == "スミスジョン"


def test_a_cancelled_fee_waits_no_longer(fee: Fee) -> None:
    for _ in range(2):
        actions.cancel_fee(by="person:sato", fee=fee, at=AT)
    assert list(queries.open_fees()) == []
    assert Body.objects.filter(verb="payments.cancel_fee").count() == 1
    assert lanes_of(bring(SATO)).unknown.count == 1


def test_it_refuses_to_cancel_a_fee_that_is_paid(fee: Fee) -> None:
    bring(SATO)
    with refused("fee_already_settled"):
        actions.cancel_fee(by="person:sato", fee=fee, at=AT)


# Importing


def test_number_name_and_exact_amount_settle_a_fee(fee: Fee) -> None:
    with heard(fee_settled) as news:
        done = bring(SATO, Transfer("ハヤシ ケイコ", 5_500))
    (match,) = done.settled
    assert (match.fee, match.base, match.tax, match.automatic) == (fee, 10_000, 1_000, True)
    assert (match.confirmed_on, match.reasons) == (ON, ["NUMBER_AND_NAME"])
    assert news == [{"fee": fee, "on": ON, "at": AT, "by": "person:mori"}]
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
    assert lanes.unknown.views[0].paid_before == fee
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
    assert (seen.imported, seen.other_accounts, BankLine.objects.count(), Match.objects.count()) == (None, (), 1, 0)


def test_a_preview_names_an_account_that_is_not_the_associations(fee: Fee) -> None:
    seen = queries.preview_file(content=bank.statement([SATO], number="7654321"), on=ON)
    assert seen.other_accounts == ("7654321",)


# Too little, too much


def test_a_transfer_short_by_one_yen_stays_open_and_the_applicant_is_told_what_to_do(fee: Fee) -> None:
    done = bring(Transfer("0123サトウ ハナコ", 10_999))
    (view,) = lanes_of(done).to_decide.views
    assert (view.fees, view.reasons, view.can_accept, view.told_at) == ((fee,), ("UNDERPAID",), False, AT)
    assert [fact.text for fact in view.facts] == ["番号 0123", "氏名", "1円足りない"]
    letter = Letter.objects.get()
    assert (letter.to_email, letter.subject) == ("sato@example.jp", "手数料が1円足りません")
    assert "10,999円のお振込み" in letter.body and "振込名義：0123サトウハナコ" in letter.body
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


# By hand


def test_an_accountant_settles_a_suggestion_and_their_reason_is_kept(fee: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("サトウ ハナコ")).new
    (match,) = settle(mori, line, fee, reasons=["MISSING_NUMBER"])
    assert (match.automatic, match.reasons, match.note, match.by) == (False, ["MISSING_NUMBER"], "電話で確認", mori.by)
    assert queries.who_matched(fee) == frozenset({mori.by})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"note": " "}, "reason_needed"),
        ({"lines": []}, "nothing_chosen"),
        ({"fees": []}, "nothing_chosen"),
    ],
)
def test_it_refuses_to_settle_half_said_things(fee: Fee, mori: Person, change: dict[str, Any], code: str) -> None:
    (line,) = bring(Transfer("ハヤシ")).new
    with refused(code):
        settle(mori, line, fee, **change)


def test_it_refuses_to_settle_twice_from_either_side(fee: Fee, mori: Person, tanaka: Person) -> None:
    other = ask_fee(tanaka, "2025000456", "タナカ ケン")
    first, second = bring(Transfer("ハヤシ"), Transfer("ミズノ")).new
    settle(mori, first, fee)
    with refused("fee_already_settled"):
        settle(mori, second, fee)
    with refused("line_used_up"):
        settle(mori, first, other)


def test_it_refuses_to_settle_a_cancelled_fee(fee: Fee, mori: Person) -> None:
    (line,) = bring(Transfer("ハヤシ")).new
    actions.cancel_fee(by="person:sato", fee=fee, at=AT)
    with refused("fee_cancelled"):
        settle(mori, line, fee)


def test_only_an_accountant_may_settle_and_nobody_their_own_fee(fee: Fee, mori: Person, kato: Person) -> None:
    own = ask_fee(mori, "2025000999", "モリ ユミ")
    (line,) = bring(Transfer("ハヤシ")).new
    with refused("not_accountant"):
        settle(kato, line, fee)
    with refused("own_fee"):
        settle(mori, line, own)


# Undo


def test_undo_opens_the_fee_and_the_money_again_and_keeps_the_match(fee: Fee, mori: Person) -> None:
    done = bring(SATO)
    with heard(fee_reopened) as news:
        actions.undo(by=mori.by, actor=mori, match=done.settled[0], reason="別の方の分でした", at=AT)
    assert [said["fee"] for said in news] == [fee]
    assert (list(queries.open_fees()), [x.left for x in queries.open_lines()]) == ([fee], [11_000])
    assert (Match.objects.count(), MatchUndo.objects.get().reason) == (1, "別の方の分でした")
    assert Body.objects.filter(verb="payments.undo").count() == 1


def test_what_was_undone_can_be_settled_again_by_hand(fee: Fee, mori: Person) -> None:
    done = bring(SATO)
    actions.undo(by=mori.by, actor=mori, match=done.settled[0], reason="まちがい", at=AT)
    settle(mori, done.new[0], fee)
    assert queries.is_settled(fee)


def test_it_refuses_to_undo_twice_without_reason_or_by_the_wrong_person(fee: Fee, mori: Person, kato: Person) -> None:
    (match,) = bring(SATO).settled
    with refused("reason_needed"):
        actions.undo(by=mori.by, actor=mori, match=match, reason="", at=AT)
    with refused("not_accountant"):
        actions.undo(by=kato.by, actor=kato, match=match, reason="x", at=AT)
    actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT)
    with refused("undone_already"):
        actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT)


def test_undo_after_acceptance_needs_two_people(fee: Fee, mori: Person, kato: Person, tanaka: Person) -> None:
    (match,) = bring(SATO).settled
    fee = actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    match = Match.objects.get(pk=match.pk)
    with refused("undo_needs_two"):
        actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT)
    for second in (mori, tanaka):
        with refused("second_not_entitled"):
            actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT, second=second)
    assert queries.is_settled(fee)
    taken = actions.undo(by=mori.by, actor=mori, match=match, reason="x", at=AT, second=kato)
    fee.refresh_from_db()
    assert (taken.by, taken.second, fee.accepted_on) == (mori.by, kato.by, None)


def test_a_fee_that_is_not_paid_cannot_be_accepted(fee: Fee) -> None:
    with refused("fee_not_settled"):
        actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)


# What the database itself refuses


@contextmanager
def database_refuses(error: type[Exception] = DatabaseError) -> Iterator[None]:
    with pytest.raises(error), transaction.atomic():
        yield


@pytest.mark.parametrize("model", [BankFile, BankLine, Match, MatchPart, MatchUndo])
def test_what_was_appended_is_never_changed_or_deleted(fee: Fee, mori: Person, model: Any) -> None:
    done = bring(SATO, SATO)
    actions.undo(by=mori.by, actor=mori, match=done.settled[0], reason="x", at=AT)
    row = model.objects.earliest("pk")
    with database_refuses():
        row.save()
    with database_refuses():
        model.objects.filter(pk=row.pk)._raw_delete("default")


def test_the_amount_of_a_fee_is_never_changed_and_a_fee_never_deleted(fee: Fee) -> None:
    with database_refuses():
        Fee.objects.filter(pk=fee.pk).update(total=1, base=1, tax=0)
    with database_refuses():
        Fee.objects.filter(pk=fee.pk).delete()
    with database_refuses(IntegrityError):
        Fee.objects.create(person=fee.person, kind="first", reference="x", qualification="OMP", base=2, tax=1,
                           total=4, priced_on=ON, edition="x", kana="サトウ", opened_at=AT)  # fmt: skip


def _match(fee: Fee) -> Match:
    return Match.objects.create(fee=fee, base=10_000, tax=1_000, automatic=True, reasons=[], confirmed_on=ON, by="x", at=AT)


def test_the_database_keeps_one_standing_match_a_fee(fee: Fee) -> None:
    bring(SATO)
    with database_refuses(IntegrityError):
        _match(fee)


def test_the_database_keeps_a_line_within_its_amount(fee: Fee, tanaka: Person) -> None:
    other = ask_fee(tanaka, "2025000456", "タナカ ケン")
    (line,) = bring(SATO).new
    with database_refuses(IntegrityError):
        MatchPart.objects.create(match=_match(other), line=line, amount=1)


def test_the_database_wants_the_parts_of_a_match_to_add_up(fee: Fee) -> None:
    (line,) = bring(Transfer("ハヤシ")).new
    with database_refuses(IntegrityError):
        MatchPart.objects.create(match=_match(fee), line=line, amount=10_999)
        connection.check_constraints()


def test_the_database_refuses_a_match_of_a_cancelled_fee(fee: Fee) -> None:
    actions.cancel_fee(by="person:sato", fee=fee, at=AT)
    with database_refuses(IntegrityError):
        _match(fee)


def test_the_database_refuses_an_undo_by_the_same_two_people(fee: Fee) -> None:
    (match,) = bring(SATO).settled
    with database_refuses(IntegrityError):
        MatchUndo.objects.create(match=match, reason="x", by="person:mori", second="person:mori", at=AT)


# Asking


def test_it_finds_lines_by_payer_amount_and_day(fee: Fee) -> None:
    bring(SATO, Transfer("ハヤシ ケイコ", 5_500, date(2026, 1, 16)))
    find = lambda words: [x.amount for x in queries.search_lines(words)]  # noqa: E731
    assert (find("はやし"), find("11,000"), find("2026-01-16"), find("ハヤシ 11000")) == ([5_500], [11_000], [5_500], [])


def test_it_finds_open_fees_by_name_kana_digits_and_address(fee: Fee) -> None:
    for words in ("sato", "サトウ", "0123", "sato@example.jp", "サトウ 0123"):
        assert queries.search_fees(words) == [fee]
    assert queries.search_fees("タナカ") == []


def test_open_fees_are_one_query_with_their_people(fee: Fee, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert [(x, x.person.name) for x in queries.open_fees()] == [(fee, "sato")]

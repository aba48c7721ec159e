"""Entries as files: every yen is in them, no cell runs, no character is dropped."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nintei.payments import actions, queries
from nintei.payments.books import files
from nintei.payments.books.files import LAYOUTS, Layout, Told
from nintei.payments.models import Account, Fee
from nintei.payments.queries.books import Wanted
from nintei.payments.tests.conftest import AT, ON
from nintei.payments.tests.deeds import SATO, bring
from nintei.shared.cells import RUNS
from nintei.site.demo.bank import Transfer

NAMES = {account: account.value for account in Account}
FREEE, GENERIC, YAYOI = LAYOUTS["freee"], LAYOUTS["generic"], LAYOUTS["yayoi"]


def read(layout: Layout, content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(layout.encoding), newline="")))


def told(*postings: tuple[Account, int], party: str = "佐藤", rate: str = "10%") -> Told:
    sides = tuple((account, yen, "") for account, yen in postings)
    return Told(7, "2026/01/20", "2026/01/20", "受理による収入", party, "森", rate, sides)


EARNED = told((Account.ADVANCES, 11_000), (Account.EARNED, -10_000), (Account.TAX, -1_000))


def test_the_generic_file_has_a_row_for_each_posting() -> None:
    head, *rows = read(GENERIC, files.write(GENERIC, [EARNED], NAMES))
    assert head[:7] == ["仕訳番号", "日付", "できごとの日", "内容", "相手", "勘定科目", "借方金額"]
    assert [(row[5], row[6], row[7]) for row in rows] == [
        ("advances", "11000", ""),
        ("earned", "", "10000"),
        ("tax", "", "1000"),
    ]


def test_yayoi_gets_25_columns_and_the_tax_within_the_income() -> None:
    (row,) = read(YAYOI, files.write(YAYOI, [EARNED], NAMES))
    assert row == [
        "2000", "", "", "2026/01/20", "advances", "", "", "対象外", "11000", "",
        "earned", "", "", "課税売上込10%", "11000", "1000",
        "受理による収入 佐藤", "", "", "0", "", "", "", "", "no",
    ]  # fmt: skip


def test_freee_gets_a_header_and_the_tax_of_its_own_name() -> None:
    head, row = read(FREEE, files.write(FREEE, [EARNED], NAMES))
    assert dict(zip(head, row, strict=True)) == {
        "日付": "2026/01/20",
        "伝票番号": "7",
        "決算整理仕訳": "",
        "借方勘定科目": "advances",
        "借方取引先": "佐藤",
        "借方税区分": "対象外",
        "借方金額": "11000",
        "借方税額": "",
        "貸方勘定科目": "earned",
        "貸方取引先": "佐藤",
        "貸方税区分": "課税売上10%",
        "貸方金額": "11000",
        "貸方税額": "1000",
        "摘要": "受理による収入 佐藤",
    }


def test_a_rate_without_its_word_leaves_the_tax_a_posting_of_its_own() -> None:
    rows = read(YAYOI, files.write(YAYOI, [EARNED._replace(rate="12%")], NAMES))
    assert [(row[10], row[13], row[14]) for row in rows] == [
        ("earned", "対象外", "10000"),
        ("tax", "対象外", "1000"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
@pytest.mark.parametrize("party", ["=1+1", "+81", "-x", "@SUM(A1)", "\t=1", " =1", "＝１"])
def test_no_cell_runs_in_a_spreadsheet(layout: Layout, party: str) -> None:
    content = files.write(layout, [EARNED._replace(party=party)], NAMES)
    cells = [cell for row in read(layout, content) for cell in row]
    assert [cell for cell in cells if cell.strip(" ").startswith(RUNS)] == []
    assert any(cell.startswith("'") or "受理による収入" in cell for cell in cells)


def test_characters_outside_the_encoding_are_written_as_their_number_and_told() -> None:
    entry = EARNED._replace(party="𠮷田 한")
    assert files.strangers(entry.party, "cp932") == ["𠮷", "한"]
    (row,) = read(YAYOI, files.write(YAYOI, [entry], NAMES))
    assert row[16] == "受理による収入 [U+20BB7]田 [U+D55C]"
    assert "𠮷田 한" in files.write(GENERIC, [entry], NAMES).decode("utf-8-sig")


@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=5),
    st.lists(st.integers(1, 10**9), min_size=1, max_size=5),
)
def test_pairs_carry_every_yen_of_both_sides(debits: list[int], credit: list[int]) -> None:
    difference = sum(debits) - sum(credit)
    sides = [(Account.BANK, yen, 0) for yen in debits] + [(Account.SUSPENSE, -yen, 0) for yen in credit]
    if difference:
        sides.append((Account.REFUNDS, -difference, 0))
    pairs = files.pairs(sides)
    for account in (Account.BANK, Account.SUSPENSE, Account.REFUNDS):
        moved = sum(p.amount for p in pairs if p.debit == account) - sum(
            p.amount for p in pairs if p.credit == account
        )
        assert moved == sum(yen for name, yen, _tax in sides if name == account)
    assert len(pairs) <= len(sides) - 1


@pytest.mark.parametrize(
    ("base", "tax", "rate"), [(10_000, 1_000, "10%"), (10_000, 800, "8%"), (10_000, 1_234, ""), (0, 0, "")]
)
def test_the_rate_is_read_off_base_and_tax(base: int, tax: int, rate: str) -> None:
    assert files.rate_of(base, tax, [Fraction(1, 10), Fraction(8, 100)]) == rate


@pytest.mark.django_db
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_a_search_is_exported_with_every_yen_it_found(layout: Layout, fee: Fee) -> None:
    bring(SATO, Transfer("ハヤシ ケイコ", 700))
    actions.mark_accepted(by="system", fee=fee, on=ON, at=AT)
    rows = read(layout, queries.export(layout, Wanted(since=ON)))
    numbers = [int(cell) for row in rows for cell in row if cell.isdigit() and len(cell) == 5]
    assert sum(numbers) == {"generic": 43_000, "freee": 44_000, "yayoi": 44_000}[layout.code]
    assert len(read(GENERIC, queries.export(GENERIC, Wanted(party="ハヤシ")))) == 3
    assert queries.unwritable(Wanted()) == {}

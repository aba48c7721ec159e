"""Reading a bank's file, whole or not at all (promise P10)."""

# ruff: noqa: E501  the corpus of broken files reads as a table

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nintei.payments import statements
from nintei.payments.statements import BrokenStatement, days
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

ON = date(2026, 1, 20)
DAY = [
    Transfer("0123コンケン タロウ"),
    Transfer("カ)ミナトコンタクト", 33_000, date(2026, 1, 16)),
    Transfer("デンリヨク", 5_500, out=True),
]
INTO = [
    ("3176131", date(2026, 1, 15), 11_000, "0123コンケンタロウ"),
    ("3176131", date(2026, 1, 16), 33_000, "カミナトコンタクト"),
]


def read(content: bytes) -> statements.Statement:
    return statements.read(content, on=ON, account=bank.NUMBER)


def into(statement: statements.Statement) -> list[tuple[str, date, int, str]]:
    return [(x.account, x.value_on, x.amount, x.payer_key) for x in statement.lines]


def problem(content: bytes) -> tuple[int | None, str]:
    with pytest.raises(BrokenStatement) as broken:
        read(content)
    first = broken.value.problems[0]
    assert "" not in (first.todo.ja, first.todo.en, first.what.en)
    return first.row, first.what.ja


@pytest.mark.parametrize("ends", [b"", b"\n", b"\r\n"], ids=["none", "lf", "crlf"])
def test_it_reads_a_statement_with_any_line_ends(ends: bytes) -> None:
    found = read(bank.statement(DAY, ends=ends))
    assert (found.format, into(found)) == ("zengin-03", INTO)
    assert [(x.row, x.amount, x.why.ja) for x in found.left_out] == [(4, 5_500, "出金")]


def test_it_keeps_every_field_of_a_record_as_it_came() -> None:
    line = read(bank.statement(DAY)).lines[0]
    assert (line.row, line.payer_name) == (2, "0123ｺﾝｹﾝ ﾀﾛｳ")
    assert (line.raw["照会番号"], line.raw["起算日"], line.raw["仕向店名"]) == ("00000001", "080115", "ｼﾌﾞﾔ")


def test_it_reads_a_notice_of_transfers_with_the_same_identities_as_the_statement() -> None:
    transfers = [line for line in DAY if not line.out]
    found = read(bank.notice(transfers))
    assert found.format == "zengin-01"
    assert [x.identity for x in found.lines] == [x.identity for x in read(bank.statement(DAY)).lines]


def test_it_leaves_out_a_transfer_that_the_bank_cancelled() -> None:
    lines = [
        Transfer("0123コンケン タロウ"),
        Transfer("0456キヨウダ"),
        Transfer("0123コンケン タロウ", cancelled=True),
    ]
    found = read(bank.notice(lines))
    assert [x.payer_key for x in found.lines] == ["0456キヨウダ"]
    assert [(x.row, x.why.ja) for x in found.left_out] == [(2, "あとで取り消された振込"), (4, "取消")]


def test_it_refuses_to_guess_what_a_cancellation_without_its_transfer_means() -> None:
    lines = [Transfer("0456キヨウダ"), Transfer("0123コンケン タロウ", cancelled=True)]
    assert problem(bank.notice(lines)) == (3, "取消の通知ですが、元の振込がこのファイルにありません。")


@pytest.mark.parametrize("kind", ["mufg", "smbc", "generic"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_it_reads_the_banks_csv_in_both_encodings(kind: str, encoding: str) -> None:
    found = read(bank.table(DAY, bank=kind, encoding=encoding))
    assert (found.format, into(found)) == (f"csv-{kind}", INTO)
    assert [(x.row, x.amount) for x in found.left_out] == [(4, 5_500)]


def test_a_csv_and_the_records_of_one_day_have_the_same_identities() -> None:
    csv = read(bank.table(DAY, bank="mufg", encoding="cp932"))
    assert [x.identity for x in csv.lines] == [x.identity for x in read(bank.statement(DAY)).lines]


def test_two_identical_transfers_of_one_day_are_two() -> None:
    found = read(bank.statement([DAY[0], DAY[0]]))
    assert [x.ordinal for x in found.lines] == [0, 1]
    assert len({x.identity for x in found.lines}) == 2


def test_it_reads_a_csv_whose_header_stands_below_the_account() -> None:
    text = "口座番号,普通 3176131\r\n\r\n取引日,入出金(円),取引後残高(円),入出金内容\r\n20260115,11000,11000,コンケン タロウ\r\n20260116,-500,10500,手数料\r\n"
    found = read(text.encode("cp932"))
    assert (found.format, into(found)) == (
        "csv-rakuten",
        [("3176131", date(2026, 1, 15), 11_000, "コンケンタロウ")],
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/1/5", date(2026, 1, 5)),
        ("2026-01-05", date(2026, 1, 5)),
        ("２０２６年１月５日", date(2026, 1, 5)),
        ("20260105", date(2026, 1, 5)),
        ("令和8年1月5日", date(2026, 1, 5)),
        ("R8.1.5", date(2026, 1, 5)),
        ("080105", date(2026, 1, 5)),
        ("380105", date(2026, 1, 5)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("2026/2/30", None),
        ("31/1/2026", None),
        ("", None),
    ],
)
def test_it_reads_days_as_banks_write_them(text: str, day: date | None) -> None:
    assert days.written(text, ON) == day


@pytest.mark.parametrize(
    ("on", "read_on"), [(date(2026, 4, 1), date(2026, 3, 31)), (date(2026, 3, 31), date(2026, 3, 31))]
)
def test_a_year_without_an_era_is_read_by_the_day_that_is_passed_in(on: date, read_on: date) -> None:
    assert days.six_digits("080331", on) == read_on
    assert days.six_digits("080331", date(2030, 4, 1)) is None


def _with(content: bytes, old: bytes, new: bytes) -> bytes:
    assert content.count(old) >= 1
    return content.replace(old, new, 1)


GOOD = bank.statement(DAY)

CORPUS = {
    "empty": (b"", None, "ファイルが空です。"),
    "blank": (b"\xef\xbb\xbf\r\n \r\n", None, "ファイルが空です。"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", None, "PDFのファイルです。"),
    "xlsx": (b"PK\x03\x04rest", None, "Excelのファイルとして読めません。"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1", None, "古いExcel（XLS）のファイルです。"),
    "photo": (b"\xff\xd8\xff\xe0", None, "写真（JPEG）です。"),
    "ebcdic": (b"\xf1\xf0\xf3\xf1", None, "文字コードがEBCDICの全銀ファイルです。"),
    "utf-16": ("日付,入金額".encode("utf-16"), None, "文字コードがUTF-16です。"),
    "euc": ("日付,振込依頼人名,入金額\n".encode("euc-jp") + b"\xfe\xfe\n", None, "文字コードがUTF-8でもShift_JISでもありません。"),
    "nul": (b"a,b\x00c", None, "文字のファイルではありません。"),
    "prose": ("こんにちは\nさようなら\n".encode(), None, "日付・入金額・振込依頼人名の見出しの行が見つかりません。"),
    "payroll": (b"1210" + b" " * 196, 1, "種別コード「21」のファイルです。読めるのは入出金取引明細（03）と振込入金通知（01）です。"),
    "truncated record": (GOOD[:700], 4, "4件目のレコードが200バイトではなく94バイトです。"),
    "no trailer": (GOOD[: 202 * 4], 4, "口座の終わりのトレーラ・レコードがありません。"),
    "wrong count": (_with(GOOD, b"8000002", b"8000003"), 5, "トレーラの入金件数は3ですが、明細を数えると2です。"),
    "wrong sum": (_with(GOOD, b"0000000044000", b"0000000044001"), 5, "トレーラの入金額合計は44,001ですが、明細を数えると44,000です。"),
    "wrong sum out": (_with(GOOD, b"0000000005500", b"0000000005501"), 5, "トレーラの出金額合計は5,501ですが、明細を数えると5,500です。"),
    "negative": (_with(GOOD, b"000000011000", b"-00000011000"), 2, "金額「-00000011000」が数字ではありません。"),
    "no such day": (_with(GOOD, b"00000001080115", b"00000001080230"), 2, "勘定日「080230」を日付として読めません。2026年01月20日から2年前までの日でなければなりません。"),
    "old day": (_with(GOOD, b"00000001080115", b"00000001050115"), 2, "勘定日「050115」を日付として読めません。2026年01月20日から2年前までの日でなければなりません。"),
    "data first": (GOOD[202:], None, "日付・入金額・振込依頼人名の見出しの行が見つかりません。"),
    "two headers": (GOOD[:202] + GOOD, 2, "口座の終わりのトレーラ・レコードがありません。"),
    "after the end": (GOOD + GOOD[:202], 7, "データ区分「1」のレコードがここにあります。1・2・8・9の順でなければなりません。"),
    "broken kana": (_with(GOOD, "ｺﾝｹﾝ".encode("cp932"), b"\x81\x20\x81\x20"), 2, "振込依頼人名に読めない文字があります。"),
    "control": (_with(GOOD, "ｺﾝｹﾝ".encode("cp932"), b"\x00\x01\x02\x03"), 2, "振込依頼人名に読めない文字があります。"),
    "csv negative": ("日付,摘要,入金額\n2026/1/5,コンケン,-100\n".encode(), 2, "入金額が負です（-100円）。"),
    "csv words": ("日付,摘要,入金額\n2026/1/5,コンケン,多い\n".encode(), 2, "金額「多い」を読めません。"),
    "csv day": ("日付,摘要,入金額\n\n2026/13/5,コンケン,100\n".encode(), 3, "日付「2026/13/5」を、2026年01月20日から2年前までの日として読めません。"),
    "csv future": ("日付,摘要,入金額\n2026/3/5,コンケン,100\n".encode(), 2, "日付「2026/3/5」を、2026年01月20日から2年前までの日として読めません。"),
    "csv short": ("日付,摘要,入金額\n2026/1/5,コンケン\n".encode(), 2, "列が足りません。"),
    "csv quote": ('日付,摘要,入金額\n2026/1/5,"コンケン,100\n'.encode(), 2, "CSVの引用符が閉じていません。"),
}  # fmt: skip


@pytest.mark.parametrize("name", CORPUS)
def test_it_names_what_is_wrong_with_a_broken_file(name: str) -> None:
    content, row, what = CORPUS[name]
    assert problem(content) == (row, what)


def test_it_names_every_row_that_is_wrong() -> None:
    text = "日付,摘要,入金額\n2026/1/5,コンケン,-1\n2026/1/5,コンケン,1\n2026/1/5,コンケン,x\n"
    with pytest.raises(BrokenStatement) as broken:
        read(text.encode())
    assert [p.row for p in broken.value.problems] == [2, 4]


def test_records_saved_as_utf_8_are_read_as_well() -> None:
    assert into(read(GOOD.decode("cp932").encode())) == INTO


def test_zero_yen_is_left_out_and_said_so() -> None:
    found = read(bank.statement([Transfer("0123コンケン タロウ", 0), DAY[0]]))
    assert [x.amount for x in found.lines] == [11_000]
    assert [(x.row, x.why.en) for x in found.left_out] == [(2, "0 yen")]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=900))
@example(b"103")
@example(b"1030" + b"\xb1" * 400)
def test_no_bytes_whatever_raise_anything_else(content: bytes) -> None:
    with suppress(BrokenStatement):
        read(content)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_statement_is_refused_or_still_balances(place: int, junk: bytes) -> None:
    damaged = GOOD[:place] + junk + GOOD[place + len(junk) :]
    try:
        found = read(damaged)
    except BrokenStatement:
        return
    assert all(line.amount > 0 for line in found.lines)
    assert "\x00" not in "".join(value for line in found.lines for value in line.raw.values())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_table_whatever_raises_anything_else(text: str) -> None:
    with suppress(BrokenStatement):
        read(("日付,摘要,入金額\n" + text).encode("utf-8", "surrogatepass"))

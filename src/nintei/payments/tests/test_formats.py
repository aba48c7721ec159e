"""camt.053 and .054, Excel, and the banks' CSV: what is read, what is refused, and that nothing else comes out."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from nintei.payments import statements
from nintei.payments.statements import BrokenStatement, Statement, UnknownTable, sheet
from nintei.payments.statements.table import Profile, profiles
from nintei.rules.edition import Text
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

ON = date(2026, 1, 20)
FEW = settings(max_examples=int(os.environ.get("NINTEI_EXAMPLES", "60")), deadline=None)


def read(content: bytes, **more: Any) -> Statement:
    return statements.read(content, on=ON, account="3176131", **more)


def refused(content: bytes) -> list[str]:
    with pytest.raises(BrokenStatement) as broken:
        read(content)
    return [f"{p.row}: {p.what.en}" if p.row else p.what.en for p in broken.value.problems]


def lines(statement: Statement) -> list[tuple[date, int, str]]:
    return [(x.value_on, x.amount, x.payer_key) for x in statement.lines]


# ---- camt ----------------------------------------------------------------------------------------

SPACE = "urn:iso:std:iso:20022:tech:xsd:"


def entry(
    payer: str = "0123ｻﾄｳ ﾊﾅｺ",
    amount: str = "11000",
    *,
    way: str = "CRDT",
    currency: str = "JPY",
    more: str = "",
) -> str:
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>{more}'
        "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-15</Dt></BookgDt><ValDt><Dt>2026-01-16</Dt></ValDt>"
        f"<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>{payer}</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls>"
        "</Ntry>"
    )


def camt(
    *entries: str, account: str = "3176131", summary: str = "", version: str = "camt.053.001.08"
) -> bytes:
    root, part = ("BkToCstmrStmt", "Stmt") if "053" in version else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    known = f"<Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>" if account else ""
    body = f"<{part}><Id>1</Id>{known}{summary}{''.join(entries)}</{part}>"
    head = "<GrpHdr><MsgId>1</MsgId></GrpHdr>"
    document = f'<Document xmlns="{SPACE}{version}"><{root}>{head}{body}</{root}></Document>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'.encode()


def totals(count: int, total: int) -> str:
    return f"<TxsSummry><TtlCdtNtries><NbOfNtries>{count}</NbOfNtries><Sum>{total}</Sum></TtlCdtNtries></TxsSummry>"


def test_it_reads_a_camt_statement_as_the_same_lines_as_the_records() -> None:
    records = read(bank.statement([Transfer("0123サトウ ハナコ"), Transfer("0123サトウ ハナコ")]))
    xml = read(camt(entry(), entry(), summary=totals(2, 22_000)))
    assert xml.format == "camt-053"
    assert [x.identity for x in xml.lines] == [x.identity for x in records.lines]
    assert xml.lines[0].raw == {
        "Amt": "11000",
        "Amt/@Ccy": "JPY",
        "CdtDbtInd": "CRDT",
        "Sts/Cd": "BOOK",
        "BookgDt/Dt": "2026-01-15",
        "ValDt/Dt": "2026-01-16",
        "TxDtls/RltdPties/Dbtr/Pty/Nm": "0123ｻﾄｳ ﾊﾅｺ",
    }


def test_it_reads_a_camt_notice_and_an_account_that_is_not_named() -> None:
    seen = read(camt(entry("ハヤシ", "5500.00"), account="", version="camt.054.001.08"))
    assert (seen.format, lines(seen), seen.lines[0].account) == (
        "camt-054",
        [(date(2026, 1, 15), 5_500, "ハヤシ")],
        "3176131",
    )


def test_a_batch_of_transfers_that_adds_up_is_a_line_each() -> None:
    def detail(payer: str, yen: int) -> str:
        return (
            f'<TxDtls><Amt Ccy="JPY">{yen}</Amt><RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties></TxDtls>'
        )

    batch = (
        '<Ntry><Amt Ccy="JPY">22000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><DtTm>2026-01-14T15:00:00Z</DtTm></BookgDt><NtryDtls>{}{}</NtryDtls></Ntry>"
    )
    both = read(
        camt(batch.format(detail("サトウ", 11_000), detail("タナカ", 11_000)), version="camt.053.001.04")
    )
    assert [(x.row, x.amount, x.payer_key) for x in both.lines] == [
        (1, 11_000, "サトウ"),
        (1, 11_000, "タナカ"),
    ]
    parts = detail("サトウ", 11_000), detail("タナカ", 10_000)
    unclear = read(camt(batch.format(*parts), version="camt.053.001.04"))
    # Midnight in Japan, written in UTC, is the day that begins.
    assert lines(unclear) == [(date(2026, 1, 15), 22_000, "サトウ")]


@pytest.mark.parametrize("version", [2, 6, 7, 12])
def test_the_versions_before_and_after_parties_were_wrapped_are_read(version: int) -> None:
    old = version < 7
    written = entry("0123サトウ").replace("<Cd>BOOK</Cd>", "BOOK") if old else entry("0123サトウ")
    written = written.replace("<Pty>", "").replace("</Pty>", "") if old else written
    seen = read(camt(written, summary=totals(1, 11_000), version=f"camt.053.001.{version:02}"))
    assert (lines(seen), seen.left_out) == ([(date(2026, 1, 15), 11_000, "0123サトウ")], ())


def test_a_payer_that_stands_only_in_the_words_is_found() -> None:
    words = "<RmtInf><Ustrd>0123サトウ</Ustrd><Ustrd>ハナコ</Ustrd></RmtInf>"
    party = "<RltdPties><Dbtr><Pty><Nm>x</Nm></Pty></Dbtr></RltdPties>"
    by_words, by_bank = entry("x").replace(party, words), entry("x").replace(party, "")
    by_bank = by_bank.replace("</Ntry>", "<AddtlNtryInf>ﾌﾘｺﾐ ﾊﾔｼ</AddtlNtryInf></Ntry>")
    seen = read(camt(by_words, by_bank))
    assert [x.payer_name for x in seen.lines] == ["0123サトウ ハナコ", "ﾌﾘｺﾐ ﾊﾔｼ"]
    assert seen.lines[0].raw["TxDtls/RmtInf/Ustrd[2]"] == "ハナコ"


def test_what_is_no_booked_money_in_is_left_out_and_said_so() -> None:
    reversed_ = "<RvslInd>true</RvslInd>"
    seen = read(
        camt(
            entry("デンキ", "8200", way="DBIT"),
            entry("タナカ", "0"),
            entry("ハヤシ", "5500").replace("BOOK", "PDNG"),
            entry(),
            entry(way="DBIT", more=reversed_),
            entry("返金", "100", way="CRDT", more=reversed_),
        )
    )
    assert seen.lines == ()
    assert [(x.row, x.amount, x.why.en) for x in seen.left_out] == [
        (1, 8_200, "money out"),
        (2, 0, "0 yen"),
        (3, 5_500, "not booked yet"),
        (4, 11_000, "a transfer cancelled later"),
        (5, 11_000, "cancellation"),
        (6, 100, "a payment cancelled"),
    ]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Document><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "XML with a document type declaration is not read."),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><Document/>", "XML with a document type declaration is not read."),
        (b"<Document><BkToCstmrStmt>" + b"<a>" * 100, "The XML is nested too deeply."),
        (b"<?xml version='1.0'?><Document><BkToCstmrAcctRpt/></Document>",
         "This XML is no statement (BkToCstmrAcctRpt)."),
        (b"<html><head></head></html>", "This XML is no statement (head)."),
        (camt(entry())[:-9], "3: It cannot be read as XML."),
        (camt(entry(currency="USD")), "1: “11000 USD” cannot be read as yen."),
        (camt(entry(amount="11000.50")), "1: “11000.50 JPY” cannot be read as yen."),
        (camt(entry(), entry(), summary=totals(3, 22_000)),
         "2: The statement says 3 for NbOfNtries, but its entries make 2."),
        (camt(entry(way="DBIT", more="<RvslInd>true</RvslInd>")), "1: It cancels a transfer that is not in this file."),
        (camt(entry("ア" * 201)), "1: The payer's name is too long."),
        (camt(entry("ア" * 10_001)), "The XML holds a text that is too long."),
        (camt(entry(), version="camt.053.001.13"), "“camt.053.001.13” is no version of camt that can be read."),
        (camt(entry(), version="camt.053.001.01"), "“camt.053.001.01” is no version of camt that can be read."),
        (camt(entry()).replace(b"2026-01-15", b"2023-01-15"),
         "1: The day “2023-01-15” cannot be read as one of the two years before 2026-01-20."),
    ],
)  # fmt: skip
def test_it_names_what_is_wrong_with_an_xml_file(content: bytes, said: str) -> None:
    found = refused(content)
    assert [text.partition(": ")[2] or text for text in found] == [said.partition(": ")[2] or said]


def test_a_value_that_the_format_has_no_room_for_is_named() -> None:
    (said,) = refused(camt(entry(amount="many")))
    assert said.startswith("A value does not fit the format (")
    assert "many" in said


GOOD_XML = camt(entry(), entry("ハヤシ", "5500"), summary=totals(2, 16_500))


@FEW
@given(st.integers(0, len(GOOD_XML) - 1), st.binary(max_size=6))
def test_a_damaged_xml_is_refused_or_still_balances(place: int, junk: bytes) -> None:
    try:
        seen = read(GOOD_XML[:place] + junk + GOOD_XML[place + len(junk) :])
    except BrokenStatement:
        return
    assert seen.total in (16_500, 0)


# ---- tables --------------------------------------------------------------------------------------

BY_HAND = {
    "mufg": "日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ,未資金化区分,入払区分\r\n"
    "2026/1/15,振込１,0123サトウ ハナコ,,\"11,000\",,,,1",
    "smbc": "年月日,お引出し,お預入れ,お取り扱い内容,残高,メモ,ラベル\r\n2026/1/15,,11000,振込　0123サトウ ハナコ,1,,",
    "mizuho": "照会,x\r\n\r\n明細通番,日付,お引出金額,お預入金額,残高,お取引内容\r\n"
    "1,2026/01/15,,11000,1,振込　0123サトウ ハナコ",
    "yucho": "お客さま口座情報\r\n取引日,入出金明細ＩＤ,受入金額（円）,払出金額（円）,詳細１,詳細２,現在（貸付）高,\r\n"
    "20260115,202601150000001,11000,,振込,0123サトウ ハナコ,17975,",
    "rakuten": "取引日,入出金(円),取引後残高(円),入出金内容\r\n20260115,11000,98900,振込 0123サトウ ハナコ",
    "sbi": "日付,内容,出金金額(円),入金金額(円),残高(円),メモ\r\n"
    '"2026/01/15","振込＊0123サトウ ハナコ","","11,000","1","-"',
    "paypay": "操作日(年),操作日(月),操作日(日),操作時刻(時),操作時刻(分),操作時刻(秒),"
    "取引順番号,摘要,お支払金額,お預り金額,残高,メモ\r\n"
    "2026,1,15,9,0,0,1,振込 0123サトウ ハナコ,,11000,1,",
    "ja": "番号,明細区分,取扱日付,起算日,お支払金額,お預り金額,取引区分,残高,摘要\r\n"
    "1,1,20260115,,,11000,振込,1,0123サトウ ハナコ",
    "generic": "取引日,摘要,入金額\r\n令和8年1月15日,0123サトウ ハナコ,11000",
}  # fmt: skip


@pytest.mark.parametrize("which", [profile.id for profile in profiles()])
def test_every_bank_we_know_is_read_and_its_columns_are_told(which: str) -> None:
    seen = read(BY_HAND[which].encode("cp932"))
    assert (seen.format, lines(seen)) == (f"csv-{which}", [(date(2026, 1, 15), 11_000, "0123サトウハナコ")])
    assert seen.reading is not None
    assert {part for part, _ in seen.reading.columns} >= {"day", "payer", "money"}
    assert seen.reading.confirmed is False


def workbook(*rows: tuple[Any, ...], before: tuple[tuple[Any, ...], ...] = ()) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in before:
        book.active.append(row)
    table = book.create_sheet("明細")
    for row in rows:
        table.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_it_reads_an_excel_sheet_with_real_days_and_numbers() -> None:
    content = workbook(
        ("取引日", "摘要", "入金額", "出金額"),
        (
            datetime(2026, 1, 15),  # noqa: DTZ001  as Excel keeps it
            "0123サトウ ハナコ",
            11000.0,
            None,
        ),
        ("2026/1/16", "デンキ", None, 8200),
        before=(("口座", "3176131"),),
    )
    seen = read(content)
    assert (seen.format, lines(seen)) == ("xlsx-generic", [(date(2026, 1, 15), 11_000, "0123サトウハナコ")])
    assert [x.row for x in seen.left_out] == [3]


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 nothing", "It cannot be read as an Excel file."),
        (packed(hello=b"<a/>"), "This is a ZIP file."),
        (packed(xl__workbook=BOMB), "It cannot be read as an Excel file."),
        (packed(xl__workbook=b"0" * (sheet.MAX_UNPACKED + 1)), "The Excel file unpacks to far too much."),
        (packed(xl__workbook=b"<a/>"), "It cannot be read as an Excel file."),
        (workbook(("a", "b")), "No header row with day, amount and payer was found."),
    ],
    ids=["cut", "zip", "entities", "bomb", "empty", "no table"],
)
def test_it_names_what_is_wrong_with_an_excel_file(content: bytes, said: str) -> None:
    assert refused(content) == [said]


GOOD_BOOK = workbook(("取引日", "摘要", "入金額"), ("2026/1/15", "サトウ", 11000))


@FEW
@given(st.integers(0, len(GOOD_BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_refused_or_read(place: int, junk: bytes) -> None:
    try:
        seen = read(GOOD_BOOK[:place] + junk + GOOD_BOOK[place + len(junk) :])
    except BrokenStatement:
        return
    assert len(seen.lines) <= 1


TAUGHT = Profile("own-1", Text("協同組合", "Coop"), date=("いつ",), payer=("だれ",), credit=("いくら",))


def test_a_table_that_nobody_knows_is_shown_and_read_once_it_was_taught() -> None:
    content = "いつ,だれ,いくら\r\n2026/1/15,0123サトウ ハナコ,11000\r\n".encode()
    with pytest.raises(UnknownTable) as unknown:
        read(content)
    assert unknown.value.rows[0] == (1, ["いつ", "だれ", "いくら"])
    assert lines(read(content, own=[TAUGHT])) == [(date(2026, 1, 15), 11_000, "0123サトウハナコ")]


CELLS = st.text('日付摘要入金額,0123/"\n\r年月-¥円あ\x00', max_size=40)


@FEW
@given(st.lists(CELLS, max_size=6), st.sampled_from([*BY_HAND]))
@example(["\x00"], "mufg")
def test_no_rows_under_a_header_raise_anything_else(rows: list[str], which: str) -> None:
    head = BY_HAND[which].rpartition("\r\n")[0]
    for encoding in ("utf-8", "cp932"):
        with suppress(BrokenStatement):
            seen = read("\r\n".join([head, *rows]).encode(encoding, "replace"))
            assert all(x.amount > 0 for x in seen.lines)

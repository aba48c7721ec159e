"""Reading a CPD log as people keep it, and naming everything that is wrong with it at once."""

# ruff: noqa: DTZ001, E501, PT017  spreadsheets give days without a zone

from __future__ import annotations

import io
import json
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from nintei.ledger import cells
from nintei.ledger.cells import BadCell
from nintei.ledger.faults import SENTENCES, Fault, Unusable
from nintei.ledger.headings import COLUMNS
from nintei.ledger.logfile import Holder, Log, read_log
from nintei.ledger.sheets import MOST_ROWS
from nintei.rules.load import load
from nintei.rules.points import Session

CONKEN = load("conken", date(2026, 11, 24))
HEADER = "区分,日付,時間,分野,証明\n"
JUNE = date(2024, 6, 1)


def read(text: str, name: str = "log.csv", encoding: str = "utf-8") -> Log:
    return read_log(name, text.encode(encoding), CONKEN)


def faults(text: str | bytes, name: str = "log.csv") -> list[tuple[str, int, str]]:
    with pytest.raises(Unusable) as caught:
        read_log(name, text if isinstance(text, bytes) else text.encode(), CONKEN)
    for fault in caught.value.faults:
        assert "{" not in fault.sentence("ja")
        assert "{" not in fault.sentence("en")
    return [(fault.code, fault.row, fault.column) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("written", "on"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2026/1/9", date(2026, 1, 9)),
        ("２０２６．１１．２４", date(2026, 11, 24)),
        ("2026年11月24日", date(2026, 11, 24)),
        ("2026年11月24日(火)", date(2026, 11, 24)),
        ("2026-11-24 00:00:00", date(2026, 11, 24)),
        ("令和8年11月24日", date(2026, 11, 24)),
        ("令和 元年 5月 1日", date(2019, 5, 1)),
        ("R8.11.24", date(2026, 11, 24)),
        ("H31/4/30", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("令和8年11月24日（火）", date(2026, 11, 24)),
        ("R08.01.09", date(2026, 1, 9)),
        ("20261124", date(2026, 11, 24)),
        (20261124, date(2026, 11, 24)),
        (46350, date(2026, 11, 24)),
        ("46350.75", date(2026, 11, 24)),
        ("24 November 2026", date(2026, 11, 24)),
        ("24-Nov-2026", date(2026, 11, 24)),
        ("9th Sept. 2026", date(2026, 9, 9)),
        ("January 9, 2026", date(2026, 1, 9)),
        ("MAY 1 2026", date(2026, 5, 1)),
        (datetime(2026, 11, 24, 9), date(2026, 11, 24)),
        (date(2026, 11, 24), date(2026, 11, 24)),
    ],
)
def test_days_are_read_in_every_usual_form(written: object, on: date) -> None:
    assert cells.day(written) == on


@pytest.mark.parametrize(
    "written",
    [
        "",
        "明日",
        "2026-02-29",
        "2026-13-01",
        "26-11-24",
        "11/12/2026",
        "24 Movember 2026",
        "31 Feb 2026",
        "20260229",
        "令和8年11月24日(火曜)祝",
        "平成31年5月1日",
        "令和元年4月30日",
        "1889-01-01",
        "2200-01-01",
        4635,
        29220,
        True,
    ],
)
def test_what_is_no_day_is_said_to_be_none(written: object) -> None:
    with pytest.raises(BadCell, match=r"log\.no_date"):
        cells.day(written)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1.5", 90), ("1:30", 90), ("1:30:00", 90), ("1時間30分", 90), ("90分", 90), ("90 min", 90), ("1時間半", 90),
        ("１．５時間", 90), ("2h", 120), ("1 hour 5 minutes", 65), ("0", 0), (0.75, 45), (2, 120), ("0.333", 19),
        (time(1, 30), 90), (timedelta(hours=25), 1500), ("30分間", 30),
        ("10:00～11:30", 90), ("9:00-17:00", 480), ("13:00から14:15まで", 75), ("０：００〜２４：００", 1440),
    ],
)  # fmt: skip
def test_times_are_whole_minutes_never_rounded_up(written: object, minutes: int) -> None:
    assert cells.minutes(written, Fraction(60)) == minutes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("-1", "log.negative_time"), ("-1:30", "log.negative_time"), ("-30分", "log.negative_time"),
        ("半日", "log.no_time"), ("", "log.no_time"), ("1:75", "log.no_time"), ("半", "log.no_time"), ("30分半", "log.no_time"),
        ("たくさん", "log.no_time"), (datetime(2026, 1, 1), "log.no_time"), ("約2時間", "log.no_time"),
        ("22:00～1:00", "log.no_time"), ("9:00-9:00", "log.no_time"), ("9:00-10:60", "log.no_time"),
        ("9:75-10:80", "log.no_time"), ("23:00-24:01", "log.no_time"),
    ],
)  # fmt: skip
def test_what_is_no_time_is_said_to_be_none(written: object, code: str) -> None:
    with pytest.raises(BadCell) as caught:
        cells.minutes(written, Fraction(60))
    assert caught.value.code == code


@given(st.integers(0, 1440))
def test_every_way_of_writing_a_time_gives_the_same_minutes(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    for written in (f"{hours}:{rest:02}", f"{hours}時間{rest}分", f"{minutes}分"):
        assert cells.minutes(written, Fraction(60)) == minutes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_csv_is_read_in_utf_8_and_cp932(encoding: str) -> None:
    log = read(HEADER + "B,2024年6月1日,1時間30分,オペレーション,受講証明書\n", encoding=encoding)
    (entry,) = log.entries
    assert (entry.row, entry.activity.category, entry.activity.topic, entry.activity.proof) == (
        2,
        "B",
        "4",
        "certificate",
    )
    assert entry.activity.sessions == (Session(JUNE, 90),)
    assert (log.holder, log.courses_assumed) == (Holder(), True)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("euc_jp", "EUC-JP"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("iso2022_jp", "ISO-2022-JP (JIS)"),
        ("gb18030", "GB18030"),
    ],
)
def test_any_other_encoding_is_named(encoding: str, name: str) -> None:
    with pytest.raises(Unusable) as caught:
        read(HEADER + "B,2024-06-01,1,4,記録\n", encoding=encoding)
    assert caught.value.faults == (Fault("log.encoding", data={"encoding": name}),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "log.empty"), (b" \r\n ", "log.empty"), (b"\xff\xfe\xff\x00\x81", "log.unknown_encoding"),
        (b"a,b\n1,2\n", "log.no_header"), (HEADER.encode(), "log.no_rows"),
        (HEADER.encode() + b'A,"2024-06-01,1,,\n', "log.broken_csv"),
        (HEADER.encode() + b"A,2024-06-01,1,,\n" * MOST_ROWS, "log.too_many_rows"),
    ],
)  # fmt: skip
def test_a_file_of_which_nothing_can_be_used_is_refused(content: bytes, code: str) -> None:
    assert [fault[0] for fault in faults(content)] == [code]


def test_broken_excel_and_json_are_refused() -> None:
    assert faults(b"PK\x03\x04 not a book", "log.xlsx") == [("log.broken_xlsx", 0, "")]
    for broken in (b"{", b"\xff", b"[" * 10_000):
        assert faults(broken, "log.json") == [("log.broken_json", 0, "")]
    for other in (b'{"activities": 1}', b"[1]", b"null"):
        assert faults(other, "log.json") == [("log.no_activities", 0, "")]


def test_titles_above_the_header_and_other_delimiters_do_no_harm() -> None:
    above = read("私のCPD記録,,\n\n" + HEADER + "\nC,2024-06-01,1,2,記録\n")
    assert [entry.row for entry in above.entries] == [5]
    for delimiter in "\t;":
        text = (HEADER + "C,2024-06-01,1,2,記録\n").replace(",", delimiter)
        assert read(text, "log.tsv").entries[0].activity.topic == "2"


def test_english_headers_minutes_and_yes_or_no_are_read() -> None:
    log = read(
        "Category,Date,Minutes,Field,Proof,Accredited,Title\nA,2024-06-01,90,,certificate,yes,Quality\nA,2024-06-02,30,,none,no,\n"
    )
    first, second = (entry.activity for entry in log.entries)
    assert (first.sessions, first.registered_course, first.proof, log.entries[0].title) == (
        (Session(JUNE, 90),), True, "certificate", "Quality",
    )  # fmt: skip
    assert (second.registered_course, second.proof, log.courses_assumed) == (False, "none", False)


def test_hours_and_minutes_add_up_and_other_columns_are_understood() -> None:
    log = read(
        "番号,区分,日付,終了日,時間,分,分野,詳細,同一活動,対象資格,備考\n"
        "x1,カテゴリＤ,2024-06-01,2024-09-30,100,30,7.ICT,不明確,K1,CAP,長い仕事\n"
        "x2,C:個人学習,2024-06-01,,1,30,CX,本の3章,,,\n"
    )
    first, second = (entry.activity for entry in log.entries)
    assert (first.id, first.category, first.sessions, first.topic) == (
        "x1",
        "D",
        (Session(date(2024, 9, 30), 6030),),
        "7",
    )
    assert (first.detail_clear, first.same_activity, first.serves, first.estimated) == (
        False,
        "K1",
        "CAP",
        True,
    )
    assert (second.category, second.sessions, second.topic, second.estimated) == (
        "C",
        (Session(JUNE, 90),),
        "2",
        False,
    )


def test_what_the_file_says_of_its_owner_is_kept_and_must_not_change() -> None:
    head = "区分,日付,時間,資格,有効期間開始,レポート発行日,更新申請日,認定日\n"
    row = "A,2024-06-01,1,OMP,2024-04-01,2024-01-10,2027-02-10,2024-05-05\n"
    assert read(head + row + "A,2024-06-02,1,,,,,\n").holder == Holder(
        date(2024, 4, 1), date(2024, 1, 10), date(2027, 2, 10), date(2024, 5, 5), "OMP"
    )
    assert faults(head + row + row.replace("2024-04-01", "2025-04-01")) == [
        ("log.not_the_same_everywhere", 3, "有効期間開始")
    ]


def test_every_wrong_cell_is_named_by_row_and_column() -> None:
    text = (
        "区分,日付,時間,分野,証明,認定コース,対象資格,終了日\n"
        "E,2024-02-30,-1,航空,たぶん,多分,XYZ,\n"
        ",,,,,,,\n"
        ",2024-06-02,,,,,,\n"
        "A,2024-06-03,24:01,,,,,\n"
        "D,2024-06-04,24,4,,,,2024-06-03\n"
        "C,,1,,,,,\n"
    )
    assert faults(text) == [
        ("log.unknown_category", 2, "区分"), ("log.no_date", 2, "日付"), ("log.negative_time", 2, "時間"),
        ("log.unknown_field", 2, "分野"), ("log.no_yes_or_no", 2, "認定コース"), ("log.unknown_proof", 2, "証明"),
        ("log.unknown_qualification", 2, "対象資格"),
        ("log.empty_cell", 4, "区分"), ("log.empty_cell", 4, "時間"),
        ("log.over_a_day", 5, "時間"),
        ("log.ends_before_it_starts", 6, "終了日"),
        ("log.empty_cell", 7, "日付"),
    ]  # fmt: skip


def test_a_day_of_exactly_24_hours_can_be_and_one_minute_more_cannot() -> None:
    half = HEADER + "C,2024-06-01,12,2,記録\n"
    assert len(read(half + "D,2024-06-01,12,4,記録\n").entries) == 2
    assert faults(half + "D,2024-06-01,12:01,4,記録\n") == [("log.day_over_full", 3, "日付")]


def test_columns_nobody_knows_doubled_or_missing_are_named() -> None:
    assert faults("区分,日付,時間,気分\nA,2024-06-01,1,よい\n") == [("log.unknown_column", 1, "気分")]
    assert faults("区分,日付,実施日,時間\nA,2024-06-01,,1\n") == [("log.same_column_twice", 1, "実施日")]
    assert faults("区分,分野,備考\nA,,\n") == [("log.missing_column", 1, ""), ("log.missing_column", 1, "")]
    assert len(read("区分,日付,分,備考,メモ\nA,2024-06-01,60,,\n").entries) == 1


def test_ids_must_differ() -> None:
    assert faults("番号,区分,日付,時間\n7,A,2024-06-01,1\n7,A,2024-06-02,1\n") == [
        ("log.same_id_twice", 3, "番号")
    ]


def test_a_number_that_is_no_field_is_left_to_the_kernel() -> None:
    assert read(HEADER + "B,2024-06-01,1,8,記録\n").entries[0].activity.topic == "8"
    assert faults(HEADER + "B,2024-06-01,1,8.航空,記録\n") == [("log.unknown_field", 2, "分野")]
    assert faults(HEADER + "B,2024-06-01,1,CA,記録\n") == [("log.unknown_field", 2, "分野")]


def test_a_field_may_have_any_code_for_its_key() -> None:
    edition = CONKEN._replace(fields={"s": CONKEN.fields["4"]._replace(key="s")})
    for written in ("s", "Ｓ", "オペレーション"):
        log = read_log("log.csv", f"{HEADER}B,2024-06-01,1,{written},記録\n".encode(), edition)
        assert log.entries[0].activity.topic == "s"
    with pytest.raises(Unusable) as caught:
        read_log("log.csv", f"{HEADER}B,2024-06-01,1,t,記録\n".encode(), edition)
    assert caught.value.faults[0].sentence("en") == (
        "The field “t” is unknown. Write the code or name of one of s Operation."
    )


def workbook(*rows: list[object], sheet: str = "記録") -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "表紙"
    first.append(["CPDの記録です"])
    log = book.create_sheet(sheet)
    for row in rows:
        log.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_an_excel_file_is_read_from_the_first_sheet_that_is_a_log() -> None:
    data = workbook(
        ["区分", "日付", "時間", "分野", "証明"],
        ["B", datetime(2024, 6, 1), 1.5, 4, "受講証明書"],
        [None, None, None, None, None],
        ["C", "令和6年6月2日", time(1, 30), "カスタマーサービス", None],
    )
    log = read_log("log.XLSX", data, CONKEN)
    assert [(entry.row, entry.activity.sessions, entry.activity.topic) for entry in log.entries] == [
        (2, (Session(JUNE, 90),), "4"),
        (4, (Session(date(2024, 6, 2), 90),), "2"),
    ]
    assert faults(workbook(["何か", "別の表"]), "log.xlsx") == [("log.no_header", 1, "")]


def test_an_excel_file_of_too_many_rows_is_refused() -> None:
    data = workbook(["区分", "日付", "時間"], *[["A", "2024-06-01", 0]] * MOST_ROWS)
    assert [code for code, _, _ in faults(data, "log.xlsx")] == ["log.too_many_rows"]


def test_a_json_log_is_read_with_its_sessions_and_owner() -> None:
    document = {
        "cycle": {"start": "2024-04-01", "end": "2027-03-31"}, "submission_date": "2027-02-10", "qualification": "OMP",
        "activities": [{"id": "a1", "category": "A", "registry_course": True, "proof": "certificate",
                        "sessions": [{"date": "2024-06-01", "minutes": 60}, {"date": "2024-06-08", "minutes": 45}]}],
    }  # fmt: skip
    log = read(json.dumps(document), "log.json")
    assert log.holder == Holder(
        cycle_start=date(2024, 4, 1), submitted=date(2027, 2, 10), qualification="OMP"
    )
    assert log.entries[0].activity.sessions == (Session(JUNE, 60), Session(date(2024, 6, 8), 45))
    plain = read('[{"区分": "C", "日付": "2024-06-01", "時間": 1.5, "分野": 2}]', "log.json")
    assert plain.entries[0].activity.sessions == (Session(JUNE, 90),)
    assert faults('[{"category": "A", "sessions": ["x"]}]', "log.json") == [
        ("log.empty_cell", 1, "date"), ("log.empty_cell", 1, "minutes"),
    ]  # fmt: skip


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx", "a.json", "a"]))
def test_no_bytes_at_all_make_it_stumble(data: bytes, name: str) -> None:
    try:
        read_log(name, data, CONKEN)
    except Unusable as unusable:
        assert all(fault.sentence("ja") and fault.sentence("en") for fault in unusable.faults)


@given(st.text('A-D,\n"0123456789:-/年月日時間分区分野証明 ', max_size=120))
def test_no_text_below_a_header_makes_it_stumble(text: str) -> None:
    try:
        read(HEADER + text)
    except Unusable as unusable:
        assert {fault.code for fault in unusable.faults} <= SENTENCES.keys()


def test_no_header_has_two_meanings() -> None:
    headers = [cells.folded(header) for known in COLUMNS.values() for header in known]
    assert len(headers) == len(set(headers))

"""CPD logs as people really keep them: sums, remarks, other headers, other days, other times."""

# ruff: noqa: DTZ001, E501  spreadsheets give days without a zone

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from nintei.ledger.faults import Unusable
from nintei.ledger.headings import is_no_entry, meaning_of
from nintei.ledger.logfile import Log, read_log
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))

# A name, the file, and what is read from it: row, category, day, minutes, field.
LOGS: list[tuple[str, str, str, list[tuple[int, str, str, int, str | None]]]] = [
    ("english, in another order", "utf-8",
     ("Activity title,Provider,Activity date,CPD hours,Points,Type,Field of practice,Evidence\n"
     "Coaching,ACME,24 Nov 2024,3.5,3.5,B,HR,certificate\nReading,,2024-07-01,1:30,1.5,C: own study,2,record\n"),
     [(2, "B", "2024-11-24", 210, "5"), (3, "C", "2024-07-01", 90, "2")]),
    ("eras, full width, weekdays", "utf-8",
     ("実施年月日,区分（A～D）,時間（時間）,分野※,内容,証明書の有無\n"
     "令和6年9月1日（日）,Ｂ,１時間３０分,４,研修①,有\nＲ６．１０．１,Ｄ．プロフェッショナル活動,１．５,５,講師,記録\nH31.4.30,A,45分,,昔の研修,受講証明書\n"),
     [(2, "B", "2024-09-01", 90, "4"), (3, "D", "2024-10-01", 90, "5"), (4, "A", "2019-04-30", 45, None)]),
    ("of a Japanese spreadsheet", "cp932",
     ("①,②,,\r\nＣＰＤ記録,,,\r\n番号,カテゴリー,受講日,時間数,業務分野,研修名,会社名\r\n"
     "①,B:その他の研修,2024年6月1日(土),3時間,4オペレーション,㈱例の研修①～②,㈱例\r\n②,個人学習,20240701,10:00～11:30,カスタマーサービス,本Ⅱ,\r\n"),
     [(4, "B", "2024-06-01", 180, "4"), (5, "C", "2024-07-01", 90, "2")]),
    ("blank lines, sums and remarks", "utf-8",
     ("CPD学習記録,,,,\n氏名,鈴木花子,,,\n,,,,\n日付,区分,時間,分野,ポイント\n2024/6/1,B,3:30,4,3.5\n,,,,\n小計,,3:30,,3.5\n"
     "日付,区分,時間,分野,ポイント\n2024/7/1,C,1:30,2,1.5\n2024年度計：,,5時間,,\n合　計,,5:00,,5\n※監査のときは証明書を添付,,,,\n以上,,,,\n"),
     [(5, "B", "2024-06-01", 210, "4"), (9, "C", "2024-07-01", 90, "2")]),
    ("tabs, and minutes for hours", "utf-8-sig",
     "Date\tCategory\tDuration (min)\tTopic area\tName\n2024.6.1\tB\t90\t4\tSuzuki\nTotal\t\t90\t\t\n",
     [(2, "B", "2024-06-01", 90, "4")]),
    ("semicolons and quotation marks", "utf-8",
     '"date";"category";"hours";"field";"title"\n"June 1, 2024";"c";"1h30m";"OP";"a ""good"" book; second part"\n',
     [(2, "C", "2024-06-01", 90, "4")]),
]  # fmt: skip


def told(log: Log) -> list[tuple[int, str, str, int, str | None]]:
    return [
        (row, line.category, line.sessions[0].on.isoformat(), line.sessions[0].minutes, line.topic)
        for row, _, line, *_ in log.entries
    ]


@pytest.mark.parametrize(("name", "encoding", "text", "wanted"), LOGS, ids=[each[0] for each in LOGS])
def test_a_log_is_read_as_it_is_kept(
    name: str, encoding: str, text: str, wanted: list[tuple[int, str, str, int, str | None]]
) -> None:
    assert told(read_log("log.csv", text.encode(encoding), CONKEN)) == wanted


def test_an_excel_log_has_days_times_sums_and_a_sheet_of_explanations() -> None:
    book = Workbook()
    book.active.append(["記入のしかた"])
    sheet = book.create_sheet("記録")
    for row in [
        ["CPD記録シート"],
        [],
        ["No.", "実施日", "カテゴリ", "内容", "時間", "分野", "証明", "備考"],
        [1, datetime(2024, 6, 1), "B", "研修", time(3, 30), 4, "受講証明書", None],
        [2, date(2024, 7, 1), "C", "本", 1.5, "2 カスタマーサービス", "記録", "x"],
        [],
        [3, "令和6年8月1日", "D", "講師", "2時間", 5.0, "記録", None],
        ["合計", None, None, None, timedelta(hours=25), None, None, None],
    ]:
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    kept = io.BytesIO()
    book.save(kept)
    assert told(read_log("log.xlsx", kept.getvalue(), CONKEN)) == [
        (4, "B", "2024-06-01", 210, "4"),
        (5, "C", "2024-07-01", 90, "2"),
        (7, "D", "2024-08-01", 120, "5"),
    ]


HEADER = ("日付", "区分", "時間", "分野", "内容")


@pytest.mark.parametrize(
    "row",
    [
        ("合計", None, 5, None, None),
        (None, "計:", "5:00", "", ""),
        ("Grand total", "", "12.5h", "", ""),
        ("", "", "小計", "3時間30分", ""),
        ("総計", "", "1 day, 1:00:00", "-", ""),
        ("※ 証明書を添付", "", "", "", ""),
        ("以上", None, None, None, None),
        HEADER,
    ],
)
def test_a_sum_a_remark_and_the_header_again_are_no_entries(row: tuple[object, ...]) -> None:
    assert is_no_entry(row, HEADER)


@pytest.mark.parametrize(
    "row",
    [
        ("2024-06-01", "B", 5, 4, "合計のしかた"),
        ("2024-06-01", None, 5, None, "合計"),
        (None, "B", 5, None, "合計"),
        ("5", "5", "5", "5", "5"),
        ("以上", None, 5, None, None),
        ("研修", None, None, None, None),
        (None, None, None, None, None),
    ],
)
def test_whatever_names_a_day_a_category_or_a_title_is_an_entry(row: tuple[object, ...]) -> None:
    assert not is_no_entry(row, HEADER)


def test_a_half_filled_line_is_a_fault_and_never_left_out() -> None:
    with pytest.raises(Unusable) as caught:
        read_log("log.csv", "日付,区分,時間,内容\n2024/6/1,,3,研修\n,B,3,研修\n".encode(), CONKEN)
    assert [(each.code, each.row, each.column) for each in caught.value.faults] == [
        ("log.empty_cell", 2, "区分"),
        ("log.empty_cell", 3, "日付"),
    ]


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("区分（A～D）", "category"),
        ("日付 ※", "date"),
        ("実施日(YYYY/MM/DD)*", "date"),
        ("分野:", "field"),
        ("時間（分）", "minutes"),
        ("時間(h)", "hours"),
        ("時間(日)", None),
        ("(A～D)", None),
        ("気分", None),
        ("", None),
        (None, None),
    ],
)
def test_a_remark_behind_a_header_does_not_matter_unless_it_may_be_a_unit(
    header: object, meaning: str | None
) -> None:
    assert meaning_of(header) == meaning

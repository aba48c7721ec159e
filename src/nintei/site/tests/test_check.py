"""`nintei check`: a holder's log and an applicant's papers, in both languages, as text and as JSON."""

# ruff: noqa: E501

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from nintei.site.cli import main

SAMPLES = Path(__file__).parent / "samples"
ON = ("--on", "2026-11-24")
Said = pytest.CaptureFixture[str]


def check(said: Said, *words: str) -> tuple[int, str, str]:
    code = main(["check", *words])
    heard = said.readouterr()
    return code, heard.out, heard.err


def checked(said: Said, *words: str) -> tuple[int, Any]:
    code, out, err = check(said, *words, "--json")
    assert err == ""
    return code, json.loads(out)[0]


def write(tmp_path: Path, name: str, content: str | bytes) -> str:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(tmp_path / name)


SUZUKI = (str(SAMPLES / "suzuki.csv"), "--cycle-start", "2024-04-01", *ON)


def test_suzuki_sees_what_counts_what_was_cut_and_what_to_do_by_when(capsys: Said) -> None:
    code, out, err = check(capsys, *SUZUKI, "--lang", "ja")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[1:4] == [
        "有効期間 2024-04-01 から 2027-03-31 まで [MAN-イ.C1]",
        "更新申請の受付 2027-01-01 から 2027-02-28 まで [MAN-イ.C3]",
        "区分Aは、認定・主催の研修コースであるものとして計算しました。一覧で確かめてください。 [CPD-A.5]",
    ]
    rows = {line.split()[0]: line.split(maxsplit=5)[2:] for line in lines[6:17]}
    assert rows == {
        "2": ["A", "6:00", "6", "全部数えます [CPD-A.6a]  応対品質マネジメント研修(集合)"],
        "3": ["A", "6:00", "6", "全部数えます [CPD-A.6a]  応対品質マネジメント研修(第2日)"],
        "4": ["B", "3:30", "3.5", "全部数えます [CPD-B.5a]  要員計画の基礎(他社講座)"],
        "5": [
            "B",
            "3:00",
            "1.5",
            "区分Bの1年の上限5ポイントを超えた1.5ポイントは数えません [CPD-B.5d]  コーチング入門(他社講座)",
        ],
        "6": ["C", "1:30", "1.5", "全部数えます [CPD-C.6a]  『サービス・マネジメント』を読む"],
        "7": ["C", "1:30", "1.5", "全部数えます [CPD-C.6a]  業界セミナー「顧客体験」"],
        "8": ["D", "5:00", "5", "全部数えます [CPD-D.8a]  応対品質モニタリングの社内講師"],
        "9": [
            "C",
            "0:45",
            "0.5",
            "証明できる文書がないので区分Cとして数えます [CPD-B.7]  面接官の講習(他社)",
        ],
        "10": ["C", "2:00", "0", "業務の分野が必要です。1つ選んでください [CPD-C.5]  話し方の本"],
        "11": ["D", "2:30", "2.5", "全部数えます [CPD-D.8a]  AIチャットボット導入の講演"],
        "12": ["A", "3:00", "0", "有効期間が始まる前の活動は数えません [CPD-1.4]  有効期間が始まる前の研修"],
    }
    assert lines[18:21] == [
        "区分ごと: A 12  B 5  C 3.5  D 7.5",
        "合計 28 / 30 ポイント [CPD-1.4]",
        "2 ポイント足りません [CPD-1.4]",
    ]
    assert lines[22] == "次の一歩(2027-02-28 まで)"
    assert "2 ポイント → 合計 30 (2027-02-28 までに) [CPD-" in lines[23]


def test_the_same_in_english(capsys: Said) -> None:
    code, out, _ = check(capsys, *SUZUKI, "--lang", "en")
    assert code == 1
    assert "1.5 beyond the 5 a year for B do not count [CPD-B.5d]" in out
    assert "2 points are missing [CPD-1.4]" in out
    assert "Next steps (until 2027-02-28)" in out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_same_file_in_another_encoding_says_the_same(encoding: str, tmp_path: Path, capsys: Said) -> None:
    text = (SAMPLES / "suzuki.csv").read_text(encoding="utf-8")
    again = write(tmp_path, "suzuki.csv", text.encode(encoding))
    assert check(capsys, again, *SUZUKI[1:])[1].replace(again, SUZUKI[0]) == check(capsys, *SUZUKI)[1]


def test_the_same_log_in_excel_says_the_same(tmp_path: Path, capsys: Said) -> None:
    book, kept = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in (SAMPLES / "suzuki.csv").read_text(encoding="utf-8").splitlines():
        sheet.append([cell or None for cell in line.split(",")])
    book.save(kept)
    _, from_excel = checked(capsys, write(tmp_path, "suzuki.xlsx", kept.getvalue()), *SUZUKI[1:])
    _, from_csv = checked(capsys, *SUZUKI)
    assert {**from_excel, "file": ""} == {**from_csv, "file": ""}


def test_json_carries_every_reason_with_clause_and_quote(capsys: Said) -> None:
    code, found = checked(capsys, *SUZUKI)
    assert code == 1
    assert (found["total"], found["required"], found["shortfall"], found["enough"]) == (28, 30, 2, False)
    assert found["by_category"] == {"A": 12, "B": 5, "C": "3.5", "D": "7.5"}
    line = found["lines"][3]
    assert (line["row"], line["id"], line["claimed"], line["credited"], line["reason"], line["clause"]) == (
        5, "4", 3, "1.5", "YEAR_CAP", "CPD-B.5d",
    )  # fmt: skip
    assert line["quote"] == "1年間で上限5CPDポイントを越えて申請することはできない。"
    assert (found["plan"]["possible"], found["plan"]["steps"][-1]["total"]) == (True, 30)
    assert found["unmet"] == [{"key": "points.required", "shown": 28, "wanted": 30, "clause": "CPD-1.4"}]


def test_tanaka_has_enough_and_the_cycle_stands_in_the_file(capsys: Said) -> None:
    code, out, _ = check(capsys, str(SAMPLES / "tanaka.json"), *ON)
    assert code == 0
    assert "2025-09-01…2025-09-04" in out
    assert "There are enough points for renewal [CPD-1.4]" in out
    assert "Next steps" not in out
    assert checked(capsys, str(SAMPLES / "tanaka.json"), *ON)[1]["plan"] is None


def test_the_report_fixes_the_cycle_and_the_day_of_application_ends_it(capsys: Said) -> None:
    sample = str(SAMPLES / "suzuki.csv")
    _, found = checked(capsys, sample, "--report-issued", "令和6年1月10日", "--submitted", "2027-01-05", *ON)
    assert found["cycle"] == {"start": "2024-04-01", "end": "2027-03-31"}
    assert found["plan"]["last_day"] == "2027-01-05"
    assert found["window"] == {"opens": "2027-01-01", "closes": "2027-02-28", "accepted": True}
    _, later = checked(capsys, sample, "--report-issued", "2024-04-01", "--certified", "2024-06-01", *ON)
    assert later["cycle"]["start"] == "2025-04-01"


def test_a_day_outside_the_window_is_no_even_with_enough_points(capsys: Said) -> None:
    sample = str(SAMPLES / "tanaka.json")
    code, out, _ = check(capsys, sample, "--submitted", "2027-03-01", *ON, "--lang", "en")
    assert (code, out.splitlines()[3]) == (
        1, "× The renewal application on 2027-03-01 is outside these days and would not be taken [MAN-イ.C3]",
    )  # fmt: skip
    assert "There are enough points for renewal" in out
    code, out, _ = check(capsys, sample, "--submitted", "2027-02-28", *ON, "--lang", "ja")
    assert (code, out.splitlines()[3]) == (0, "○ 更新申請の日 2027-02-28 は受付期間の中です [MAN-イ.C3]")


def test_when_no_way_is_left_it_says_so(tmp_path: Path, capsys: Said) -> None:
    log = write(tmp_path, "log.csv", "区分,日付,時間,分野\nC,2024-06-01,13,2\n")
    code, out, _ = check(capsys, log, "--cycle-start", "2024-04-01", "--on", "2027-03-15", "--lang", "ja")
    assert code == 1
    assert "2027-02-28 までに必要なポイントへ届く方法がありません [CPD-1.4]" in out
    assert "2024-06-01 は 13:00 です。12時間を超えるので、正味の時間か確かめてください [CPD-1.3]" in out
    early = check(capsys, log, "--cycle-start", "2024-04-01", "--on", "2024-07-01", "--lang", "ja")[1]
    assert "上限のない区分(A)なしで間に合うのは" in early
    late = check(capsys, log, "--cycle-start", "2024-04-01", "--on", "2026-11-24", "--lang", "ja")[1]
    assert "ポイントは上限のない区分(A)が必要です [CPD-1.4]" in late


FAULTY = "区分,日付,時間\nE,2026-02-30,25\n"


def test_faults_name_file_row_column_what_is_wrong_and_what_to_do(tmp_path: Path, capsys: Said) -> None:
    log = write(tmp_path, "log.csv", FAULTY)
    code, out, err = check(capsys, log, *SUZUKI[1:], "--lang", "ja")
    assert (code, out.strip()) == (2, "")
    assert err.replace(log, "FILE").splitlines() == [
        "FILE 2行目 「区分」: 区分「E」はありません。A 認定・主催研修、B その他の研修、C 個人学習、D 専門活動 のどれかにしてください。",
        "FILE 2行目 「日付」: 「2026-02-30」は日付として読めません。2026-11-24 のように書いてください。",
    ]
    assert check(capsys, log, *SUZUKI[1:], "--lang", "en")[2].replace(log, "FILE").splitlines()[1] == (
        "FILE row 2, “日付”: “2026-02-30” is no date. Write it like 2026-11-24."
    )


def test_one_faulty_file_among_good_ones_ends_with_2_and_the_others_are_shown(
    tmp_path: Path, capsys: Said
) -> None:
    faulty = write(tmp_path, "empty.csv", "")
    code, out, err = check(capsys, SUZUKI[0], faulty, *SUZUKI[1:])
    assert code == 2
    assert err == f"{faulty}: The file is empty. Write the log into it and try again.\n"
    assert "Total 28 / 30" in out
    broken = write(tmp_path, "broken.csv", '区分,日付,時間\nA,"2024')
    assert check(capsys, broken, *SUZUKI[1:])[2].startswith(f"{broken} row 2: This is not readable as CSV")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("none.csv", "--cycle-start", "2024-04-01"),
            "none.csv: cannot be read (No such file or directory).",
        ),
        (("log.docx",), "log.docx: not a kind of file we read."),
        ((SUZUKI[0],), f"{SUZUKI[0]}: the validity is unknown. Give --cycle-start"),
        ((SUZUKI[0], "--cycle-start", "soon"), "--cycle-start “soon” is no date."),
        ((SUZUKI[0], "--rulebook", "../conken"), "There is no rulebook “../conken”. Known: conken"),
        ((SUZUKI[0], "--qualification", "XYZ"), "There is no qualification “XYZ”. Use one of CAP, OMP"),
    ],
)
def test_wrong_use_is_one_sentence(
    words: tuple[str, ...], sentence: str, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.docx").write_bytes(b"x")
    code, _, err = check(capsys, *words, *ON, "--lang", "en")
    assert (code, len(err.splitlines())) == (2, 1)
    assert err.startswith(sentence)


def test_without_a_day_it_is_today_or_the_demo_day(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")
    assert checked(capsys, *SUZUKI[:3])[1]["on"] == "2026-11-24"
    monkeypatch.delenv("NINTEI_TODAY")
    assert checked(capsys, *SUZUKI[:3])[1]["on"] > "2026-01-01"
    monkeypatch.setenv("NINTEI_TODAY", "someday")
    assert check(capsys, *SUZUKI[:3])[0] == 2


def test_sato_sees_the_verdict_of_every_rule_and_the_day_an_unmet_one_is_met(capsys: Said) -> None:
    code, out, err = check(capsys, str(SAMPLES / "sato.toml"), *ON, "--lang", "ja")
    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == [
        "○ 試験結果レポートは使えます(2029-05-10 まで) [MAN-イ.A1]",
        "認定されると有効期間は 2027-04-01 から 2030-03-31 まで(残り 1096 日) [MAN-イ.C1]",
        "",
        "○ 業務経験 7年1か月 / 5年0か月 [MAN-ウ②.1]",
        "うち代替 12 か月 [MAN-ウ②.※1]",
        "○ 分野の数 3 / 2 [MAN-ウ②.2]",
        "○ 必須分野(オペレーション, ヒューマンリソースマネジメント)の経験 3年1か月 / 2年0か月 [MAN-ウ②.3]",
        "経験のない期間 2022-04-01 – 2023-09-30 [MAN-ウ②.1]",
        "",
        "○ 試験結果レポートのコピー [MAN-エ.5]",
        "○ 資格認定申請書 [MAN-エ.A]",
        "○ 業務経歴証明書 [MAN-エ.B]",
        "○ 上司もしくは監督者による証明 [MAN-エ.C]",
        "○ 倫理綱領・職業倫理規定および継続教育・学習方針の順守への宣誓書 [MAN-エ.D]",
        "○ 認定審査手数料の支払い [MAN-ウ.4]",
        "受理の日 2026-11-24 [MAN-ウ.4]",
        "",
        "手数料 11,000 円(10,000 円+消費税 1,000 円) [MAN-ウ④.1]",
    ]


PAPER: dict[str, Any] = {
    "programme": "OMP",
    "reference_date": "2026-11-24",
    "report": {"issued_on": "2024-02-10"},
    "periods": [
        {"from": "2022-04-01", "to": "2023-03-31", "fields": [1], "attested_by": "present_employer"},
        {"from": "2023-01-01", "to": None, "fields": ["OP"]},
    ],
}


def test_an_application_in_json_shows_what_is_missing_and_when_it_is_met(
    tmp_path: Path, capsys: Said
) -> None:
    paper = write(tmp_path, "paper.json", json.dumps({**PAPER, "received": ["form_A"]}))
    code, out, _ = check(capsys, paper, *ON, "--lang", "en")
    assert code == 1
    for line in (
        "? The validity is already running; its end does not move [MAN-イ.C1]",
        "× Work experience 4 y 7 m / 5 y 0 m [MAN-ウ②.1]",
        "- met on 2027-03-31 if the present post goes on [MAN-ウ②.1]",
        "? Another organisation attests: a person must look [MAN-ウ②.7]",
        "Overlap 2023-01-01 – 2023-03-31 (counts once) [MAN-ウ②.1]",
        "× Copy of the exam result report [MAN-エ.5]",
        "Not accepted yet [MAN-ウ.4]",
    ):
        assert line in out.splitlines()
    code, found = checked(capsys, paper, *ON)
    assert (found["experience"]["result"], found["experience"]["met_on"], found["enough"]) == (
        "NOT_ELIGIBLE", {"TOTAL_LT_5Y": "2027-03-31"}, False,
    )  # fmt: skip
    assert found["acceptance"]["missing"] == ["report_copy", "form_B", "form_C", "form_D_signed", "fee"]


def test_what_going_on_cannot_mend_is_said(tmp_path: Path, capsys: Said) -> None:
    posts = [{"from": "2018-04-01", "to": "2026-03-31", "fields": [4]}]
    paper = write(tmp_path, "paper.json", json.dumps({**PAPER, "periods": posts}))
    assert (
        "- not met by going on in the present post [MAN-ウ②.2]" in check(capsys, paper, *ON)[1].splitlines()
    )


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (
            {"issued_on": "2020-01-01"},
            "× The report's last day (2023-01-01) is over; the exam must be taken again [MAN-イ.A1]",
        ),
        ({"issued_on": "2026-01-01", "exam": "CAP"}, "× The exam result report is for another exam (CAP)"),
        ({"issued_on": "2026-01-01", "passed": False}, "× The exam result report does not confirm a pass"),
        ({"issued_on": "2026-12-01"}, "× The application is before the report's issue (2026-12-01)"),
    ],
)
def test_a_report_that_cannot_be_used_is_named(
    report: dict[str, object], sentence: str, tmp_path: Path, capsys: Said
) -> None:
    paper = write(tmp_path, "paper.json", json.dumps({"qualification": "OMP", "report": report}))
    code, out, _ = check(capsys, paper, *ON, "--lang", "en")
    assert (code, out.splitlines()[1]) == (1, sentence)


def test_an_application_for_what_needs_none_and_one_before_any_price(tmp_path: Path, capsys: Said) -> None:
    paper = write(tmp_path, "paper.toml", 'qualification = "SV"\n')
    code, out, _ = check(capsys, paper, *ON)
    assert (code, out.splitlines()[1]) == (
        0,
        "This qualification needs no certification: passing the exam is enough [MAN-表.5]",
    )
    early = write(tmp_path, "early.toml", 'qualification = "OMP"\nreport_issue_date = 2018-01-01\n')
    code, out, _ = check(capsys, early, "--on", "2019-01-01")
    assert (code, out.splitlines()[-1]) == (0, "? The fee is not set")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "“qualification” is missing."),
        ('qualification = "XX"', "“XX” is not a value for “qualification”. CAP, OMP"),
        ('qualification = "OMP"\nmood = 1', "“mood” is unknown."),
        ('qualification = "OMP"\napplied_on = "soon"', "“soon” in “applied_on” is no date."),
        ('qualification = "OMP"\nsubstitution_months = -1', "“-1” is not a value for “substitution_months”."),
        ('qualification = "OMP"\nposts = 3', "“3” is not a value for “posts”."),
        ('qualification = "OMP"\nposts = [3]', "“3” is not a value for “posts.1.”."),
        ('qualification = "OMP"\n[[posts]]\nto = 2020-01-01', "“posts.1.from” is missing."),
        (
            'qualification = "OMP"\n[[posts]]\nfrom = 2020-01-02\nto = 2020-01-01',
            "“posts.1” ends before it starts.",
        ),
        (
            'qualification = "OMP"\n[[posts]]\nfrom = 2020-01-02\nfields = 4',
            "“4” is not a value for “posts.1.fields”.",
        ),
        (
            'qualification = "OMP"\n[[posts]]\nfrom = 2020-01-02\nfields = ["宇宙"]',
            "“宇宙” is not a value for “posts.1.fields”.",
        ),
        (
            'qualification = "OMP"\n[[posts]]\nfrom = 2020-01-02\nattested_by = "a friend"',
            "“a friend” is not a value for",
        ),
        ('qualification = "OMP"\nreceived = ["form_Z"]', "“['form_Z']” is not a value for “received”."),
        ('qualification = "OMP"\n[report]\nexam = "OMP"', "“report.issued_on” is missing."),
        (
            'qualification = "OMP"\n[report]\nissued_on = 2025-01-01\nexam = "XX"',
            "“XX” is not a value for “report.exam”.",
        ),
        (
            'qualification = "OMP"\n[report]\nissued_on = 2025-01-01\npassed = 1',
            "“1” is not a value for “report.passed”.",
        ),
        ("qualification = ", "cannot be read ("),
    ],
)
def test_a_misfilled_application_is_one_sentence_with_its_key(
    content: str, sentence: str, tmp_path: Path, capsys: Said
) -> None:
    paper = write(tmp_path, "paper.toml", content)
    code, _, err = check(capsys, paper, *ON, "--lang", "en")
    assert (code, len(err.splitlines())) == (2, 1)
    assert err.removeprefix(f"{paper}: ").startswith(sentence)


def test_json_that_is_neither_is_read_as_a_log(tmp_path: Path, capsys: Said) -> None:
    code, _, err = check(capsys, write(tmp_path, "x.json", "{"), *ON)
    assert (code, "not readable as JSON" in err) == (2, True)


def test_another_rulebook_has_its_own_categories_minimums_and_start(tmp_path: Path, capsys: Said) -> None:
    log = write(tmp_path, "log.csv", "区分,日付,時間\nL,2026-02-01,1\n")
    asked = ("--rulebook", "example", *ON, "--lang", "en")
    code, _, err = check(capsys, log, *asked)
    assert (code, "Give --cycle-start (its first day) or --certified" in err) == (2, True)
    code, out, _ = check(capsys, log, "--certified", "2026-01-01", *asked)
    assert code == 1
    assert "Not met: in L, W, P, E of field Ethics 0 / 2 points [第15条]" in out.splitlines()

"""`nintei check --rulebook example`: a tuner's log under rules that differ from conken's in almost everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nintei.site.tests.test_check import Said, check, checked, write

ASKED = ("--rulebook", "example", "--certified", "2026-06-01", "--on", "2027-11-24")
LOG = """区分,日付,時間,件数,分野,認定コース,内容
論文,2026-06-10,,1,,,調律曲線の論文
実務,2026-07-01,16,,1,,夏の演奏会
W,2026-08-01,,1,1,,整音の論文
L,2026-09-01,1:30,,調律,,平均律の講習
倫理,2027-09-01,3,,ET,○,倫理講習
"""


def test_a_tuner_sees_each_line_the_sums_and_what_to_do(tmp_path: Path, capsys: Said) -> None:
    log = write(tmp_path, "log.csv", LOG)
    code, out, err = check(capsys, log, *ASKED, "--lang", "en")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"CPD log {log} (5 lines)  rules example:handbook-2025  as of 2027-11-24",
        "Validity 2026-06-01 to 2028-05-31 [第2条]",
        "Renewal applications 2028-03-31 to 2028-05-31 [第4条]",
        "",
        "row  date        cat.   time  points  reason",
        "  2  2026-06-10  W       x 1       6  counts in full [第10条]  調律曲線の論文",
        "  3  2026-07-01  P     16:00       6  2 beyond the 6 a year for P do not count [第13条]  夏の演奏会",
        "  4  2026-08-01  W       x 1       0  6 beyond the 12 a year for P, W do not count [第14条]  整音の論文",
        "  5  2026-09-01  L      1:30       3  counts in full [第9条]  平均律の講習",
        "  6  2027-09-01  E      3:00       3  counts in full [第12条]  倫理講習",
        "2026-07-01 has 16:00, more than 10 hours: please check that this is net time [第20条]",
        "",
        "By category: L 3  W 6  P 6  E 3",
        "Total 18 / 40 points [第7条]",
        "Not met: in L, E 0 / 3 points (2028-01-01 to 2028-12-31) [第16条]",
        "22 points are missing [第7条]",
        "",
        "Next steps (until 2028-05-31)",
        "- 3 points in L → 21 in all (by 2028-05-31) [第9条]",
        "- 19 points in L → 40 in all (by 2027-12-31) [第9条]",
        "At least 4 of them need the uncapped category (L, E) [第7条]",
    ]


@pytest.mark.parametrize(
    ("words", "total", "reasons"),
    [
        ((), 18, ["OK", "YEAR_CAP", "YEAR_CAP", "OK", "OK"]),
        (("--qualification", "CPT"), 18, ["OK", "YEAR_CAP", "YEAR_CAP", "OK", "OK"]),
    ],
)
def test_a_log_that_names_no_qualification_is_all_for_the_one_asked_about(
    words: tuple[str, ...], total: int, reasons: list[str], tmp_path: Path, capsys: Said
) -> None:
    code, found = checked(capsys, write(tmp_path, "log.csv", LOG), *ASKED, *words)
    assert (code, found["total"]) == (1, total)
    assert [line["reason"] for line in found["lines"]] == reasons


def test_a_line_for_another_qualification_counts_nothing(tmp_path: Path, capsys: Said) -> None:
    log = "区分,日付,時間,分野,対象資格\nL,2026-09-01,1,1,CPT\nL,2026-09-02,1,1,APT\n"
    _, found = checked(capsys, write(tmp_path, "log.csv", log), *ASKED, "--qualification", "CPT")
    lines: list[dict[str, Any]] = found["lines"]
    assert [(each["credited"], each["reason"], each["clause"]) for each in lines] == [
        (2, "OK", "第9条"),
        (0, "OTHER_QUALIFICATION", "第19条"),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("W,2026-08-01,,,", "row 2, “件数”: The cell is empty. Fill it in."),
        (
            "W,2026-08-01,,半,",
            "row 2, “件数”: “半” is not a number of pieces. Write a whole number of 0 or more.",
        ),
        (
            "W,2026-08-01,,-1,",
            "row 2, “件数”: “-1” is not a number of pieces. Write a whole number of 0 or more.",
        ),
        ("L,2026-08-01,,1,1", "row 2, “時間”: The cell is empty. Fill it in."),
    ],
)
def test_pieces_are_needed_where_a_category_is_paid_by_the_piece(
    row: str, sentence: str, tmp_path: Path, capsys: Said
) -> None:
    log = write(tmp_path, "log.csv", f"区分,日付,時間,件数,分野\n{row}\n")
    code, out, err = check(capsys, log, *ASKED, "--lang", "en")
    assert (code, out.strip(), err) == (2, "", f"{log} {sentence}\n")


def test_a_log_of_papers_alone_needs_no_hours(tmp_path: Path, capsys: Said) -> None:
    log = write(tmp_path, "log.csv", "区分,日付,件数\n論文,2026-08-01,2編\n")
    code, found = checked(capsys, log, *ASKED)
    assert (code, found["total"], found["lines"][0]["reason"]) == (1, 12, "OK")


PAPER = """qualification = "CPT"
applied_on = 2026-05-01
received = ["report_copy", "form_B"]
received_on = 2026-05-01
fee_confirmed_on = 2026-05-07

[report]
issued_on = 2026-02-15
exam = "CPT"

[[posts]]
from = 2024-01-01
to = 2025-12-31
fields = ["整音"]

[[posts]]
from = 2025-07-01
to = 2025-12-31
fields = ["調律", "RE"]
attested_by = "present_employer"
"""


def test_a_tuner_applies_with_two_papers_and_no_pledge(tmp_path: Path, capsys: Said) -> None:
    code, out, err = check(
        capsys, write(tmp_path, "paper.toml", PAPER), *ASKED[:2], *ASKED[4:], "--lang", "en"
    )
    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == [
        "○ The exam result report can be used (until 2027-02-14) [第3条]",
        "If certified, the validity is 2026-05-01 to 2028-04-30 (731 days left) [第2条]",
        "",
        "○ Work experience 2 y 0 m / 2 y 0 m [第21条]",
        "○ Fields 3 / 1 [第22条]",
        "○ Experience in a required field (Tuning, Regulation) 0 y 6 m / 0 y 6 m [第21条]",
        "Overlap 2025-07-01 – 2025-12-31 (counts once) [第21条]",
        "",
        "○ Copy of the pass notice [第29条]",
        "○ Certificate of practice [第29条]",
        "○ Payment of the fee [第28条]",
        "Accepted on 2026-05-07 [第28条]",
        "",
        "Fee 9,900 yen (9,000 + tax 900) [第24条]",
    ]

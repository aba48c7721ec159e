"""`nintei rulebook`: what it prints and the status it ends with."""

from __future__ import annotations

from pathlib import Path

import pytest

from nintei.rules.diff import diff
from nintei.rules.lint import lint
from nintei.rules.load import load
from nintei.rules.readings import agenda, clause_register
from nintei.rules.sheet import show
from nintei.rules.tests.shelf import ON
from nintei.site.cli import main

CONKEN = load("conken", ON)


def test_lint_prints_every_finding_and_ends_with_1_when_one_is_a_warning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rulebook", "lint", "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == CONKEN.id
    assert lines[3:5] == [
        "warning cap_never_binds          points.caps.C.per_cycle",
        (
            "        The cap of 15 can never bind: a cycle spans 3 years (cycle_year), and the other caps "
            "(points.caps.C.per_year = 5) already allow 15 at most.  [CPD-C.6c, CPD-C.6d]"
        ),
    ]
    found = lint(CONKEN)
    warnings = sum(each.level == "warning" for each in found)
    assert lines[-1] == f"{warnings} warnings, {len(found) - warnings} notes"
    assert len(lines) == 2 + 2 * len(found)


def test_lint_speaks_japanese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "ja", "rulebook", "lint", "example"]) == 1
    assert capsys.readouterr().out == (
        "example:handbook-2025\n"
        "warning unset                    unset.audit_rate\n"
        "        未設定: 監査の対象になる更新申請の割合。決めるのは架空ピアノ調律師会です。\n"
        "note    open_reading             points.window\n"
        "        AMB-X1 「有効期間のうちに」は申請の後も数えるか: 満了日までの活動を数えます。  [第7条]\n"
        "1 warnings, 1 notes\n"
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["show", "--lang=ja"], show(CONKEN)),
        (["show", "conken", "--lang=en"], show(CONKEN, "en")),
        (
            ["show", "conken", "--on", "2025-12-31", "--lang=ja"],
            show(load("conken", ON.replace(year=2025, month=12, day=31))),
        ),
        (["show", "conken@2026-04-01", "--lang=ja"], show(CONKEN)),
        (["readings"], agenda(CONKEN)),
        (["clauses"], clause_register(CONKEN)),
    ],
)
def test_it_prints_a_rulebook(capsys: pytest.CaptureFixture[str], words: list[str], text: str) -> None:
    assert main(["rulebook", *words]) == 0
    assert capsys.readouterr().out == text


@pytest.mark.parametrize(("lang", "none"), [("en", "0 keys differ\n"), ("ja", "0個のキーが違います\n")])
def test_two_days_of_one_rulebook_may_be_equal(
    capsys: pytest.CaptureFixture[str], lang: str, none: str
) -> None:
    assert main(["rulebook", "diff", "conken@2026-04-01", "conken", f"--lang={lang}"]) == 0
    assert capsys.readouterr().out == none


EVERY_KEY = len(diff(CONKEN, load("example", ON)))


def test_all_lists_every_key_of_two_associations(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "diff", "conken", "example", "--all", "--lang=en"]) == 1
    out = capsys.readouterr().out
    assert "\npoints.required\n  - 30  [CPD-1.4]\n  + 40  [第7条]\n" in out
    assert len(out.splitlines()) == 3 * EVERY_KEY + 1
    assert out.endswith(f"\n{EVERY_KEY} keys differ\n")


def test_two_associations_are_summed_by_section_before_the_rules_that_both_have(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rulebook", "diff", "conken", "example", "--lang=en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:6] == [
        "A  conken:cpd-2026-01+manual-2019-10  Conken professional certification",
        "B  example:handbook-2025  Fictitious Guild of Piano Tuners (example)",
        "",
        "They share no document, so this is a summary: --all lists every key, --section points one section.",
        "",
        "section         differ  only A  only B",
    ]
    assert "points                10       8       7" in lines
    rules = lines.index("Rules that both have, A | B:")
    assert lines[rules + 1 : rules + 3] == ["points.step", "    1/2  [CPD-A.6b] | 1/4  [第8条]"]
    assert "    2018-12-31  [MAN-イ.※1] | -" in lines
    assert lines[-2:] == ["", f"{EVERY_KEY} keys differ"]
    assert len(lines) < 130


def test_the_summary_is_japanese_where_japanese_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "diff", "conken", "example", "--lang=ja"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "A  conken:cpd-2026-01+manual-2019-10  コン検 プロフェッショナル資格認定"
    assert lines[5] == "節                  違い   Aのみ   Bのみ"
    assert "両方にある規則 A | B:" in lines
    assert lines[-1] == f"{EVERY_KEY}個のキーが違います"


def test_one_section_of_two_associations_is_listed_key_by_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "diff", "conken", "example", "--section", "validity", "--lang=en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["validity.start", "  - next_fiscal_year  [MAN-イ.C1]", "  + certification  [第2条]"]
    assert (len(lines), lines[-1]) == (3 * 12 + 1, "12 keys differ")


def test_an_unknown_section_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "diff", "conken", "example", "--section", "feez"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(
        f"{CONKEN.id}: feez: no such section; known: id, rulebook, name, documents, points,"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("other", "rulebook.toml: other: there is no such rulebook; known: conken, example\n"),
        (
            "conken@today",
            "rulebook.toml: conken@today: 'today' is no day: Invalid isoformat string: 'today'\n",
        ),
    ],
)
def test_it_ends_with_2_for_a_rulebook_that_is_not_there(
    capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    assert main(["rulebook", "show", name]) == 2
    assert capsys.readouterr() == ("", message)


def test_it_loads_no_framework(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from nintei.site.cli import main; main(['rulebook', 'clauses']); "
        "sys.exit(any(name.partition('.')[0] in ('django', 'numpy') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, cwd=tmp_path, check=False)
    assert done.returncode == 0

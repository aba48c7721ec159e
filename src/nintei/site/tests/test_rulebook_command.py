"""`nintei rulebook`: what it prints and the status it ends with."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_diff_ends_with_0_for_equals_and_1_for_differences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "diff", "conken@2026-04-01", "conken"]) == 0
    assert capsys.readouterr().out == "0 keys differ\n"
    assert main(["rulebook", "diff", "conken", "example"]) == 1
    out = capsys.readouterr().out
    assert "\npoints.required\n  - 30  [CPD-1.4]\n  + 40  [第7条]\n" in out
    assert out.endswith(" keys differ\n")


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

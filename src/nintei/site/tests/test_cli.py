"""The command line: what it lists, what it says, how it ends. Each command runs as people run it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from nintei.site import cli
from nintei.site.cli import COMMANDS, main

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(__file__).parents[4].parent / "shared" / "conformance" / "cases.json"


def test_help_lists_every_command_that_exists_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    for lang, place in (("ja", 0), ("en", 1)):
        with pytest.raises(SystemExit) as ended:
            main(["--help", "--lang", lang])
        assert ended.value.code == 0
        said = capsys.readouterr().out
        folder = Path(cli.__file__).parent / "commands"
        there = {path.stem.rstrip("_") for path in folder.iterdir() if not path.stem.startswith("__")}
        assert there <= COMMANDS.keys()
        for name, summary in COMMANDS.items():
            assert (name in re.findall(r"^ {4}(\w+)", said, re.MULTILINE)) is (name in there)
            assert (summary[place] in said) is (name in there)


def test_wrong_use_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["nonsense"], ["check"], ["check", "--lang", "fr", "x.csv"], ["--lang"]):
        if words == []:
            assert main(words) == 2
            assert "COMMAND" in capsys.readouterr().err
        else:
            with pytest.raises(SystemExit) as ended:
                main(words)
            assert ended.value.code == 2


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ja", "LC_ALL": "en_GB"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_environments_unless_asked_for(
    environment: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cli._language(["check", "x"]) == (lang, ["check", "x"])
    assert cli._language(["check", "--lang=en", "x"]) == ("en", ["check", "x"])
    assert cli._language(["--lang", "ja", "check"]) == ("ja", ["check"])
    assert cli._language(["check", "--", "--lang"]) == (lang, ["check", "--", "--lang"])


def test_checking_imports_neither_django_nor_what_other_commands_need() -> None:
    script = (
        "import sys\nfrom nintei.site.cli import main\n"
        f"main(['check', {str(SAMPLES / 'suzuki.csv')!r}, '--cycle-start', '2024-04-01', '--on', '2026-11-24'])\n"
        "names = sys.modules\n"
        "assert not [n for n in names if n.split('.')[0] in ('django', 'openpyxl', 'numpy', 'psycopg')], names\n"
        "assert [n for n in names if n.startswith('nintei.site.commands.')] == [n for n in names if '.check' in n]\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_goes_away_is_no_error() -> None:
    files = " ".join([str(SAMPLES / "suzuki.csv")] * 200)
    command = f"{sys.executable} -m nintei.site.cli check {files} --cycle-start 2024-04-01 | head -c 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("C", "")


CASE = {"id": "T-1", "area": "points", "input": {"minutes": 45}, "expected": {"points": 0.5}}


def conformance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cases: object, *options: str
) -> tuple[int, str, str]:
    file = tmp_path / "cases.json"
    file.write_text(cases if isinstance(cases, str) else json.dumps(cases), encoding="utf-8")
    code = main(["conformance", str(file), *options])
    said = capsys.readouterr()
    return code, said.out.replace(str(file), "FILE"), said.err.replace(str(file), "FILE")


def test_cases_that_pass_end_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert conformance(tmp_path, capsys, [CASE]) == (0, "1 passed, 0 failed\n", "")
    assert conformance(tmp_path, capsys, []) == (0, "0 passed, 0 failed\n", "")


def test_a_failure_is_one_line_with_the_differing_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {**CASE, "id": "T-2", "expected": {"points": 1.5, "reason": "OK", "mood": "good"}}
    whole = {**CASE, "input": {"minutes": 60}, "expected": {"points": 2}}
    assert conformance(tmp_path, capsys, [whole])[1].startswith(
        "FAIL T-1 (points): points: wanted 2, got 1\n"
    )
    unknown = {**CASE, "id": "T-3", "area": "weather"}
    code, out, _ = conformance(tmp_path, capsys, [CASE, wrong, unknown])
    assert (code, out.splitlines()) == (1, [
        'FAIL T-2 (points): points: wanted 1.5, got 0.5; mood: wanted "good", got nothing',
        "FAIL T-3 (weather): unknown area 'weather'",
        "1 passed, 2 failed",
    ])  # fmt: skip
    code, out, _ = conformance(tmp_path, capsys, [CASE, wrong, unknown], "--json")
    report = json.loads(out)
    assert (code, report["passed"], report["failed"]) == (1, 1, 2)
    assert report["failures"][0]["differences"]["points"] == {"wanted": 1.5, "got": 0.5}
    assert report["failures"][1]["error"] == "unknown area 'weather'"


def test_numbers_that_no_decimal_holds_are_shown_as_fractions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = '[{"id": "T", "area": "points", "input": {"minutes": 45}, "expected": {"points": 0.12345678901234567890}}]'
    code, out, _ = conformance(tmp_path, capsys, many)
    assert (code, out.splitlines()[0]) == (
        1,
        'FAIL T (points): points: wanted "1234567890123456789/10000000000000000000", got 0.5',
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [("[", "FILE: not JSON"), ("{}", "FILE: must be a list of cases"), ("[3]", "FILE: case 1 is no object")],
)
def test_a_bad_file_of_cases_ends_with_2_and_a_sentence(
    content: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = conformance(tmp_path, capsys, content)
    assert (code, out) == (2, "")
    assert err.startswith(why)
    assert len(err.splitlines()) == 1


def test_a_missing_or_binary_file_and_an_unknown_rulebook_end_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["conformance", str(tmp_path / "none.json")]) == 2
    assert "No such file" in capsys.readouterr().err
    (tmp_path / "b.json").write_bytes(b"\xff\xff")
    assert main(["conformance", str(tmp_path / "b.json")]) == 2
    assert "utf-8" in capsys.readouterr().err
    assert conformance(tmp_path, capsys, [CASE], "--rulebook", "nowhere")[0] == 2


@pytest.mark.skipif(not SHARED.exists(), reason="the shared conformance cases are not beside this repository")
def test_all_shared_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformance", str(SHARED)]) == 0
    assert capsys.readouterr().out == "218 passed, 0 failed\n"


def test_a_database_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    done = subprocess.run(
        [sys.executable, "-m", "nintei.site.cli", "role", "list", "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The database cannot be reached (")
    assert done.stderr.endswith("). Check DATABASE_URL, and that the database runs.\n")


@pytest.mark.django_db
def test_a_database_without_our_tables_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO pg_temp")
    assert main(["role", "list", "--lang", "ja"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.startswith("データベースに、このプログラムの表がないか")) == ("", True)

"""`nintei import bank FILE`: the same three lists as the page, and an honest exit status."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nintei.payments.models import BankLine, Fee
from nintei.payments.queries import is_settled
from nintei.payments.tests.conftest import ON, ask_fee, somebody
from nintei.site import ready
from nintei.site.commands import import_
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


@contextmanager
def already_ready() -> Iterator[None]:
    yield


@pytest.fixture(autouse=True)
def the_installation(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    monkeypatch.setenv("NINTEI_TODAY", ON.isoformat())
    monkeypatch.setattr(ready, "django_ready", already_ready)  # pytest has opened it


@pytest.fixture
def fee() -> Fee:
    return ask_fee(somebody("佐藤 健太", "サトウ ケンタ"), "2025000123", "サトウ ケンタ")


def run(file: Path, *, lang: str = "ja", dry_run: bool = False, partial: bool = False) -> int:
    asked = argparse.Namespace(kind="bank", file=file, lang=lang, dry_run=dry_run, partial=partial)
    return import_.run(asked)


def statement(folder: Path, *transfers: Transfer) -> Path:
    file = folder / "meisai.txt"
    file.write_bytes(bank.statement(transfers))
    return file


def test_it_prints_the_three_lists_and_changes_nothing(
    fee: Fee, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = statement(tmp_path, Transfer("0123サトウ ケンタ"), Transfer("ハヤシ", 5_500))
    assert run(file, dry_run=True) == 1
    assert capsys.readouterr().out.splitlines() == [
        "消し込む: 1  11,000円",
        "      2  2026-01-15       11,000円  0123ｻﾄｳ ｹﾝﾀ  → 佐藤 健太 OMP  (番号 0123, 氏名, 金額)",
        "決める: 0  0円",
        "わからない: 1  5,500円",
        "      3  2026-01-15        5,500円  ﾊﾔｼ  → —  (番号がない, 氏名の候補なし)",
        "もう読み込んである: 0  0円",
    ]
    assert BankLine.objects.count() == 0


def test_it_imports_and_says_so_in_english(
    fee: Fee, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = statement(tmp_path, Transfer("0123サトウ ケンタ"))
    assert (run(file, lang="en"), is_settled(fee)) == (0, True)
    assert capsys.readouterr().out.splitlines()[0] == "settled: 1  ¥11,000"
    assert (run(file, lang="en"), BankLine.objects.count()) == (0, 1)
    assert capsys.readouterr().out.splitlines()[-1] == "known already: 1  ¥11,000"


def test_all_settled_is_a_yes(fee: Fee, tmp_path: Path) -> None:
    assert run(statement(tmp_path, Transfer("0123サトウ ケンタ")), dry_run=True) == 0


def test_a_broken_or_missing_file_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.pdf"
    assert run(file) == 2
    file.write_bytes(b"%PDF-1.7")
    assert run(file, lang="en") == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"{file}: This is a PDF. Download it from the bank in Zengin format or as CSV."
    )
    assert BankLine.objects.count() == 0


def test_rows_that_cannot_be_read_are_named_by_row_and_column_and_left_out_only_if_asked(
    fee: Fee, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "meisai.csv"
    text = "取引日,摘要,入金額\r\n2026/1/15,0123サトウ ケンタ,11000\r\n2026/1/15,ハヤシ,多い\r\n"
    file.write_bytes(text.encode("cp932"))
    assert (run(file), BankLine.objects.count()) == (2, 0)
    assert capsys.readouterr().err.startswith(f"{file}:3 入金額: 金額「多い」を読めません。")
    assert (run(file, partial=True, dry_run=True), BankLine.objects.count()) == (1, 0)
    assert (run(file, partial=True), BankLine.objects.count(), is_settled(fee)) == (1, 1, True)


def test_a_file_with_sums_of_its_own_is_never_taken_in_part(fee: Fee, tmp_path: Path) -> None:
    file = tmp_path / "meisai.txt"
    file.write_bytes(bank.statement([Transfer("0123サトウ ケンタ")]).replace(b"8000001", b"8000002"))
    assert (run(file, partial=True), BankLine.objects.count()) == (2, 0)

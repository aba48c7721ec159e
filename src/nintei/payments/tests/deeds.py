"""What tests of the bank day do again and again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from nintei.payments import actions, queries
from nintei.payments.models import BankLine, Fee, Match
from nintei.payments.queries import Lanes
from nintei.payments.tests.conftest import AT, ON
from nintei.people.models import Person
from nintei.rules.load import SHELF
from nintei.shared.refusals import Refused
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

SATO = Transfer("0123サトウ ハナコ")


def bring(*transfers: Transfer, on: date = ON, content: bytes = b"") -> actions.Imported:
    content = content or bank.statement(transfers)
    at = AT + (on - ON)
    return actions.import_file(by="person:mori", content=content, name="january.txt", on=on, at=at)


def tolerant_rulebook(folder: Path, yen: int) -> Path:
    """The association's rulebook, but with so many yen of tolerance (AMB-F6)."""
    setting = "[settings.underpayment_tolerance]\nvalue = "
    return _rulebook(folder, {f"{setting}0": f"{setting}{yen}"})


def generous_rulebook(folder: Path, yen: int = 0) -> Path:
    """The association's rulebook, but giving an accepted fee back too, with so many yen of tolerance."""
    rules = {
        "[fees.refundable_after_acceptance]\nvalue = false": "[fees.refundable_after_acceptance]\nvalue = true",
        "[settings.underpayment_tolerance]\nvalue = 0": f"[settings.underpayment_tolerance]\nvalue = {yen}",
    }
    return _rulebook(folder, rules)


def _rulebook(folder: Path, instead: dict[str, str]) -> Path:
    book = shutil.copytree(SHELF / "conken", folder / "conken")
    file = book / "manual-2019-10.toml"
    said = file.read_text("utf-8")
    for before, after in instead.items():
        assert before in said
        said = said.replace(before, after)
    file.write_text(said, "utf-8")
    return book


def lanes_of(done: actions.Imported) -> Lanes:
    return queries.lanes(done.file, on=ON)


def settle(mori: Person, line: BankLine, *fees: Fee, **more: Any) -> list[Match]:
    how: dict[str, Any] = {
        "by": mori.by,
        "actor": mori,
        "lines": [line],
        "fees": fees,
        "reasons": [],
        "note": "電話で確認",
        "at": AT,
    }
    return actions.settle(**(how | more))


def balances() -> dict[str, int]:
    """The balance of every account that has one; their sum is always zero."""
    connection.check_constraints()
    found = {row.account.value: row.balance for row in queries.trial_balance().rows if row.balance}
    assert sum(found.values()) == 0
    return found


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == f"payments.{code}"
    assert refusal.value.sentence("ja") != refusal.value.sentence("en")


@contextmanager
def heard(signal: Any) -> Iterator[list[dict[str, Any]]]:
    news: list[dict[str, Any]] = []

    def hear(sender: object, **said: Any) -> None:
        assert connection.in_atomic_block
        news.append({key: value for key, value in said.items() if key != "signal"})

    signal.connect(hear)
    try:
        yield news
    finally:
        signal.disconnect(hear)

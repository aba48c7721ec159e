"""Over random bank files an application is accepted just when its fee has come: to the yen, or short by no more than
the rulebook tolerates (AMB-F4, AMB-F6)."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from nintei.applications.models import Application
from nintei.applications.states import State
from nintei.applications.tests.conftest import PAID_ON, at
from nintei.notices.models import Letter
from nintei.payments import actions, queries
from nintei.payments.models import Fee
from nintei.payments.tests.deeds import tolerant_rulebook
from nintei.people.models import Person
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

SEEDS = range(int(os.environ.get("NINTEI_EXAMPLES", "12")))
AMOUNTS = (11_000, 11_000, 11_000, 10_999, 11_001, 10_560, 440, 22_000, 1)


def payers(fee: Fee) -> list[str]:
    """As asked for, twice as likely; with a blank; behind; without the number; another number; another person."""
    asked = queries.payer_name_to_write(fee)
    end, name = asked[:4], asked[4:]
    wrong = f"{(int(end) + 1) % 10_000:04}{name}"
    return [asked, asked, f"{end} {name}", f"{name}{end}", name, wrong, f"{end}ハヤシ ヨシオ", "カ)ミナト"]


def certain(fee: Fee, sent: Transfer, tolerance: int) -> bool:
    """The oracle: number and name as asked for, in any order, and the amount."""
    return 0 <= fee.total - sent.amount <= tolerance and sent.payer in payers(fee)[:4]


def some_files(pick: random.Random, fee: Fee) -> list[list[Transfer]]:
    day: date = PAID_ON - timedelta(days=2)
    return [
        [Transfer(pick.choice(payers(fee)), pick.choice(AMOUNTS), day) for _ in range(pick.randrange(1, 5))]
        for _ in range(pick.randrange(1, 4))
    ]


def bring(files: list[list[Transfer]]) -> None:
    for transfers in files:
        content = bank.statement(transfers)
        actions.import_file(by="system", content=content, name="x.txt", on=PAID_ON, at=at(PAID_ON))


def one_seed(seed: int, submitted: Application, fee: Fee, tolerance: int) -> bool:
    files = some_files(random.Random(seed), fee)
    bring(files)
    row = Application.objects.get(pk=submitted.pk)
    match = queries.standing_match(fee)
    paid = any(certain(fee, sent, tolerance) for transfers in files for sent in transfers)
    assert (row.state == State.ACCEPTED, match is not None) == (paid, paid), files
    if match:
        assert sum(match.parts.values_list("amount", flat=True)) == match.received
        assert (match.total, match.waived <= tolerance) == (fee.total, True)
        assert Letter.objects.filter(key=f"applications.accepted:{row.pk}").count() == 1
    assert queries.trial_balance().debit == queries.trial_balance().credit
    return paid


@pytest.mark.django_db
@pytest.mark.parametrize("tolerance", [0, 500])
def test_an_application_is_accepted_just_when_its_fee_has_come(
    submitted: Application, mori: Person, tolerance: int, settings: Any, tmp_path: Path
) -> None:
    if tolerance:
        settings.RULEBOOK = str(tolerant_rulebook(tmp_path, tolerance))
    fee = queries.fee_for(submitted.reference)
    assert fee is not None
    seen = set()
    for seed in SEEDS:
        with transaction.atomic():
            seen.add(one_seed(seed, submitted, fee, tolerance))
            transaction.set_rollback(True)
    assert seen == {True, False}

"""Many applications through the actions, and a crash at any write: the invariants hold, nothing is half done.

`NINTEI_STRESS` is the number of applications (three attestations each): 8 in the normal run, 2000 by hand.
`NINTEI_CRASHES` is how many writes of each action are made to fail: 2 in the normal run, 0 for every one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from nintei.applications import actions, queries, states
from nintei.applications.gaps import missing_parts
from nintei.applications.models import Application, Decision
from nintei.applications.tests.conftest import (
    PAID_ON,
    TODAY,
    _person,
    add_post,
    at,
    attest,
    decide,
    pay,
    pledge,
    pledge_text,
    recommend,
    report_for,
    submit,
)
from nintei.experience.models import Statement
from nintei.journal import queries as journal
from nintei.journal.models import Body
from nintei.payments import actions as payments
from nintei.payments import queries as fees
from nintei.people import actions as people
from nintei.people.models import Person
from nintei.registry.models import Certification

SIZE = int(os.environ.get("NINTEI_STRESS", "8"))
CRASHES = int(os.environ.get("NINTEI_CRASHES", "2"))
POSTS = (
    (date(2016, 4, 1), date(2018, 3, 31)),
    (date(2018, 4, 1), date(2021, 3, 31)),
    (date(2021, 4, 1), None),
)


@pytest.fixture(autouse=True)
def period(settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.APPEAL_DAYS = tmp_path, 60


def file_one(n: int) -> Application:
    """One applicant from the report to a sent application, every seventh without enough experience."""
    person = _person(f"p{n}@example.jp", f"申請 {n}", "シンセイ " + "アイウエオカキクケコ"[n % 10])
    report_for(person, number=f"2024{n:06}")
    draft = actions.start(person=person, qualification="OMP", on=TODAY, at=at(TODAY))
    for start, end in (
        POSTS if n % 7 else POSTS[:1] * 1 + ((date(2025, 4, 1), None), (date(2026, 4, 1), None))
    ):
        attest(add_post(person, start, end, "45", "さくらコンタクト株式会社"))
    pledge(draft)
    return submit(draft)


def pay_all(rows: list[Application], mori: Person) -> None:
    """One bank file with everybody's transfer; every ninth has not paid."""
    lines = ["日付,摘要,お支払金額,お預り金額,残高"]
    for n, row in enumerate(rows):
        fee = fees.fee_for(row.reference)
        assert fee is not None
        if n % 9 != 8:
            lines.append(f"2026/11/26,振込 {fees.payer_name_to_write(fee)},,{fee.total},100000")
    text = "\r\n".join(lines) + "\r\n"
    payments.import_file(
        by=mori.by, content=text.encode("cp932"), name="bank.csv", on=PAID_ON, at=at(PAID_ON)
    )


def judge(row: Application, ito: Person, kato: Person) -> None:
    """Review and decision: certified where everything is met, refused where not."""
    actions.take_up(actor=ito, application=row, version=None, on=PAID_ON, at=at(PAID_ON))
    unmet = {part.code: ("doubt", "足りません。") for part in queries.verdict(row, PAID_ON).unmet}
    recommend(row, ito, **unmet)
    if unmet:
        decide(row, kato, "refused", reasons=dict.fromkeys(unmet, "足りません。"))
    else:
        decide(row, kato)


# In one transaction the journal's edge would keep every version of its row, and thousands of leaves take hours.
@pytest.mark.django_db(transaction=SIZE > 50)
def test_many_applications_keep_every_rule(ito: Person, kato: Person, mori: Person) -> None:
    pledge_text()
    rows = [file_one(n) for n in range(SIZE)]
    assert Statement.objects.count() == 3 * SIZE
    pay_all(rows, mori)
    for row in Application.objects.filter(state="accepted").order_by("number"):
        judge(row, ito, kato)
    assert broken() == []
    paid = SIZE - SIZE // 9
    assert Application.objects.exclude(accepted_on=None).count() == Decision.objects.count() == paid
    assert Certification.objects.count() == Decision.objects.filter(outcome="certified").count() > 0


def broken() -> list[str]:
    """Every invariant that does not hold, in words."""
    told = [f"{row.number}: {why}" for row in Application.objects.all() for why in wrong_with(row)]
    numbers = list(Application.objects.exclude(number=None).values_list("number", flat=True))
    told += ["a case number twice"] if len(numbers) != len(set(numbers)) else []
    held = list(Certification.objects.values_list("number", flat=True))
    told += ["a certification number twice"] if len(held) != len(set(held)) else []
    told += [f"{seen} is not in the table" for seen in sorted(steps_seen() - steps_known())]
    found = journal.verify()
    return told + [f"the journal: {fault}" for fault in found.faults]


def wrong_with(row: Application) -> Iterator[str]:
    """What an accepted or decided application lacks."""
    if row.accepted_on:
        fee = fees.fee_for(queries.origin(row).reference)
        match = fees.standing_match(fee) if fee else None
        if match is None or match.confirmed_on > row.accepted_on:
            yield "accepted without its fee"
        if row.complete_on is None or missing_parts(row, row.complete_on):
            yield "accepted without complete papers"
    decision = queries.decision_of(row)
    if (row.state in ("certified", "refused")) != (decision is not None):
        yield "decided without a decision"
    if decision and len({decision.decider.by, decision.reviewer.by, *decision.matched_by}) < 3:
        yield "decided by fewer people than it takes"
    if decision and queries.redecide(decision) != decision.findings:
        yield "cannot be decided again"


def steps_seen() -> set[tuple[str, str, str]]:
    """Every change of state that the journal tells of."""
    leaves = Body.objects.filter(verb__startswith="applications.", data__has_key="from")
    return {
        (data["from"], verb.partition(".")[2], data["to"])
        for verb, data in leaves.values_list("verb", "data")
    }


def steps_known() -> set[tuple[str, str, str]]:
    return {(str(was), str(event), str(to)) for (was, event, _who), to in states.TABLE.items()}


@pytest.mark.parametrize("spoil", ["state", "journal"])
def test_a_broken_rule_would_be_seen(accepted: Application, spoil: str) -> None:
    """The control of the check itself."""
    assert broken() == []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        if spoil == "state":
            cursor.execute("DELETE FROM payments_matchpart; DELETE FROM payments_match")
        else:
            cursor.execute("UPDATE journal_leaf SET hash = %s WHERE seq = 1", [b"x" * 32])
        cursor.execute("SET session_replication_role = DEFAULT")
        assert len(broken()) == 1
        transaction.set_rollback(True)


# --- a crash at any write ---------------------------------------------------------------------------


class Crash(Exception):
    """The machine stops here."""


@contextmanager
def failing_at(write: int) -> Iterator[list[int]]:
    """Raise before the n-th INSERT, UPDATE or DELETE; 0 only counts them."""
    count = [0]

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            count[0] += 1
            if count[0] == write:
                raise Crash
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield count


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours."""
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models()
        if model.__module__.startswith("nintei.")
    }


def writes_of(act: Callable[[], object]) -> int:
    with transaction.atomic(), failing_at(0) as count:
        act()
        transaction.set_rollback(True)
    return count[0]


def survives(act: Callable[[], object]) -> None:
    """Wherever the act is stopped nothing of it is there, and afterwards it can still be done."""
    before, writes = everything(), writes_of(act)
    assert everything() == before
    every = range(1, writes + 1)
    for write in every if not CRASHES else random.Random(writes).sample(every, min(CRASHES, writes)):
        with failing_at(write), pytest.raises(Crash):
            act()
        assert everything() == before, f"something is left of it when stopped at write {write} of {writes}"
    act()
    assert everything() != before


def test_sending_paying_reviewing_deciding_and_appealing_survive_any_crash(
    ready: Application, mori: Person, ito: Person, kato: Person
) -> None:
    survives(lambda: submit(ready))
    ready.refresh_from_db()
    survives(lambda: pay(ready, mori))
    actions.take_up(actor=ito, application=ready, version=None, on=PAID_ON, at=at(PAID_ON))
    survives(lambda: recommend(ready, ito))
    survives(lambda: decide(ready, kato, "refused", reasons={"experience": "理由"}))
    told: dict[str, Any] = {"actor": ready.person, "words": "違います。", "files": []}
    survives(lambda: actions.appeal(application=ready, on=PAID_ON, at=at(PAID_ON), **told))


def test_certifying_survives_any_crash(recommended: Application, kato: Person) -> None:
    survives(lambda: decide(recommended, kato))


def test_a_merge_and_its_undoing_survive_any_crash(ready: Application, ito: Person, kato: Person) -> None:
    second = _person("second@example.jp", "佐藤 健太", "サトウ ケンタ")
    when: dict[str, Any] = {"on": TODAY, "at": at(TODAY)}
    merge = people.ask_merge(actor=ito, goes=ready.person, stays=second, reason="同じ人です。", **when)
    survives(lambda: people.agree_merge(actor=kato, merge=merge, **when))
    ready.refresh_from_db()
    assert ready.person == second
    people.ask_undo(actor=kato, merge=merge, reason="別の人でした。", **when)
    survives(lambda: people.agree_undo(actor=ito, merge=merge, agreed=True, **when))
    ready.refresh_from_db()
    assert ready.person != second


def test_without_its_transaction_an_action_would_be_half_done(ready: Application) -> None:
    """The control: the same crash in the same action with the guard taken off."""
    told: dict[str, Any] = {"person": ready.person, "application": ready, "version": None, "understood": True}
    naked: Any = actions.submit.__wrapped__  # type: ignore[attr-defined]
    before, writes = everything(), writes_of(lambda: submit(ready))
    with failing_at(writes), pytest.raises(Crash):
        naked(on=TODAY, at=at(TODAY), **told)
    assert everything() != before

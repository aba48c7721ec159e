"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from nintei.payments import actions
from nintei.payments.models import BankFile, BankLine, Fee, Match, MatchPart, MatchUndo
from nintei.payments.tests.conftest import AT, ON, ask_fee
from nintei.payments.tests.deeds import SATO, bring
from nintei.people.models import Person
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db


@contextmanager
def database_refuses(error: type[Exception] = DatabaseError) -> Iterator[None]:
    with pytest.raises(error), transaction.atomic():
        yield


@pytest.mark.parametrize("model", [BankFile, BankLine, Match, MatchPart, MatchUndo])
def test_what_was_appended_is_never_changed_or_deleted(fee: Fee, mori: Person, model: Any) -> None:
    done = bring(SATO, SATO)
    actions.undo(by=mori.by, actor=mori, match=done.settled[0], reason="x", at=AT)
    row = model.objects.earliest("pk")
    with database_refuses():
        row.save()
    with database_refuses():
        model.objects.filter(pk=row.pk)._raw_delete("default")


def test_the_amount_of_a_fee_is_never_changed_and_a_fee_never_deleted(fee: Fee) -> None:
    with database_refuses():
        Fee.objects.filter(pk=fee.pk).update(total=1, base=1, tax=0)
    with database_refuses():
        Fee.objects.filter(pk=fee.pk).delete()
    with database_refuses(IntegrityError):
        Fee.objects.create(person=fee.person, kind="first", reference="x", qualification="OMP", base=2, tax=1,
                           total=4, priced_on=ON, edition="x", kana="サトウ", opened_at=AT)  # fmt: skip


def _match(fee: Fee) -> Match:
    return Match.objects.create(
        fee=fee, base=10_000, tax=1_000, automatic=True, reasons=[], confirmed_on=ON, by="x", at=AT
    )


def test_the_database_keeps_one_standing_match_a_fee(fee: Fee) -> None:
    bring(SATO)
    with database_refuses(IntegrityError):
        _match(fee)


def test_the_database_keeps_a_line_within_its_amount(fee: Fee, tanaka: Person) -> None:
    other = ask_fee(tanaka, "2025000456", "タナカ ケン")
    (line,) = bring(SATO).new
    with database_refuses(IntegrityError):
        MatchPart.objects.create(match=_match(other), line=line, amount=1)


def test_the_database_wants_the_parts_of_a_match_to_add_up(fee: Fee) -> None:
    (line,) = bring(Transfer("ハヤシ")).new
    with database_refuses(IntegrityError):
        MatchPart.objects.create(match=_match(fee), line=line, amount=10_999)
        connection.check_constraints()


def test_the_database_refuses_a_match_of_a_cancelled_fee(fee: Fee) -> None:
    actions.cancel_fee(by="person:sato", fee=fee, at=AT)
    with database_refuses(IntegrityError):
        _match(fee)


def test_the_database_refuses_an_undo_by_the_same_two_people(fee: Fee) -> None:
    (match,) = bring(SATO).settled
    with database_refuses(IntegrityError):
        MatchUndo.objects.create(match=match, reason="x", by="person:mori", second="person:mori", at=AT)

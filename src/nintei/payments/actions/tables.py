"""Teaching how a bank's table is read, and forgetting it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nintei.journal.actions import record
from nintei.payments.models import TaughtTable
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

PARTS = {"date", "payer", "credit", "signed", "debit", "account"}


def _entitle(actor: Person, at: datetime) -> None:
    if Role.ACCOUNTANT not in roles_of(actor, on=at.astimezone(JST).date()):
        raise Refused("payments.not_accountant")


@transaction.atomic
def teach_table(*, by: str, actor: Person, name: str, columns: dict[str, str], at: datetime) -> TaughtTable:
    """Keep which column of a table is which, under a name, to be used for every file with these columns.

    `columns`: part (`date`, `payer`, `credit` or `signed`, perhaps `debit`, `account`) → name of the column.
    Raises `Refused`: not_accountant, table_incomplete, table_known (all `payments.…`).
    """
    _entitle(actor, at)
    wanted = {"date", "payer", "signed" if "signed" in columns else "credit"}
    if not wanted <= set(columns) <= PARTS or len(set(columns.values())) < len(columns):
        raise Refused("payments.table_incomplete")
    if TaughtTable.objects.filter(name=name, forgotten_at=None).exists():
        raise Refused("payments.table_known", name=name)
    table = TaughtTable.objects.create(name=name, columns=columns, by=by, at=at)
    data: dict[str, object] = {"name": name, "columns": columns}
    record(by=by, verb="payments.teach_table", subject=f"table:{table.pk}", at=at, data=data)
    return table


@transaction.atomic
def forget_table(*, by: str, actor: Person, table: UUID, at: datetime) -> TaughtTable:
    """Read no more files in this way; forgetting twice is once. Raises `Refused("payments.not_accountant")`."""
    _entitle(actor, at)
    found = TaughtTable.objects.select_for_update().get(pk=table)
    if found.forgotten_at is None:
        found.forgotten_by, found.forgotten_at = by, at
        found.save(update_fields=["forgotten_by", "forgotten_at"])
        record(by=by, verb="payments.forget_table", subject=f"table:{found.pk}", at=at, data={})
    return found

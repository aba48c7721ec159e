"""A journal for tests: written, signed, and rewritten by somebody with the database in their hands."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from nintei.journal import tree
from nintei.journal.actions import record
from nintei.journal.models import Leaf
from nintei.shared.clock import JST

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def write(count: int = 3) -> None:
    """So many leaves, in one transaction."""
    with transaction.atomic():
        for n in range(count):
            record(by="person:sato", verb="ledger.log_activity", subject="activity:1", at=NOON, data={"n": n})


def past_the_guard(sql: str) -> None:
    """What somebody with the database in their hands could do: switch the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = origin")


def lose(count: int) -> None:
    """An old backup of the database: the newest leaves are gone, the tree's edge fits what is left."""
    left = Leaf.objects.count() - count
    edge: tuple[bytes, ...] = ()
    for size, leaf in enumerate(Leaf.objects.filter(seq__lt=left).order_by("seq")):
        edge = tree.append(size, edge, bytes(leaf.hash))
    subtrees = b"".join(edge)
    past_the_guard(
        f"DELETE FROM journal_body WHERE leaf_id >= {left}; DELETE FROM journal_leaf WHERE seq >= {left};"
        f"DELETE FROM journal_checkpoint WHERE size > {left};"
        f"UPDATE journal_edge SET size = {left}, subtrees = '\\x{subtrees.hex()}'"
    )

"""The till: one transaction at a time may match money, so that no two read the same open fee.

The database's triggers would refuse the second one anyway; the lock lets it wait and see what the first did.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Any number nobody else uses; the letters of "till".
LOCK = 0x74696C6C


@contextmanager
def till() -> Iterator[None]:
    """A transaction that holds the till until it ends; nested use is the same transaction."""
    with transaction.atomic():
        take()
        yield


def take() -> None:
    """Wait for the till."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

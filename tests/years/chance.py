"""The same chance twice: every random byte of a simulated office comes from one seed.

Only here. The product takes its salts, ids and tokens from the machine (`os.urandom`), and so does this process
outside of `seeded`.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from nintei.certificates import keyring, places


@contextmanager
def seeded(seed: int) -> Iterator[random.Random]:
    """Ids (`uuid4`) and salts (`secrets`) are drawn from a generator with this seed; what comes out is its twin."""
    source = random.Random(f"bytes {seed}")
    true = os.urandom
    random_module: Any = random
    os.urandom = source.randbytes
    random_module._urandom = source.randbytes
    try:
        yield random.Random(f"chance {seed}")
    finally:
        os.urandom = true
        random_module._urandom = true


def sign_with(seed: int, at: datetime) -> None:
    """Let the key that credentials are signed with be this seed's: its name stands in what leaves commit to."""
    folder = places.keys_folder()
    made = keyring.first(folder, settings.JOURNAL_ORIGIN, at)
    key = Ed25519PrivateKey.from_private_bytes(random.Random(f"key {seed}").randbytes(32))
    (folder / f"{made.number}.ed25519").write_bytes(key.private_bytes_raw())
    known = made._replace(public=key.public_key().public_bytes_raw())
    (folder / "ring.json").write_text(json.dumps(keyring.listed([known])))


class Crash(Exception):
    """The worker dies here."""


def attempt(act: Callable[[], Any], write: int, *, in_parts: bool = False) -> bool:
    """Do something whose process dies before its n-th write (0: it lives), then do it again; whether it died.

    `in_parts`: what it had finished by then stays, as where each hundred people are one transaction.
    """
    if write:
        try:
            with nullcontext() if in_parts else transaction.atomic(), _dying_at(write):
                act()
        except Crash:
            act()
            return True
    else:
        act()
    return False


@contextmanager
def _dying_at(write: int) -> Iterator[None]:
    count = 0

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            count += 1
            if count == write:
                raise Crash
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield


def restart_counters() -> None:
    """Let every sequence of the database begin again, as in a new one.

    The queue is emptied: its tables are not Django's, so what a test has left there outlives the test.
    """
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
        cursor.execute("SELECT c.oid::regclass::text FROM pg_class c WHERE relkind = 'S'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER SEQUENCE {name} RESTART")

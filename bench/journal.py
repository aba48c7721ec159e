"""The whole journal verified, and its files signed anew: seconds and MiB. LEAVES sets the size (1,000,000).

Beside it as a floor: reading the same rows and doing nothing with them, and SHA-256 alone over the same bytes
(each leaf, each node, each commitment). The leaves are put there by COPY, past the one-at-a-time of daily work.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from nintei.site import postgres

LEAVES = int(os.environ.get("LEAVES", "1000000"))


def main() -> None:
    """A throw-away cluster, the tables, the leaves, the measurements."""
    with ExitStack() as stack:
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.throw_away()).url
        os.environ["NINTEI_VAR"] = stack.enter_context(tempfile.TemporaryDirectory())
        import django

        os.environ.setdefault("NINTEI_SECRET_KEY", "bench")
        os.environ["DJANGO_SETTINGS_MODULE"] = "nintei.site.tests.settings"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        size = write()
        measure(size)


def told() -> Iterator[tuple[int, bytes, bytes, bytes, dict[str, Any]]]:
    """Leaves as the journal writes them: number, salt, statement, commitment, and the parts of the body."""
    from nintei.shared.clock import JST

    at = datetime(2026, 11, 24, 12, tzinfo=JST)
    for seq in range(LEAVES):
        salt = secrets.token_bytes(32)
        body: dict[str, Any] = {
            "by": f"person:{seq % 5000:032x}", "verb": "ledger.log_activity", "subject": f"activity:{seq:032x}",
            "at": at, "data": {"title": "モニタリングとコーチングの実践", "minutes": 90, "category": "A"},
        }  # fmt: skip
        said = json.dumps(
            body | {"at": at.isoformat()}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
        yield seq, salt, said, hashlib.sha256(salt + said).digest(), body


def write() -> int:
    """Put the leaves into the tables, past the one-at-a-time of daily work; how many bytes their bodies have."""
    from django.db import connection

    from nintei.journal import tree
    from nintei.journal.models import Edge

    edge, size = list[bytes](), 0
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, tempfile.TemporaryFile("w+") as bodies:
        with cursor.copy("COPY journal_leaf (seq, at, commitment, hash) FROM STDIN") as leaves:
            for seq, salt, said, commitment, body in told():
                hashed = tree.leaf_hash(commitment)
                tree.grow(seq, edge, hashed)
                size += len(salt) + len(said)
                leaves.write_row((seq, body["at"], commitment, hashed))
                row = (
                    str(seq),
                    f"\\\\x{salt.hex()}",
                    body["by"],
                    body["verb"],
                    body["subject"],
                    "2026-11-24",
                )
                bodies.write("\t".join((*row, json.dumps(body["data"]).replace("\\", "\\\\"))) + "\n")
        bodies.seek(0)
        with cursor.copy(
            "COPY journal_body (leaf_id, salt, actor, verb, subject, day, data) FROM STDIN"
        ) as copy:
            while portion := bodies.read(1 << 20):
                copy.write(portion)
    Edge.objects.create(pk=1, size=LEAVES, subtrees=b"".join(edge))
    return size


def measure(size: int) -> None:
    """Print the figures."""
    from django.db import connection

    from nintei.journal.signer import sign
    from nintei.shared.clock import JST

    at = datetime(2026, 11, 24, 12, tzinfo=JST)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE journal_leaf, journal_body")  # as autovacuum does in daily life
    first, again = took(lambda: sign(at)), took(lambda: sign(at))
    alone, reading = took(lambda: floor(size)), took(read)
    whole, cpu, most = verified()
    ratio = whole / (alone + reading)
    print(
        f"journal verify ({LEAVES:,} leaves): ours {whole:.1f} s ({cpu:.1f} s of the processor), {most} MiB,"
        f" with start-up  reading the rows {reading:.1f} s + SHA-256 {alone:.1f} s  ratio {ratio:.1f}"
    )
    print(f"journal first signing ({LEAVES:,} leaves, tiles written and read again): ours {first:.1f} s")
    print(f"journal signing again (all files read): ours {again:.1f} s")


def verified() -> tuple[float, float, int]:
    """Seconds by the wall and of the processor, and MiB, of `nintei journal verify`, the command itself."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "nintei.site.cli", "journal", "verify"], stdout=-1)
    assert child.stdout
    said = child.stdout.read().decode()
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert said.endswith("\nok\n"), said
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def read() -> None:
    """The same rows out of the same tables, in the same order, and nothing done with them."""
    from django.db import connection

    wanted = (
        "SELECT leaf.*, body.* FROM journal_leaf leaf JOIN journal_body body ON leaf_id = seq ORDER BY seq"
    )
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({wanted}) TO STDOUT (FORMAT BINARY)") as rows,
    ):
        assert sum(1 for _ in rows) >= LEAVES


def floor(size: int) -> None:
    """The same bytes through SHA-256: each body, each leaf's 33 bytes, each node's 65."""
    body, leaf, node = b"\x00" * (size // LEAVES), b"\x00" * 33, b"\x01" * 65
    for _ in range(LEAVES):
        hashlib.sha256(body).digest()
        hashlib.sha256(leaf).digest()
        hashlib.sha256(node).digest()


def took(work: Callable[[], object]) -> float:
    """Seconds by the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()

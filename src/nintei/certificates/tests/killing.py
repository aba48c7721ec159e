"""A process that kills itself right after its n-th write to the database or to the disk.

It is forked from a clean one: the threads with which Typst prints do not survive a fork of a process that has printed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import django
from django.apps import apps

if not apps.ready:  # in the clean process
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nintei.site.tests.settings")
    django.setup()

from django.conf import settings
from django.db import connection, connections

CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload([__name__])
PLACES = (
    "VAR", "JOURNAL_KEY", "JOURNAL_FOLDER", "JOURNAL_ANCHOR", "ISSUING_KEYS", "CREDENTIALS_FOLDER",
)  # fmt: skip


def killed_after(n: int, work: Callable[[], object]) -> bool:
    """Do `work` in a child that dies after its n-th write (a statement, an fsync); False if it came through."""
    connections.close_all()
    places = {name: str(getattr(settings, name)) for name in PLACES}
    child = CLEAN.Process(target=_work, args=(n, work, places, connection.settings_dict["NAME"]))
    child.start()
    child.join(120)
    assert child.exitcode in (0, -signal.SIGKILL), child.exitcode
    return child.exitcode != 0


def _work(n: int, work: Callable[[], object], places: dict[str, str], database: str) -> None:
    for name, place in places.items():
        setattr(settings, name, place)
    connection.settings_dict["NAME"] = database
    left, real = [n], os.fsync

    def written() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            written()
        return result

    def fsync(place: int) -> None:
        real(place)
        written()

    os.fsync = fsync  # type: ignore[assignment]  # the disk's own writes are counted, not imitated
    with connection.execute_wrapper(count):
        work()

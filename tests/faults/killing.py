"""A process of its own that is killed at its n-th write, runs out of disk, or has a guard switched off.

It is forked from a clean one: the threads with which Typst prints do not survive a fork of a process that has printed.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import Any

import django
from django.apps import apps

if not apps.ready:  # in the clean process
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nintei.site.tests.settings")
    django.setup()

from django.conf import settings
from django.db import IntegrityError, connection, connections
from django.db.transaction import Atomic

CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload([__name__])
PLACES = (
    "VAR", "JOURNAL_KEY", "JOURNAL_FOLDER", "JOURNAL_ANCHOR", "ISSUING_KEYS", "CREDENTIALS_FOLDER",
)  # fmt: skip
STEP = int(os.environ.get("NINTEI_KILL_STEP", "3"))
REFUSED = 65
Work = Callable[[], object]


def ended(*works: Work) -> list[int]:
    """How processes ended that did their work at the same time: 0, -9 when killed, an error's number, `REFUSED`."""
    connections.close_all()
    places = {name: str(getattr(settings, name)) for name in PLACES}
    started = [
        CLEAN.Process(target=_work, args=(work, places, connection.settings_dict["NAME"])) for work in works
    ]
    for child in started:
        child.start()
    for child in started:
        child.join(120)
    return [child.exitcode if child.exitcode is not None else 1 for child in started]


def _work(work: Work, places: dict[str, str], database: str) -> None:
    for name, place in places.items():
        setattr(settings, name, place)
    connection.settings_dict["NAME"] = database
    try:
        work()
    except OSError as fault:
        sys.exit(fault.errno)
    except IntegrityError:
        sys.exit(REFUSED)


def killed_after(n: int, work: Work) -> bool:
    """Do `work` in a process that dies after its n-th write (a statement, an fsync); False if it came through."""
    (status,) = ended(Dying(n, work))
    assert status in (0, -signal.SIGKILL), status
    return status != 0


class Dying:
    """The work, and its process's end after the n-th write."""

    def __init__(self, n: int, work: Work) -> None:
        self.left, self.work = n, work

    def __call__(self) -> None:
        real = os.fsync

        def fsync(place: int) -> None:
            real(place)
            self.written()

        os.fsync = fsync  # type: ignore[assignment]  # the disk's own writes are counted, not imitated
        with connection.execute_wrapper(self.count):
            self.work()

    def count(self, execute: Any, sql: str, *rest: Any) -> Any:
        """A statement that writes is a write."""
        result = execute(sql, *rest)
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            self.written()
        return result

    def written(self) -> None:
        """One write fewer to live."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class FullDisk:
    """The work where no file can grow beyond so many bytes: the kernel itself refuses the rest (EFBIG)."""

    def __init__(self, most: int, work: Work) -> None:
        self.most, self.work = most, work

    def __call__(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.most, resource.RLIM_INFINITY))
        self.work()


FULL = errno.EFBIG


class WithoutTransactions:
    """A control: each statement stands by itself, as if nobody had written `atomic`."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def __call__(self) -> None:
        setattr(Atomic, "__enter__", lambda _self: None)  # noqa: B010  (the guard of Django, switched off)
        setattr(Atomic, "__exit__", lambda *_: None)  # noqa: B010
        connection.ensure_connection()
        # So it seems to Django; PostgreSQL commits each statement.
        connection.autocommit = False
        connection.in_atomic_block = True
        self.work()


class WithoutLock:
    """A control: rows of a table are read without their lock, and everybody has read before anybody writes."""

    def __init__(self, table: str, everybody: Barrier, work: Work) -> None:
        self.table, self.everybody, self.work = table, everybody, work

    def __call__(self) -> None:
        with connection.execute_wrapper(self.loosened):
            self.work()

    def loosened(self, execute: Any, sql: str, *rest: Any) -> Any:
        """The statement without FOR UPDATE."""
        ours = f'FROM "{self.table}"' in sql and " FOR UPDATE" in sql
        result = execute(sql.replace(" FOR UPDATE", "") if ours else sql, *rest)
        if ours:
            self.everybody.wait(60)
        return result

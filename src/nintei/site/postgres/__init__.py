"""Our own PostgreSQL for a machine where nobody has set one up: found, started, shared, stopped.

Two kinds of cluster: the durable one under `var/` for `nintei run`, and a throw-away one for the tests.
With `DATABASE_URL` set neither is started. PostgreSQL refuses to run as root, so root hands it to an
ordinary account, and that account must be able to reach both the binaries and the data (decision 0002).

Everyone who uses the durable cluster holds a shared lock on it; the last one out stops it. The kernel
drops the lock of a killed process, so a cluster that was left behind is adopted by the next start.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nintei.site.postgres.binaries import NoPostgres, account, newest_binaries, reachable
from nintei.site.postgres.server import Cluster, clear_stale_pid, create, home_of, running, start, stop

__all__ = ["Cluster", "NoPostgres", "database_url", "durable", "throw_away"]

MARK = "nintei-test-"
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One at a time: others wait here until the kernel or we let go."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def durable(var: Path) -> Iterator[Cluster]:
    """The durable cluster of `var`, started or joined; the last one to leave stops it."""
    who = account()
    home = home_of(var, who)
    with (home / "users.lock").open("w") as users:
        with _locked(home / "start.lock"):
            fcntl.flock(users, fcntl.LOCK_SH)
            cluster = _start_or_join(home, who)
        try:
            yield cluster
        finally:
            with _locked(home / "start.lock"):
                _stop_if_last(users.fileno(), cluster)


def _start_or_join(home: Path, who: pwd.struct_passwd | None) -> Cluster:
    data = home / "data"
    if left := running(data):
        return left
    # A cluster is opened by the version that made it, whatever has been installed since.
    version = int((data / "PG_VERSION").read_text("ascii")) if data.exists() else None
    found = reachable(newest_binaries(version), who, home)
    create(found, who, home)
    clear_stale_pid(data)
    return start(found, who, data)


def _stop_if_last(users: int, cluster: Cluster) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    stop(cluster)


@contextmanager
def throw_away(*settings: str) -> Iterator[Cluster]:
    """A cluster for one run of tests: without `fsync`, in a directory that goes with it."""
    _sweep()
    who = account()
    new = Path(tempfile.mkdtemp(prefix="nintei-new-"))
    new.chmod(0o755)
    with (new / "users.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        # Only now does it bear the name that another run's sweep looks for.
        home = new.rename(new.with_name(MARK + new.name.removeprefix("nintei-new-")))
        try:
            found = reachable(newest_binaries(), who, home)
            data = create(found, who, home, "--no-sync")
            yield start(found, who, data, (*THROW_AWAY, "max_connections=200", *settings))
        finally:
            _discard(home)


def _discard(home: Path) -> None:
    if left := running(home / "data"):
        stop(left, at_once=True)
    shutil.rmtree(home, ignore_errors=True)


def _sweep() -> None:
    """Clear away what killed test runs of ours left behind: nobody holds the lock of those."""
    for home in Path(tempfile.gettempdir()).glob(f"{MARK}*"):
        try:
            if home.stat().st_uid != os.geteuid():
                continue
            with (home / "users.lock").open("r+") as users:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _discard(home)
        except OSError:
            continue


@contextmanager
def database_url(var: Path) -> Iterator[str]:
    """The database to use: the one that `DATABASE_URL` names, or else our own durable cluster.

    Sets `DATABASE_URL` while it lasts, so that Django's settings and child processes find the same one.
    """
    if named := os.environ.get("DATABASE_URL"):
        yield named
        return
    with durable(var) as cluster:
        os.environ["DATABASE_URL"] = cluster.url
        try:
            yield cluster.url
        finally:
            del os.environ["DATABASE_URL"]

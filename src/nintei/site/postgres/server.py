"""One cluster: where it lives, how it is made, started, recognised and stopped."""

from __future__ import annotations

import hashlib
import locale
import os
import pwd
import re
import secrets
import shlex
import shutil
import signal
import socket
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nintei.site.postgres.binaries import Binaries, NoPostgres, account, as_account, reaches

# A socket's address holds 107 bytes on Linux; "/.s.PGSQL.65535" takes 15 of them.
LONGEST_SOCKET_DIRECTORY = 107 - 15


@dataclass(frozen=True)
class Cluster:
    """A running cluster: where it is and how to reach it."""

    data: Path
    sockets: Path
    port: int
    pid: int
    password: str = ""

    @property
    def url(self) -> str:
        """The address by Unix socket: no password, because only its owner can enter the directory."""
        return f"postgresql://nintei@/nintei?host={self.sockets}&port={self.port}"

    @property
    def loopback_url(self) -> str:
        """The address by TCP on this machine, with the password, for tools that know no sockets."""
        return f"postgresql://nintei:{self.password}@127.0.0.1:{self.port}/nintei"


def home_of(var: Path, who: pwd.struct_passwd | None) -> Path:
    """The folder for the durable cluster: `var/postgres`, or a link to one that the account can reach."""
    var.mkdir(parents=True, exist_ok=True)
    home = var / "postgres"
    if home.exists():
        return home.resolve()
    # Of two first starts one makes it; the other finds it made.
    if reaches(who, var):
        home.mkdir(exist_ok=True)
    else:
        elsewhere = Path("/var/lib/nintei") / hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
        elsewhere.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            home.symlink_to(elsewhere)
    return home.resolve()


def create(found: Binaries, who: pwd.struct_passwd | None, home: Path, *options: str) -> Path:
    """Run `initdb` beside the final place and rename it, so that half a cluster is never taken for one."""
    data = home / "data"
    if data.exists():
        return data
    unfinished = home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    word = home / "password"
    word.touch(mode=0o600)
    word.write_text(secrets.token_urlsafe(24), "ascii")
    if who:
        os.chown(unfinished, who.pw_uid, who.pw_gid)
        os.chown(word, who.pw_uid, who.pw_gid)
    # Rows are sorted by code point everywhere: no edition of PostgreSQL or libc may change the order.
    as_account(
        who, found.folder / "initdb", "-D", unfinished, "-U", "nintei", "-E", "UTF8", "--locale=C",
        f"--lc-ctype={_letters()}", "--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={word}",
        *options,
    )  # fmt: skip
    unfinished.rename(data)
    return data


def _letters() -> str:
    """The locale that says what a letter is: all of Unicode where this machine knows it, else ASCII."""
    known = locale.setlocale(locale.LC_CTYPE)
    try:
        return locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, known)


def _sockets(home: Path, who: pwd.struct_passwd | None) -> Path:
    """A directory for the socket that only the account (and root) may enter, with a short and plain name."""
    folder = home / "sockets"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_DIRECTORY or not re.fullmatch(
        r"[\w/.-]+", str(folder), re.ASCII
    ):
        folder = Path(tempfile.mkdtemp(prefix="nintei-", dir="/tmp"))
    folder.mkdir(mode=0o700, exist_ok=True)
    if who:
        os.chown(folder, who.pw_uid, who.pw_gid)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(
    found: Binaries, who: pwd.struct_passwd | None, data: Path, settings: tuple[str, ...] = ()
) -> Cluster:
    """Start the cluster in `data` and make the database `nintei` if it is new."""
    home = data.parent
    port, sockets = _free_port(), _sockets(home, who)
    log = home / "postgresql.log"
    log.touch(mode=0o600)
    if who:
        os.chown(log, who.pw_uid, who.pw_gid)
    options = [
        "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={sockets}",
        "timezone=UTC", "log_timezone=UTC", "lc_messages=C", *settings,
    ]  # fmt: skip
    spoken = shlex.join(part for option in options for part in ("-c", option))
    try:
        as_account(
            who, found.folder / "pg_ctl", "start", "-w", "-t", "60", "-s", "-D", data, "-l", log, "-o", spoken
        )
    except NoPostgres as refusal:
        last = log.read_text("utf-8", "replace").splitlines()[-8:]
        raise NoPostgres("\n".join([str(refusal), f"The end of {log}:", *last])) from None
    cluster = running(data)
    if not cluster:
        raise NoPostgres(f"PostgreSQL stopped at once; see {log}.")
    _make_database(cluster)
    return cluster


def running(data: Path) -> Cluster | None:
    """The cluster that runs in `data` now, if one does: the word of `postmaster.pid` alone is not enough.

    After a crash the file stays, and its number may by now belong to quite another process.
    """
    try:
        lines = (data / "postmaster.pid").read_text("utf-8").splitlines()
        pid, port, sockets = int(lines[0]), int(lines[3]), lines[4]
    except (OSError, ValueError, IndexError):
        return None
    at_home = _working_directory(pid) == str(data.resolve())
    password = (data.parent / "password").read_text("ascii")
    return Cluster(data, Path(sockets), port, pid, password) if at_home else None


def _working_directory(pid: int) -> str:
    """Where a process works, or nothing if it is gone. In a container root may have to ask as the account."""
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except PermissionError:
        return as_account(account(), "readlink", f"/proc/{pid}/cwd", check=False).stdout.strip()
    except OSError:
        return ""


def clear_stale_pid(data: Path) -> None:
    """Remove the trace of a crashed server, whose number PostgreSQL could mistake for a living one."""
    if not running(data):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _make_database(cluster: Cluster) -> None:
    import psycopg

    address = cluster.url.replace("/nintei?", "/postgres?")
    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'nintei'").fetchone():
            connection.execute("CREATE DATABASE nintei TEMPLATE template0")


def stop(cluster: Cluster, *, at_once: bool = False) -> None:
    """Stop the cluster: a fast shutdown that keeps every commit, or `at_once` where nothing is to be kept."""
    order = signal.SIGQUIT if at_once else signal.SIGINT
    try:
        os.kill(cluster.pid, order)
    except ProcessLookupError:
        return
    until = time.monotonic() + 60
    while running(cluster.data) and time.monotonic() < until:
        time.sleep(0.02)
    if cluster.sockets.parent != cluster.data.parent:
        shutil.rmtree(cluster.sockets, ignore_errors=True)

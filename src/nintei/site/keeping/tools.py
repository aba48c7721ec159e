"""PostgreSQL's own `pg_dump` and `pg_restore`, as new as the server or newer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from nintei.site.postgres.binaries import NoPostgres, newest_binaries


class ToolFailed(RuntimeError):
    """A tool of PostgreSQL is missing, or ended with an error; the message has its words."""


def tool(name: str) -> Path:
    """Where a tool is: beside the newest server of this machine, else on the path. Raises `ToolFailed`."""
    try:
        beside = newest_binaries().folder / name
    except NoPostgres:
        beside = Path()
    found = beside if beside.is_file() else shutil.which(name)
    if not found:
        raise ToolFailed(f"{name} is not on this machine. Install Debian's package `postgresql-client`.")
    return Path(found)


def use(name: str, *options: str | Path) -> None:
    """Run a tool to its end. Raises `ToolFailed` with what it said."""
    done = subprocess.run([tool(name), *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolFailed(f"{name}: {done.stderr.strip()[-2000:]}")

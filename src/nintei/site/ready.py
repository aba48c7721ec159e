"""Open the installation: its database, Django, and what both need before the first page can be served."""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nintei.site import postgres
from nintei.site.places import VAR

# Any number that nothing else in this database uses; the lock keeps two servers from migrating at once.
MIGRATING = 0x4E494E5445492001


@contextmanager
def django_ready(*, refusing: bool = True) -> Iterator[None]:
    """The database is there (our own, if nobody named one) and Django is ready.

    Settings that contradict each other are refused, but for the doctor, who tells them with everything else.

    A polite request to end (SIGTERM) leaves by the same way as Ctrl-C, so that the cluster is stopped.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with postgres.database_url(VAR):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nintei.site.settings")
        import django

        django.setup()
        if refusing:
            _refuse_what_cannot_be()
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()


def _refuse_what_cannot_be() -> None:
    """Our own system checks (Django runs them only for its own commands): exit 2 with what to do."""
    from django.core.checks import run_checks

    if faults := run_checks(tags=["nintei"]):
        for fault in faults:
            sys.stderr.write(f"{fault.id}: {fault.msg} {fault.hint or ''}\n")
        sys.exit(2)


def migrate() -> int:
    """Bring the database to this program's tables, one process at a time; how many migrations ran."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
            if missing:
                call_command("migrate", interactive=False, verbosity=0)
            else:  # what was drawn together is on record under its new name too, for the next drawing (0026)
                executor.check_replacements()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
    return len(missing)


def collect_static() -> bool:
    """Gather the static files under `STATIC_ROOT` if any of them has changed; whether it had to."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with (root.parent / f"{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mark, seen = root / "collected", _print_of_static_files()
        if mark.exists() and mark.read_text("ascii") == seen:
            return False
        # Ninja brings a second reader of the API's description, larger than all of ours.
        kept = {"ignore_patterns": ["ninja/redoc*"]}
        call_command("collectstatic", interactive=False, verbosity=0, clear=True, **kept)
        mark.write_text(seen, "ascii")
    return True


def _print_of_static_files() -> str:
    """A fingerprint of every static file's name, size and time: the same as long as none has changed."""
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda entry: entry[0]):
            status = Path(storage.path(name)).stat()
            seen.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return seen.hexdigest()

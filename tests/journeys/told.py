"""The demo, told by its actions for a process's first journey and copied back, rows and files, for those after it."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from nintei.shared import clock
from nintei.site import demo
from tests.kept import changed, may_be_quiet, names

ROWS: dict[str, bytes] = {}
COUNTS: dict[str, tuple[int, bool]] = {}
FILES = TemporaryDirectory(prefix="nintei-told-")


def tell_once() -> None:
    """Every journey begins with the same demo; to tell it takes seconds, to copy it takes none."""
    if ROWS:
        _put_back()
        _copy_files(out=False)
    else:
        demo.tell(clock.now())
        _keep()


def _keep() -> None:
    """Nothing is kept on a server where we are not the superuser, who alone may keep triggers quiet."""
    if not may_be_quiet():
        return
    with connection.cursor() as cursor:
        for table in changed():
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT BINARY)") as out:
                ROWS[table] = b"".join(bytes(block) for block in out)
        _copy_files(out=True)
        for counter in names("S"):
            cursor.execute(f"SELECT last_value, is_called FROM {counter}")
            COUNTS[counter] = cursor.fetchone()


def _put_back() -> None:
    """No trigger fires: what is append-only was appended when the story was told."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in ROWS.items():
            cursor.execute(f"DELETE FROM {table}")
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as into:
                into.write(rows)
        for counter, (last, is_called) in COUNTS.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [counter, last, is_called])
    ContentType.objects.clear_cache()


def _copy_files(*, out: bool) -> None:
    """What the story wrote beside its rows: kept (`out`), or brought to where this journey's files are."""
    places: dict[str, str | Path] = {
        "var": settings.VAR,
        "journal": settings.JOURNAL_FOLDER,
        "anchor": settings.JOURNAL_ANCHOR,
    }
    for name, place in places.items():
        kept, here = Path(FILES.name) / name, Path(place)
        source, target = (here, kept) if out else (kept, here)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)

"""Long imports: asked for on a page, done by the worker, watched from the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import connections, transaction
from procrastinate.contrib.django import app

from nintei.payments.actions.files import Tell, import_dropped
from nintei.payments.models import DroppedFile, ImportRun
from nintei.payments.statements import BrokenStatement
from nintei.shared.refusals import Refused


@transaction.atomic
def start_run(*, by: str, dropped: UUID, lines: int, at: datetime) -> ImportRun:
    """Ask the worker to import a dropped file of so many lines; asked again, it is the same run and a new job.

    A job too many does nothing: the import is whole or not at all, and its file is gone afterwards.
    Raises `Refused("payments.dropped_gone")`.
    """
    file = DroppedFile.objects.select_for_update().filter(pk=dropped).first()
    if file is None:
        raise Refused("payments.dropped_gone")
    said = {"name": file.name, "by": by, "at": at, "lines": lines}
    run, _ = ImportRun.objects.get_or_create(dropped=dropped, defaults=said)
    app.configure_task("payments.import_dropped", queue="payments", lock=f"payments.run:{run.pk}").defer(
        run_id=str(run.pk)
    )
    return run


def do_run(*, run: UUID, on: date, at: datetime) -> bool:
    """The worker's part: import, and write down how it ended, both or neither. True if it was done now."""
    with _watched(run) as tell, transaction.atomic():
        asked = ImportRun.objects.filter(pk=run, ended_at=None).first()
        if asked is None:
            return False
        ended: dict[str, object] = {"ended_at": at}
        try:
            done = import_dropped(by=asked.by, dropped=asked.dropped, on=on, at=at, tell=tell)
        except BrokenStatement as broken:
            what = broken.problems[0].what
            ended["problem"] = [what.ja, what.en]
        except Refused as refusal:
            ended["problem"] = [refusal.sentence("ja"), refusal.sentence("en")]
        else:
            ended |= {"file": done.file, "new": len(done.new), "settled": len(done.settled)}
        ImportRun.objects.filter(pk=run).update(**ended)
    return True


@contextmanager
def _watched(run: UUID) -> Iterator[Tell]:
    """Tells how far a run is over a connection of its own, since its own transaction shows nothing yet."""
    beside = connections.create_connection("default")

    def tell(done: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute("UPDATE payments_importrun SET done = %s WHERE id = %s", [done, run])

    try:
        yield tell
    finally:
        beside.close()

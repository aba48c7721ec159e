"""Evaluating everybody at once; counting for the board and for anybody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from uuid import UUID

import psycopg
import rfc8785
from django.db import connection, transaction

from nintei.courses.queries import counting
from nintei.insight.engines import Engine, Job, local
from nintei.insight.figures import figures
from nintei.insight.models import Run, Tally
from nintei.insight.stream import Judged, by_kernel, listed
from nintei.journal.actions import record
from nintei.rules.load import load

COURSES = "SELECT id, state, accredited_from, accredited_until, ended_on FROM courses_course"


def evaluate(
    *,
    by: str,
    on: date,
    at: datetime,
    rulebook: str,
    clock: Callable[[], datetime],
    processes: int = 2,
    tell: Callable[[int], None] = lambda _: None,
    judged: Judged = by_kernel,
    engine: Engine = local,
) -> Run:
    """Every certification's balance and renewal outcome on a (JST) day, as if it were filed that day.

    The population is read from one snapshot by `processes` workers; a run that fails leaves nothing
    behind. `tell` hears the holders done so far. Points are kept in units of the edition. `judged`
    makes the judge in each worker (a benchmark measures one that judges nothing); `engine` brings the
    workers, and whatever engine it was, the run is the same.
    """
    run = Run.objects.create(as_of=on, edition=load(rulebook, on).id, started_at=at)
    dsn = _dsn()
    try:
        with psycopg.connect(dsn) as keeper:
            keeper.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            row = keeper.execute("SELECT pg_export_snapshot()").fetchone()
            snapshot, courses = str(row[0]) if row else "", listed(_counting(keeper))
            done = engine(Job(dsn, snapshot, courses, run.pk, on, rulebook, judged), processes, tell)
    except BaseException:
        run.delete()
        raise
    run.holders, run.lines = sum(each.holders for each in done), sum(each.lines for each in done)
    run.finished_at = clock()
    with transaction.atomic():
        run.save()
        facts: dict[str, object] = {"edition": run.edition, "holders": run.holders, "lines": run.lines}
        record(by=by, verb="insight.evaluate", subject=f"run:{run.pk}", at=run.finished_at, data=facts)
    return run


@transaction.atomic
def tally(*, by: str, on: date, at: datetime) -> int:
    """Count the figures of a (JST) day and of the first day of its month, once each; how many were new.

    What the public page shows changes once a month: from day to day one could see whom a decision was about. A
    leaf commits to each count, so that none is mended unseen.
    """
    days = {on.replace(day=1), on} - set(Tally.objects.values_list("day", flat=True))
    for day in sorted(days):
        found = figures(day)
        Tally.objects.create(day=day, figures=found, counted_at=at)
        facts: dict[str, object] = {"sha256": hashlib.sha256(rfc8785.dumps(found)).hexdigest()}
        record(by=by, verb="insight.tally", subject=f"figures:{day}", at=at, data=facts)
    return len(days)


def _counting(keeper: psycopg.Connection) -> Iterator[tuple[UUID, date, date | None]]:
    """Every course of the snapshot with the days on which it counts."""
    for key, *told in keeper.execute(COURSES):
        if span := counting(*told):
            yield (key, *span)


def _dsn() -> str:
    """The database of this connection, as libpq reads it."""
    settings = connection.settings_dict
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return psycopg.conninfo.make_conninfo(**{names[key]: settings[key] for key in names if settings[key]})

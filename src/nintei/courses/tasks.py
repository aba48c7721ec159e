"""The worker's part: crediting the rows of confirmed rosters, and finding those left unfinished."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nintei.courses import actions, queries
from nintei.shared.clock import now


@app.task(name="courses.carry_out", queue="courses", retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def carry_out(roster: str) -> int:
    """Credit a roster to its end."""
    return actions.carry_out(by="system", roster=UUID(roster), at=now())


@app.task(name="courses.reflow", queue="courses", retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def reflow(course: str) -> int:
    """Carry the corrections of a course to whoever attended or logged it."""
    return actions.reflow(by="system", course=UUID(course), at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="courses.finish", queue="courses", queueing_lock="courses.finish")
def finish(timestamp: int) -> int:
    """Every ten minutes: whatever was confirmed and is not finished, whoever was killed in between.

    And a file that was only looked at is forgotten after a day: nobody keeps names without a use.
    """
    actions.forget_left_rosters(by="system", before=now() - timedelta(days=1))
    credited = sum(
        actions.carry_out(by="system", roster=roster, at=now()) for roster in queries.unfinished_rosters()
    )
    return credited + actions.reflow(by="system", at=now())

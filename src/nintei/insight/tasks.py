"""The worker's part: counting every night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nintei.insight import actions
from nintei.shared.clock import now, today


@app.periodic(cron="10 * * * *")
@app.task(name="insight.tally", queue="insight", queueing_lock="insight.tally")
def tally(timestamp: int) -> int:
    """Every hour: the figures of the day, once; a worker that was away at midnight counts when it is back."""
    return actions.tally(by="system", on=today(), at=now())

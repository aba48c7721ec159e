"""The worker's part: every night all decisions are computed again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nintei.applications import actions
from nintei.shared import clock


@app.periodic(cron="40 3 * * *")
@app.task(name="applications.replay_all", queue="applications", queueing_lock="applications.replay_all")
def replay_all(timestamp: int) -> int:
    """Every night: how many decisions come out otherwise than they were made."""
    return len(actions.replay_all(by="system", on=clock.today(), at=clock.now()).different)

"""The worker's part: forgetting the keys of requests that nobody can send again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nintei.people import actions
from nintei.shared.clock import now


@app.periodic(cron="20 4 * * *")
@app.task(name="people.forget_once_keys", queue="people", queueing_lock="people.forget_once_keys")
def forget_once_keys(timestamp: int) -> int:
    """Every night: once-keys past their clock."""
    return actions.forget_once_keys(by="system", at=now())

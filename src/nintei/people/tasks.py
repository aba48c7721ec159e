"""The worker's part: forgetting what is past its clock, and erasing again what an old backup brought back."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nintei.people import actions, erasures
from nintei.shared.clock import now


@app.periodic(cron="20 4 * * *")
@app.task(name="people.forget_once_keys", queue="people", queueing_lock="people.forget_once_keys")
def forget_once_keys(timestamp: int) -> int:
    """Every night: once-keys past their clock."""
    return actions.forget_once_keys(by="system", at=now())


@app.periodic(cron="40 4 * * *")
@app.task(name="people.erase_again", queue="people", queueing_lock="people.erase_again")
def erase_again(timestamp: int) -> int:
    """Every night: the list of the erased is whole, and nobody on it is back, however the database came back."""
    erasures.keep_list()
    return actions.erase_again(by="system", at=now())

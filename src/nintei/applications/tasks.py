"""The worker's part: telling in time that a report ends, and computing all decisions again every night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nintei.applications import actions
from nintei.shared.clock import now, today


@app.periodic(cron="7 */6 * * *")
@app.task(name="applications.warn_of_expiry", queue="letters", queueing_lock="applications.warn_of_expiry")
def warn_of_expiry(timestamp: int) -> int:
    """Four times a day: whose draft rests on a report that ends soon is told, once for each notice."""
    return actions.warn_of_expiry(by="system", on=today(), at=now())


@app.periodic(cron="20 6 * * *")
@app.task(name="applications.remind_holders", queue="letters", queueing_lock="applications.remind_holders")
def remind_holders(timestamp: int) -> int:
    """Every morning: who has not filed is told 180, 90, 30 and 7 days before the window closes, once each."""
    return actions.remind_holders(by="system", on=today(), at=now())


@app.periodic(cron="40 3 * * *")
@app.task(name="applications.replay_all", queue="applications", queueing_lock="applications.replay_all")
def replay_all(timestamp: int) -> int:
    """Every night: how many decisions come out otherwise than they were made."""
    return len(actions.replay_all(by="system", on=today(), at=now()).different)

"""The worker's part: telling in time that a report is about to expire."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nintei.applications import actions
from nintei.shared.clock import now, today


@app.periodic(cron="7 */6 * * *")
@app.task(name="applications.warn_of_expiry", queue="letters", queueing_lock="applications.warn_of_expiry")
def warn_of_expiry(timestamp: int) -> int:
    """Four times a day: whose draft rests on a report that ends soon is told, once for each notice."""
    return actions.warn_of_expiry(by="system", on=today(), at=now())

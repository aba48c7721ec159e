"""The worker's part: imports that are too long for one page view."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nintei.payments.actions import runs
from nintei.shared.clock import now


@app.task(
    name="payments.import_dropped", queue="payments", retry=RetryStrategy(max_attempts=3, exponential_wait=5)
)
def import_dropped(run_id: str) -> bool:
    """Import one dropped file, if it is not imported yet."""
    at = now()
    return runs.do_run(run=UUID(run_id), on=at.date(), at=at)

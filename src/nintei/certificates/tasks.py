"""The worker's part: printing what was intended, and finding what was left unfinished."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nintei.certificates import actions, queries
from nintei.shared.clock import now


@app.task(
    name="certificates.issue", queue="certificates", retry=RetryStrategy(max_attempts=6, exponential_wait=5)
)
def issue(certificate_id: str) -> bool:
    """Print one certificate, if it is not printed yet."""
    return actions.issue(certificate_id=UUID(certificate_id), at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="certificates.finish", queue="certificates", queueing_lock="certificates.finish")
def finish(timestamp: int) -> int:
    """Every ten minutes: whatever was intended and is not printed, whoever was killed in between."""
    return sum(actions.issue(certificate_id=intent.pk, at=now()) for intent in queries.to_issue())

"""The worker's part: how the pages of new evidence look, for the office's hints."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nintei.ledger.actions.looking import look_at
from nintei.shared.clock import now


@app.task(name="ledger.look_at", queue="ledger", retry=RetryStrategy(max_attempts=3, exponential_wait=10))
def look(kind: str, sha256: str) -> int:
    """Look at one file."""
    return look_at(kind=kind, sha256=sha256, at=now())

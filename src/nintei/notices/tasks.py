"""The worker's part: each letter is a job of its own, tried again with growing pauses."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nintei.notices import actions
from nintei.shared.clock import now


@app.task(name="notices.send", queue="letters", retry=RetryStrategy(max_attempts=10, exponential_wait=4))
def send(letter_id: str) -> bool:
    """Send one letter, if it has not left yet."""
    return actions.send(UUID(letter_id), at=now())

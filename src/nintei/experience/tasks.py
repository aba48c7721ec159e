"""The worker's part: reminding attestors, telling applicants what ran out, throwing traces away."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nintei.experience.actions import remind_due, tell_expired
from nintei.experience.traces import drop_traces
from nintei.shared.clock import now, today


@app.periodic(cron="7 * * * *")
@app.task(name="experience.wait", queue="experience", queueing_lock="experience.wait")
def wait(timestamp: int) -> dict[str, int]:
    """Every hour: what is due today leaves once, however often this runs and wherever it was killed."""
    at, on = now(), today()
    reminded = remind_due(by="system", at=at, on=on)
    return {
        "reminded": reminded,
        "expired": tell_expired(by="system", at=at, on=on),
        "traces": drop_traces(by="system", on=on),
    }

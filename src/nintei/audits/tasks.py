"""The worker's part: signing on an announced day, reminding, telling the renewals what is final."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nintei.audits import actions
from nintei.shared.clock import now, today


@app.periodic(cron="*/15 * * * *")
@app.task(name="audits.seal", queue="audits", queueing_lock="audits.seal")
def seal(timestamp: int) -> int:
    """Every quarter of an hour: the first after midnight in Japan signs for the draws announced for the day."""
    return actions.seal_due(by="system", on=today(), at=now())


@app.periodic(cron="23 * * * *")
@app.task(name="audits.wait", queue="audits", queueing_lock="audits.wait")
def wait(timestamp: int) -> dict[str, int]:
    """Every hour: what is due leaves once, however often this runs and wherever it was killed."""
    on, at = today(), now()
    return {
        "reminded": actions.remind_due(by="system", on=on, at=at),
        "settled": actions.settle_due(by="system", on=on, at=at),
        "erased": actions.erase_due(by="system", on=on, at=at),
    }

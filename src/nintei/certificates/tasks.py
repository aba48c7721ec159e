"""The worker's part: signing and printing what was intended, finding what was left unfinished, publishing the lists."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nintei.certificates import actions, publishing, queries
from nintei.certificates.keyring import NoSuchKey
from nintei.shared.clock import now
from nintei.shared.paper import CannotPrint

log = logging.getLogger(__name__)


@app.task(
    name="certificates.issue", queue="certificates", retry=RetryStrategy(max_attempts=6, exponential_wait=5)
)
def issue(certificate_id: str) -> bool:
    """Sign and print one certificate, if it is not printed yet."""
    return actions.issue(certificate_id=UUID(certificate_id), at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="certificates.finish", queue="certificates", queueing_lock="certificates.finish")
def finish(timestamp: int) -> int:
    """Every ten minutes: whatever was intended and is not printed, whoever was killed in between."""
    done = 0
    for intent in queries.to_issue():
        try:
            done += actions.issue(certificate_id=intent.pk, at=now())
        except (CannotPrint, actions.NotYet, NoSuchKey) as fault:
            log.warning("certificate %s is still to be printed: %s", intent.pk, fault)
    return done


@app.task(name="certificates.publish", queue="certificates", queueing_lock="certificates.publish")
def publish() -> int:
    """Build the public lists anew: after a change of state, after an issue."""
    return publishing.publish(now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="certificates.publish_again", queue="certificates", queueing_lock="certificates.publish_again")
def publish_again(timestamp: int) -> int:
    """Every five minutes, which is the lists' ttl: they never grow old, and a day that began today is in them."""
    return publishing.publish(now())

"""The worker's part: signing and printing what was intended, finding what was left unfinished, publishing the lists."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nintei.certificates import actions, publishing, queries
from nintei.certificates.keyring import NoSuchKey
from nintei.certificates.passport import actions as passports
from nintei.certificates.stamping import NoTimeStamp
from nintei.shared.clock import now
from nintei.shared.paper import CannotPrint

WAITS = (CannotPrint, actions.NotYet, NoSuchKey, NoTimeStamp)
"""Why something stays to be made: none of them ends the round for the others."""

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=3)
"""The signer looks every two seconds (`nintei journal signer`): after 3 seconds, then 9, 27 and so on."""

log = logging.getLogger(__name__)


@app.task(name="certificates.issue", queue="certificates", retry=AGAIN)
def issue(certificate_id: str) -> bool:
    """Sign and print one certificate, if it is not printed yet."""
    return actions.issue(certificate_id=UUID(certificate_id), at=now())


@app.task(name="certificates.passport", queue="certificates", retry=AGAIN)
def passport(passport_id: str) -> bool:
    """Sign and print one passport, if it is not there yet."""
    return passports.make(by="system", passport_id=UUID(passport_id), at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="certificates.finish", queue="certificates", queueing_lock="certificates.finish")
def finish(timestamp: int) -> int:
    """Every ten minutes: whatever was intended and is not printed, whoever was killed in between."""
    done = 0
    for intent in queries.to_issue():
        try:
            done += actions.issue(certificate_id=intent.pk, at=now())
        except WAITS as fault:
            log.warning("certificate %s is still to be printed: %s", intent.pk, fault)
    for waiting in queries.passports_to_make():
        try:
            done += passports.make(by="system", passport_id=waiting.pk, at=now())
        except WAITS as fault:
            log.warning("passport %s is still to be made: %s", waiting.pk, fault)
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

"""The only writers of links."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from nintei.certificates.models import ShareLink
from nintei.certificates.sharing.queries import digest
from nintei.journal.actions import record
from nintei.registry.models import Certification, Shared
from nintei.shared.refusals import Refused

MOST = 20
LONGEST_DAYS = 366


class Made(NamedTuple):
    """A link and its token: shown once, never kept."""

    link: ShareLink
    token: str


@transaction.atomic
def make_link(
    *,
    by: str,
    certification: Certification,
    shows: frozenset[str],
    label: str,
    until_on: date,
    on: date,
    at: datetime,
) -> Made:
    """Make a link that shows the chosen fields (`registry.models.Shared`) through its last (JST) day.

    Raises `Refused`: `certificates.link_days`, `certificates.many_links`.
    """
    if not on < until_on <= on + timedelta(days=LONGEST_DAYS):
        raise Refused("certificates.link_days", most=LONGEST_DAYS)
    locked = Certification.objects.select_for_update().get(pk=certification.pk)
    if ShareLink.objects.filter(certification=locked, revoked_at=None, until_on__gte=on).count() >= MOST:
        raise Refused("certificates.many_links", most=MOST)
    token = secrets.token_urlsafe(24)
    link = ShareLink.objects.create(
        certification=locked, token_sha256=digest(token), label=label.strip(), until_on=until_on, made_at=at,
        shows=sorted(shows & frozenset(Shared.values)),
    )  # fmt: skip
    _tell("share", link, by, at, until_on=until_on.isoformat(), shows=link.shows)
    return Made(link, token)


@transaction.atomic
def revoke_link(*, by: str, link: ShareLink, at: datetime) -> ShareLink:
    """From this instant the link shows nothing; twice is once."""
    row = ShareLink.objects.select_for_update().get(pk=link.pk)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        _tell("revoke_link", row, by, at)
    return row


@transaction.atomic
def revoke_all(*, by: str, certification: Certification, at: datetime) -> None:
    """Nobody is left who shows it: every link ends."""
    for link in ShareLink.objects.filter(certification=certification, revoked_at=None):
        revoke_link(by=by, link=link, at=at)


def count_opening(*, by: str, link: ShareLink) -> None:
    """One more opening. Nobody's address is kept, and no leaf: it is a figure for the holder, not a fact.

    `by` is whoever has the link: nobody known.
    """
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(opened=F("opened") + 1)


def _tell(verb: str, link: ShareLink, by: str, at: datetime, **more: object) -> None:
    data: dict[str, object] = {"link": str(link.pk), **more}
    record(
        by=by, verb=f"certificates.{verb}", subject=f"certification:{link.certification_id}", at=at, data=data
    )

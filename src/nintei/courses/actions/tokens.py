"""Tokens of providers' programs: made, ended, and counted each time one is shown."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Value, When

from nintei.courses import tokens
from nintei.courses.models import Provider, ProviderToken
from nintei.journal.actions import record
from nintei.shared.refusals import Refused

A_MINUTE = 120
"""So many requests a minute are answered for one token."""


@transaction.atomic
def make_token(*, by: str, provider: Provider, name: str, token: str, at: datetime) -> ProviderToken:
    """Let a program of an organisation in by a token that its contact has seen; the same token again is once.

    Raises `Refused("courses.token_without_name")`.
    """
    if not name.strip():
        raise Refused("courses.token_without_name")
    made, is_new = ProviderToken.objects.get_or_create(
        digest=tokens.digest(token),
        defaults={"provider": provider, "name": name.strip(), "made_by": by, "made_at": at},
    )
    if is_new:
        told: dict[str, object] = {"provider": str(provider.pk), "name": made.name}
        record(by=by, verb="courses.make_token", subject=made.reference, at=at, data=told)
    return made


@transaction.atomic
def end_token(*, by: str, token: ProviderToken, at: datetime) -> ProviderToken:
    """From now on nobody is let in by this token; ending it twice is once."""
    mine = ProviderToken.objects.select_for_update().get(pk=token.pk)
    if mine.ended_at is None:
        mine.ended_at = at
        mine.save(update_fields=["ended_at"])
        record(by=by, verb="courses.end_token", subject=mine.reference, at=at, data={"name": mine.name})
    return mine


def count_request(*, by: ProviderToken, at: datetime) -> None:
    """Count a request by a token, also one that is refused later. Raises `Refused("courses.too_many_requests")`."""
    minute = at.replace(second=0, microsecond=0)
    mine = ProviderToken.objects.filter(pk=by.pk, ended_at=None)
    mine.update(minute=minute, requests=Case(When(minute=minute, then=F("requests") + 1), default=Value(1)))
    if ProviderToken.objects.get(pk=by.pk).requests > A_MINUTE:
        raise Refused("courses.too_many_requests", most=A_MINUTE)

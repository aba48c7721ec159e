"""What providers' programs may ask: who they are, what became of what they sent."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from nintei.courses import tokens
from nintei.courses.models import (
    CourseSession,
    Outcome,
    Provider,
    ProviderToken,
    Roster,
    RosterRow,
    Statement,
)


def token_behind(text: str) -> ProviderToken | None:
    """The token that somebody shows, unless it was ended or never made."""
    found = ProviderToken.objects.select_related("provider").filter(digest=tokens.digest(text), ended_at=None)
    return found.first()


def tokens_of(provider: Provider) -> QuerySet[ProviderToken]:
    """The tokens of an organisation, those in use first."""
    return ProviderToken.objects.filter(provider=provider).order_by("ended_at", "-made_at", "pk").reverse()


def token_of(provider: Provider, pk: UUID) -> ProviderToken | None:
    """A token of an organisation, or None."""
    return ProviderToken.objects.filter(provider=provider, pk=pk).first()


def session_for(token: ProviderToken, pk: UUID) -> CourseSession | None:
    """A holding of the organisation that a token stands for, or None."""
    mine = CourseSession.objects.filter(course__offered_by=token.provider_id, pk=pk)
    return mine.select_related("course").first()


def roster_for(token: ProviderToken, pk: UUID) -> Roster | None:
    """A roster that came by a token, or None."""
    return Roster.objects.select_related("session__course").filter(token=token, pk=pk).first()


def accepted_rows(roster: Roster) -> Sequence[tuple[int, bool]]:
    """Each row of a roster by its line, and whether it was taken: all that a sender is told."""
    rows = RosterRow.objects.filter(roster=roster).order_by("line").values_list("line", "outcome")
    return [(line, outcome != Outcome.NOT_TAKEN) for line, outcome in rows]


def statement_for(token: ProviderToken, pk: UUID) -> Statement | None:
    """A statement that the organisation of a token sent, or None."""
    return Statement.objects.filter(provider=token.provider_id, pk=pk).first()


def statements_of(attendance: UUID) -> QuerySet[Statement]:
    """The xAPI statements behind an attendance: the evidence of e-learning, the oldest first."""
    return Statement.objects.filter(attendance=attendance).order_by("stored_at", "pk")

"""Every decision computed again from what it stored, and its papers compared with their hashes (P3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nintei.applications import queries
from nintei.applications.models import Decision
from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter
from nintei.people.models import Role
from nintei.people.queries import holders_of

SUBJECT = "decisions"


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many decisions were computed again, and the case numbers of those that came out otherwise."""

    checked: int
    different: tuple[str, ...]


@transaction.atomic
def replay_all(*, by: str, on: date, at: datetime) -> Replayed:
    """Compute every decision again; what comes out otherwise is told to the deciders by mail, once a day.

    Of somebody who was erased nothing is left to compute from (P14).
    """
    checked, different = 0, []
    rows = Decision.objects.filter(application__person__erased_at=None).select_related("application")
    for decision in rows.order_by("decided_at").iterator(500):
        checked += 1
        if not queries.is_whole(decision):
            different.append(decision.application.number or str(decision.pk))
    data: dict[str, object] = {"checked": checked, "different": different}
    record(by=by, verb="applications.replay_all", subject=SUBJECT, at=at, data=data)
    if different:
        _tell(by, different, on, at)
    return Replayed(checked, tuple(different))


def _tell(by: str, different: list[str], on: date, at: datetime) -> None:
    for person in holders_of((Role.DECIDER,), on=on):
        post_letter(
            by=by,
            key=f"applications.replayed:{on.isoformat()}:{person.pk}",
            template="applications/letters/replayed.txt",
            to_email=person.email,
            language=person.language,
            at=at,
            context={"person": person, "numbers": different},
            to_person=person,
        )

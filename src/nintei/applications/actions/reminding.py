"""Reminding holders of their own renewal: what they still miss, and what they can do, four times before it closes."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from nintei.applications import queries
from nintei.applications.queries import Coming
from nintei.ledger import queries as ledger
from nintei.notices.actions import post
from nintei.notices.models import Letter

# Days before the window closes; ours, no document names any.
REMINDERS = (7, 30, 90, 180)


def remind_holders(*, by: str, on: date, at: datetime) -> int:
    """Write to whoever has not filed 180, 90, 30 and 7 days before their window closes; how many letters.

    Each notice once for a validity, in the holder's language, with their own gap and the kernel's next steps;
    on paper to somebody without an address. Who is already nearer gets only the nearest notice.
    """
    due = {_key(each, on): each for each in queries.coming(on, REMINDERS[-1]) if _is_due(each)}
    known = set(Letter.objects.filter(key__in=due).values_list("key", flat=True))
    return sum(_remind(key, each, by, on, at) for key, each in due.items() if key not in known)


def _is_due(each: Coming) -> bool:
    return not each.filed and each.certification.person.is_active


def _key(each: Coming, on: date) -> str:
    left = (each.closes - on).days
    notice = next(days for days in REMINDERS if left <= days)
    return f"applications.renewal_due:{each.term.pk}:{notice}"


@transaction.atomic
def _remind(key: str, each: Coming, by: str, on: date, at: datetime) -> int:
    person = each.certification.person
    prefix = "/en" if person.language == "en" else ""
    post(
        by=by,
        key=key,
        template="applications/letters/renewal_due.txt",
        to_email=person.email,
        language=person.language,
        at=at,
        context={
            "person": person,
            "standing": ledger.standing_of(each.certification, on),
            "base": f"{settings.BASE_URL}{prefix}",
            "link": f"{settings.BASE_URL}{prefix}/my/renew?certification={each.certification.pk}",
        },
        to_person=person,
    )
    return 1

"""Who somebody is and what they are entrusted with."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from nintei.people.models import DemoCalendar, Person, Role, RoleGrant


def roles_of(person: Person, *, on: date) -> frozenset[Role]:
    """The roles a person holds on a (JST) day."""
    grants = RoleGrant.objects.filter(person=person, from_on__lte=on)
    open_grants = grants.filter(Q(until_on=None) | Q(until_on__gte=on))
    return frozenset(Role(role) for role in open_grants.values_list("role", flat=True))


def person_by_email(email: str) -> Person | None:
    """The account with this address, in any case of letters."""
    return Person.objects.filter(email=email.strip().lower()).first()


def demo_day() -> date | None:
    """The day the demo calendar shows, if somebody turned it."""
    return DemoCalendar.objects.values_list("day", flat=True).first()

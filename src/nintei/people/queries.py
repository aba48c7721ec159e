"""Who somebody is and what they are entrusted with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q

from nintei.people.models import DemoCalendar, FormerName, Person, Role, RoleGrant


def roles_of(person: Person, *, on: date) -> frozenset[Role]:
    """The roles a person holds on a (JST) day."""
    grants = RoleGrant.objects.filter(person=person, from_on__lte=on)
    open_grants = grants.filter(Q(until_on=None) | Q(until_on__gte=on))
    return frozenset(Role(role) for role in open_grants.values_list("role", flat=True))


def person_by_email(email: str) -> Person | None:
    """The account with this address, in any case of letters."""
    return Person.objects.filter(email=email.strip().lower()).first()


def addresses_of(person: Person) -> frozenset[str]:
    """Every address that belongs to an account, in small letters."""
    others = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return frozenset(address.lower() for address in (person.email, *others))


def person(pk: UUID | str) -> Person | None:
    """The account with this number."""
    return Person.objects.filter(pk=pk).first()


def people_with_roles(emails: Iterable[str], *, on: date) -> list[tuple[Person, frozenset[Role]]]:
    """Accounts by address, in the order asked, each with the roles held on a (JST) day; unknown ones are left out."""
    wanted = list(emails)
    found = {person.email: person for person in Person.objects.filter(email__in=wanted)}
    held: dict[UUID, set[Role]] = {}
    grants = RoleGrant.objects.filter(person__in=found.values(), from_on__lte=on)
    for owner, role in grants.filter(Q(until_on=None) | Q(until_on__gte=on)).values_list("person_id", "role"):
        held.setdefault(owner, set()).add(Role(role))
    return [(found[e], frozenset(held.get(found[e].pk, ()))) for e in wanted if e in found]


def holders_of(roles: Iterable[Role], *, on: date) -> list[Person]:
    """Everybody who holds one of these roles on a (JST) day, by kana."""
    grants = RoleGrant.objects.filter(role__in=list(roles), from_on__lte=on)
    held = grants.filter(Q(until_on=None) | Q(until_on__gte=on)).values("person")
    return list(Person.objects.filter(pk__in=held).order_by("kana", "email"))


def former_names(person: Person) -> list[FormerName]:
    """The names a person bore before, newest first."""
    return list(FormerName.objects.filter(person=person).order_by("-until_on", "-pk"))


def demo_day() -> date | None:
    """The day the demo calendar shows, if somebody turned it."""
    return DemoCalendar.objects.values_list("day", flat=True).first()

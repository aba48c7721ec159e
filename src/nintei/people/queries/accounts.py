"""Who somebody is and what they are entrusted with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from nintei.people import names
from nintei.people.models import (
    DemoCalendar,
    FormerName,
    Merge,
    MergeState,
    NameState,
    Person,
    Proposed,
    Role,
    RoleGrant,
    RoleProposal,
)


def roles_of(person: Person, *, on: date) -> frozenset[Role]:
    """The roles a person holds on a (JST) day."""
    grants = RoleGrant.objects.filter(person=person, from_on__lte=on)
    open_grants = grants.filter(Q(until_on=None) | Q(until_on__gte=on))
    return frozenset(Role(role) for role in open_grants.values_list("role", flat=True))


def holders_of(roles: Iterable[Role], *, on: date) -> list[Person]:
    """Everybody who holds one of these roles on a (JST) day, by kana."""
    grants = RoleGrant.objects.filter(role__in=list(roles), from_on__lte=on)
    held = grants.filter(Q(until_on=None) | Q(until_on__gte=on)).values("person")
    return list(Person.objects.filter(pk__in=held).order_by("kana", "email"))


def person_by_email(email: str) -> Person | None:
    """The account with this address, in any case of letters."""
    address = email.strip().lower()
    return Person.objects.filter(email=address).first() if address else None


def addresses_of(person: Person) -> frozenset[str]:
    """Every address that belongs to an account, in small letters."""
    others = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return frozenset(address.lower() for address in (person.email, *others) if address)


def person(pk: UUID | str) -> Person | None:
    """The account with this number."""
    return Person.objects.filter(pk=pk).first()


def called(words: str) -> Q:
    """How to find a person by any of their names, now or before, in any writing; for `Person` itself.

    An address must be whole. Use it from another table as `Person.objects.filter(called(words))`.
    """
    text = names.tidy(words)
    kana = names.katakana(text) or text
    now = Q(name__icontains=text) | Q(kana__icontains=kana) | Q(latin__icontains=text) | Q(email__iexact=text)
    before = FormerName.objects.exclude(state=NameState.DECLINED).filter(
        Q(name__icontains=text) | Q(kana__icontains=kana)
    )
    return now | Q(pk__in=before.values("person"))


def people_called(words: str) -> QuerySet[Person]:
    """The people with this name (see `called`), by kana."""
    return Person.objects.filter(called(words)).order_by("kana", "pk")


def people_with_roles(emails: Iterable[str], *, on: date) -> list[tuple[Person, frozenset[Role]]]:
    """Accounts by address, in the order asked, each with the roles held on a (JST) day; unknown ones are left out."""
    wanted = list(emails)
    found = {person.email: person for person in Person.objects.filter(email__in=wanted)}
    held: dict[UUID, set[Role]] = {}
    grants = RoleGrant.objects.filter(person__in=found.values(), from_on__lte=on)
    for owner, role in grants.filter(Q(until_on=None) | Q(until_on__gte=on)).values_list("person_id", "role"):
        held.setdefault(owner, set()).add(Role(role))
    return [(found[e], frozenset(held.get(found[e].pk, ()))) for e in wanted if e in found]


def staff() -> list[tuple[Person, list[RoleGrant]]]:
    """Everybody who holds or held a role, by kana, with their grants, newest first; one query."""
    grants = RoleGrant.objects.select_related("person").order_by("person__kana", "person_id", "-from_on")
    held: dict[UUID, tuple[Person, list[RoleGrant]]] = {}
    for grant in grants:
        held.setdefault(grant.person_id, (grant.person, []))[1].append(grant)
    return list(held.values())


def grant(pk: int) -> RoleGrant | None:
    """One grant of a role that has not ended."""
    return RoleGrant.objects.filter(pk=pk, until_on=None).select_related("person").first()


def open_proposals() -> list[RoleProposal]:
    """Changes of roles that wait for a second person, oldest first."""
    rows = RoleProposal.objects.filter(state=Proposed.OPEN)
    return list(rows.select_related("person", "asked_by").order_by("asked_at"))


def proposal(pk: UUID) -> RoleProposal | None:
    """One proposed change of a role."""
    return RoleProposal.objects.filter(pk=pk).select_related("person", "asked_by").first()


def merge(pk: UUID) -> Merge | None:
    """One merge of two accounts, asked or done."""
    return Merge.objects.filter(pk=pk).select_related("goes", "stays", "asked_by", "done_by").first()


def merges() -> list[Merge]:
    """Every merge that was asked for or done, newest first."""
    rows = Merge.objects.exclude(state=MergeState.APART)
    return list(
        rows.select_related("goes", "stays", "asked_by", "done_by", "undo_asked_by").order_by("-asked_at")
    )


def demo_day() -> date | None:
    """The day the demo calendar shows, if somebody turned it."""
    return DemoCalendar.objects.values_list("day", flat=True).first()

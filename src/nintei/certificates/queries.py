"""Certificates of a person, the files behind one, and what the public lists say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from nintei.certificates import places
from nintei.certificates.models import BroughtPassport, Certificate, Passport, StatusPlace
from nintei.certificates.verifying.trust import NoTrust, Trust
from nintei.certificates.verifying.trust import read as read_trust
from nintei.people import queries as people
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import Certification, Term
from nintei.rules.dates import StatusCode
from nintei.shared.files import TakenFile


def certificates(person: Person) -> QuerySet[Certificate]:
    """A person's certificates, newest validity and copy first, with what they certify (one query)."""
    mine = Certificate.objects.filter(term__certification__person=person)
    return mine.select_related("term__certification").order_by("-term__starts_on", "-copy")


def certificate_of(person: Person, certificate_id: UUID) -> Certificate | None:
    """One of the person's own certificates; None for anybody else's."""
    return certificates(person).filter(pk=certificate_id).first()


def to_issue(most: int = 100) -> QuerySet[Certificate]:
    """Intended and not yet printed, oldest first."""
    return Certificate.objects.filter(sha256="").order_by("intended_at")[:most]


def file_of(certificate: Certificate) -> TakenFile | None:
    """The printed file, once there is one."""
    if not certificate.sha256:
        return None
    return TakenFile(certificate.sha256, "pdf", 0, 1, f"{certificate.content['number']}.pdf")


def passports(person: Person) -> QuerySet[Passport]:
    """A person's CPD passports, the newest first (one query)."""
    return Passport.objects.filter(person=person)


def passport_of(person: Person, passport_id: UUID) -> Passport | None:
    """One of the person's own passports; None for anybody else's."""
    return passports(person).filter(pk=passport_id).first()


def passports_to_make(most: int = 100) -> QuerySet[Passport]:
    """Asked for and not yet made, oldest first."""
    return Passport.objects.filter(sha256="").order_by("intended_at")[:most]


def passport_file(passport: Passport) -> TakenFile | None:
    """The printed passport, once there is one."""
    if not passport.sha256:
        return None
    return TakenFile(passport.sha256, "pdf", 0, 1, f"{passport.number}.pdf")


def trust() -> Trust | None:
    """The keys and lists as they were last published; None before the first time."""
    place = places.lists_folder() / "trust.json"
    return read_trust(place.read_bytes()) if place.exists() else None


def known_issuers() -> list[Trust]:
    """Whose passports we know: our own, and the associations whose keys lie in the folder for them."""
    own, found = trust(), []
    for place in sorted(places.known_folder().glob("*.json"))[:100]:
        with suppress(NoTrust, OSError):
            found.append(read_trust(place.read_bytes()))
    return [*([own] if own else []), *found]


class Brought(NamedTuple):
    """A passport that was brought, and whether the name in it is one of its bringer's; True where it has none."""

    passport: BroughtPassport
    is_own: bool


def brought(person: Person) -> list[Brought]:
    """The passports of other associations that a person brought, the newest first; two queries."""
    names = [person.name, person.latin, *(each.name for each in people.former_names(person))]
    own = {people.letters(each) for each in names}
    rows = BroughtPassport.objects.filter(person=person)
    return [Brought(row, not row.name or people.letters(row.name) in own) for row in rows]


class Told(NamedTuple):
    """What the lists say of one certification: its place, its state's days where they are not plain, its leaves."""

    number: int
    bit: int
    days: list[tuple[date, StatusCode]]
    leaves: list[int]


def told(on: date) -> Iterator[Told]:
    """Every certification with a certificate, as the lists of a day have it (five queries for any number)."""
    eventful = {each.pk: days_of(each, on) for each in _eventful()}
    leaves: dict[object, list[int]] = {}
    rows = Certificate.objects.order_by("leaf").values_list("term__certification_id", "leaf")
    for certification_id, leaf in rows:
        leaves.setdefault(certification_id, []).append(leaf)
    for place in StatusPlace.objects.order_by("number", "index"):
        days = eventful.get(place.certification_id, [])
        yield Told(place.number, place.index, days, leaves.get(place.certification_id, []))


def days_of(certification: Certification, on: date) -> list[tuple[date, StatusCode]]:
    """From which day on a certification is what, as the registry answers it; a day after `on` only for a known end."""
    terms = list(certification.terms.all())
    turns = {certification.certified_on, *(term.starts_on for term in terms)}
    turns |= {date.fromordinal(term.ends_on.toordinal() + 1) for term in terms}
    turns |= {change.effective_on for change in certification.changes.all()}
    turns |= {term.decided_on for term in terms}
    found: list[tuple[date, StatusCode]] = []
    for day in sorted(turns | {on}):
        code = registry.status_on(certification, day).code
        if not found or found[-1][1] != code:
            found.append((day, code))
    return found


def _eventful() -> list[Certification]:
    """Certifications that are not one plain term: something changed, or a renewal followed."""
    changed = Q(certification__changes__isnull=False) | Q(certification__terms__starts_on__lt=F("starts_on"))
    return registry.certifications_with(Term.objects.filter(changed))

"""Accounts: register, enter somebody who wrote on paper, give them an address; in a demo, set the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from nintei.journal.actions import record
from nintei.people import names
from nintei.people.models import DemoCalendar, OnceKey, Person
from nintei.shared.refusals import Refused

# Longer than any session (settings.SESSION_COOKIE_AGE, two weeks).
ONCE_KEYS_LIVE = timedelta(days=60)


@transaction.atomic
def register(*, by: str, email: str, language: str, at: datetime) -> Person:
    """Open an account for a mail address, in any case of letters; `language` is that of its letters (ja, en).

    An empty `by` means that the person registers themselves.
    Raises `Refused("people.email_taken")`.
    """
    address = email.strip().lower()
    if Person.objects.filter(email=address).exists():
        raise Refused("people.email_taken", email=address)
    person = Person.objects.create_user(address, language=language, joined_at=at)
    # allauth's own record of the address; the first mailed code that comes back proves it.
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=False)
    record(by=by or person.by, verb="people.register", subject=person.by, at=at, data={"email": address})
    return person


@transaction.atomic
def enter_person(
    *,
    by: str,
    name: str,
    kana: str,
    born_on: date | None,
    postal_address: str,
    language: str,
    at: datetime,
    latin: str = "",
) -> Person:
    """Open a file for somebody who wrote on paper and has no mail: they cannot sign in, letters go by post.

    Raises `Refused`: `people.kana_only`, `people.name_missing`, `people.no_postal_address`.
    """
    reading = names.katakana(kana)
    if not names.tidy(name) or not reading:
        raise Refused("people.kana_only" if names.tidy(name) else "people.name_missing", kana=kana)
    if not postal_address.strip():
        raise Refused("people.no_postal_address")
    person = Person.objects.create_user(
        "",
        name=names.tidy(name),
        kana=reading,
        latin=names.tidy(latin),
        born_on=born_on,
        postal_address=postal_address.strip(),
        language=language,
        joined_at=at,
    )
    data: dict[str, object] = {"name": person.name, "kana": reading, "on_paper": True}
    record(by=by, verb="people.enter_person", subject=person.by, at=at, data=data)
    return person


@transaction.atomic
def give_email(*, by: str, person: Person, email: str, at: datetime) -> Person:
    """Give an address to somebody who had none: from now on they can sign in by a mailed code.

    Raises `Refused`: `people.email_taken`, `people.has_email`.
    """
    address = email.strip().lower()
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.email:
        raise Refused("people.has_email", email=row.email)
    if Person.objects.filter(email=address).exists():
        raise Refused("people.email_taken", email=address)
    row.email = address
    row.save(update_fields=["email"])
    EmailAddress.objects.create(user=row, email=address, primary=True, verified=False)
    record(by=by, verb="people.give_email", subject=row.by, at=at, data={"email": address})
    return row


@transaction.atomic
def change_address(*, by: str, person: Person, postal_address: str, at: datetime) -> Person:
    """Say where a person's papers go; saying the same again changes nothing. The leaf does not repeat the address.

    Raises `Refused("people.no_postal_address")` for somebody without mail, whose letters would go nowhere.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    address = "\n".join(line.strip() for line in postal_address.strip().splitlines() if line.strip())
    if not address and not row.email:
        raise Refused("people.no_postal_address")
    if row.postal_address != address:
        row.postal_address = address
        row.save(update_fields=["postal_address"])
        record(by=by, verb="people.change_address", subject=row.by, at=at, data={"empty": not address})
    return row


@transaction.atomic
def speak(*, person: Person, language: str) -> None:
    """Remember the language of a person's letters. No leaf: it is a preference, not a fact about anyone."""
    Person.objects.filter(pk=person.pk).exclude(language=language).update(language=language)


@transaction.atomic
def set_demo_day(*, by: str, day: date | None, at: datetime) -> None:
    """Turn the demo's calendar to a day, or back to the real one. Raises `Refused("people.not_a_demo")`."""
    if not settings.DEMO:
        raise Refused("people.not_a_demo")
    if day is None:
        DemoCalendar.objects.all().delete()
    else:
        DemoCalendar.objects.update_or_create(pk=1, defaults={"day": day})
    data: dict[str, object] = {"day": day.isoformat() if day else None}
    record(by=by, verb="people.set_demo_day", subject="demo", at=at, data=data)


def forget_once_keys(*, by: str, at: datetime) -> int:
    """Delete the keys of requests that nobody can send again (decision 0012); how many there were.

    A form lives no longer than the session it was shown in, for signing in anew changes its CSRF token.
    Nothing of a person is in a key, so the journal needs no leaf.
    """
    old = at - ONCE_KEYS_LIVE
    return OnceKey.objects.filter(at__lt=old).delete()[0]

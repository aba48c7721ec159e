"""What may be done with an account: register, change a name, entrust a role, end it; in a demo, set the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from nintei.journal.actions import record
from nintei.people import names
from nintei.people.models import DemoCalendar, FormerName, OnceKey, Person, Role, RoleGrant
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
def change_name(
    *, by: str, person: Person, name: str, kana: str, latin: str, born_on: date | None, at: datetime
) -> Person:
    """Write down what a person is called, letter for letter; the name they bore until now becomes a former one.

    `kana` may be hiragana and is kept as katakana; `latin` is the spelling for English papers.
    Raises `Refused("people.kana_only")`.
    """
    reading = names.katakana(kana)
    if reading is None:
        raise Refused("people.kana_only", kana=kana)
    person = Person.objects.select_for_update().get(pk=person.pk)
    new = {"name": names.tidy(name), "kana": reading, "latin": names.tidy(latin), "born_on": born_on}
    old = {field: getattr(person, field) for field in new}
    if new == old:
        return person
    _keep_former(person, until=at.date() - timedelta(days=1), new_name=names.tidy(name))
    for field, value in new.items():
        setattr(person, field, value)
    person.save(update_fields=list(new))
    changed = {field: [_plain(old[field]), _plain(new[field])] for field in new if new[field] != old[field]}
    record(by=by, verb="people.change_name", subject=person.by, at=at, data={"changed": changed})
    return person


def _keep_former(person: Person, *, until: date, new_name: str) -> None:
    if person.name and person.name != new_name:
        FormerName.objects.create(person=person, name=person.name, kana=person.kana, until_on=until)


def _plain(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else value  # type: ignore[return-value]


@transaction.atomic
def add_former_name(*, by: str, person: Person, name: str, kana: str, at: datetime) -> FormerName:
    """Note a name the person bore before: a transfer or an old report may carry it. Noting it twice is once.

    Raises `Refused("people.kana_only")`.
    """
    reading = names.katakana(kana)
    if reading is None:
        raise Refused("people.kana_only", kana=kana)
    former, is_new = FormerName.objects.get_or_create(
        person=person, name=names.tidy(name), defaults={"kana": reading}
    )
    if is_new:
        data: dict[str, object] = {"name": former.name, "kana": former.kana}
        record(by=by, verb="people.add_former_name", subject=person.by, at=at, data=data)
    return former


@transaction.atomic
def grant_role(*, by: str, person: Person, role: Role, from_on: date, at: datetime) -> RoleGrant:
    """Entrust a role to a person from a (JST) day. Raises `Refused("people.role_held")`."""
    Person.objects.select_for_update().get(pk=person.pk)
    if RoleGrant.objects.filter(person=person, role=role, until_on=None).exists():
        raise Refused("people.role_held", name=str(person), role=str(role.label))
    grant = RoleGrant.objects.create(person=person, role=role, from_on=from_on)
    data: dict[str, object] = {"role": role.value, "from_on": from_on.isoformat()}
    record(by=by, verb="people.grant_role", subject=person.by, at=at, data=data)
    return grant


@transaction.atomic
def end_role(*, by: str, person: Person, role: Role, until_on: date, at: datetime) -> RoleGrant:
    """End a role; `until_on` is its last (JST) day.

    Raises `Refused("people.role_not_held")`, `Refused("people.role_ends_before_it_begins")`.
    """
    grant = RoleGrant.objects.select_for_update().filter(person=person, role=role, until_on=None).first()
    if not grant:
        raise Refused("people.role_not_held", name=str(person), role=str(role.label))
    if until_on < grant.from_on:
        raise Refused("people.role_ends_before_it_begins", from_on=grant.from_on.isoformat())
    grant.until_on = until_on
    grant.save(update_fields=["until_on"])
    data: dict[str, object] = {"role": role.value, "until_on": until_on.isoformat()}
    record(by=by, verb="people.end_role", subject=person.by, at=at, data=data)
    return grant


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

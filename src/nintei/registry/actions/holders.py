"""Early holders (MAN-イ.※1): who applied by the end of 2018 is entered with the expiry that their paper shows."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from nintei.journal.actions import record
from nintei.people import actions as people
from nintei.people.models import Person
from nintei.people.queries import person_by_email
from nintei.registry.holderfile import Holder, read
from nintei.registry.models import Certification, HeldName, HolderFile, Term
from nintei.registry.signals import status_changed
from nintei.registry.tablefile import Fault
from nintei.rules.edition import Text
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


class HolderImport(NamedTuple):
    """What a file of early holders did, or would do: whom it enters, how many are on file, what is wrong."""

    new: tuple[Holder, ...]
    known: int
    faults: tuple[Fault, ...]


def preview_holders(*, data: bytes, on: date) -> HolderImport:
    """What importing the file would do; nothing is kept."""
    reading = read(data, edition(on), on)
    numbers = [row.number for row in reading.rows]
    found = Certification.objects.filter(number__in=numbers).prefetch_related("terms", "names")
    known = {each.number: each for each in found.select_related("person")}
    faults = [*reading.faults]
    new: list[Holder] = []
    same = 0
    for row in reading.rows:
        held = known.get(row.number)
        wrong = _differs(row, held) if held else _unreachable(row)
        faults += wrong
        if held is None and not wrong:
            new.append(row)
        same += held is not None and not wrong
    return HolderImport(tuple(new), same, tuple(sorted(faults)))


@transaction.atomic
def import_holders(
    *, by: str, data: bytes, name: str, on: date, at: datetime, partial: bool = False
) -> HolderImport:
    """Enter early holders: all of the file, or with `partial` those without a fault; the same file twice is once.

    Raises `Refused("registry.file_has_faults")` with the faults in its data.
    """
    digest = hashlib.sha256(data).hexdigest()
    # Of two imports at once the second waits here and finds the numbers on file.
    HolderFile.objects.get_or_create(sha256=digest, defaults={"name": name, "rows": 0, "imported_at": at})
    HolderFile.objects.select_for_update().get(sha256=digest)
    outcome = preview_holders(data=data, on=on)
    if outcome.faults and not partial:
        raise Refused("registry.file_has_faults", count=len(outcome.faults), faults=outcome.faults)
    for row in outcome.new:
        _enter(row, by, at)
    HolderFile.objects.filter(sha256=digest).update(rows=len(outcome.new) + outcome.known)
    facts: dict[str, object] = {"file": digest, "name": name, "new": len(outcome.new)}
    facts["left_out"] = len(outcome.faults)
    record(by=by, verb="registry.import_holders", subject=f"holderfile:{digest}", at=at, data=facts)
    return outcome


def _enter(row: Holder, by: str, at: datetime) -> None:
    """A person of their own for each: an address says nothing about who somebody is. The office finds the same
    person entered twice by name and birth date, and two people merge them."""
    cause = f"holder:{row.number}"
    person = _person(row, by, at)
    certification = Certification.objects.create(
        person=person, qualification=row.qualification, number=row.number,
        verify_id=secrets.token_urlsafe(16), certified_on=row.certified_on,
    )  # fmt: skip
    HeldName.objects.create(
        certification=certification, name=row.name, kana=row.kana, latin=row.latin,
        from_on=row.certified_on, cause=cause, recorded_at=at,
    )  # fmt: skip
    for span in row.validities:
        Term.objects.create(
            certification=certification, starts_on=span.starts_on, ends_on=span.ends_on,
            decided_on=row.certified_on if span is row.validities[0] else span.starts_on,
            edition=edition(span.starts_on).id, cause=f"{cause}:{span.starts_on}", recorded_at=at,
        )  # fmt: skip
    spans = [[span.starts_on.isoformat(), span.ends_on.isoformat()] for span in row.validities]
    facts: dict[str, object] = {"number": row.number, "qualification": row.qualification, "validities": spans}
    record(by=by, verb="registry.enter", subject=certification.subject, at=at, data=facts)
    # They have their paper: no new one is asked for.
    status_changed.send(Certification, certification=certification, term=None, at=at, by=by)


def _person(row: Holder, by: str, at: datetime) -> Person:
    named = {"name": row.name, "kana": row.kana, "latin": row.latin, "born_on": row.born_on}
    if not row.email or person_by_email(row.email):
        return people.enter_person(
            by=by,
            postal_address=row.address,
            language="ja",
            at=at,
            **named,  # type: ignore[arg-type]
        )
    person = people.register(by=by, email=row.email, language="ja", at=at)
    return people.change_name(by=by, person=person, at=at, **named)  # type: ignore[arg-type]


def _differs(row: Holder, held: Certification) -> list[Fault]:
    """A number on file with other facts: which is right is for a person to say."""
    spans = sorted((term.starts_on, term.ends_on) for term in held.terms.all())
    told = [(span.starts_on, span.ends_on) for span in row.validities]
    kana = next((name.kana for name in held.names.all()), held.person.kana)
    facts = (held.qualification, held.certified_on, kana) == (row.qualification, row.certified_on, row.kana)
    # Renewed with us since then: the file's validities are the beginning of what is on file.
    if facts and spans[: len(told)] == told:
        return []
    words = Refused("registry.holder_differs", number=row.number)
    return [Fault(row.validities[0].line, "認定番号", Text(words.sentence("ja"), words.sentence("en")))]


def _unreachable(row: Holder) -> list[Fault]:
    """The address is an account's already, which proves nothing: then a letter has to find them."""
    if row.address or not row.email or not person_by_email(row.email):
        return []
    words = Refused("registry.address_taken", email=row.email)
    return [Fault(row.validities[0].line, "メール", Text(words.sentence("ja"), words.sentence("en")))]

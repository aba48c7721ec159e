"""What people are called: their name, the names they bore, and the papers that show them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from nintei.journal.actions import record
from nintei.people import names
from nintei.people.models import FormerName, NameEvidence, NameState, Person, Role
from nintei.people.queries import roles_of
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused

NAME_CHECKERS = frozenset({Role.REGISTRAR, Role.REVIEWER})


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
def add_former_name(
    *, by: str, person: Person, name: str, kana: str, at: datetime, taken: TakenFile | None = None
) -> FormerName:
    """Note a name the person bore before: a transfer or an old report may carry it. Noting it twice is once.

    `taken` is a paper that shows it, which the office then confirms. Raises `Refused("people.kana_only")`.
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
    if taken:
        show_former_name(by=by, former=former, taken=taken, at=at)
    return former


@transaction.atomic
def show_former_name(*, by: str, former: FormerName, taken: TakenFile, at: datetime) -> NameEvidence:
    """Lay a paper beside a former name. The same paper twice is once; a declined name waits again."""
    row = FormerName.objects.select_for_update(of=("self",)).select_related("person").get(pk=former.pk)
    columns = {"kind": taken.kind, "size": taken.size, "pages": taken.pages, "file_name": taken.file_name}
    paper, is_new = NameEvidence.objects.get_or_create(
        former_name=row, sha256=taken.sha256, defaults={"added_at": at, **columns}
    )
    if not is_new:
        return paper
    if row.state == NameState.DECLINED:
        row.state, row.checked_by, row.checked_on, row.check_reason = NameState.TOLD, None, None, ""
        row.save()
    data: dict[str, object] = {"name": row.name, "sha256": taken.sha256}
    record(by=by, verb="people.show_former_name", subject=row.person.by, at=at, data=data)
    return paper


@transaction.atomic
def check_former_name(
    *, actor: Person, former: FormerName, confirmed: bool, reason: str, on: date, at: datetime
) -> FormerName:
    """The office has looked at the paper: the name is theirs, or it could not be confirmed (with a reason).

    Raises `Refused`: `people.not_entitled`, `people.own_name`, `people.no_evidence`, `people.say_why`,
    `people.name_checked`.
    """
    row = FormerName.objects.select_for_update(of=("self",)).select_related("person").get(pk=former.pk)
    if not roles_of(actor, on=on) & NAME_CHECKERS:
        raise Refused("people.not_entitled")
    if row.person_id == actor.pk:
        raise Refused("people.own_name")
    if row.state != NameState.TOLD:
        raise Refused("people.name_checked", state=str(NameState(row.state).label))
    if confirmed and not row.evidence.exists():
        raise Refused("people.no_evidence")
    if not confirmed and not reason.strip():
        raise Refused("people.say_why")
    row.state = NameState.CONFIRMED if confirmed else NameState.DECLINED
    row.checked_by, row.checked_on, row.check_reason = actor, on, reason.strip()
    row.save()
    data: dict[str, object] = {"name": row.name, "state": str(row.state), "reason": row.check_reason}
    record(by=actor.by, verb="people.check_former_name", subject=row.person.by, at=at, data=data)
    return row

"""Asking the applicant for specific things, and their answers one by one (AMB-A3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nintei.applications.actions.steps import check, check_in_charge, locked, step, tell
from nintei.applications.models import Application, AskedItem, ItemAnswer, ItemFile
from nintei.applications.reasons import Use, reason
from nintei.applications.states import Actor, Event, State
from nintei.people.models import Person
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused

MOST_ITEMS = 20
MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """One thing to ask for: a code of the taxonomy (`reasons.Use.ASK`), and words."""

    reason: str
    words: str


@transaction.atomic
def ask_items(
    *,
    actor: Person,
    application: Application,
    version: int | None,
    items: Sequence[ItemSaid],
    on: date,
    at: datetime,
) -> list[AskedItem]:
    """Ask the applicant for things, each with a reason and words; the case waits for them and they are mailed.

    Raises `Refused` without items, for more than 20, for an unknown reason or one without words, for a case
    somebody else reviews, and in a state in which nothing can be asked.
    """
    row = locked(application, version)
    check(row, Event.ASK, None, actor, on)
    check_in_charge(row, actor)
    _check_items(items)
    first = row.asked.count() + 1
    made = AskedItem.objects.bulk_create(
        AskedItem(
            application=row,
            ordinal=n,
            reason=said.reason,
            words=said.words.strip(),
            asked_by=actor,
            asked_at=at,
            asked_on=on,
        )
        for n, said in enumerate(items, first)
    )
    told = [{"item": item.ordinal, "reason": item.reason} for item in made]
    step(row, Event.ASK, None, by=actor.by, person=actor, on=on, at=at, items=told)
    listed = [{"reason": reason(Use.ASK, item.reason), "words": item.words} for item in made]
    tell(row, "asked", by=actor.by, at=at, key=f":{row.version}", items=listed)
    return made


@transaction.atomic
def answer_item(
    *,
    person: Person,
    item: AskedItem,
    words: str,
    files: Sequence[TakenFile] = (),
    on: date,
    at: datetime,
) -> ItemAnswer:
    """Answer one item with words, files or both; again to change it, until the case is sent again.

    Files are added to those already there, the same file once. Raises `Refused` for somebody else's case, an
    item that is closed, an empty answer, and more than five files.
    """
    row, item = _open_item(person, item, on)
    added = {file.sha256: file for file in files}
    kept = set(item.files.filter(removed_at=None).values_list("sha256", flat=True))
    if not words.strip() and not added and not kept:
        raise Refused("applications.answer_empty")
    if len(kept | set(added)) > MOST_FILES:
        raise Refused("applications.answer_files", most=MOST_FILES)
    ItemFile.objects.bulk_create(
        ItemFile(item=item, taken_at=at, **file._asdict()) for sha, file in added.items() if sha not in kept
    )
    answer, _new = ItemAnswer.objects.update_or_create(
        item=item, defaults={"words": words.strip(), "answered_at": at, "answered_on": on}
    )
    told = {"item": item.ordinal, "files": sorted(kept | set(added))}
    step(row, Event.ANSWER, Actor.APPLICANT, by=person.by, person=person, on=on, at=at, **told)
    return answer


@transaction.atomic
def remove_item_file(*, person: Person, file: ItemFile, on: date, at: datetime) -> None:
    """Take a file back from an answer that has not been sent yet. The row stays, marked as removed."""
    row, item = _open_item(person, file.item, on)
    if item.files.filter(pk=file.pk, removed_at=None).update(removed_at=at):
        step(
            row, Event.ANSWER, Actor.APPLICANT, by=person.by, person=person, on=on, at=at,
            item=item.ordinal, removed=file.sha256,
        )  # fmt: skip


@transaction.atomic
def resume(
    *, actor: Person, application: Application, version: int | None, words: str, on: date, at: datetime
) -> Application:
    """Take a case back without waiting for (all) answers; what was asked is closed as it is.

    What was handed in stays what is judged. Only after 受理: before it there is no review to resume.
    """
    row = locked(application, version)
    check(row, Event.RESUME, None, actor, on)
    if row.accepted_on is None:
        raise Refused("applications.not_accepted_yet")
    check_in_charge(row, actor)
    if not words.strip():
        raise Refused("applications.words_missing")
    row.reviewer = row.reviewer or actor
    close_items(row, on)
    return step(row, Event.RESUME, None, by=actor.by, person=actor, on=on, at=at, words=words.strip())


def close_items(row: Application, on: date) -> None:
    """The case is back at the office: nothing that was asked can be answered any more."""
    row.asked.filter(closed_on=None).update(closed_on=on)


def check_answered(row: Application) -> None:
    """`Refused` while something that was asked has no answer."""
    waiting = row.asked.filter(closed_on=None, answer=None).count()
    if waiting:
        raise Refused("applications.items_open", number=waiting)


def _check_items(items: Sequence[ItemSaid]) -> None:
    if not items or len(items) > MOST_ITEMS:
        raise Refused("applications.items_number", most=MOST_ITEMS)
    for said in items:
        if reason(Use.ASK, said.reason) is None or not said.words.strip():
            raise Refused("applications.item_needs_reason")


def _open_item(person: Person, item: AskedItem, on: date) -> tuple[Application, AskedItem]:
    row = locked(item.application)
    if row.person_id != person.pk:
        raise Refused("applications.not_yours")
    item = AskedItem.objects.get(pk=item.pk)
    if item.closed_on or row.state != State.RETURNED:
        raise Refused("applications.item_closed")
    check(row, Event.ANSWER, Actor.APPLICANT, person, on)
    return row, item

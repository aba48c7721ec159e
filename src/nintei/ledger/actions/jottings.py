"""Drafts: what came as a photo or a mail and waits for its holder to make a line of it. They count for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nintei.journal.actions import record
from nintei.ledger.actions.lines import attach_evidence, lock
from nintei.ledger.models import Activity, Jotting, JottingFile
from nintei.people.models import Person
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused

MOST_OPEN = 50


@transaction.atomic
def jot_down(
    *,
    by: str,
    person: Person,
    source: str,
    said: dict[str, str],
    files: Sequence[TakenFile],
    found: Sequence[dict[str, object]],
    at: datetime,
    source_key: str = "",
) -> Jotting:
    """Keep a draft. With a `source_key` that came before, the first draft is given back unchanged (P2).

    `said` are first values of the form, `found` what was read in the files; both only propose.
    """
    lock(person)
    if source_key and (there := Jotting.objects.filter(person=person, source_key=source_key).first()):
        return there
    if Jotting.objects.filter(person=person, closed_at=None).count() >= MOST_OPEN:
        raise Refused("ledger.too_many_drafts", most=MOST_OPEN)
    draft = Jotting.objects.create(
        person=person, source=source, said=said, found=list(found), source_key=source_key, arrived_at=at
    )
    JottingFile.objects.bulk_create(
        JottingFile(jotting=draft, **each._asdict())
        for each in {each.sha256: each for each in files}.values()
    )
    told: dict[str, object] = {"source": source, "files": [each.sha256 for each in files]}
    record(by=by, verb="ledger.jot_down", subject=f"jotting:{draft.pk}", at=at, data=told)
    return draft


@transaction.atomic
def save_jotting(
    *, by: str, jotting: Jotting, said: dict[str, str], files: Sequence[TakenFile], at: datetime
) -> Jotting:
    """Keep what somebody typed so far in an open draft, and files beside those it has."""
    lock(jotting.person)
    _refuse_unless_open(jotting)
    jotting.said = said
    jotting.save(update_fields=["said"])
    there = {file.sha256 for file in jotting.files.all()}
    new = {each.sha256: each for each in files if each.sha256 not in there}
    JottingFile.objects.bulk_create(JottingFile(jotting=jotting, **each._asdict()) for each in new.values())
    told: dict[str, object] = {"files": list(new)}
    record(by=by, verb="ledger.save_draft", subject=f"jotting:{jotting.pk}", at=at, data=told)
    return jotting


@transaction.atomic
def use_jotting(*, by: str, jotting: Jotting, activity: Activity, at: datetime) -> Jotting:
    """Close a draft that became a line, and move its files to the line."""
    lock(jotting.person)
    _refuse_unless_open(jotting)
    there = set(activity.evidence.filter(removed_at=None).values_list("sha256", flat=True))
    for file in jotting.files.all():
        if file.sha256 not in there:
            taken = TakenFile(file.sha256, file.kind, file.size, file.pages, file.file_name)
            attach_evidence(by=by, activity=activity, taken=taken, at=at)
    jotting.activity, jotting.closed_at = activity, at
    jotting.save(update_fields=["activity", "closed_at"])
    told: dict[str, object] = {"activity": str(activity.pk)}
    record(by=by, verb="ledger.use_draft", subject=f"jotting:{jotting.pk}", at=at, data=told)
    return jotting


@transaction.atomic
def delete_jotting(*, by: str, jotting: Jotting, at: datetime) -> None:
    """Delete a draft: nothing of what it said is kept, nor that its files belonged to it."""
    lock(jotting.person)
    _refuse_unless_open(jotting)
    jotting.files.all().delete()
    jotting.said, jotting.found, jotting.closed_at = {}, [], at
    jotting.save(update_fields=["said", "found", "closed_at"])
    record(by=by, verb="ledger.delete_draft", subject=f"jotting:{jotting.pk}", at=at, data={})


def _refuse_unless_open(jotting: Jotting) -> None:
    jotting.refresh_from_db(fields=["closed_at"])
    if jotting.closed_at:
        raise Refused("ledger.draft_closed")

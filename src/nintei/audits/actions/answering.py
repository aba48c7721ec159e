"""The audited holder's verbs: answer line by line, send, plead, appeal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from nintei.audits import queries
from nintei.audits.actions.settling import hold_again
from nintei.audits.actions.steps import check, locked, move, tell
from nintei.audits.models import Audit, AuditLine, Conflict, LineFile, Plea, PleaKind
from nintei.audits.queries.cases import may_change
from nintei.audits.states import Actor, Event, State
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared import wording
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused


@transaction.atomic
def answer_line(
    *,
    actor: Person,
    line: AuditLine,
    words: str,
    as_other: bool,
    nothing: bool,
    files: Sequence[TakenFile],
    on: date,
    at: datetime,
) -> AuditLine:
    """Answer for one line: documents, words, or that there is none; a course without proof may be offered as
    another category (CPD-B.7). Raises `Refused`: `audits.not_yours`, `audits.not_now`, `audits.too_late`,
    `audits.line_is_settled`, `audits.answer_empty`, `audits.no_other_category`."""
    row = _mine(line.audit, Event.ANSWER, actor, on)
    fresh = next(each for each in queries.lines(row) if each.pk == line.pk)
    if row.state != State.APPEALED and not may_change(fresh):
        raise Refused("audits.line_is_settled")
    if not (words.strip() or as_other or nothing or files or fresh.files.all() or fresh.told["evidence"]):
        raise Refused("audits.answer_empty")
    if as_other and queries.offer(row, fresh) is None:
        raise Refused("audits.no_other_category")
    fresh.words, fresh.as_other, fresh.nothing, fresh.answered_at = words.strip(), as_other, nothing, at
    fresh.save(update_fields=["words", "as_other", "nothing", "answered_at"])
    known = {file.sha256 for file in fresh.files.all()}
    new = {file.sha256: file for file in files if file.sha256 not in known}
    LineFile.objects.bulk_create(LineFile(line=fresh, added_at=at, **f._asdict()) for f in new.values())
    told = {"line": fresh.ordinal, "files": sorted(new), "as_other": as_other, "nothing": nothing}
    move(row, State(row.state), verb="answer", by=actor.by, on=on, at=at, **told)
    return fresh


@transaction.atomic
def remove_file(*, actor: Person, file: LineFile, on: date, at: datetime) -> LineFile:
    """Take a document back while the line may still be answered; twice is once."""
    row = _mine(file.line.audit, Event.ANSWER, actor, on)
    kept = LineFile.objects.select_for_update(of=("self",)).select_related("line").get(pk=file.pk)
    fresh = next(each for each in queries.lines(row) if each.pk == kept.line_id)
    if row.state != State.APPEALED and not may_change(fresh):
        raise Refused("audits.line_is_settled")
    if kept.removed_at is None:
        kept.removed_at = at
        kept.save(update_fields=["removed_at"])
        told = {"line": fresh.ordinal, "removed": kept.sha256}
        move(row, State(row.state), verb="answer", by=actor.by, on=on, at=at, **told)
    return kept


@transaction.atomic
def send(*, actor: Person, audit: Audit, version: int | None, on: date, at: datetime) -> Audit:
    """Send the answers when every line has one. Raises `Refused`: `audits.lines_left`, `audits.too_late`."""
    row = locked(audit, version)
    to = check(row, Event.SEND, Actor.HOLDER, actor, on)
    _check_in_time(row, on)
    if left := len(queries.open_lines(row)):
        raise Refused("audits.lines_left", n=left)
    move(row, to, verb="send", by=actor.by, on=on, at=at)
    tell(row, "received", by=actor.by, at=at, key=f":{row.version}")
    return row


@transaction.atomic
def plead(
    *,
    actor: Person,
    audit: Audit,
    kind: PleaKind,
    words: str,
    until_on: date | None,
    about: Person | None,
    on: date,
    at: datetime,
) -> Plea:
    """Ask for more time or to be exempted, or say that somebody of the office has a conflict of interest.

    Whoever is named for a conflict is barred at once; another person answers. Raises `Refused`:
    `audits.plea_words`, `audits.plea_day` (no later day named), `audits.plea_who`, `audits.plea_open`.
    """
    row = locked(audit)
    check(row, Event.PLEAD, Actor.HOLDER, actor, on)
    _check_plea(row, kind, words, until_on, about, on)
    try:
        with transaction.atomic():
            plea = Plea.objects.create(
                audit=row, kind=kind, words=words.strip(), made_on=on, made_at=at,
                until_on=until_on if kind == PleaKind.EXTENSION else None,
                about=about if kind == PleaKind.CONFLICT else None,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("audits.plea_open") from error
    if plea.about is not None:
        Conflict.objects.get_or_create(
            audit=row, auditor=plea.about, declared_by=actor,
            defaults={"words": plea.words, "declared_at": at},
        )  # fmt: skip
    told = {"kind": str(kind), "until_on": until_on and until_on.isoformat()}
    move(row, State(row.state), verb="plead", by=actor.by, on=on, at=at, **told)
    return plea


@transaction.atomic
def appeal(*, actor: Person, audit: Audit, words: str, on: date, at: datetime) -> Plea:
    """Contest a result that cost points or the renewal; others look at it. Once, and within the period set.

    Raises `Refused`: `audits.nothing_to_appeal`, `audits.appeal_late`, `audits.plea_words`,
    `audits.appealed_already`.
    """
    row = locked(audit)
    if row.pleas.filter(kind=PleaKind.APPEAL).exists():
        raise Refused("audits.appealed_already")
    to = check(row, Event.APPEAL, Actor.HOLDER, actor, on)
    ruled = queries.standing_ruling(row)
    if ruled is None or ruled.appeal_until is None:
        raise Refused("audits.nothing_to_appeal")
    if not words.strip():
        raise Refused("audits.plea_words")
    if on > ruled.appeal_until:
        raise Refused("audits.appeal_late", until=wording.day(ruled.appeal_until))
    plea = Plea.objects.create(audit=row, kind=PleaKind.APPEAL, words=words.strip(), made_on=on, made_at=at)
    row.auditor = None
    move(row, to, verb="appeal", by=actor.by, on=on, at=at)
    row.hold = hold_again(row, by=actor.by, on=on, at=at)
    row.save(update_fields=["hold"])
    tell(row, "appealed", by=actor.by, at=at)
    return plea


def _mine(audit: Audit, event: Event, person: Person, on: date) -> Audit:
    row = locked(audit)
    check(row, event, Actor.HOLDER, person, on)
    _check_in_time(row, on)
    return row


def _check_in_time(row: Audit, on: date) -> None:
    """Until the end of the last day in Japan; an appeal has no such day."""
    if row.state == State.ASKED and on > row.due_on:
        raise Refused("audits.too_late", due=wording.day(row.due_on))


def _check_plea(
    row: Audit, kind: PleaKind, words: str, until_on: date | None, about: Person | None, on: date
) -> None:
    if not words.strip():
        raise Refused("audits.plea_words")
    if kind == PleaKind.EXTENSION and (until_on is None or until_on <= max(row.due_on, on)):
        raise Refused("audits.plea_day")
    office = {Role.REVIEWER, Role.DECIDER}
    if kind == PleaKind.CONFLICT and about is not None and not roles_of(about, on=on) & office:
        raise Refused("audits.plea_who")

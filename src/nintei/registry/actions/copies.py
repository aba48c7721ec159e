"""A copy of a report (MAN-エ.5): handed in where the office has not imported the pass, and checked by it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of, tidy
from nintei.registry.actions.reports import _imported, _link
from nintei.registry.models import ExamPass, ReportCopy, ReportState
from nintei.registry.queries import imported_like
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

CHECKERS = frozenset({Role.REGISTRAR, Role.REVIEWER})


@transaction.atomic
def hand_in_copy(
    *,
    by: str,
    person: Person,
    exam: str,
    number: str,
    issued_on: date,
    name: str,
    taken: TakenFile,
    on: date,
    at: datetime,
) -> ExamPass:
    """Hand in the copy of a report: what was typed waits for the office, who holds it against the copy.

    `name` is the one printed on the report, which may be a former one. A second copy for the same number is
    laid beside the first. Where the report is imported and the birth date agrees, it is linked at once.
    Raises `Refused`: `registry.unknown_exam`, `registry.issued_later`, `registry.number_missing`.
    """
    number = "".join(number.split())
    if exam not in edition(on).qualifications:
        raise Refused("registry.unknown_exam", exam=exam)
    if issued_on > on:
        raise Refused("registry.issued_later")
    if not number:
        raise Refused("registry.number_missing")
    Person.objects.select_for_update().get(pk=person.pk)
    report = _known(person, exam, number) or _unseen(person, exam, number, issued_on, name, at)
    if report.state == ReportState.CONFIRMED:
        _link(report, by=by, person=person, at=at)
    columns = {"kind": taken.kind, "size": taken.size, "pages": taken.pages, "file_name": taken.file_name}
    copy, is_new = ReportCopy.objects.get_or_create(
        exam_pass=report, sha256=taken.sha256, defaults={"added_at": at, **columns}
    )
    if is_new:
        data: dict[str, object] = {"exam": exam, "report": str(report.pk), "sha256": copy.sha256}
        data |= {"issued_on": issued_on.isoformat()}
        record(by=by, verb="registry.hand_in_copy", subject=person.by, at=at, data=data)
    return report


@transaction.atomic
def check_copy(
    *, actor: Person, report: ExamPass, confirmed: bool, reason: str, on: date, at: datetime
) -> ExamPass:
    """The office has held the copy against what was typed: it is right, or could not be confirmed (and why).

    Where the office imported the same report meanwhile, the imported one takes the copy's place. Gives the
    report that counts. Raises `Refused`: `registry.not_entitled`, `registry.own_copy`,
    `registry.copy_checked`, `registry.say_why`, `registry.copy_of_another`, `registry.copy_differs`.
    """
    row = ExamPass.objects.select_for_update(of=("self",)).select_related("person").get(pk=report.pk)
    if not roles_of(actor, on=on) & CHECKERS:
        raise Refused("registry.not_entitled")
    if row.person_id == actor.pk:
        raise Refused("registry.own_copy")
    if row.state != ReportState.UNSEEN or row.person is None:
        raise Refused("registry.copy_checked", state=str(ReportState(row.state).label))
    if not confirmed and not reason.strip():
        raise Refused("registry.say_why")
    row.checked_by, row.checked_on, row.check_reason = actor, on, reason.strip()
    row.state = ReportState.DECLINED
    if confirmed:
        row.replaced_by = _agreeing_import(row, actor.by, at)
        row.state = ReportState.REPLACED if row.replaced_by else ReportState.CONFIRMED
    row.save()
    data: dict[str, object] = {"exam": row.exam, "report": str(row.pk), "state": str(row.state)}
    data |= {"reason": row.check_reason, "replaced_by": row.replaced_by and str(row.replaced_by.pk)}
    record(by=actor.by, verb="registry.check_copy", subject=row.person.by, at=at, data=data)
    if not confirmed:
        _tell(row, row.person, actor.by, at)
    return row.replaced_by or row


def _known(person: Person, exam: str, number: str) -> ExamPass | None:
    """What is there already: the person's own copy or report, or an imported one that is theirs."""
    mine = ExamPass.objects.filter(person=person, exam=exam, number=number)
    known = mine.filter(state__in=(ReportState.CONFIRMED, ReportState.UNSEEN)).first()
    if known or person.born_on is None:
        return known
    return _imported(person, number, person.born_on).filter(exam=exam).first()


def _unseen(person: Person, exam: str, number: str, issued_on: date, name: str, at: datetime) -> ExamPass:
    return ExamPass.objects.create(
        exam=exam,
        number=number,
        name=tidy(name) or person.name,
        # The report's reading is not typed: only the name as printed can be held against the person's.
        kana="" if tidy(name) and tidy(name) != person.name else person.kana,
        born_on=person.born_on,
        email=person.email,
        passed=True,
        issued_on=issued_on,
        person=person,
        imported_at=at,
        state=ReportState.UNSEEN,
    )


def _agreeing_import(row: ExamPass, by: str, at: datetime) -> ExamPass | None:
    like = imported_like(row)
    if like is None or row.person is None:
        return None
    like = ExamPass.objects.select_for_update(of=("self",)).get(pk=like.pk)
    if like.person_id not in (None, row.person_id):
        raise Refused("registry.copy_of_another", number=row.number)
    if (like.passed, like.issued_on) != (row.passed, row.issued_on):
        raise Refused("registry.copy_differs", number=row.number)
    _link(like, by=by, person=row.person, at=at)
    return like


def _tell(row: ExamPass, person: Person, by: str, at: datetime) -> None:
    post_letter(
        by=by,
        key=f"registry.copy_declined:{row.pk}",
        template="registry/letters/copy_declined.txt",
        to_email=person.email,
        language=person.language,
        at=at,
        context={"report": row, "person": person},
        to_person=person,
    )

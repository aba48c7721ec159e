"""xAPI statements: a completed e-learning course becomes an attendance at once, the statement its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum

from nintei.courses.actions.attending import Parts, confirm, in_order
from nintei.courses.models import CourseSession, ProviderToken, Source, Statement
from nintei.courses.queries import holders
from nintei.courses.queries.sessions import counts_on
from nintei.courses.statements import Told
from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused


@transaction.atomic
def take_statements(*, by: ProviderToken, statements: Sequence[Told], at: datetime) -> list[UUID]:
    """Keep statements and credit what they confirm: all of them or none. A statement sent again changes nothing.

    Raises `Refused` with `courses.xapi_conflict` where the same number says something else, `courses.xapi_unknown`,
    `courses.xapi_course`, `courses.xapi_session`, `courses.xapi_future`, `courses.not_accredited_on`.
    """
    for told in statements:
        _take(by, told, at)
    return [told.id for told in statements]


def _take(by: ProviderToken, told: Told, at: datetime) -> None:
    if _known(by, told):
        return
    session, person = _session(by, told, at), _person(told)
    added = 0

    def change(before: Parts) -> Parts:
        nonlocal added
        added = _adds(session, person, told, before)
        return _with(before, told.on, added)

    attendance, _changed = confirm(
        by=by.by, session=session, person=person, change=change, source=Source.XAPI,
        number=told.number, kana=told.kana, at=at,
    )  # fmt: skip
    columns = {
        "provider": by.provider,
        "attendance": attendance,
        "registration": told.registration,
        "on": told.on,
    }
    counted = {"lasted": told.lasted, "minutes": added, "body": told.body, "sha256": told.sha256}
    try:
        with transaction.atomic():
            Statement.objects.create(pk=told.id, stored_at=at, **columns, **counted)
    except IntegrityError:  # the same number arrived for another course at this very moment
        raise Refused("courses.xapi_conflict", id=str(told.id)) from None
    leaf: dict[str, object] = {"sha256": told.sha256, "attendance": str(attendance.pk), "added": added}
    record(by=by.by, verb="courses.take_statement", subject=f"statement:{told.id}", at=at, data=leaf)


def _known(by: ProviderToken, told: Told) -> bool:
    found = Statement.objects.filter(pk=told.id).values_list("provider_id", "sha256").first()
    if found is None:
        return False
    if found != (by.provider_id, told.sha256):
        raise Refused("courses.xapi_conflict", id=str(told.id))
    return True


def _person(told: Told) -> Person:
    """Whoever bears this number and this reading; anybody else is unknown, whatever is wrong."""
    pair = (told.number, told.kana)
    found = holders.found([pair])
    if pair not in found:
        raise Refused("courses.xapi_unknown")
    return Person.objects.get(pk=found[pair])


def _session(by: ProviderToken, told: Told, at: datetime) -> CourseSession:
    """The open session of this provider's course that covers the day, locked: two statements wait here."""
    if told.on > at.astimezone(JST).date():
        raise Refused("courses.xapi_future", on=told.on.isoformat())
    mine = CourseSession.objects.select_for_update(of=("self",)).select_related("course")
    mine = mine.filter(course=told.course, course__offered_by=by.provider_id, days=[])
    session = mine.filter(first_on__lte=told.on, last_on__gte=told.on).order_by("opened_at", "pk").first()
    if session is None:
        known = by.provider.courses.filter(pk=told.course).exists()
        raise Refused("courses.xapi_session" if known else "courses.xapi_course", on=told.on.isoformat())
    if not counts_on(session, told.on):
        raise Refused("courses.not_accredited_on", on=told.on.isoformat())
    return session


def _adds(session: CourseSession, person: Person, told: Told, before: Parts) -> int:
    """The minutes that a statement adds: what its attempt had not shown yet, up to the hours of the course.

    `completed` and `passed` of one attempt (one registration) say the same hours, so the longest counts.
    """
    of_attempt = Statement.objects.filter(
        attendance__session=session, attendance__person=person, registration=told.registration
    )
    shown = of_attempt.aggregate(sum=Sum("minutes"))["sum"] or 0
    whole = session.course.minutes
    attended = sum(whole if part["minutes"] is None else part["minutes"] for part in before)
    return max(0, min(told.lasted - shown, whole - attended))


def _with(before: Parts, on: date, added: int) -> Parts:
    """What was attended before, and so many minutes more on a day."""
    if not added:
        return before
    day = on.isoformat()
    same = sum(part["minutes"] for part in before if part["on"] == day)
    others = [part for part in before if part["on"] != day]
    return in_order([*others, {"on": day, "minutes": same + added}])

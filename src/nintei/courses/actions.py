"""What may be done with a course: accredit it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nintei.courses.models import Course, Form
from nintei.journal.actions import record
from nintei.shared.refusals import Refused


@transaction.atomic
def accredit_course(
    *,
    by: str,
    title: str,
    provider: str,
    minutes: int,
    form: Form,
    hosted: bool,
    from_on: date,
    until_on: date | None,
    at: datetime,
) -> Course:
    """Accredit a course of so many net minutes from a (JST) day until another, or until further notice.

    Raises `Refused` with `courses.no_time`, `courses.ends_before_it_begins`, `courses.already_accredited`.
    """
    if minutes < 1:
        raise Refused("courses.no_time")
    if until_on and until_on < from_on:
        raise Refused("courses.ends_before_it_begins", from_on=from_on.isoformat())
    told: dict[str, object] = {
        "title": title, "provider": provider, "minutes": minutes, "form": form.value, "hosted": hosted,
    }  # fmt: skip
    course, is_new = Course.objects.get_or_create(
        provider=provider, title=title, accredited_from=from_on,
        defaults={"minutes": minutes, "form": form, "hosted": hosted, "accredited_until": until_on},
    )  # fmt: skip
    if not is_new:
        raise Refused(
            "courses.already_accredited", title=title, provider=provider, from_on=from_on.isoformat()
        )
    days = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat() if until_on else None}
    record(by=by, verb="courses.accredit_course", subject=f"course:{course.pk}", at=at, data={**told, **days})
    return course

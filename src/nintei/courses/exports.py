"""The catalogue for other programs: a table that no spreadsheet can run (P11), a calendar, plain data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from nintei.courses.models import Course, CourseSession
from nintei.rules.edition import Edition
from nintei.shared.cells import inert
from nintei.shared.clock import JST
from nintei.shared.templatetags.nintei import said

if TYPE_CHECKING:
    from icalendar import Event

HEADINGS = (
    "研修名", "提供者", "形式", "時間（分）", "業務の分野", "主催", "認定の最初の日", "認定の最後の日",
    "開催日", "場所", "番号",
)  # fmt: skip


def as_csv(courses: Iterable[Course], edition: Edition) -> str:
    """A row a session to come, or one for a course without any; headings in Japanese, as the list's words are."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEADINGS)
    for course in courses:
        topics = "、".join(said(edition.fields[key].name) for key in course.topics if key in edition.fields)
        facts = (course.title, course.provider, course.get_form_display(), course.minutes, topics)
        days = (course.hosted and "○", course.accredited_from, course.accredited_until)
        for held in [(_days(each), each.place) for each in _coming(course)] or [("", "")]:
            table.writerow([inert(cell or "") for cell in (*facts, *days, *held, course.pk)])
    return out.getvalue()


def as_data(courses: Iterable[Course]) -> list[dict[str, Any]]:
    """The catalogue as JSON: keys in English, minutes net of breaks, days in Japan."""
    return [
        {
            "id": str(course.pk),
            "title": course.title,
            "provider": course.provider,
            "form": course.form,
            "minutes": course.minutes,
            "fields": course.topics,
            "competencies": course.competencies,
            "hosted": course.hosted,
            "accredited_from": course.accredited_from.isoformat(),
            "accredited_until": course.accredited_until.isoformat() if course.accredited_until else None,
            "url": f"{settings.BASE_URL}/courses/{course.pk}",
            "sessions": [_session_data(each) for each in _coming(course)],
        }
        for course in courses
    ]


def _session_data(session: CourseSession) -> dict[str, Any]:
    span = {"first_on": session.first_on.isoformat(), "last_on": session.last_on.isoformat()}
    return {"id": str(session.pk), "place": session.place, "days": session.days, **span}


def as_ics(courses: Iterable[Course], at: datetime) -> bytes:
    """The sessions to come as an iCalendar file (RFC 5545): an event a day."""
    from icalendar import Calendar  # slow to load, and seldom asked for

    calendar = Calendar()
    calendar.add("prodid", "-//Nintei//courses//JA")
    calendar.add("version", "2.0")
    for course in courses:
        for session in _coming(course):
            for number, day in enumerate(session.days):
                calendar.add_component(_event(course, session, number, day, at))
    return bytes(calendar.to_ical())


def _event(course: Course, session: CourseSession, number: int, day: dict[str, Any], at: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{session.pk}-{number}@nintei")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", session.revision - 1)
    event.add("summary", course.title)
    event.add("location", session.place)
    event.add("description", course.provider)
    event.add("url", f"{settings.BASE_URL}/courses/{course.pk}")
    begins, ends = _span(day)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    return event


def _span(day: dict[str, Any]) -> tuple[date | datetime, date | datetime]:
    """When a day begins and ends: in UTC, or the whole day where no times are said."""
    on = date.fromisoformat(day["on"])
    if "begins" not in day:
        return on, on + timedelta(days=1)
    hours, minutes = (int(part) for part in day["begins"].split(":"))
    last, past = (int(part) for part in day["ends"].split(":"))
    midnight = datetime.combine(on, time(), JST)
    begins, ends = timedelta(hours=hours, minutes=minutes), timedelta(hours=last, minutes=past)
    return (midnight + begins).astimezone(UTC), (midnight + ends).astimezone(UTC)


def _coming(course: Course) -> list[CourseSession]:
    """The sessions that `queries.catalogue` brought along."""
    return list(getattr(course, "coming", []))


def _days(session: CourseSession) -> str:
    if session.days:
        return " ".join(day["on"] for day in session.days)
    return f"{session.first_on.isoformat()}/{session.last_on.isoformat()}"

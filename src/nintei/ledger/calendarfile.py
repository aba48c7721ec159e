"""Events of an iCalendar file (.ics) that may be activities: what, when, how long. Nothing is decided here."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from nintei.ledger.faults import Fault, Unusable
from nintei.shared.clock import JST

MOST_EVENTS = 60
MOST_BYTES = 2 * 1024 * 1024


class Event(NamedTuple):
    """An event on a (JST) day. `minutes` is 0 where it has no times; `repeats` says that only its first day is here."""

    title: str
    on: date
    minutes: int
    begins: time | None
    organiser: str
    from_on: date | None
    repeats: bool


def is_calendar(data: bytes) -> bool:
    """Whether a file is an iCalendar file, by its content."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR"


def events_of(data: bytes, on: date) -> list[Event]:
    """The events up to a (JST) day, the latest first, at most 60; `Unusable` where there are none to read."""
    from icalendar import Calendar  # slow to load, and seldom asked for

    try:
        if len(data) > MOST_BYTES:
            raise Unusable(Fault("log.too_large", data={"limit": MOST_BYTES // 1024 // 1024}))
        parts = [
            part for calendar in Calendar.from_ical(data, multiple=True) for part in calendar.walk("VEVENT")
        ]
    except (ValueError, KeyError, IndexError, TypeError):
        raise Unusable(Fault("log.broken_calendar")) from None
    events = [event for part in parts if (event := _event(part))]
    past = {event: None for event in events if event.on <= on}
    if not past:
        raise Unusable(Fault("log.no_events"))
    return sorted(past, key=lambda event: event.on, reverse=True)[:MOST_EVENTS]


def _event(part: Any) -> Event | None:
    """An event, or None for one that was called off or has no day."""
    if str(part.get("STATUS", "")).upper() == "CANCELLED":
        return None
    try:
        start, end = part.start, part.end
    except Exception:  # noqa: BLE001  the library has many words for an event without a day
        return None
    title = " ".join(str(part.get("SUMMARY", "")).split())[:200]
    organiser = str(getattr(part.get("ORGANIZER"), "params", {}).get("CN", ""))[:200]
    repeats = "RRULE" in part or "RDATE" in part
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        last = max(_day(end) - timedelta(days=1), _day(start))
        first = _day(start) if last > _day(start) else None
        return Event(title, last, 0, None, organiser, first, repeats)
    begins, ends = _in_japan(start), _in_japan(end)
    minutes = max(0, int((ends - begins).total_seconds()) // 60)
    if minutes > 1440:
        return Event(title, ends.date(), 0, None, organiser, begins.date(), repeats)
    clock = begins.time().replace(second=0, microsecond=0)
    return Event(title, begins.date(), minutes, clock, organiser, None, repeats)


def _in_japan(at: datetime) -> datetime:
    """A time without a zone is one in Japan."""
    return at.astimezone(JST) if at.tzinfo else at.replace(tzinfo=JST)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value

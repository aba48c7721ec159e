"""What a holder types for an activity, before it is a row: one value for logging, amending and previewing."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, time

from nintei.ledger.models import Activity, Proof
from nintei.shared.wording import amount


@dataclass(frozen=True, slots=True)
class Draft:
    """An activity as claimed. `sessions` are (JST day, net minutes); several of one day are taken together.

    Where its category counts items, `items` says how many, on one day with 0 minutes; else it is 0.
    With `from_on` there is one session: the hours of the days from there to its own (AMB-C6, AMB-C8). `begins`
    says the time of day of some sessions; `serves` for which qualification it is used, where that is asked.
    """

    category: str
    title: str
    sessions: tuple[tuple[date, int], ...]
    organiser: str = ""
    topic: str = ""
    competency: str = ""
    proof: str = Proof.RECORD
    detail: str = ""
    course: uuid.UUID | None = None
    same_activity: str = ""
    from_on: date | None = None
    begins: tuple[tuple[date, time], ...] = ()
    serves: str = ""
    source_key: str = ""
    items: int = 0

    @property
    def minutes(self) -> int:
        """The claimed minutes of all sessions."""
        return sum(minutes for _, minutes in self.sessions)

    @property
    def amount(self) -> str:
        """What is claimed, in words: the time, or how many items."""
        return amount(self.minutes, self.items)

    def by_day(self) -> dict[date, int]:
        """The claimed minutes of each day, earliest day first."""
        days: Counter[date] = Counter()
        for on, minutes in sorted(self.sessions):
            days[on] += minutes
        return dict(days)


def draft_of(activity: Activity) -> Draft:
    """An activity as a draft: to amend it, or to log it once more on another day."""
    rows = activity.sessions.all()
    return Draft(
        category=activity.category,
        title=activity.title,
        sessions=tuple((session.on, session.minutes) for session in rows),
        organiser=activity.organiser,
        topic=activity.topic,
        competency=activity.competency,
        proof=activity.proof,
        detail=activity.detail,
        course=activity.course_id,
        same_activity=activity.same_activity,
        from_on=next((session.from_on for session in rows if session.from_on), None),
        begins=tuple((session.on, session.begins) for session in rows if session.begins),
        serves=activity.serves,
        source_key=activity.source_key,
        items=activity.items,
    )

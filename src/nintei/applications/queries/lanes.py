"""The office's queues: lanes, age in working days, service levels, filters and pages of rows.

Every function asks a number of queries that does not grow with the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from nintei.applications import states
from nintei.applications.models import Application, BatchLine, Kind, SavedFilter, ServiceLevel
from nintei.applications.queries.case import whole
from nintei.applications.queries.search import matching
from nintei.applications.states import Actor, State
from nintei.people.models import Person, Role
from nintei.people.queries import holders_of
from nintei.shared.workdays import since_for, workdays

PAGE = 50
OPEN_IN_OFFICE = (
    State.INCOMPLETE,
    State.SUBMITTED,
    State.ACCEPTED,
    State.IN_REVIEW,
    State.ON_HOLD,
    State.RETURNED,
    State.RECOMMENDED,
)
# The lanes in the order of a case's way through the office.
LANES: dict[str, tuple[State, ...]] = {
    "all": OPEN_IN_OFFICE,
    "incomplete": (State.INCOMPLETE,),
    "fee": (State.SUBMITTED,),
    "received": (State.ACCEPTED,),
    "review": (State.IN_REVIEW,),
    "applicant": (State.RETURNED,),
    "hold": (State.ON_HOLD,),
    "decision": (State.RECOMMENDED,),
    "decided": states.CLOSED,
}
MINE = "mine"
LANE_WORDS = {
    "all": gettext_lazy("審査が終わっていないもの"),
    "mine": gettext_lazy("あなたの担当"),
    "incomplete": gettext_lazy("書類の不足"),
    "fee": gettext_lazy("入金待ち"),
    "received": gettext_lazy("受理"),
    "review": gettext_lazy("審査中"),
    "applicant": gettext_lazy("ご本人待ち"),
    "hold": gettext_lazy("保留"),
    "decision": gettext_lazy("決定待ち"),
    "decided": gettext_lazy("終わったもの"),
}


# What waits after a decision lies upstairs: the URL of its page, and how many (called in certificates/apps.py).
_further: dict[str, Callable[[], int]] = {}
FURTHER_WORDS = {"certificates:posting": gettext_lazy("発送待ち")}


def also_show(page: str, number: Callable[[], int]) -> None:
    """Let a room upstairs show one more lane beside ours; its own figure is the only one."""
    _further[page] = number


def further() -> list[tuple[str, object, int]]:
    """The lanes of other rooms: URL's name, word, how many lie there now; one query each."""
    return [(page, FURTHER_WORDS[page], number()) for page, number in _further.items()]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see: a lane, words, and narrower."""

    lane: str = "all"
    words: str = ""
    qualification: str = ""
    kind: str = ""
    late: bool = False
    page: int = 1

    @classmethod
    def told(cls, given: Mapping[str, str]) -> Wanted:
        """From an address's query; whatever makes no sense there is as if it were not said."""
        lane, page = given.get("lane", "all"), given.get("page", "1")
        kind = given.get("kind", "")
        return cls(
            lane=lane if lane in LANES or lane == MINE else "all",
            words=given.get("q", "").strip()[:100],
            qualification=given.get("qualification", "")[:10],
            kind=kind if kind in Kind.values else "",
            late=given.get("late") == "1",
            page=int(page) if page.isdecimal() and 0 < int(page) <= 10_000 else 1,
        )

    def query(self, **other: object) -> str:
        """As an address's query, without the page; `other` changes parts of it."""
        told = {
            "lane": self.lane if self.lane != "all" else "",
            "q": self.words,
            "qualification": self.qualification,
            "kind": self.kind,
            "late": "1" if self.late else "",
        } | other
        return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row. `days` are working days in the present state; `level` how that stands to the service level."""

    application: Application
    days: int
    waits_for: Actor | None
    level: str = ""
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows; `number` of all that are found, by the lane too."""

    wanted: Wanted
    rows: list[Waiting]
    number: int
    counts: dict[str, int]
    levels: dict[str, int]
    size: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.number // self.size))


def queue(person: Person, on: date, wanted: Wanted, size: int = PAGE) -> Page:
    """The cases somebody wants to see, the longest waiting first, and how many lie in every lane."""
    levels = service_levels()
    found = _narrowed(wanted, on, levels)
    counts = _counts(found, person)
    rows = found.filter(_lane(wanted.lane, person))
    newest_first = wanted.lane == "decided"
    rows = rows.order_by(
        *(
            ("-state_since_on", "-started_at", "-number")
            if newest_first
            else ("state_since_on", "started_at", "number")
        )
    )
    first = (wanted.page - 1) * size
    return Page(
        wanted,
        [_waiting(row, on, levels) for row in rows[first : first + size]],
        counts[wanted.lane],
        counts,
        levels,
        size,
    )


def counts(person: Person) -> dict[str, int]:
    """How many cases lie in each lane, in one query."""
    return _counts(_sent(), person)


def late_counts(on: date) -> dict[str, int]:
    """How many open cases near or pass their service level, in two queries."""
    levels = service_levels()
    nearing, breached = _at_level(on, levels, "near"), _at_level(on, levels, "late")
    return _sent().aggregate(near=Count("pk", filter=nearing), late=Count("pk", filter=breached))


def service_levels() -> dict[str, int]:
    """The working days the association has set for a state; a state without a level is not there."""
    newest = ServiceLevel.objects.order_by("state", "-set_at", "-pk").distinct("state")
    return {level.state: level.days for level in newest if level.days is not None}


def saved_filters(person: Person) -> QuerySet[SavedFilter]:
    """The searches somebody keeps, by name."""
    return SavedFilter.objects.filter(person=person)


def colleagues(on: date) -> list[Person]:
    """Who may be given a case on a day, by kana."""
    return holders_of((Role.REVIEWER, Role.CONTRACTOR), on=on)


def chosen(ids: list[str], person: Person, on: date) -> list[Application]:
    """The open cases with these ids that somebody may see in the office; anything else is left out."""
    good = [each for each in ids if _is_uuid(each)][:PAGE]
    return list(_sent().filter(pk__in=good, state__in=OPEN_IN_OFFICE).exclude(person=person))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _sent() -> QuerySet[Application]:
    return whole().exclude(submitted_on=None)


def _narrowed(wanted: Wanted, on: date, levels: Mapping[str, int]) -> QuerySet[Application]:
    rows = _sent().filter(matching(wanted.words)) if wanted.words else _sent()
    if wanted.qualification:
        rows = rows.filter(qualification=wanted.qualification)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows.filter(_at_level(on, levels, "late")) if wanted.late else rows


def _lane(lane: str, person: Person) -> Q:
    if lane == MINE:
        return Q(reviewer=person, state__in=OPEN_IN_OFFICE)
    return Q(state__in=LANES[lane])


def _counts(rows: QuerySet[Application], person: Person) -> dict[str, int]:
    lanes = {lane: Count("pk", filter=_lane(lane, person)) for lane in (*LANES, MINE)}
    return rows.order_by().aggregate(**lanes)


def _at_level(on: date, levels: Mapping[str, int], level: str) -> Q:
    """The cases that are past their level (`late`), or near it (`near`). Without any level: none."""
    found = Q(pk=None)
    for state, days in levels.items():
        late = Q(state=state, state_since_on__lt=since_for(days, on))
        near = Q(state=state, state_since_on__lt=since_for(days - _warning(days), on)) & ~late
        found |= late if level == "late" else near
    return found


def _warning(days: int) -> int:
    """How many working days before the level a case is near it: a fifth, at least one."""
    return max(1, days // 5)


def _waiting(row: Application, on: date, levels: Mapping[str, int]) -> Waiting:
    days, within = workdays(row.state_since_on, on), levels.get(row.state)
    level = ""
    if within is not None:
        level = "late" if days > within else "near" if days > within - _warning(within) else "in_time"
    return Waiting(row, days, states.waits_for(row.state), level, within)


def decided_in(batch: UUID) -> list[str]:
    """How the registry's validities name the cases that were decided together; one query."""
    lines = BatchLine.objects.filter(batch=batch, batch__settled_at__isnull=False, left_out="")
    return [f"application:{each}" for each in lines.values_list("application_id", flat=True)]

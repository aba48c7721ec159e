"""Rows of a table as drafts for a log: courses and competencies found, what is wrong told by row and column.

Nothing is written here; `actions.bring_in` asks the same questions again before it writes.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import NamedTuple

from nintei.courses import queries as courses
from nintei.courses.models import Course
from nintei.ledger import queries, serving
from nintei.ledger.cells import folded
from nintei.ledger.drafts import Draft, draft_of
from nintei.ledger.faults import Fault
from nintei.ledger.logfile import Entry, read_what_can_be_read
from nintei.ledger.models import Activity
from nintei.people.models import Person
from nintei.rules.days import check_days
from nintei.rules.edition import Edition
from nintei.rules.findings import BadInput
from nintei.shared.refusals import Refused
from nintei.shared.wording import in_english

MOST_ROWS = 500
"""Rows that one person brings in at once; the office's command takes as many as the table may have."""


class Row(NamedTuple):
    """A row that can be logged: where it stands in the table, and its draft."""

    number: int
    draft: Draft


class Wrong(NamedTuple):
    """What is wrong with a row (0: with the whole table), in the active language."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Intake:
    """A table held against a log: rows that are new, rows that are there already, and what is wrong."""

    new: tuple[Row, ...]
    known: tuple[Row, ...]
    wrong: tuple[Wrong, ...]

    @property
    def rows_at_fault(self) -> int:
        """How many rows have something wrong."""
        return len({each.row for each in self.wrong})


def read_table(name: str, data: bytes, edition: Edition) -> tuple[list[tuple[Row, str]], list[Wrong]]:
    """The rows of a log file with whose they are (as written, or empty), and what is wrong with the others.

    Raises `faults.Unusable` where the file is no table at all.
    """
    log, faults = read_what_can_be_read(name, data, edition)
    lists = _Lists(edition)
    rows, wrong = [], [_told(fault) for fault in faults]
    for entry in log.entries:
        found = lists.draft(entry)
        if isinstance(found, Fault):
            wrong.append(_told(found))
        else:
            rows.append((Row(entry.row, found), entry.said.get("holder", "")))
    return rows, wrong


def held_against(person: Person, rows: Sequence[Row], on: date, edition: Edition) -> Intake:
    """Which rows are new to a person's log on a (JST) day; a row that the log has already changes nothing."""
    from nintei.ledger.actions.lines import check_days_of, check_words

    mine = list(queries.activities(person))
    there = Counter(key_of(draft_of(each)) for each in mine) + Counter()
    keys = {each.source_key for each in mine if each.source_key}
    new, known, wrong, seen = [], [], [], Counter[str]()
    for row in rows:
        key = key_of(row.draft)
        seen[key] += 1
        source = f"{key}:{seen[key]}"
        if source in keys or seen[key] <= there[key]:
            known.append(row)
            continue
        try:
            check_words(edition, row.draft)
            check_days_of(edition, row.draft, on)
        except Refused as refused:
            wrong.append(Wrong(row.number, "", refused.sentence()))
        else:
            new.append(row._replace(draft=replace(row.draft, source_key=source)))
    kept, overfull = _without_overfull(edition, mine, new)
    return Intake(tuple(kept), tuple(known), tuple(sorted([*wrong, *overfull])))


def key_of(draft: Draft) -> str:
    """What makes two lines the same line: category, title, days and times, or how many items."""
    days = [[on.isoformat(), minutes] for on, minutes in draft.by_day().items()]
    first = draft.from_on.isoformat() if draft.from_on else ""
    same: list[object] = [draft.category, folded(draft.title), days, first]
    same += [draft.items] if draft.items else []
    told = json.dumps([*same, draft.serves] if draft.serves else same, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def as_json(rows: Iterable[Row]) -> str:
    """Rows for the way through a page that asks whether to log them."""
    return json.dumps([_plain(row) for row in rows], ensure_ascii=False)


def from_json(text: str) -> tuple[Row, ...]:
    """The rows that came back from such a page; ValueError where they are none of ours."""
    try:
        told = json.loads(text)
        return tuple(_row(each) for each in told[:MOST_ROWS])
    except (TypeError, KeyError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError("no rows") from error


def _plain(row: Row) -> dict[str, object]:
    draft = row.draft
    return {
        "row": row.number,
        "category": draft.category,
        "title": draft.title,
        "sessions": [[on.isoformat(), minutes] for on, minutes in draft.sessions],
        "organiser": draft.organiser,
        "topic": draft.topic,
        "competency": draft.competency,
        "proof": draft.proof,
        "detail": draft.detail,
        "course": str(draft.course or ""),
        "from_on": draft.from_on.isoformat() if draft.from_on else "",
        "begins": [[on.isoformat(), f"{begins:%H:%M}"] for on, begins in draft.begins],
        "items": draft.items,
        "serves": draft.serves,
    }


def _row(told: dict[str, object]) -> Row:
    sessions, begins = told["sessions"], told["begins"]
    if not isinstance(sessions, list) or not isinstance(begins, list):
        raise TypeError
    words = {
        name: str(told[name])[:4000]
        for name in ("organiser", "topic", "competency", "proof", "detail", "serves")
    }
    draft = Draft(
        category=str(told["category"])[:10],
        title=str(told["title"])[:200],
        sessions=tuple((date.fromisoformat(on), int(minutes)) for on, minutes in sessions),
        course=uuid.UUID(str(told["course"])) if told["course"] else None,
        from_on=date.fromisoformat(str(told["from_on"])) if told["from_on"] else None,
        begins=tuple((date.fromisoformat(on), time.fromisoformat(begin)) for on, begin in begins),
        items=int(str(told.get("items", 0))),
        **words,
    )
    return Row(int(str(told["row"])), draft)


def _told(fault: Fault) -> Wrong:
    return Wrong(fault.row, fault.column, fault.sentence("en" if in_english() else "ja"))


class _Lists:
    """What a row is looked up in: read once for a whole table."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.competencies = {folded(code): code for code in queries.competencies(edition)}
        self.courses: dict[str, list[Course]] = {}
        for course in Course.objects.all():
            self.courses.setdefault(folded(course.title), []).append(course)

    def draft(self, entry: Entry) -> Draft | Fault:
        """The draft of a row, or the first thing that is wrong with it."""
        line, said = entry.activity, entry.said
        if not entry.title.strip():
            return Fault("log.no_title", entry.row)
        competency = self._competency(said.get("competency", ""))
        if competency is None:
            return Fault("log.no_competency", entry.row, data={"value": said["competency"]})
        course = (
            self._course(entry) if self.edition.categories[line.category].needs_registered_course else None
        )
        if isinstance(course, Fault):
            return course
        days = tuple((session.on, session.minutes) for session in line.sessions)
        return Draft(
            category=line.category,
            title=entry.title.strip()[:200],
            sessions=days,
            organiser=said.get("organiser", "")[:200] or (course.provider if course else ""),
            topic=line.topic or "",
            competency=competency,
            proof=line.proof,
            detail=said.get("detail", "")[:4000],
            course=course.pk if course else None,
            same_activity=line.same_activity or "",
            from_on=entry.from_on,
            begins=((days[0][0], entry.begins),) if entry.begins else (),
            items=line.items,
            serves=(line.serves or serving.implied(self.edition)) if serving.choices(self.edition) else "",
        )

    def _competency(self, words: str) -> str | None:
        """A code of the competencies, alone or before its name; empty for none, None for an unknown one."""
        if not words:
            return ""
        code = folded(words.split(maxsplit=1)[0])
        return self.competencies.get(code) or self.competencies.get(folded(words))

    def _course(self, entry: Entry) -> Course | Fault:
        days = [session.on for session in entry.activity.sessions]
        called = self.courses.get(folded(entry.title), [])
        found = [each for each in called if all(courses.is_accredited(each, on) for on in days)]
        if len(found) > 1 and (by := folded(entry.said.get("organiser", ""))):
            found = [each for each in found if folded(each.provider) == by]
        if len(found) == 1:
            return found[0]
        if not found:
            return Fault("log.no_course", entry.row, data={"value": entry.title, "on": days[0]})
        return Fault("log.several_courses", entry.row, data={"value": entry.title, "count": len(found)})


def _without_overfull(
    edition: Edition, mine: Sequence[Activity], rows: Sequence[Row]
) -> tuple[list[Row], list[Wrong]]:
    """The rows that the days can hold (AMB-C21), and what is wrong with the others."""
    there = [queries.as_rules(each) for each in mine]
    kept, wrong = list(rows), []
    while True:
        drafts = [queries.drafted(row.draft, f"~{row.number}", {}) for row in kept]
        try:
            check_days(edition, [*there, *drafts])
        except BadInput as full:
            refused = Refused("ledger.day_too_long", on=full.data["on"], minutes=full.data["minutes"])
            over = [row for row in kept if full.data["on"] in row.draft.by_day()]
            if not over:
                raise refused from full
            wrong += [Wrong(row.number, "", refused.sentence()) for row in over]
            kept = [row for row in kept if row not in over]
        else:
            return kept, wrong

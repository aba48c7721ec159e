"""Reads a CPD log that somebody keeps in a spreadsheet: the kernel's records, or every fault at once. Pure.

Headers and cells may be Japanese or English, full or half width. Lines outside the cycle, without a field or
beyond a cap are no faults: the kernel says what becomes of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, cast

from nintei.ledger import cells
from nintei.ledger.cells import BadCell, folded
from nintei.ledger.faults import Fault, Unusable
from nintei.ledger.headings import columns_of, header_of, is_no_entry
from nintei.ledger.sheets import read_csv, read_xlsx
from nintei.rules.days import check_days
from nintei.rules.edition import Edition, Text, Unit
from nintei.rules.findings import BadInput
from nintei.rules.points import Activity, Session
from nintei.rules.refdata import field_by_code, field_by_name, qualification_by_name

T = TypeVar("T")

SAID = ("id", "organiser", "competency", "detail", "holder")
"""Columns that are kept as they are written: the kernel does not ask for them."""
_DAYS_OF_HOLDER = ("cycle_start", "report_issued", "submitted", "certified")
_MARKS = ("", ":", ".", "-", "、", "・")


class Entry(NamedTuple):
    """A line of the file: its row as a spreadsheet counts, its title, and the kernel's record of it.

    `said` is what the other columns say in words, `from_on` the first day of a period, `begins` a time of day.
    """

    row: int
    title: str
    activity: Activity
    said: Mapping[str, str] = MappingProxyType({})
    from_on: date | None = None
    begins: time | None = None


class Holder(NamedTuple):
    """What the file says of its owner: the days that fix the cycle, and the qualification."""

    cycle_start: date | None = None
    report_issued: date | None = None
    submitted: date | None = None
    certified: date | None = None
    qualification: str | None = None


class Log(NamedTuple):
    """A log that can be evaluated. `courses_assumed`: no column says which courses are accredited."""

    entries: tuple[Entry, ...]
    holder: Holder
    courses_assumed: bool


def read_log(name: str, data: bytes, edition: Edition) -> Log:
    """The log in a CSV (UTF-8, CP932), XLSX or JSON file. `Unusable` carries every fault found."""
    log, faults = read_what_can_be_read(name, data, edition)
    if faults:
        raise Unusable(*faults)
    return log


def read_what_can_be_read(name: str, data: bytes, edition: Edition) -> tuple[Log, tuple[Fault, ...]]:
    """The rows of a log that are in order, and every fault of the others. `Unusable` where it is no table at all."""
    if not data.strip():
        raise Unusable(Fault("log.empty"))
    ending = name.rpartition(".")[2].lower()
    if ending == "json":
        return _from_json(data, edition)
    rows = (read_xlsx if ending in ("xlsx", "xlsm") else read_csv)(
        data, lambda rows: header_of(rows) is not None
    )
    place = header_of(rows)
    if place is None:
        raise Unusable(Fault("log.no_header", rows[0][0] if rows else 0))
    headers = [("" if each is None else str(each).strip()) for each in rows[place][1]]
    columns = columns_of(rows[place][0], headers)
    below = [(number, row) for number, row in rows[place + 1 :] if not is_no_entry(row, rows[place][1])]
    lines = [(number, dict(zip(headers, row, strict=False))) for number, row in below]
    return _Reading(edition, columns).log(lines)


def _from_json(data: bytes, edition: Edition) -> tuple[Log, tuple[Fault, ...]]:
    import json  # only where the log is JSON: `nintei check` starts quickly

    try:
        document = json.loads(data.decode("utf-8-sig"), parse_float=str)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Unusable(Fault("log.broken_json", data={"why": why})) from None
    lines = document.get("activities") if isinstance(document, dict) else document
    if not isinstance(lines, list) or not all(isinstance(each, dict) for each in lines):
        raise Unusable(Fault("log.no_activities"))
    lines = [_flat(each) for each in lines]
    about = _flat(document) if isinstance(document, dict) else {}
    about.pop("activities", None)
    common = [(number, {**about, **each}) for number, each in enumerate(lines, 1)]
    headers = list(dict.fromkeys(key for each in lines for key in (*about, *each) if key != "sessions"))
    if any("sessions" in each for each in lines):
        headers += [key for key in ("date", "minutes") if key not in headers]
    return _Reading(edition, columns_of(0, headers)).log(common)


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    """`cycle: {start: …}` as `cycle_start`; the end follows from the rules."""
    flat = dict(row)
    cycle = flat.pop("cycle", None)
    if isinstance(cycle, dict) and "start" in cycle:
        flat["cycle_start"] = cycle["start"]
    return flat


class _Reading:
    """One reading of one file: the columns found, and the faults so far."""

    def __init__(self, edition: Edition, columns: Mapping[str, str]) -> None:
        self.edition = edition
        self.columns = columns
        self.faults: list[Fault] = []
        self.holder: dict[str, object] = {}

    def log(self, rows: Sequence[tuple[int, Mapping[str, object]]]) -> tuple[Log, tuple[Fault, ...]]:
        if not rows:
            raise Unusable(Fault("log.no_rows"))
        entries = [entry for number, row in rows if (entry := self.entry(number, row))]
        self._check_together(entries)
        wrong = {fault.row for fault in self.faults}
        holder = Holder(**cast("dict[str, Any]", self.holder))
        kept = tuple(entry for entry in entries if entry.row not in wrong)
        return Log(kept, holder, "registered" not in self.columns), tuple(self.faults)

    def fault(self, code: str, row: int, column: str, **data: object) -> None:
        self.faults.append(Fault(code, row, self.columns.get(column, column), data))

    def cell(self, row: Mapping[str, object], column: str) -> object:
        """What stands in a column, None where there is no column or nothing stands there."""
        value = row.get(self.columns[column]) if column in self.columns else None
        return None if value is None or not str(value).strip() else value

    def entry(self, number: int, row: Mapping[str, object]) -> Entry | None:
        before = len(self.faults)
        self._read_holder(number, row)
        category = self._category(number, row)
        sessions = self._sessions(number, row, self._is_by_item(category))
        activity = Activity(
            id=str(self.cell(row, "id") or f"row-{number:05}"),
            category=category,
            sessions=sessions or (Session(date.min, 0),),
            topic=self._topic(number, row),
            registered_course=self._registered(number, row, category),
            proof=self._read(
                cells.proof, number, row, "proof", "none" if "proof" in self.columns else "record"
            ),
            detail_clear=self._read(cells.detail_is_clear, number, row, "detail", True),
            same_activity=str(same) if (same := self.cell(row, "same")) is not None else None,
            items=self._items(number, row, category),
            serves=self._qualification(number, row, "serves"),
            estimated=self.cell(row, "until") is not None,
        )
        if len(self.faults) > before:
            return None
        said = {
            column: str(self.cell(row, column) or "").strip() for column in SAID if column in self.columns
        }
        first = self._read(cells.day, number, row, "date", None)
        last = self._read(cells.day, number, row, "until", None)
        begins = self._read(cells.time_of_day, number, row, "begins", None)
        begins = begins or cells.first_time(self.cell(row, "hours"))
        return Entry(
            number, str(self.cell(row, "title") or ""), activity, said,
            first if last and first != last else None, begins,
        ) if len(self.faults) == before else None  # fmt: skip

    def _read(
        self, read: Callable[[object], T], number: int, row: Mapping[str, object], column: str, default: T
    ) -> T:
        """A cell understood by `read`, or `default` where it is empty or a fault has been noted."""
        value = self.cell(row, column)
        if value is None:
            return default
        try:
            return read(value)
        except BadCell as bad:
            self.fault(bad.code, number, column, value=value)
            return default

    def _read_holder(self, number: int, row: Mapping[str, object]) -> None:
        about: dict[str, object] = {
            column: self._read(cells.day, number, row, column, None) for column in _DAYS_OF_HOLDER
        }
        about["qualification"] = self._qualification(number, row, "qualification")
        for column, value in about.items():
            if value is not None and self.holder.setdefault(column, value) != value:
                self.fault("log.not_the_same_everywhere", number, column, value=value)

    def _qualification(self, number: int, row: Mapping[str, object], column: str) -> str | None:
        value = self.cell(row, column)
        if value is None:
            return None
        found = qualification_by_name(self.edition, str(value))
        if found is None:
            known = "、".join(self.edition.qualifications)
            self.fault("log.unknown_qualification", number, column, value=value, known=known)
        return None if found is None else found.code

    def _category(self, number: int, row: Mapping[str, object]) -> str:
        value = self.cell(row, "category")
        if value is None:
            self.fault("log.empty_cell", number, "category")
            return ""
        text = folded(value).removeprefix("カテゴリー").removeprefix("カテゴリ")
        for code, each in self.edition.categories.items():
            names = {
                folded(name) for name in (code, each.name.ja, each.name.en, each.short.ja, each.short.en)
            }
            if text in names or any(text == folded(code) + mark + name for mark in _MARKS for name in names):
                return code
        categories = self.edition.categories.items()
        known = Text(
            "、".join(f"{code} {category.short.ja}" for code, category in categories),
            ", ".join(f"{code} {category.short.en}" for code, category in categories),
        )
        self.fault("log.unknown_category", number, "category", value=value, known=known)
        return ""

    def _topic(self, number: int, row: Mapping[str, object]) -> str | None:
        value = self.cell(row, "field")
        if value is None:
            return None
        text = folded(value)
        if (key := next((each for each in self.edition.fields if folded(each) == text), None)) is not None:
            return key
        leading = text[: len(text) - len(text.lstrip("0123456789"))]
        if leading and (text == leading or leading in self.edition.fields):
            return leading  # a number that is no field is for the kernel to say
        found = field_by_name(self.edition, str(value)) or field_by_code(self.edition, text.upper()).field
        if found is None:
            fields = self.edition.fields.items()
            known = Text(
                "、".join(f"{key} {each.name.ja}" for key, each in fields),
                ", ".join(f"{key} {each.name.en}" for key, each in fields),
            )
            self.fault("log.unknown_field", number, "field", value=value, known=known)
        return None if found is None else found.key

    def _registered(self, number: int, row: Mapping[str, object], category: str) -> bool:
        needed = (
            category in self.edition.categories and self.edition.categories[category].needs_registered_course
        )
        if "registered" not in self.columns:
            return needed
        return self._read(cells.yes, number, row, "registered", False)

    def _is_by_item(self, category: str) -> bool:
        return category in self.edition.categories and self.edition.categories[category].unit is Unit.ITEM

    def _items(self, number: int, row: Mapping[str, object], category: str) -> int:
        """How many pieces a line is; only categories paid by the piece need to say."""
        if self._is_by_item(category) and self.cell(row, "items") is None:
            self.fault("log.empty_cell", number, "items")
        return self._read(cells.count, number, row, "items", 0)

    def _sessions(self, number: int, row: Mapping[str, object], by_item: bool) -> tuple[Session, ...]:
        several = row.get("sessions")
        if isinstance(several, list):
            parts = [each if isinstance(each, dict) else {} for each in several]
            return tuple(session for part in parts for session in self._session(number, part, by_item))
        return self._session(number, row, by_item)

    def _session(self, number: int, row: Mapping[str, object], by_item: bool) -> tuple[Session, ...]:
        """The hours of a line on its day; those of a period fall on its last day (AMB-C6, C8)."""
        if self.cell(row, "date") is None:
            self.fault("log.empty_cell", number, "date")
        if not by_item and self.cell(row, "hours") is None and self.cell(row, "minutes") is None:
            self.fault("log.empty_cell", number, "hours" if "hours" in self.columns else "minutes")
        start = self._read(cells.day, number, row, "date", None)
        until = self._read(cells.day, number, row, "until", None)
        taken = self._read(lambda value: cells.minutes(value, Fraction(60)), number, row, "hours", 0)
        taken += self._read(lambda value: cells.minutes(value, Fraction(1)), number, row, "minutes", 0)
        if start is None:
            return ()
        if until is not None and until < start:
            self.fault("log.ends_before_it_starts", number, "until", value=self.cell(row, "until"))
        limit = self.edition.points.refuse_hours_a_day
        if self.cell(row, "until") is None and taken > limit * 60:
            column = "hours" if self.cell(row, "hours") is not None else "minutes"
            self.fault("log.over_a_day", number, column, value=self.cell(row, column), limit=limit)
        return (Session(until or start, taken),)

    def _check_together(self, entries: Sequence[Entry]) -> None:
        """What only shows when all lines are read: ids used twice, and days too full (AMB-C21)."""
        seen: set[str] = set()
        for entry in entries:
            if entry.activity.id in seen:
                self.fault("log.same_id_twice", entry.row, "id", value=entry.activity.id)
            seen.add(entry.activity.id)
        try:
            check_days(self.edition, [entry.activity for entry in entries])
        except BadInput as full:
            row = max(e.row for e in entries if any(s.on == full.data["on"] for s in e.activity.sessions))
            hours = f"{cast(int, full.data['minutes']) / 60:g}"
            limit = self.edition.points.refuse_hours_a_day
            self.fault("log.day_over_full", row, "date", value=full.data["on"], hours=hours, limit=limit)

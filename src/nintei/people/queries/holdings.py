"""What is kept about somebody: counted for a page, whole for a file to take away (promise P14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from nintei.journal import queries as journal
from nintei.people import datamap
from nintei.people.datamap import Table
from nintei.people.models import DataRequest, Person, RequestState
from nintei.shared import files


def accounts_of(person: Person) -> list[Person]:
    """A person's account, and every account that was found to be the same person's."""
    return list(Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person)).order_by("pk"))


class Holding(NamedTuple):
    """One table: how many of its rows are about somebody, and of which classes their fields are."""

    table: Table
    rows: int
    classes: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the table is called in the program."""
        return self.table.label


def holdings(person: Person) -> list[Holding]:
    """Every table with rows about somebody, in the order of the rooms; one query a table."""
    people = accounts_of(person)
    counted = [(table, table.rows(people).count()) for table in datamap.personal()]
    return [Holding(table, rows, _classes(table)) for table, rows in counted if rows]


def _classes(table: Table) -> tuple[str, ...]:
    shown = ("identity", "contact", "words", "record", "books")
    return tuple(each for each in shown if each in table.classes.values())


class Taken(NamedTuple):
    """One table's rows for its person: fields and values, as JSON can say them."""

    table: Table
    fields: list[str]
    rows: list[dict[str, object]]


def whole_record(person: Person) -> Iterator[Taken]:
    """Every row about somebody with every field but secrets; the office's own notes are left out (unset)."""
    people = accounts_of(person)
    for table in datamap.personal():
        if table.internal:
            continue
        fields = [
            each.name for each in table.fields("link", "identity", "contact", "words", "record", "books")
        ]
        rows = [{name: _said(one, name) for name in fields} for one in table.rows(people).order_by("pk")]
        if rows:
            yield Taken(table, fields, rows)


def _said(row: Model, name: str) -> object:
    """A value as JSON can say it: a key stands for what it points at."""
    field = row._meta.get_field(name)
    value: Any = getattr(row, getattr(field, "attname", name))
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def leaves_about(person: Person) -> list[journal.Entry]:
    """What the journal says about somebody and what is theirs, oldest first."""
    return journal.about(subjects_of(accounts_of(person)))


def subjects_of(people: list[Person]) -> list[str]:
    """What the journal calls some people and everything that is theirs."""
    named = [table for table in datamap.personal() if table.subject]
    return [
        f"{table.subject}:{key}"
        for table in named
        for key in table.rows(people).order_by("pk").values_list("pk", flat=True)
    ]


def files_of(people: list[Person]) -> list[str]:
    """The files in the store that are about some people and about nobody else, by SHA-256."""
    mine: set[str] = set()
    others: set[str] = set()
    for table in (each for each in datamap.tables() if each.keeps_files):
        every: QuerySet[Model] = table.model._base_manager.all()
        about = table.rows(people) if table.of else every.none()
        mine |= set(about.values_list("sha256", flat=True))
        others |= set(every.exclude(pk__in=about.values("pk")).values_list("sha256", flat=True))
    return sorted(each for each in mine - others if files.is_kept(each))


def holdings_files(person: Person) -> list[str]:
    """The files in the store that are about somebody and nobody else, by SHA-256."""
    return files_of(accounts_of(person))


def requests_of(person: Person) -> list[DataRequest]:
    """What somebody has asked about their data, the newest first."""
    return list(DataRequest.objects.filter(person=person).order_by("-asked_at"))


def waiting_requests() -> list[DataRequest]:
    """What waits for the office, the oldest first; one query."""
    waiting = DataRequest.objects.filter(state__in=[RequestState.OPEN, RequestState.PROPOSED])
    return list(waiting.select_related("person", "first"))


def request(pk: UUID) -> DataRequest | None:
    """One request by its key."""
    return DataRequest.objects.filter(pk=pk).select_related("person").first()

"""The data map (`datamap.toml`): whose each table's rows are, and the class of every field (promise P14)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet

from nintei.people.models import Person
from nintei.shared.models import FileColumns

FILE = Path(__file__).with_name("datamap.toml")
# Emptied when somebody is erased.
PERSONAL = ("identity", "contact", "words", "secret")
CLASSES = ("link", *PERSONAL, "record", "books", "many", "journal")


@dataclass(frozen=True)
class Table:
    """One table of the map."""

    label: str
    of: tuple[str, ...] = ()
    subject: str = ""
    internal: bool = False
    files: bool = False
    by_hash: tuple[str, ...] = ()
    by_key: str = ""
    classes: dict[str, str] = field(default_factory=dict)

    @property
    def model(self) -> type[Model]:
        """The model."""
        return apps.get_model(self.label)

    @property
    def room(self) -> str:
        """The room that keeps the table."""
        return self.label.partition(".")[0]

    @property
    def keeps_files(self) -> bool:
        """Whether a row names a file in the store by its SHA-256."""
        return self.files or issubclass(self.model, FileColumns)

    def fields(self, *classes: str) -> list[Field[Any, Any]]:
        """The table's fields of some classes, in the model's order."""
        fields = cast("list[Field[Any, Any]]", self.model._meta.concrete_fields)
        return [each for each in fields if self.classes.get(each.name) in classes]

    def rows(self, people: list[Person]) -> QuerySet[Model]:
        """The rows that are about some people, each once."""
        theirs = [person.pk for person in people]
        about = Q(*(Q(**{f"{way}__in": theirs}) for way in self.of), _connector=Q.OR)
        keys = self.model._base_manager.filter(about).values("pk")
        return self.model._base_manager.filter(pk__in=keys)


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """Every table of the map, in its order."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(_table(label, entry) for label, entry in told.items())


def _table(label: str, entry: dict[str, Any]) -> Table:
    of = entry.get("of", [])
    classes = {name: each for each in CLASSES for name in entry.get(each, [])}
    return Table(
        label,
        (of,) if isinstance(of, str) else tuple(of),
        entry.get("subject", ""),
        entry.get("internal", False),
        entry.get("files", False),
        tuple(entry.get("by_hash", ())),
        entry.get("by_key", ""),
        classes,
    )


def personal() -> Iterator[Table]:
    """The tables whose rows are about somebody."""
    return (table for table in tables() if table.of)


def faults(models: list[type[Model]], told: dict[str, Any]) -> list[str]:
    """Where map and models differ: a field without a class or with two, a name that no model has."""
    found = []
    known = {model._meta.label: {each.name for each in model._meta.concrete_fields} for model in models}
    for label, fields in known.items():
        classed = [name for each in CLASSES for name in told.get(label, {}).get(each, [])]
        found += [f"{label}.{name} has no class" for name in sorted(fields - set(classed))]
        found += [f"{label}.{name} is no field" for name in sorted(set(classed) - fields)]
        found += [f"{label}.{name} has two classes" for name in sorted(fields) if classed.count(name) > 1]
    return found + [f"{label} is no model" for label in sorted(set(told) - set(known))]

"""Worlds of fixtures, made by the rooms' actions for the first test of a process that asks for them and put
back, rows and files, for those after it: what a test of the fourth step of an application needs takes a second
to live through and milliseconds to copy. And the way back: only what a test wrote is deleted after it.

`@kept` under `@pytest.fixture` says that a fixture writes to the database, to the journal's files, and nowhere
else. Everything kept that a test asks for is one world, so none of it is ever mixed with what is there already.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

Made = TypeVar("Made", bound=Callable[..., Any])

# One string of SQL for each table that is not empty: its rows, written as text and read back as rows.
READ = "SELECT array_agg(row_::text) FROM {table} row_"
WRITE = "INSERT INTO {table} SELECT (row_::{table}).* FROM unnest(ARRAY[{rows}]) row_;"
# No trigger fires: what is append-only was appended when the world was made.
QUIETLY = "SET LOCAL session_replication_role = replica; {} SET LOCAL session_replication_role = origin"


@dataclass(frozen=True)
class World:
    """What fixtures made: their values, all in one piece so that two may hold the same row; rows; files."""

    values: bytes
    rows: str
    files: dict[str, bytes] = field(default_factory=dict)


WORLDS: dict[tuple[object, ...], World] = {}
EMPTY: dict[str, list[str]] = {}
STANDING: dict[str, Any] = {}


def kept(make: Made) -> Made:
    """This fixture's rows may be put back instead of made again."""
    make.is_kept = True  # type: ignore[attr-defined]
    return make


def stand(request: pytest.FixtureRequest, files: Path) -> None:
    """Make the world that a test asks for, or put it back; nothing on a server where we are not superuser."""
    asked = _asked(request)
    if not asked or _commits(request) or not _begins_empty(request):
        return
    if world := WORLDS.get(tuple(asked.items())):
        _put_back(world, files)
        return
    made = {name: request.getfixturevalue(name) for name in asked}
    rows = QUIETLY.format("".join(_written(table, found) for table, found in changed().items()))
    found = {str(path.relative_to(files)): path.read_bytes() for path in files.rglob("*") if path.is_file()}
    WORLDS[tuple(asked.items())] = World(pickle.dumps(made), rows, found)


def fall() -> None:
    """The world's values belong to one test."""
    STANDING.clear()


def _commits(request: pytest.FixtureRequest) -> bool:
    """Whether what the test writes stays: its database is emptied after it, counters and all."""
    marker = request.node.get_closest_marker("django_db")
    return "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))


def _asked(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The kept fixtures that a test asks for, by name; another room's of the same name are others."""
    known = request.node._fixtureinfo.name2fixturedefs
    makers = {name: known[name][-1].func for name in request.fixturenames if name in known}
    return {name: make for name, make in makers.items() if getattr(make, "is_kept", False)}


def _begins_empty(request: pytest.FixtureRequest) -> bool:
    """Whether nobody has written before us, a module's own world for example; and we may keep triggers quiet."""
    request.getfixturevalue("db")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM people_person) AND NOT EXISTS (SELECT FROM journal_leaf)"
        )
        [(is_empty,)] = cursor.fetchall()
    return bool(is_empty) and may_be_quiet()


def _put_back(world: World, files: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(world.rows)
    for name, content in world.files.items():
        (files / name).parent.mkdir(parents=True, exist_ok=True)
        (files / name).write_bytes(content)
    STANDING.update(pickle.loads(world.values))


def remember_the_empty() -> None:
    """What stands in a database in which nobody has written yet: what its migrations put there."""
    EMPTY.update({table: _rows(table) for table in filled()})


def empty_again(case: TransactionTestCase) -> None:
    """What a test committed is deleted where it is. Django would truncate every table, each with its indexes a
    new file, and have all permissions written anew; it does where we are not superuser.
    """
    if not may_be_quiet():
        by_django(case)
        return
    spoilt = [table for table, rows in EMPTY.items() if _rows(table) != rows]
    rows = "".join(_written(table, EMPTY.get(table, [])) for table in {*spoilt, *filled()})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(QUIETLY.format(rows))


by_django = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


@cache
def may_be_quiet() -> bool:
    """Whether triggers may be kept quiet: only a superuser may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        [(may,)] = cursor.fetchall()
    return bool(may)


def filled() -> list[str]:
    """The tables that have rows, and had none in an empty database."""
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names("r"))
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for [name] in cursor.fetchall() if name not in EMPTY]


def changed() -> dict[str, list[str]]:
    """The rows of every table that has others than an empty database."""
    found = {table: _rows(table) for table in (*EMPTY, *filled())}
    return {table: rows for table, rows in found.items() if rows != EMPTY.get(table)}


def _rows(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(READ.format(table=table))
        [(rows,)] = cursor.fetchall()
    return sorted(rows or [])


def _written(table: str, rows: list[str]) -> str:
    """The SQL after which a table has exactly these rows."""
    quoted = ", ".join("'{}'".format(row.replace("'", "''")) for row in rows)
    return f"DELETE FROM {table}; " + (WRITE.format(table=table, rows=quoted) if rows else "")


def names(kind: str) -> list[str]:
    """All tables (`r`) or sequences (`S`), also those that are not Django's: the queue's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class"
            " WHERE relkind = %s AND relnamespace = 'public'::regnamespace ORDER BY 1",
            [kind],
        )
        return [name for (name,) in cursor.fetchall()]

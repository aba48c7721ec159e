"""Whatever is written in place of a value, a rulebook is read or refused by name; it never just breaks."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nintei.rules.load import SHELF, RulebookError
from nintei.rules.tests.shelf import as_toml, borrow

FILES = ("handbook-2025.toml", "readings.toml", "rulebook.toml")
INSTEAD: tuple[Any, ...] = ("absent", 1.5, True, -1, 7, "x", "", [], [3], {}, {"value": 3}, date(2020, 1, 1))
# All 8,600 would take minutes; the step is prime to the number of values, so that each comes up.
STEP = 97


def keys(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in table.items():
        yield (*path, name)
        if isinstance(value, dict):
            yield from keys(value, (*path, name))


def spoilt(tree: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    tree = copy.deepcopy(tree)
    table = tree
    for name in path[:-1]:
        table = table[name]
    if value == "absent":
        del table[path[-1]]
    else:
        table[path[-1]] = value
    return tree


@pytest.mark.parametrize("file", FILES)
def test_a_spoilt_value_is_taken_or_refused_by_name(file: str, tmp_path: Path) -> None:
    tree = tomllib.loads((SHELF / "example" / file).read_text("utf-8"))
    cases = [(path, value) for path in keys(tree) for value in INSTEAD][::STEP]
    refused = []
    for number, (path, value) in enumerate(cases):
        shelf = borrow(tmp_path / str(number))
        (shelf.folder / file).write_text(as_toml(spoilt(tree, path, value)), "utf-8")
        try:
            shelf.load()
        except RulebookError as error:
            refused.append(error)
    assert len(refused) > len(cases) / 2
    assert [str(error) for error in refused if not (error.key and error.reason)] == []

"""A shelf for one test: a copy of the example rulebook that a test may spoil."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nintei.rules.edition import Edition
from nintei.rules.load import SHELF, load

ON = date(2026, 4, 1)
HANDBOOK = "handbook-2025.toml"


@dataclass(frozen=True)
class Shelf:
    """A folder with the example rulebook alone."""

    path: Path

    @property
    def folder(self) -> Path:
        return self.path / "example"

    def write(self, text: str, file: str = HANDBOOK) -> Shelf:
        """Add a text at the end of a file."""
        path = self.folder / file
        path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")
        return self

    def change(self, old: str, new: str, file: str = HANDBOOK) -> Shelf:
        """Replace a text that stands in the file exactly once."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")
        return self

    def change_in(self, table: str, old: str, new: str, file: str = HANDBOOK) -> Shelf:
        """Replace a text in one table of the file."""
        path = self.folder / file
        before, header, after = path.read_text("utf-8").partition(f"\n[{table}]\n")
        assert header, f"no table {table}"
        body, rest, tail = after.partition("\n[")
        assert body.count(old) == 1, f"{old!r} stands {body.count(old)} times in {table}"
        path.write_text(before + header + body.replace(old, new) + rest + tail, "utf-8")
        return self

    def drop(self, table: str, file: str = HANDBOOK) -> Shelf:
        """Take a table out of the file."""
        path = self.folder / file
        before, header, after = path.read_text("utf-8").partition(f"\n[{table}]\n")
        assert header, f"no table {table}"
        _, rest, tail = after.partition("\n[")
        path.write_text(before + rest + tail, "utf-8")
        return self

    def load(self, on: date = ON) -> Edition:
        return load("example", on, self.path)


def borrow(tmp_path: Path) -> Shelf:
    """A copy of the example rulebook under a folder of the test."""
    shutil.copytree(SHELF / "example", tmp_path / "example", ignore=shutil.ignore_patterns("__pycache__"))
    return Shelf(tmp_path)


def as_toml(table: dict[str, Any], path: tuple[str, ...] = ()) -> str:
    """A tree of tables written as TOML: plain values first, then a header for each table."""
    lines = [
        f"{json.dumps(name)} = {_value(value)}"
        for name, value in table.items()
        if not isinstance(value, dict)
    ]
    for name, value in table.items():
        if isinstance(value, dict):
            here = (*path, name)
            lines += [f"[{'.'.join(json.dumps(part) for part in here)}]", as_toml(value, here)]
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{json.dumps(name)} = {_value(each)}' for name, each in value.items())} }}"
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)

"""A shelf for one test: a copy of the example rulebook that a test may spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
    shutil.copytree(SHELF / "example", tmp_path / "example")
    return Shelf(tmp_path)

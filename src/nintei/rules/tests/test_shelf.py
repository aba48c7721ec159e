"""A kept rulebook is the same as one just read, and is read again when anything has changed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from nintei.rules.load import load
from nintei.rules.shelf import NotOnShelf, rulebooks, shelved

DAYS = (date(2000, 1, 1), date(2019, 10, 1), date(2025, 12, 31), date(2026, 1, 1), date(2099, 1, 1))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for bytecode of its own, and leave to write there."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_every_rulebook_says_the_same_from_the_shelf_on_every_day(kept: Path) -> None:
    for _ in ("read and kept", "taken from the shelf"):
        for book in rulebooks():
            for day in DAYS:
                assert shelved(book, day) == load(book, day)
    assert len(files(kept)) == len(rulebooks())


def test_what_is_torn_or_of_another_time_is_made_again(kept: Path) -> None:
    fresh = shelved("conken", DAYS[-1])
    (file,) = files(kept)
    whole = file.read_bytes()
    for broken in (
        b"",
        b"no pickle",
        whole[: len(whole) // 2],
        b"\x80\x05N.",
        whole.replace(b"cpython", b"pythonc", 1),
    ):
        file.write_bytes(broken)
        assert shelved("conken", DAYS[-1]) == fresh
        assert file.read_bytes() == whole


def test_where_nothing_may_be_written_it_does_without(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", "/dev/null")
    assert shelved("conken", DAYS[-1]) == load("conken", DAYS[-1])
    monkeypatch.setattr(sys, "pycache_prefix", str(kept))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shelved("conken", DAYS[-1]) == load("conken", DAYS[-1])
    assert files(kept) == []
    monkeypatch.setattr(sys, "pycache_prefix", None)
    assert shelved("conken", DAYS[-1]) == load("conken", DAYS[-1])


@pytest.mark.parametrize("name", ["nowhere", "../rulebooks/conken", ""])
def test_what_is_not_on_the_shelf_is_refused(name: str) -> None:
    with pytest.raises(NotOnShelf, match="conken"):
        shelved(name, DAYS[-1])

"""What is kept of a rulebook between runs, and when it is not used."""

from __future__ import annotations

import importlib
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nintei.rules.load import SHELF
from nintei.rules.load.kept import Kept, kept
from nintei.rules.tests.shelf import HANDBOOK, Shelf, borrow

READER = importlib.import_module("nintei.rules.load.kept")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf as the package's own: nothing is kept elsewhere."""
    monkeypatch.setattr(READER, "PACKAGED", tmp_path)
    return borrow(tmp_path)


def place(shelf: Shelf) -> Path:
    return shelf.folder / "__pycache__" / f"editions.{sys.implementation.cache_tag}.pickle"


def test_a_read_edition_is_kept_as_it_was(shelf: Shelf) -> None:
    edition = shelf.load()
    assert kept(shelf.folder) == Kept(edition.documents, {("handbook-2025",): edition})
    assert [each.name for each in place(shelf).parent.iterdir()] == [place(shelf).name]


def test_another_run_uses_what_was_kept_and_reads_no_toml(shelf: Shelf) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path; "
        "from importlib import import_module; from nintei.rules.load import load; "
        "import_module('nintei.rules.load.kept').PACKAGED = Path(sys.argv[1]); "
        "print(load('example', date(2026, 4, 1), Path(sys.argv[1])).id, 'tomllib' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(shelf.path)]
    said = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert said == ["example:handbook-2025 True\n", "example:handbook-2025 False\n"]


def test_what_was_kept_goes_with_a_copy_of_the_rulebook(shelf: Shelf) -> None:
    edition = shelf.load()
    shutil.copytree(shelf.path, shelf.path / "copy")
    copy = Shelf(shelf.path / "copy")
    assert copy.load() == edition


def test_a_changed_rulebook_is_read_anew(shelf: Shelf) -> None:
    shelf.load()
    shelf.write("\n# A remark.\n")
    assert kept(shelf.folder) is None


def test_a_new_file_is_noticed(shelf: Shelf) -> None:
    shelf.load()
    shelf.write("", "handbook-2025.more.toml")
    assert kept(shelf.folder) is None


@pytest.mark.parametrize("cut", [0, 10, -10])
def test_a_damaged_file_is_not_used(shelf: Shelf, cut: int) -> None:
    shelf.load()
    place(shelf).write_bytes(place(shelf).read_bytes()[:cut])
    assert kept(shelf.folder) is None


def test_a_file_that_holds_something_else_is_not_used(shelf: Shelf) -> None:
    shelf.load()
    stamp = place(shelf).read_bytes().partition(b"\n")[0]
    place(shelf).write_bytes(stamp + b"\n" + pickle.dumps("something else"))
    assert kept(shelf.folder) is None


def test_a_rulebook_is_read_where_nothing_can_be_kept(shelf: Shelf) -> None:
    (shelf.folder / "__pycache__").write_text("not a folder", "utf-8")
    assert shelf.load().id == "example:handbook-2025"
    assert kept(shelf.folder) is None


def test_a_refused_rulebook_is_not_kept(shelf: Shelf) -> None:
    shelf.change('id = "handbook-2025"', 'id = "handbook"', HANDBOOK)
    with pytest.raises(Exception, match=r"must be the file's name"):
        shelf.load()
    assert not place(shelf).exists()


def test_of_a_rulebook_that_somebody_gave_us_nothing_kept_is_used(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.load()
    assert kept(shelf.folder)
    monkeypatch.setattr(READER, "PACKAGED", SHELF)
    assert kept(shelf.folder) is None


def test_of_a_rulebook_that_did_not_come_with_the_package_nothing_is_kept(tmp_path: Path) -> None:
    assert borrow(tmp_path).load().id == "example:handbook-2025"
    assert list(tmp_path.rglob("__pycache__")) == []

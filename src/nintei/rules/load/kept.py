"""Editions kept between runs, beside their files, as Python keeps what it has compiled.

Reading and checking a rulebook takes longer than all else that `nintei check` does. What was read is
kept in `__pycache__` and is as trusted as the compiled Python there. It is used only while the files
of the rulebook and of the reader are what they were; where the folder cannot be written, nothing is kept.
A rulebook that did not come with the package is read anew every time: whoever gives one away could put
anything into its `__pycache__`.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from nintei.rules.edition import Document, Edition

_RULES = Path(__file__).parent.parent
PACKAGED = _RULES / "rulebooks"
_READER = (*sorted((_RULES / "load").glob("*.py")), _RULES / "edition.py", _RULES / "words.py")


class Kept(NamedTuple):
    """The documents of a rulebook, and the editions made of them by the ids that were chosen."""

    documents: tuple[Document, ...]
    editions: dict[tuple[str, ...], Edition]


def kept(folder: Path) -> Kept | None:
    """What a former run kept of a rulebook; None when there is nothing, or it no longer fits the files."""
    if not folder.is_relative_to(PACKAGED):
        return None
    try:
        stamp, _, body = _place(folder).read_bytes().partition(b"\n")
        if stamp != _stamp(folder):
            return None
        found = pickle.loads(body)  # noqa: S301 - as trusted as the compiled Python beside it
    except (OSError, EOFError, pickle.UnpicklingError):
        return None
    return found if isinstance(found, Kept) else None


def keep(folder: Path, opened: Kept) -> None:
    """Keep what was read. Another process may do the same: a file is written apart, then renamed."""
    if not folder.is_relative_to(PACKAGED):
        return
    place = _place(folder)
    part = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(exist_ok=True)
        part.write_bytes(_stamp(folder) + b"\n" + pickle.dumps(opened))
        part.replace(place)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _place(folder: Path) -> Path:
    return folder / "__pycache__" / f"editions.{sys.implementation.cache_tag}.pickle"


def _stamp(folder: Path) -> bytes:
    """The name, size and time of every file that an edition depends on."""
    files = [*sorted(folder.glob("*.toml")), *_READER]
    states = [(file.name, state.st_size, state.st_mtime_ns) for file in files for state in [file.stat()]]
    return repr(states).encode()

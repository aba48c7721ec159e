"""A rulebook as compiled: read and checked once, then kept where Python keeps bytecode until a file changes.

Reading and checking 120 kB of TOML takes longer than everything `nintei check` does with it. So the checked
editions are kept beside the bytecode, under the same trust and the same settings (`PYTHONPYCACHEPREFIX`,
`PYTHONDONTWRITEBYTECODE`), and are made again when a rulebook or the code that reads it has changed.
"""

from __future__ import annotations

import os
import pickle
import sys
from bisect import bisect_right
from datetime import date

from nintei.rules.edition import Edition

_RULES = os.path.dirname(os.path.abspath(__file__))
_READERS = (_RULES, os.path.join(_RULES, "load"))

Stamp = tuple[object, ...]
Compiled = tuple[Stamp, list[date], list[bytes | None]]


class NotOnShelf(Exception):
    """There is no such rulebook, or it is refused; the message says the file, the key and the reason."""


def rulebooks() -> tuple[str, ...]:
    """The ids of the rulebooks that come with the package, in alphabetical order."""
    shelf = os.path.join(_RULES, "rulebooks")
    return tuple(
        sorted(each.name for each in os.scandir(shelf) if os.path.exists(f"{each.path}/rulebook.toml"))
    )


def shelved(rulebook: str, on: date) -> Edition:
    """What `load(rulebook, on)` gives, quickly the second time; `NotOnShelf` where it cannot be had."""
    if rulebook not in rulebooks():
        raise NotOnShelf(f"{rulebook}: {', '.join(rulebooks())}")
    folder = os.path.join(_RULES, "rulebooks", rulebook)
    stamp = _stamp(folder)
    compiled = _kept(_place(folder), stamp) or _compile(rulebook, folder, stamp)
    _, changes, editions = compiled
    kept = editions[bisect_right(changes, on)]
    if kept is None:
        return _load(rulebook, on)
    edition: Edition = pickle.loads(kept)  # as trusted as bytecode
    return edition


def _load(rulebook: str, on: date) -> Edition:
    from nintei.rules.load import RulebookError, load

    try:
        return load(rulebook, on)
    except RulebookError as error:
        raise NotOnShelf(str(error)) from error


def _stamp(folder: str) -> Stamp:
    """What the compiled form depends on: Python, the rulebook's files and the code that reads them."""
    files = [
        (entry.path, entry.stat().st_mtime_ns, entry.stat().st_size)
        for place, ending in ((folder, ".toml"), *((reader, ".py") for reader in _READERS))
        if os.path.isdir(place)
        for entry in os.scandir(place)
        if entry.name.endswith(ending)
    ]
    return (sys.implementation.cache_tag, *sorted(files))


def _place(folder: str) -> str:
    """The file beside the bytecode of a module in `folder`."""
    if sys.pycache_prefix is None:
        return os.path.join(folder, "__pycache__", "editions.pickle")
    return os.path.join(sys.pycache_prefix, folder.lstrip(os.sep), "editions.pickle")


def _kept(place: str, stamp: Stamp) -> Compiled | None:
    try:
        with open(place, "rb") as file:
            compiled: Compiled = pickle.load(file)  # as trusted as bytecode
            return compiled if compiled[0] == stamp else None
    except (OSError, EOFError, ValueError, pickle.UnpicklingError, AttributeError, TypeError, IndexError):
        return None  # absent, torn or of another time: it is made again


def _compile(rulebook: str, folder: str, stamp: Stamp) -> Compiled:
    """One edition for each span of days between two documents coming into force.

    Before a document's first edition the notes name the day that was asked for: those are read each time.
    """
    from pathlib import Path

    from nintei.rules.load.files import library

    changes = sorted({each.in_force_from for each in library(Path(folder)).documents})
    editions = [_packed(_load(rulebook, day)) for day in (date.min, *changes)]
    compiled = (stamp, changes, editions)
    if not sys.dont_write_bytecode:
        _keep(_place(folder), compiled)
    return compiled


def _packed(edition: Edition) -> bytes | None:
    return None if edition.notes else pickle.dumps(edition, pickle.HIGHEST_PROTOCOL)


def _keep(place: str, compiled: Compiled) -> None:
    """Write the compiled form whole or not at all; where nothing may be written, do without."""
    unfinished = f"{place}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(unfinished, "wb") as file:
            pickle.dump(compiled, file, pickle.HIGHEST_PROTOCOL)
        os.replace(unfinished, place)
    except OSError:
        return

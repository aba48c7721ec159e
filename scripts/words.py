"""Gather the words of every room into its English catalogue, and compile it.

    python scripts/words.py [ROOM…]            gather and compile (needs gettext: Debian's package `gettext`)
    python scripts/words.py [ROOM…] --check    exit 1 if a word lacks its English, or a catalogue is stale

Msgids are Japanese. A word used in two rooms has one English: the check refuses two.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "nintei"
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
ENTRY = re.compile(r'^(msgctxt|msgid|msgstr)(?:\[\d\])? (".*"(?:\n".*")*)', re.MULTILINE)
# Without gettext's dates and names, which would change every catalogue at every run.
HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""


def rooms(names: Sequence[str] = ()) -> list[Path]:
    """The rooms that say anything to people; of those named, if any are."""
    found = [room for room in sorted(PACKAGE.iterdir()) if room.is_dir() and _speaks(room)]
    return [room for room in found if not names or room.name in names]


def _speaks(room: Path) -> bool:
    pages = any(room.glob("templates/**/*.html")) or any(room.glob("templates/**/*.txt"))
    return pages or any("gettext" in path.read_text("utf-8") for path in room.glob("*.py"))


def entries(catalogue: Path) -> dict[str, list[str]]:
    """The msgids of a catalogue with their translations (one, or one for each plural form)."""
    found: dict[str, list[str]] = {}
    context = msgid = ""
    for kind, words in ENTRY.findall(catalogue.read_text("utf-8")):
        text = "".join(re.findall(r'"(.*)"', words))
        if kind == "msgctxt":
            context = text + " | "
        elif kind == "msgid":
            context, msgid = "", context + text
            found[msgid] = []
        else:
            found[msgid].append(text)
    found.pop("", None)
    return found


def gather(room: Path) -> None:
    """Bring a room's catalogue up to its templates and modules, and compile it."""
    (room / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    django = [sys.executable, "-m", "django"]
    surroundings = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    make = [*django, "makemessages", "-l", "en", "--no-wrap", "--no-obsolete", "--no-location", "-e", "html,txt,py"]
    subprocess.run([*make, "-i", "tests/*"], cwd=room, check=True, env=surroundings, stdout=subprocess.DEVNULL)
    catalogue = room / CATALOGUE
    _header, _blank, body = catalogue.read_text("utf-8").partition("\n\n")
    catalogue.write_text(f"{HEADER}\n{body}", "utf-8")
    subprocess.run(["msgfmt", "--check-format", "-o", catalogue.with_suffix(".mo"), catalogue], check=True)


def faults(names: Sequence[str] = ()) -> list[str]:
    """What is missing in the catalogues as they are, in one line each."""
    told: list[str] = []
    english: dict[str, tuple[str, list[str]]] = {}
    for room in rooms(names):
        catalogue = room / CATALOGUE
        if not catalogue.exists():
            told.append(f"{room.name}: no catalogue; run scripts/words.py")
            continue
        if ", fuzzy" in catalogue.read_text("utf-8"):
            told.append(f"{room.name}: a guessed (fuzzy) translation")
        for msgid, words in entries(catalogue).items():
            if not all(words):
                told.append(f"{room.name}: no English for {msgid!r}")
            first = english.setdefault(msgid, (room.name, words))
            if first[1] != words:
                told.append(f"{room.name}: {msgid!r} is {words}, but in {first[0]} {first[1]}")
    return told


def stale(names: Sequence[str] = ()) -> list[str]:
    """Rooms whose catalogue is not what gathering would write. Gathers in a copy; needs gettext."""
    with tempfile.TemporaryDirectory() as folder:
        told = []
        for room in rooms(names):
            copy = Path(folder) / room.name
            shutil.copytree(room, copy, ignore=shutil.ignore_patterns("__pycache__", "rulebooks"))
            gather(copy)
            for name in (CATALOGUE, CATALOGUE.with_suffix(".mo")):
                if not (room / name).exists() or (copy / name).read_bytes() != (room / name).read_bytes():
                    told.append(f"{room.name}: {name.name} is stale; run scripts/words.py")
        return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if anything is missing")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="default: every room")
    args = parser.parse_args()
    if args.check:
        told = faults(args.rooms) + (stale(args.rooms) if shutil.which("xgettext") else [])
    else:
        for room in rooms(args.rooms):
            gather(room)
        told = faults(args.rooms)
    print("\n".join(told) or "every word has its English")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())

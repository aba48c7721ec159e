"""Keep each room's English beside its Japanese.

    python scripts/words.py [ROOM…]            gather the words and compile them; `make words` for all rooms
    python scripts/words.py [ROOM…] --check    change nothing; exit 1 if a word lacks its English, or is stale

Msgids are Japanese. A word used in two rooms has one English. Needs no gettext tools, so that the check
runs on every machine; what is compiled is read by Python's own gettext.
"""

from __future__ import annotations

import argparse
import ast
import re
import struct
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

ROOMS = Path(__file__).resolve().parent.parent / "src/nintei"
CALL = re.compile(
    r"""\b(?:n?p?gettext(?:_lazy|_noop)?|_)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""", re.DOTALL
)
# Two entries that a merge has put together without the blank line between them.
TOGETHER = re.compile(r'(\nmsgstr[^\n]*(?:\n"[^\n]*)*)\n(?=msg(?:ctxt|id) )')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
HEADER = (
    "Language: en\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
)


class Message(NamedTuple):
    """What is to be said in English: the Japanese words, their plural form if any, and their context."""

    msgid: str
    plural: str = ""
    context: str = ""


@cache
def messages(room: Path) -> dict[Message, str]:
    """Every message of a room and the first place that says it."""
    found: dict[Message, str] = {}
    for path in sorted([*room.rglob("*.py"), *room.rglob("templates/**/*.*")]):
        if {"tests", "migrations"} & set(path.relative_to(room).parts):
            continue
        text = path.read_text("utf-8")
        for message in _in_python(text) if path.suffix == ".py" else _in_template(text):
            found.setdefault(message, str(path.relative_to(room)))
    return found


def _in_python(text: str) -> list[Message]:
    return [m for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and (m := _message(node))]


def _in_template(text: str) -> list[Message]:
    calls = [ast.parse(call[0].strip(), mode="eval").body for call in CALL.finditer(templatize(text))]
    return [m for node in calls if isinstance(node, ast.Call) and (m := _message(node))]


def _message(node: ast.Call) -> Message | None:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    kind = re.fullmatch(r"(n?)(p?)gettext(_lazy|_noop)?", name)
    if name != "_" and not kind:
        return None
    plural, context = (bool(kind[1]), bool(kind[2])) if kind else (False, False)
    words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if len(words) < 1 + plural + context:
        return None
    said = words.pop(0) if context else ""
    return Message(words[0], words[1] if plural else "", said)


# --- .po and .mo ----------------------------------------------------------------------------------


def po_of(room: Path) -> Path:
    """Where a room's English is written."""
    return room / "locale/en/LC_MESSAGES/django.po"


def read_po(path: Path) -> dict[Message, tuple[str, ...]]:
    """The English of each message; no entry at all for a file that is not there."""
    if not path.exists():
        return {}
    english: dict[Message, tuple[str, ...]] = {}
    for block in re.split(r"\n\s*\n", TOGETHER.sub(r"\1\n\n", path.read_text("utf-8"))):
        fields: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line and not line.startswith("#"):
                start = re.match(r'(msg\w+(?:\[\d\])?) (?=")', line)
                key = start[1] if start else key
                fields[key] = fields.get(key, "") + ast.literal_eval(line[start.end() :] if start else line)
        if fields.get("msgid"):
            message = Message(fields["msgid"], fields.get("msgid_plural", ""), fields.get("msgctxt", ""))
            english[message] = tuple(v for k, v in sorted(fields.items()) if k.startswith("msgstr"))
    return english


def written(places: dict[Message, str], english: dict[Message, tuple[str, ...]]) -> str:
    """The text of a `.po`: the messages it had, in their old order, then the new ones without English."""
    blocks = [
        'msgid ""\nmsgstr ""\n' + "".join(f"{_quoted(line)}\n" for line in HEADER.splitlines(keepends=True))
    ]
    for message in [*(m for m in english if m in places), *(m for m in places if m not in english)]:
        lines = []
        if message.context:
            lines.append(f"msgctxt {_quoted(message.context)}")
        lines.append(f"msgid {_quoted(message.msgid)}")
        if message.plural:
            one, many = english.get(message, ("", ""))
            lines += [f"msgid_plural {_quoted(message.plural)}", f"msgstr[0] {_quoted(one)}"]
            lines.append(f"msgstr[1] {_quoted(many)}")
        else:
            lines.append(f"msgstr {_quoted(english.get(message, ('',))[0])}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    )


def compiled(english: dict[Message, tuple[str, ...]]) -> bytes:
    """The `.mo` of some messages (GNU gettext's format, without a hash table)."""
    entries = {"": HEADER}
    for message, words in english.items():
        if all(words):
            context = f"{message.context}\4" if message.context else ""
            plural = f"\0{message.plural}" if message.plural else ""
            entries[context + message.msgid + plural] = "\0".join(words)
    keys = sorted(entries, key=str.encode)
    texts = [text.encode() for text in [*keys, *(entries[key] for key in keys)]]
    at = 28 + 16 * len(keys)
    index = b""
    for text in texts:
        index += struct.pack("<2I", len(text), at)
        at += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 28)
    return head + index + b"".join(text + b"\0" for text in texts)


def every_room() -> list[Path]:
    """The folders of all rooms."""
    return sorted(path.parent for path in ROOMS.glob("*/__init__.py"))


def rooms(names: list[str]) -> list[Path]:
    """The rooms that say anything, or those of them that are named."""
    return [room for room in every_room() if (not names or room.name in names) and messages(room)]


def gather(room: Path) -> None:
    """Bring a room's catalogue up to its Python and templates, and compile it."""
    places, po = messages(room), po_of(room)
    english = read_po(po)
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(written(places, english), "utf-8")
    po.with_suffix(".mo").write_bytes(compiled(read_po(po)))


def faults(room: Path) -> list[str]:
    """What is wrong with a room's catalogue as it is, a line each."""
    places, po = messages(room), po_of(room)
    english = read_po(po)
    dumb = {m: place for m, place in places.items() if not all(english.get(m, ("",)))}
    told = [f"{m.msgid!r} has no English ({place})" for m, place in dumb.items()]
    told += [f"{m.msgid!r} is said nowhere" for m in english if m not in places]
    told += [f"{m.msgid!r}: other placeholders" for m, words in english.items() if _strays(m, words)]
    if english and po.with_suffix(".mo").read_bytes() != compiled(english):
        told.append("django.mo is stale: run `make words`")
    return [f"{room.name}: {fault}" for fault in told]


def _strays(message: Message, words: tuple[str, ...]) -> bool:
    """Whether the English fills in something that the Japanese does not know."""
    known, used = (set(PLACEHOLDER.findall(text)) for text in (message.msgid, " ".join(words)))
    return not used <= known


def two_voices(rooms: list[Path]) -> list[str]:
    """A word that two rooms say differently in English: Django would take either."""
    first: dict[Message, tuple[str, tuple[str, ...]]] = {}
    told = []
    for room in rooms:
        for message, words in read_po(po_of(room)).items():
            name, before = first.setdefault(message, (room.name, words)) if all(words) else ("", words)
            if words != before:
                told.append(f"{message.msgid!r} is {words} in {room.name} and {before} in {name}")
    return told


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if anything is missing")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="default: every room")
    args = parser.parse_args()
    chosen = rooms(args.rooms)
    if not args.check:
        for room in chosen:
            gather(room)
    told = [fault for room in chosen for fault in faults(room)] + two_voices(chosen)
    print("\n".join(told) or "every word has its English")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())

"""Keep each room's English beside its Japanese: `make words`.

Collects the Japanese msgids of a room's Python and templates, keeps `locale/en/LC_MESSAGES/django.po` in step
with them, compiles the `.mo` beside it, and names what still lacks its English (exit 1). Needs no gettext.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

ROOMS = Path(__file__).resolve().parent.parent / "src/nintei"
CALL = re.compile(
    r"""\b(?:n?p?gettext(?:_lazy|_noop)?|_)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""", re.DOTALL
)
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\nLanguage: en\n"


class Message(NamedTuple):
    """What is to be said in English: the Japanese words, their plural form if any, and their context."""

    msgid: str
    plural: str = ""
    context: str = ""


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
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
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
    """The text of a `.po` for these messages, in their order, with the English there is."""
    blocks = [
        'msgid ""\nmsgstr ""\n' + "".join(f"{_quoted(line)}\n" for line in HEADER.splitlines(keepends=True))
    ]
    for message, place in places.items():
        lines = [f"#: {place}"]
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


def main() -> int:
    """Bring every room's words up to date; 1 if any English is missing."""
    missing = 0
    for room in sorted(path.parent for path in ROOMS.glob("*/__init__.py")):
        places, po = messages(room), po_of(room)
        if not places:
            continue
        english = {message: words for message, words in read_po(po).items() if message in places}
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_text(written(places, english), "utf-8")
        po.with_suffix(".mo").write_bytes(compiled(english))
        for message in places:
            if not all(english.get(message, ("",))):
                missing += 1
                print(f"{po.relative_to(ROOMS)}: {message.msgid!r} has no English")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

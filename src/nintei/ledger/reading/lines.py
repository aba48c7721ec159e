"""The lines of text in a file: a PDF's own text, else what Tesseract reads where it is installed, else nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from nintei.shared import files

MOST_PAGES = 2
SURE = 40
"""Tesseract's confidence (of 100) below which a word is not taken."""


_BETWEEN = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff]) (?=[\u3040-\u30ff\u4e00-\u9fff])")
"""The spaces that Tesseract puts between Japanese letters."""


class Line(NamedTuple):
    """A line of text: its page, and its place in parts of the page (left, top, width, height)."""

    text: str
    page: int
    box: tuple[float, float, float, float]


def lines_of(file: files.TakenFile) -> list[Line]:
    """What can be read in a file; empty where nothing can."""
    found = _own_text(file) if file.kind == "pdf" else []
    return found or _seen(file)


def _own_text(file: files.TakenFile) -> list[Line]:
    script = str(Path(__file__).with_name("textlines.py"))
    command = [sys.executable, "-I", script, str(files.place_of(file.sha256))]
    said = _run(command, b"", 15)
    rows = json.loads(said) if said else []
    return [Line(row["text"], row["page"], tuple(row["box"])) for row in rows]


def _seen(file: files.TakenFile) -> list[Line]:
    """Read off the pictures that we drew ourselves, so that Tesseract never meets the file (P9)."""
    program = shutil.which("tesseract")
    if program is None:
        return []
    languages = _languages(program)
    lines: list[Line] = []
    for page in range(1, min(file.pages, MOST_PAGES) + 1):
        picture = files.picture(file, page)
        if picture is not None:
            said = _run([program, "stdin", "stdout", "-l", languages, "--psm", "6", "tsv"], picture, 60)
            lines += _lines_of_table(said.decode("utf-8", "replace"), page) if said else []
    return lines


def _languages(program: str) -> str:
    known = (_run([program, "--list-langs"], b"", 10) or b"").decode("utf-8", "replace").split()
    return "+".join(each for each in ("jpn", "eng") if each in known) or "eng"


def _lines_of_table(table: str, page: int) -> list[Line]:
    """Tesseract's words (TSV) joined to lines; the first row is the page itself."""
    rows = list(csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows:
        return []
    width, height = max(int(rows[0]["width"]), 1), max(int(rows[0]["height"]), 1)
    words: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in rows:
        if row["text"] and row["text"].strip() and float(row["conf"]) >= SURE:
            words.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    return [_line(group, page, width, height) for group in words.values()]


def _line(words: list[dict[str, str]], page: int, width: int, height: int) -> Line:
    left, top = min(int(w["left"]) for w in words), min(int(w["top"]) for w in words)
    right = max(int(w["left"]) + int(w["width"]) for w in words)
    bottom = max(int(w["top"]) + int(w["height"]) for w in words)
    box = left / width, top / height, (right - left) / width, (bottom - top) / height
    text = " ".join(w["text"].strip() for w in words)
    return Line(_BETWEEN.sub("", text), page, box)


def _run(command: list[str], data: bytes, seconds: int) -> bytes | None:
    """What a limited process says, or None where it fails or does not come to an end."""
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None

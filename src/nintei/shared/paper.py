"""Setting a paper in type by Typst: data in, PDF/A-2a + PDF/UA-1 bytes out. Pure but for the fonts.

A room keeps its templates (`typst/*.typ`); a template reads `json(bytes(sys.inputs.data))`.

A glyph that no font has stops the print: a name is never shown with a hole (libraries.md, pitfall 10).
"""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import segno
import typst

FONTS = Path(__file__).resolve().parent / "fonts"
FAMILIES = {"BIZ UDPMincho", "BIZ UDPGothic", "Noto Serif JP", "Noto Sans JP"}
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
WITH_ATTACHMENTS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
"""PDF/A-2 allows no attached files but PDF/A; a paper that brings its data along is PDF/A-3a."""


class CannotPrint(RuntimeError):
    """The paper cannot be set; the message is Typst's own. `sign`: the character that no font has, if it is that."""

    @property
    def sign(self) -> str:
        """Typst writes it as `"髙"`, or by its number where it cannot be shown: `"\\u{2ffff}"`."""
        if (found := NO_GLYPH.search(str(self))) is None:
            return ""
        return NUMBERED.sub(lambda each: chr(int(each[1], 16)), found[1])


def pdf(
    template: Path,
    data: Mapping[str, object],
    made_at: datetime,
    standards: list[typst.PDFStandard] = STANDARDS,
) -> bytes:
    """The paper as PDF. The same template, data (JSON) and instant give the same bytes."""
    try:
        made = _COMPILERS.of(template).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=standards,
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as error:
        raise CannotPrint(f"{error.message} {' '.join(error.hints)}".strip()) from error
    if not isinstance(made, bytes):
        raise CannotPrint("a paper is one file")
    return made


def picture(template: Path, data: Mapping[str, object], kind: Literal["png", "svg"]) -> bytes:
    """A page of one picture as `png` or `svg`."""
    text = json.dumps(data, ensure_ascii=False)
    try:
        made = _COMPILERS.of(template).compile(format=kind, ppi=200, sys_inputs={"data": text})
    except typst.TypstError as error:
        raise CannotPrint(error.message) from error
    if not isinstance(made, bytes):
        raise CannotPrint("a picture is one page")
    return made


def qr(url: str) -> str:
    """A QR code as SVG; the mask is fixed, which is five times faster and just as readable."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False, mask=3).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


class _Compilers(threading.local):
    """A template's compiler, once for each thread: two may not use one at the same time."""

    def __init__(self) -> None:
        self.of = cache(_compiler)


def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(str(template), root=template.parent, font_paths=our_fonts(FONTS))


_COMPILERS = _Compilers()


def our_fonts(folder: Path) -> typst.Fonts:
    """The fonts that came with us, and no others: the same bytes on every machine.

    Without any of its fonts Typst would leave the words out and say nothing, so that is looked for first.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if missing := FAMILIES - set(fonts.families()):
        raise CannotPrint(f"fonts are missing from {folder.name}: {', '.join(sorted(missing))}")
    return fonts

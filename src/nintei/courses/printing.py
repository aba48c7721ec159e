"""Attendance codes on paper and on a screen: the QR leads to the page where the holder confirms."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import segno
from django.conf import settings

from nintei.courses import seats
from nintei.courses.models import CourseSession, SeatCode
from nintei.shared import paper, wording
from nintei.shared.clock import JST

TYPST = Path(__file__).resolve().parent / "typst" / "codes.typ"


def address_of(code: SeatCode) -> str:
    """What the QR says: short enough to be read from the back of a room."""
    return f"{settings.BASE_URL}/attend/{seats.written(code.pk)}"


def code_sheet(session: CourseSession, codes: Sequence[SeatCode], made_at: datetime) -> bytes:
    """The codes of a day as PDF, to be cut apart: one a seat."""
    held = session.days[codes[0].day]
    last = (codes[0].closes_at - timedelta(minutes=1)).astimezone(JST).date()
    said = {
        "course": _short(session.course.title, 80),
        "provider": _short(session.course.provider, 40),
        "day": wording.day(date.fromisoformat(held["on"])),
        "minutes": wording.minutes(held["minutes"]),
        "place": _short(session.place, 60),
        "last": wording.day(last),
        "seats": [{"seat": code.seat, "qr": paper.qr(address_of(code))} for code in codes],
    }
    return paper.pdf(TYPST, said, made_at)


def _short(words: str, most: int) -> str:
    """As much as a card holds: the page behind the code says the rest."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def qr_for_screen(url: str) -> str:
    """A QR as SVG that fills its box, dark on white whatever the scheme of the page."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out,
        kind="svg",
        border=4,
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        light="#ffffff",
    )
    return out.getvalue().decode()

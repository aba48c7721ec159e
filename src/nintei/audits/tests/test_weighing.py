"""A claim without some of its lines, under a rulebook that counts papers and lets a line serve one qualification."""

from __future__ import annotations

from datetime import date
from typing import Any

from nintei.audits.models import AuditLine
from nintei.audits.weighing import weigh
from nintei.rules.load import load
from nintei.rules.points import Cycle

GUILD = load("example", date(2026, 6, 1))
CYCLE = Cycle(date(2026, 6, 1), date(2028, 5, 31), qualification="CPT")


def paper(key: str, on: str, items: int) -> dict[str, Any]:
    """A paper as a claim freezes it."""
    return {
        "id": key, "category": "W", "topic": "1", "proof": "record", "serves": "CPT", "items": items,
        "sessions": [{"on": on, "minutes": 0}],
    }  # fmt: skip


def test_papers_are_weighed_by_their_number_for_the_qualification_they_serve() -> None:
    lines = [paper("a", "2026-10-05", 1), paper("b", "2027-10-05", 2), paper("c", "2027-10-06", 1)]
    found = weigh(GUILD, CYCLE, lines, struck=["b"])
    assert (found.before.total, found.after.total) == (
        18,
        12,
    )  # 6 and, of three, as much as a year's cap takes
    assert (found.credited("c"), found.less) == (6, True)
    assert AuditLine(told=lines[1]).days == [(date(2027, 10, 5), "2件")]

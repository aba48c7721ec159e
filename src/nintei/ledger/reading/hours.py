"""How long a paper says that something took, breaks left out, and when it began. Pure.

A span of the clock is less the break that is written beside it; of a number of hours a break is taken away only
where the paper says that it is within (休憩60分を含む). What a paper calls net (正味) is the likeliest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from fractions import Fraction
from typing import NamedTuple

from nintei.ledger import cells
from nintei.ledger.cells import BadCell

MOST = 24 * 60
_AMOUNT = re.compile(
    r"\d{1,2}:\d{2}\s*(?:~|-|–|〜|から)\s*\d{1,2}:\d{2}"
    r"|\d{1,3}(?:\.\d{1,2})?\s*(?:時間|hours?)(?:\s*(?:半|\d{1,2}\s*分))?"
    r"|\d{1,3}\s*(?:分間|分|minutes?)(?!の(?!休憩))",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(午前|午後)?\s*(?<!\d)(\d{1,2})(?::(\d{2})|\s*時(?!間)(?:\s*(\d{1,2})\s*分|(半))?)", re.ASCII
)
_NET = re.compile(r"(?:正味|実質|実働|実研修|net)[^\d]{0,8}$", re.IGNORECASE)
_BREAK = r"(?:休憩|昼休み|break|lunch)"
_AFTER_BREAK, _BEFORE_BREAK = (
    re.compile(rf"{_BREAK}[^\d]{{0,6}}$", re.IGNORECASE),
    re.compile(rf"\s*(?:の|間の)?\s*{_BREAK}", re.IGNORECASE),
)
_WITHIN = re.compile(r"含|うち|includ", re.IGNORECASE)


class Length(NamedTuple):
    """A length in minutes; when it began, where the paper says so; whether the paper calls it net."""

    minutes: int
    begins: time | None
    is_net: bool


def lengths(text: str) -> Iterator[Length]:
    """The lengths that a line of text says, without those of breaks.

    >>> [(each.minutes, each.is_net) for each in lengths("10:00〜16:30(休憩60分を含む。正味5.5時間)")]
    [(330, False), (330, True)]
    >>> [(each.minutes, each.begins) for each in lengths("午後1時から4時半(途中15分の休憩)")]
    [(195, datetime.time(13, 0))]
    >>> [each.minutes for each in lengths("6時間(休憩1時間を除く)")]
    [360]
    """
    plain = _with_colons(text)
    found = [(words, minutes) for words in _AMOUNT.finditer(plain) if (minutes := _minutes(words[0]))]
    pause = next((minutes for words, minutes in found if _is_break(plain, words)), 0)
    for words, minutes in found:
        if not _is_break(plain, words):
            begins, net = cells.first_time(words[0]), bool(_NET.search(plain[: words.start()]))
            within = not net and pause < minutes and (begins or _WITHIN.search(plain))
            yield Length(minutes - pause if within else minutes, begins, net)


def _is_break(text: str, words: re.Match[str]) -> bool:
    return bool(_AFTER_BREAK.search(text[: words.start()]) or _BEFORE_BREAK.match(text[words.end() :]))


def _minutes(words: str) -> int:
    """The minutes that some words say; 0 for what is no length, and for more than a day."""
    try:
        minutes = cells.minutes("".join(words.split()), Fraction(60))
    except BadCell:
        return 0
    return minutes if minutes <= MOST else 0


def _with_colons(text: str) -> str:
    """Times of day as a clock shows them: 午後1時半 as 13:30, and what follows it is the afternoon too."""
    half = ""

    def shown(words: re.Match[str]) -> str:
        nonlocal half
        half = words[1] or half
        hour = int(words[2]) + (12 if half == "午後" and int(words[2]) < 12 else 0)
        return f"{hour}:{int(words[3] or words[4] or (30 if words[5] else 0)):02}"

    return _CLOCK.sub(shown, text)

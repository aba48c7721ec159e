"""Title, day, hours and name in the lines of a certificate of attendance: what was seen, and where. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from nintei.ledger import cells
from nintei.ledger.cells import BadCell, folded
from nintei.ledger.reading.lines import Line

_GAP = r"[\s:：/／]*"
_TITLE = re.compile(
    rf"(?:研修コース名|研修名|コース名|講座名|セミナー名|演題|テーマ|題名|course(?: title)?|title){_GAP}(\S.{{1,120}})",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[「『“\"]([^」』”\"]{3,120})[」』”\"]")
_DAY_LABEL = re.compile(r"受講日|開催日|実施日|日時|期日|受講期間|date|held on", re.IGNORECASE)
_NOT_THE_DAY = re.compile(r"発行|交付|生年月日|issued|birth", re.IGNORECASE)
_DAY = re.compile(
    r"(?:(?:令和|平成)\s*(?:元|\d{1,2})\s*年|\d{4}\s*[-/.年])\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?", re.ASCII
)
_HOURS = re.compile(
    r"\d{1,2}:\d{2}\s*(?:~|-|–|〜|から)\s*\d{1,2}:\d{2}|\d{1,3}(?:\.\d)?\s*(?:時間|hours?)(?:\s*(?:半|\d{1,2}\s*分))?"
    r"|\d{1,3}\s*(?:分間|分|minutes?)(?!の)",
    re.ASCII | re.IGNORECASE,
)
_NAME_LABEL = re.compile(rf"(?:受講者名|受講者|氏名|参加者|attendee|name){_GAP}(\S.{{1,40}})", re.IGNORECASE)
_BY = re.compile(
    rf"(?:主催者?|実施機関|研修機関|提供者?|organi[sz]er|provider){_GAP}(\S.{{1,80}})", re.IGNORECASE
)
_CERTIFICATE = re.compile(r"受講証明|修了証|受講証|参加証明|certificate", re.IGNORECASE)


class Found(NamedTuple):
    """Something seen in a file: which box of the form it may fill, the value, the words it was read from, where."""

    what: str
    value: str
    words: str
    page: int
    box: tuple[float, float, float, float]


Reader = Callable[[Sequence[Line]], Iterator[Found]]


def found_in(lines: Sequence[Line], name: str) -> list[Found]:
    """What a certificate seems to say, one of each kind; `name` is its owner's, to see whether it stands there."""
    plain = [line._replace(text=unicodedata.normalize("NFKC", line.text)) for line in lines]
    readers: tuple[Reader, ...] = (_title, _days, _hours, lambda rows: _name(rows, name), _organiser, _proof)
    return [found for reader in readers for found in list(reader(plain))[:1]]


def said_by(found: Sequence[Found]) -> dict[str, str]:
    """What was seen as first values of the form that logs an activity."""
    seen = {each.what: each.value for each in found}
    said: dict[str, str] = {name: seen[name] for name in ("title", "organiser", "proof") if name in seen}
    if "day" in seen:
        on = date.fromisoformat(seen["day"])
        said |= {"s-0-on_year": str(on.year), "s-0-on_month": str(on.month), "s-0-on_day": str(on.day)}
    if "minutes" in seen:
        said |= {"s-0-hours": str(int(seen["minutes"]) // 60), "s-0-minutes": str(int(seen["minutes"]) % 60)}
    if "proof" in seen:
        said |= {"group": "0", "category": "B"}
    return said


def _title(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        if words := _TITLE.search(line.text):
            yield _at(line, "title", words[1].strip(" 「」『』"))
    for line in lines:
        if words := _QUOTED.search(line.text):
            yield _at(line, "title", words[1].strip())


def _days(lines: Sequence[Line]) -> Iterator[Found]:
    """A day beside a label first, then any other that is not the day of issue."""
    for wanted in (True, False):
        for line in lines:
            for words in _DAY.finditer(line.text):
                before = line.text[: words.start()]
                if bool(_DAY_LABEL.search(before)) is wanted and not _NOT_THE_DAY.search(before):
                    yield from _day(line, words[0])


def _day(line: Line, words: str) -> Iterator[Found]:
    try:
        yield _at(line, "day", cells.day("".join(words.split())).isoformat())
    except BadCell:
        return


def _hours(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        for words in _HOURS.finditer(line.text):
            try:
                minutes = cells.minutes("".join(words[0].split()), Fraction(60))
            except BadCell:
                continue
            if 0 < minutes <= 1440:
                yield _at(line, "minutes", str(minutes))


def _name(lines: Sequence[Line], name: str) -> Iterator[Found]:
    mine = folded(name)
    for line in lines:
        if mine and mine in folded(line.text):
            yield _at(line, "name", name)
    for line in lines:
        if words := _NAME_LABEL.search(line.text):
            yield _at(line, "other_name", words[1].strip())


def _organiser(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        if words := _BY.search(line.text):
            yield _at(line, "organiser", words[1].strip())


def _proof(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        if _CERTIFICATE.search(line.text):
            yield _at(line, "proof", "certificate")


def _at(line: Line, what: str, value: str) -> Found:
    return Found(what, value, line.text[:200], line.page, line.box)

"""Title, day, hours and name in the lines of a certificate of attendance: what was seen, and where. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from nintei.ledger import cells
from nintei.ledger.cells import BadCell, folded
from nintei.ledger.reading.hours import lengths
from nintei.ledger.reading.lines import Line

_GAP = r"[\s:：/／]*"
_TITLE = re.compile(
    r"(?:研修コース名|研修名称?|コース名|講座名|講習名|セミナー名|講演名|演題|テーマ|題名|course(?: title)?|title)"
    rf"{_GAP}(\S.{{1,120}})",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[「『“\"]([^」』”\"]{3,120})[」』”\"]")
_DAY_LABEL = re.compile(r"受講日|開催日|実施日|日時|期日|受講期間|date|held on", re.IGNORECASE)
_NOT_THE_DAY = re.compile(r"発行|交付|生年月日|issued|birth", re.IGNORECASE)
_DAY = re.compile(
    r"(?:(?:令和|平成)\s*(?:元|\d{1,2})\s*年|\d{4}\s*[-/.年])\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?", re.ASCII
)
_NAME_LABEL = re.compile(rf"(?:受講者名|受講者|氏名|参加者|attendee|name){_GAP}(\S.{{1,40}})", re.IGNORECASE)
_BY = re.compile(
    r"(?:^|[\s(])(?:主催者?|実施機関|研修機関|提供者?|organi[sz]er|provider)(?:\s*[:：/／]\s*|\s+|(?!する|した|して|され|の|を|が|は|に|で))(\S.{1,80})",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"株式会社|有限会社|合同会社|法人|協会|学会|大学|研究所|Inc\.|Ltd\.|Association|University"
)
_TO_WHOM = re.compile(r"様|殿|御中|所属|勤務")
_LABEL = re.compile(
    r"^\s*(?:氏名|受講|開催|実施|研修|講師|会場|場所|主催|提供|時間|日時|期日|期間|番号|発行|証明|以上|上記|date|place|hours?|name)",
    re.IGNORECASE,
)
"""How a line begins that says something else than the one above it."""
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
    readers: tuple[Reader, ...] = (
        _title, _days, _hours, _begins, lambda rows: _name(rows, name), _organiser, _proof,
    )  # fmt: skip
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
    if "begins" in seen:
        said["s-0-begins"] = seen["begins"]
    if "proof" in seen:
        said |= {"group": "0", "category": "B"}
    return said


def _title(lines: Sequence[Line]) -> Iterator[Found]:
    for place, line in enumerate(lines):
        if words := _TITLE.search(line.text):
            yield _at(
                line, "title", _whole(words[1].strip(), line, lines[place + 1 :]).strip(" 「」『』")[:200]
            )
    for line in lines:
        if words := _QUOTED.search(line.text):
            yield _at(line, "title", words[1].strip())


def _whole(words: str, line: Line, below: Sequence[Line]) -> str:
    """A title with what of it stands on the next lines: set in from the label, close below, no label themselves."""
    for following in below[:2]:
        (left, top, _, height), (next_left, next_top, *_) = line.box, following.box
        close = following.page == line.page and 0 < next_top - top < 2.2 * height
        if not close or next_left < left + 0.05 or _LABEL.search(following.text):
            return words
        gap = " " if words[-1:].isascii() and following.text[:1].isascii() else ""
        words = re.sub(r"\s+(?=[)」』])", "", words + gap + following.text.strip())
        line = line._replace(box=(left, next_top, 0, height))
    return words


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
    """What a paper calls net first, then the lengths in its order."""
    said = [(length, line) for line in lines for length in lengths(line.text)]
    for length, line in sorted(said, key=lambda each: not each[0].is_net):
        yield _at(line, "minutes", str(length.minutes))


def _begins(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        for length in lengths(line.text):
            if length.begins:
                yield _at(line, "begins", f"{length.begins:%H:%M}")


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
    for line in reversed(lines):
        if _SIGNED.search(line.text) and not _TO_WHOM.search(line.text) and len(line.text) <= 60:
            yield _at(line, "organiser", line.text.strip())


def _proof(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        if _CERTIFICATE.search("".join(line.text.split())):
            yield _at(line, "proof", "certificate")


def _at(line: Line, what: str, value: str) -> Found:
    return Found(what, value, line.text[:200], line.page, line.box)

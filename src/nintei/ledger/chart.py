"""The three years as columns: pure geometry, no words and no Django. The words come with the data.

One column a year, one slot a category, always in the same place; 14 px are one point everywhere, so that
areas compare honestly. A capped slot is closed and as high as its cap, an uncapped one is open at the top.
Drawn twice, wide and narrow, never scaled text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

PX = 14
"""Pixels of one point, in every chart."""

TOP = 64
GAP = 6
OPEN_LEAST, OPEN_MOST = 4, 9
"""An open slot is drawn at least four and at most nine points high; a higher bar is broken."""

READABLE = 16
"""The least height in pixels that holds a number."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A category: its letter, name and rule in words, and the yearly cap in points, or None."""

    code: str
    name: str
    rule: str
    cap: Fraction | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A category in a year: points counted, points claimed beyond the cap, and room left (None: no cap)."""

    counted: Fraction
    cut: Fraction
    room: Fraction | None
    counted_said: str
    cut_said: str
    room_said: str


@dataclass(frozen=True, slots=True)
class Column:
    """A year. `state` is `past`, `current` or `future`; `foot` are the lines below, `beside` those at its side."""

    heading: str
    total_said: str
    state: str
    cells: tuple[Cell, ...]
    foot: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn: a `rect`, a `text` or a `path`. Numbers are pixels; `css` is the mark's meaning."""

    kind: str
    css: str
    x: float
    y: float
    width: float = 0
    height: float = 0
    said: str = ""
    path: str = ""
    rounded: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing's measures: the whole width, where the columns begin, their step and width."""

    name: str
    width: int
    left: int
    step: int
    bar: int
    labels: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing for the template."""

    name: str
    width: int
    height: int
    marks: tuple[Mark, ...]


def draw(slots: tuple[Slot, ...], columns: tuple[Column, ...]) -> tuple[Drawing, Drawing]:
    """The wide and the narrow drawing of a cycle."""
    count = max(len(columns), 1)
    wide = Frame("wide", 656, 148, 462 // count, 462 // count - 46, labels=True)
    narrow = Frame("narrow", 326, 26, 303 // count, 303 // count - 21, labels=False)
    return _drawing(wide, slots, columns), _drawing(narrow, slots, columns)


def bands(slots: tuple[Slot, ...], columns: tuple[Column, ...]) -> tuple[tuple[int, int], ...]:
    """Top and bottom in pixels of each slot, the first slot on top."""
    result, top = [], TOP
    for index, slot in enumerate(slots):
        points = slot.cap if slot.cap is not None else _open_height(index, columns)
        result.append((top, top + int(points * PX)))
        top = result[-1][1] + GAP
    return tuple(result)


def _open_height(index: int, columns: tuple[Column, ...]) -> Fraction:
    highest = max((column.cells[index].counted for column in columns), default=Fraction(0))
    return min(max(highest, Fraction(OPEN_LEAST)), Fraction(OPEN_MOST))


def _drawing(frame: Frame, slots: tuple[Slot, ...], columns: tuple[Column, ...]) -> Drawing:
    places = bands(slots, columns)
    marks = [mark for slot, band in zip(slots, places, strict=True) for mark in _label(frame, slot, band)]
    for number, column in enumerate(columns):
        x = frame.left + number * frame.step
        last = number == len(columns) - 1
        marks += _column(frame, slots, column, places, x, last=last)
    return Drawing(frame.name, frame.width, places[-1][1] + 68, tuple(marks))


def _label(frame: Frame, slot: Slot, band: tuple[int, int]) -> Iterator[Mark]:
    middle = (band[0] + band[1]) / 2
    side, size = (24, "t14") if frame.labels else (20, "t13")
    yield Mark("rect", _fill(slot), 0, middle - side / 2, side, side, rounded=4)
    yield Mark("text", f"{size} tb ton tm", side / 2, middle + 5, said=slot.code)
    if frame.labels:
        yield Mark("text", "t14 tb", 34, middle - 2, said=slot.name)
        yield Mark("text", "t13 t2", 34, middle + 16, said=slot.rule)


def _column(
    frame: Frame,
    slots: tuple[Slot, ...],
    column: Column,
    places: tuple[tuple[int, int], ...],
    x: int,
    *,
    last: bool,
) -> list[Mark]:
    middle = x + frame.bar / 2
    weight = "tb" if column.state == "current" else "t2"
    total = "t14 t2 tm" if column.state == "future" else "t20 tb tm"
    marks = [Mark("text", f"t13 {weight} tm", middle, 14, said=column.heading)]
    marks.append(Mark("text", total, middle, 44, said=column.total_said))
    for slot, cell, band in zip(slots, column.cells, places, strict=True):
        marks += _cell(frame, slot, cell, band, x, column.state)
    beside = column.beside if last and frame.labels else ()
    if column.state == "current" and last:
        marks += _bracket(frame, places, x, beside)
    foot = column.foot if beside else (*column.foot, *column.beside[-1:])
    return marks + _foot(foot, middle, places[-1][1], column.state)


def _cell(frame: Frame, slot: Slot, cell: Cell, band: tuple[int, int], x: int, state: str) -> Iterator[Mark]:
    top, bottom = band
    height = min(int(cell.counted * PX), bottom - top)
    if slot.cap is None:
        yield _open_slot(frame, band, x)
    elif bottom - top > height:
        yield _room(frame, cell, band, x, height, state)
    if cell.room_said and state == "current" and bottom - top - height >= READABLE:
        yield Mark(
            "text", "t13 tb tw tm", x + frame.bar / 2, (top + bottom - height) / 2 + 4.5, said=cell.room_said
        )
    if height:
        yield from _bar(frame, slot, cell, bottom, x, height)
    elif state == "past" or (slot.cap is None and state == "current"):
        yield Mark("text", "t13 t2 tm", x + frame.bar / 2, bottom - 6, said=cell.counted_said)
    if cell.cut:
        yield from _hatch(frame, cell, top, x)


def _open_slot(frame: Frame, band: tuple[int, int], x: int) -> Mark:
    top, bottom = band
    return Mark("path", "c-open", x, top, path=f"M{x + 0.5} {top}V{bottom}H{x + frame.bar - 0.5}V{top}")


def _room(frame: Frame, cell: Cell, band: tuple[int, int], x: int, height: int, state: str) -> Mark:
    css = {"past": "c-gone", "current": "c-room", "future": "c-open"}[state]
    top, bottom = band
    inside = bottom - top - height - 1.5
    return Mark("rect", css, x + 0.75, top + 0.75, frame.bar - 1.5, inside)


def _bar(frame: Frame, slot: Slot, cell: Cell, bottom: int, x: int, height: int) -> Iterator[Mark]:
    top = bottom - height
    yield Mark("rect", _fill(slot), x, top, frame.bar, height)
    if cell.counted * PX > height:
        yield _break(frame, top, x)
    if height >= READABLE:
        yield Mark("text", "t14 tb ton tm", x + frame.bar / 2, top + height / 2 + 5, said=cell.counted_said)
    else:
        yield Mark("text", "t13 tb", x + frame.bar + 3, bottom - 1, said=cell.counted_said)


def _break(frame: Frame, top: int, x: int) -> Mark:
    """A bar that is higher than its slot is drawn with a gap, so that nobody reads its height."""
    half = frame.bar / 2
    return Mark("path", "c-break", x, top, path=f"M{x} {top + 12}l{half} -5l{half} 5")


def _hatch(frame: Frame, cell: Cell, top: int, x: int) -> Iterator[Mark]:
    beside, height = x + frame.bar + 3, int(cell.cut * PX)
    yield Mark("rect", "c-hatch", beside, top, 12, height)
    if frame.labels:
        yield Mark("text", "t13 tb", beside + 16, top + max(height / 2, 4) + 5, said=cell.cut_said)


def _bracket(
    frame: Frame, places: tuple[tuple[int, int], ...], x: int, beside: tuple[str, ...]
) -> Iterator[Mark]:
    top, bottom = places[min(1, len(places) - 1)][0] + 1, places[-1][1] - 1
    arm, edge = (7, x + frame.bar + 6) if frame.labels else (5, x + frame.bar + 4)
    yield Mark("path", "g-warm", edge, top, path=f"M{edge} {top}h{arm}V{bottom}h-{arm}")
    middle = (top + bottom) / 2
    for line, words in enumerate(beside):
        weight = "" if line == 1 else "tb "
        yield Mark("text", f"t13 {weight}tw", edge + 14, middle - 12 + 19 * line, said=words)


def _foot(lines: tuple[str, ...], middle: float, bottom: int, state: str) -> list[Mark]:
    tone = "tw" if state == "current" else "t2"
    return [
        Mark(
            "text",
            f"t13 {'tb ' if state == 'current' and not line else ''}{tone} tm",
            middle,
            bottom + 22 + 19 * line,
            said=words,
        )
        for line, words in enumerate(lines)
    ]


def _fill(slot: Slot) -> str:
    return f"c-{slot.code.lower()}"

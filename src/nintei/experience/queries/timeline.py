"""The time line of a case as boxes, lines and words: pure geometry in pixels, drawn wide and narrow.

Solid: vouched for. Dashed: told, not vouched for. A post in several fields is split into one band a field.
The row of the total shows overlapping days once; the last rows show only the required fields.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from nintei.experience.queries.cases import PostCase
from nintei.experience.queries.lengths import length
from nintei.experience.wording import day_words
from nintei.rules.experience import AttestedBy, Experience, Span, gaps_between, unite, without
from nintei.shared import wording

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Box:
    """A bar or an outline."""

    x: float
    y: float
    width: float
    height: float
    css: str
    round: int = 4


@dataclass(frozen=True, slots=True)
class Line:
    """An upright line."""

    x: float
    y1: float
    y2: float
    css: str


@dataclass(frozen=True, slots=True)
class Word:
    """Some text at a place."""

    x: float
    y: float
    css: str
    text: str
    bold: str = ""
    is_name: bool = False


@dataclass(slots=True)
class Drawing:
    """One SVG. `title` and `description` are for those who do not see it."""

    width: int
    height: float
    css: str
    title: str
    description: str
    required: tuple[str, ...] = ()
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """Sizes of one drawing: `left` is where time begins, `above` whether labels stand above their bars."""

    css: str
    width: int
    left: float
    right: float
    top: float
    row: float
    bar: float
    thin: float
    above: bool
    size: int


WIDE = Frame("only-wide", 1070, 176, 1057, 34, 52, 32, 14, False, 14)
NARROW = Frame("only-narrow", 326, 0, 321, 50, 54, 24, 10, True, 13)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to pixels."""

    frame: Frame
    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins."""
        whole = (self.last + DAY - self.first).days
        part = (day - self.first).days / whole
        return round(self.frame.left + part * (self.frame.right - self.frame.left), 2)

    def box(self, span: Span, y: float, height: float, css: str, rounded: int = 4) -> Box:
        """A bar over some days, half a stroke inside its edges."""
        x, end = self.x(span.start) + 0.75, self.x(span.end + DAY) - 0.75
        return Box(round(x, 2), y, round(max(end - x, 1.5), 2), height, css, rounded)


def drawings(rows: tuple[PostCase, ...], claimed: Experience, attested: Experience) -> tuple[Drawing, ...]:
    """The wide and the narrow drawing of a case; none without posts."""
    return tuple(_draw(frame, rows, claimed, attested) for frame in (WIDE, NARROW)) if rows else ()


def describe(rows: tuple[PostCase, ...], claimed: Experience) -> str:
    """The time line in a sentence or two."""
    posts = [f"{_fields(row)} {length(row.worked)}" for row in rows]
    sentence = _("%(from)sから%(to)sまで。") % {
        "from": day_words(min(row.start for row in rows)),
        "to": day_words(max(row.end for row in rows)),
    }
    total = _("合計に数えるのは%(length)s。") % {"length": length(claimed.blocks)}
    return f"{sentence} {_('、').join(posts)}{_('。')} {total}"


def _draw(frame: Frame, rows: tuple[PostCase, ...], claimed: Experience, attested: Experience) -> Drawing:
    scale = Scale(frame, min(row.start for row in rows).replace(day=1), claimed.on)
    required = [key for key in claimed.required_fields if claimed.by_field[key]]
    sums = frame.top + len(rows) * frame.row
    foot = sums + frame.row + max(len(required) * (frame.thin + 4), 4 if frame.above else 36) + 6
    title, said = _("業務経験の時間線"), describe(rows, claimed)
    drawing = Drawing(frame.width, foot + 24, frame.css, title, said, claimed.required_fields)
    _years(drawing, scale, foot)
    _overlaps(drawing, scale, claimed, sums, foot)
    for number, row in enumerate(rows):
        _post(drawing, scale, row, frame.top + number * frame.row)
    _total(drawing, scale, claimed, attested, sums, foot)
    _required(drawing, scale, rows, required, sums + frame.row)
    drawing.lines.append(Line(frame.right, frame.top - 8, foot, "g-strong"))
    drawing.words.append(Word(frame.right, foot + 16, "t13 tb te", _("今日")))
    return drawing


def _years(drawing: Drawing, scale: Scale, foot: float) -> None:
    years = range(scale.first.year + (scale.first > date(scale.first.year, 1, 1)), scale.last.year + 1)
    room = (scale.frame.right - scale.frame.left) / max(len(years), 1)
    step = max(1, round((30 if scale.frame.above else 44) / room + 0.49))
    first = scale.x(date(years[0], 1, 1)) if years else scale.frame.right
    if first - scale.frame.left > (30 if scale.frame.above else 48):
        shown = f"’{scale.first.year % 100:02}" if scale.frame.above else str(scale.first.year)
        drawing.words.append(Word(scale.frame.left, 14, "t13 t2", shown))
    for year in years:
        x = scale.x(date(year, 1, 1))
        drawing.lines.append(Line(x, scale.frame.top - 10 - (22 if scale.frame.above else 0), foot, "g-line"))
        if (year - years[0]) % step == 0 and x < scale.frame.right - 30:
            shown = f"’{year % 100:02}" if scale.frame.above else str(year)
            drawing.words.append(Word(x + 3, 14, "t13 t2", shown))


def _overlaps(drawing: Drawing, scale: Scale, claimed: Experience, sums: float, foot: float) -> None:
    top = scale.frame.top - 6
    for span in claimed.overlaps:
        drawing.boxes.append(scale.box(span, top, sums - top + scale.frame.bar + 4, "overlap", 0))
    if claimed.overlaps:
        middle = (scale.x(claimed.overlaps[-1].start) + scale.x(claimed.overlaps[-1].end)) / 2
        words = _("重なり%(length)s") % {"length": length(claimed.overlaps)}
        rest = "" if scale.frame.above else _("は1回だけ数えます")
        half = _wide(words + rest) / 2
        x = min(max(middle, scale.frame.left + half), scale.frame.right - half - 40)
        drawing.words.append(Word(round(x, 2), foot + 16, "t13 tm", rest, bold=words))


def _post(drawing: Drawing, scale: Scale, row: PostCase, y: float) -> None:
    frame, post = scale.frame, row.post
    if frame.above:
        drawing.words.append(
            Word(0, y - 6, "t13", _cut(post.department, 130), _cut(post.organisation, 180), True)
        )
    else:
        drawing.words.append(Word(0, y + 13, "t14 tb", _cut(post.organisation, 166), "", True))
        drawing.words.append(Word(0, y + 31, "t13 t2", _cut(post.department, 166), "", True))
    bands = sorted(row.fields)
    for number, key in enumerate(bands):
        height = frame.bar / len(bands)
        for span, css in _bands(row, key):
            drawing.boxes.append(scale.box(span, y + number * height, height, f"bar f{key}{css}"))
    _bar_words(drawing, scale, Span(row.start, row.end), y, _post_words(row, frame))


def _bands(row: PostCase, key: str) -> Iterator[tuple[Span, str]]:
    """The days of one field of a post, vouched for or not."""
    for vouched, css in ((True, ""), (False, " bar--wait")):
        spans = [
            Span(s.start, s.end)
            for s in row.stretches
            if key in s.fields and (s.attested_by != AttestedBy.NONE) is vouched
        ]
        for span in without(unite(spans), row.leaves):
            yield span, css


def _fields(row: PostCase) -> str:
    return _("分野%(fields)s") % {"fields": _("・").join(sorted(row.fields))}


def _post_words(row: PostCase, frame: Frame) -> str:
    held = length(row.worked)
    if frame.above:
        return held
    fields = _fields(row)
    waits = "" if row.attested else _("確認待ち")
    return "　".join(part for part in (fields, held, waits) if part)


def _bar_words(drawing: Drawing, scale: Scale, span: Span, y: float, words: str, bold: bool = True) -> None:
    """Words in a bar where they fit, else beside it."""
    frame = scale.frame
    left, right, need = scale.x(span.start), scale.x(span.end + DAY), _wide(words, frame.size)
    line = y + frame.bar / 2 + 5
    css = f"t{frame.size}{' tb' if bold else ''}"
    pad = 9 if not frame.above else 5
    if need + 2 * pad <= right - left:
        drawing.words.append(Word(left + pad, line, css, words))
    elif right + need + 8 <= frame.right:
        drawing.words.append(Word(right + 6, line, css, words))
    elif left - need - 8 >= frame.left:
        drawing.words.append(Word(left - 6, line, f"{css} te", words))


def _total(
    drawing: Drawing, scale: Scale, claimed: Experience, attested: Experience, y: float, foot: float
) -> None:
    frame = scale.frame
    counted = length(claimed.blocks)
    if frame.above:
        drawing.words.append(Word(0, y - 6, "t13", f" {counted}", bold=_("合計に数える")))
    else:
        drawing.words.append(Word(0, y + 13, "t14 tb", _("合計に数える")))
        drawing.words.append(Word(0, y + 31, "t13 t2", counted))
    waiting = without(claimed.blocks, attested.blocks)
    for spans, css, more in ((attested.blocks, "bar--sum", ""), (waiting, "bar--sumwait", _("確認待ち"))):
        for span in spans:
            drawing.boxes.append(scale.box(span, y, frame.bar, css))
            words = length([span]) + (f"　{more}" if more and not frame.above else "")
            left, right = scale.x(span.start), scale.x(span.end + DAY)
            if _wide(words, frame.size) + 10 <= right - left:
                _bar_words(drawing, scale, span, y, words, bold=False)
    for gap in gaps_between(claimed.blocks):
        box = scale.box(gap, y, frame.bar, "bar--none")
        drawing.boxes.append(Box(box.x + 2, box.y, max(box.width - 4, 1.5), box.height, box.css))
        if box.width > 36:
            drawing.words.append(Word(box.x + box.width / 2, y + frame.bar / 2 + 5, "t13 t2 tm", _("空白")))
            _gap_words(drawing, scale, gap, foot)


def _gap_words(drawing: Drawing, scale: Scale, gap: Span, foot: float) -> None:
    if not scale.frame.above:
        middle = (scale.x(gap.start) + scale.x(gap.end)) / 2
        words = f"{wording.month(gap.start)} – {wording.month(gap.end)}"
        drawing.words.append(Word(max(middle, scale.frame.left + 56), foot + 16, "t13 t2 tm", words))


def _required(
    drawing: Drawing, scale: Scale, rows: tuple[PostCase, ...], required: list[str], y: float
) -> None:
    frame = scale.frame
    label = _("必須分野に数える")
    either = _("%(fields)sのどちらか") % {"fields": _("か").join(drawing.required)}
    if frame.above:
        drawing.words.append(Word(0, y - 6, "t13", f" {either}", bold=label))
    else:
        drawing.words.append(Word(0, y + 13, "t14 tb", label))
        drawing.words.append(Word(0, y + 31, "t13 t2", either))
    for number, key in enumerate(required):
        top = y + number * (frame.thin + 4)
        spans = [span for row in rows if key in row.fields for span in row.worked]
        for row in rows:
            for span, css in _bands(row, key) if key in row.fields else ():
                drawing.boxes.append(scale.box(span, top, frame.thin, f"bar f{key}{css}", 3))
        if not frame.above:
            words = _("分野%(field)s　%(length)s") % {"field": key, "length": length(spans)}
            left, right = scale.x(min(s.start for s in spans)), scale.x(max(s.end for s in spans) + DAY)
            if left - 8 - _wide(words, 13) >= frame.left:
                drawing.words.append(Word(left - 8, top + 12, "t13 t2 te", words))
            elif right + 8 + _wide(words, 13) <= frame.right:
                drawing.words.append(Word(right + 8, top + 12, "t13 t2", words))


def _wide(words: str, size: int = 13) -> float:
    """About how wide words come out: full-width characters are square, the rest a little over half."""
    return sum(size if unicodedata.east_asian_width(c) in "WF" else size * 0.58 for c in words)


def _cut(words: str, room: float) -> str:
    """Words shortened to the room there is; the whole name stands in the table."""
    if _wide(words, 14) <= room:
        return words
    while words and _wide(words + "…", 14) > room:
        words = words[:-1]
    return words + "…"

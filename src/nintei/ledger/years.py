"""The cycle as a picture and as a table: the words and numbers that `chart.py` draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from nintei.ledger import wording
from nintei.ledger.chart import Cell, Column, Drawing, Slot, draw
from nintei.ledger.queries.home import Standing, cut_by_year
from nintei.rules.balance import Balance
from nintei.rules.compiled import is_under
from nintei.rules.cycles import Year
from nintei.rules.edition import Bound, Edition, Per
from nintei.shared.wording import days_left, points


@dataclass(frozen=True)
class Row:
    """A row of the table beside the chart: a category, its points under the name of each year, their sum."""

    code: str
    name: str
    points: tuple[tuple[str, Fraction], ...]
    total: Fraction


@dataclass(frozen=True)
class Picture:
    """The chart of a standing: two drawings, what they are called, what they say, and the same as a table."""

    drawings: tuple[Drawing, ...]
    title: str
    description: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[tuple[str, Fraction], ...]
    total: Fraction


def picture(standing: Standing) -> Picture:
    """The cycle of a standing as columns and as a table."""
    years = [year for year in standing.balance.years if year.first <= standing.term.ends_on]
    columns = tuple(_column(standing, year) for year in years)
    headings = tuple(column.heading for column in columns)
    by_year = standing.balance.by_year
    codes = list(standing.edition.categories)
    rows = tuple(
        Row(
            code,
            wording.category_name(standing.edition, code),
            tuple((name, by_year[year.number][code]) for name, year in zip(headings, years, strict=True)),
            standing.balance.by_category[code],
        )
        for code in codes
    )
    return Picture(
        drawings=draw(tuple(_slot(standing.edition, code) for code in codes), columns),
        title=_("周期の%(count)d年と、数えたポイント") % {"count": len(years)},
        description=_description(standing, years),
        headings=headings,
        rows=rows,
        totals=tuple(
            (name, sum(by_year[year.number].values(), Fraction(0)))
            for name, year in zip(headings, years, strict=True)
        ),
        total=standing.balance.total,
    )


def yearly_cap(edition: Edition, code: str) -> Bound | None:
    """The tightest cap of a year over every line of a category, or None."""
    over = [
        cap
        for cap in edition.points.caps
        if cap.per is Per.YEAR and cap.topics is None and is_under(cap, code, None)
    ]
    return min(over, key=lambda cap: cap.points, default=None)


def _slot(edition: Edition, code: str) -> Slot:
    cap = yearly_cap(edition, code)
    name = _brief(wording.category_name(edition, code))
    return Slot(code, name, rule_words(edition, code), cap.points if cap else None)


def rule_words(edition: Edition, code: str) -> str:
    """A category's cap in a few words."""
    cap = yearly_cap(edition, code)
    return _("1年%(cap)sまで") % {"cap": points(cap.points)} if cap else _("上限なし")


def _brief(name: str) -> str:
    """A name for the 110 px beside the columns: of a long one its first word."""
    return name if len(name) <= 14 else name.split(maxsplit=1)[0]


def _column(standing: Standing, year: Year) -> Column:
    state = _state(standing, year)
    open_ = {each.category: each for each in standing.openings if each.year == year}
    cut = cut_by_year(standing.balance)
    counted = standing.balance.by_year[year.number]
    cells = []
    for code in standing.edition.categories:
        room = open_[code].points if code in open_ else Fraction(0)
        lost = cut.get((year.number, code), Fraction(0))
        cells.append(
            Cell(
                counted[code],
                lost,
                room if yearly_cap(standing.edition, code) else None,
                points(counted[code]) if counted[code] else "0",
                points(lost),
                _("あと%(points)s") % {"points": points(room)} if room else "",
            )
        )
    total = sum(counted.values(), Fraction(0))
    said = _("これから") if state == "future" and not total else points(total)
    foot, beside = _foot(standing, year, state)
    return Column(wording.year_name(standing.edition, year), said, state, tuple(cells), foot, beside)


def _state(standing: Standing, year: Year) -> str:
    if year.first > standing.on:
        return "future"
    runs = year.last >= standing.on and standing.on <= standing.plan.last_day and not standing.is_ended
    return "current" if runs and standing.claim is None else "past"


def _foot(standing: Standing, year: Year, state: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines below a column and those beside it."""
    room = free_room(standing.balance, year)
    if state == "past":
        return (_("空き %(points)s") % {"points": points(room)}, _("終わった枠")), ()
    if state == "future":
        return (
            _("空き %(points)s") % {"points": points(room)},
            _("%(day)sから") % {"day": short_day(year.first)},
        ), ()
    last = min(year.last, standing.plan.last_day)
    day, left = short_day(last), days_left(last, standing.on)
    foot = (_("まだ入る %(points)s") % {"points": points(room)}, _("%(day)sまで") % {"day": day})
    return foot, (day, _("までの枠"), left)


def free_room(balance: Balance, year: Year) -> Fraction:
    """The room under the caps of a year that nobody used; a cap inside another is not counted twice."""
    yearly = [room for room in balance.rooms if room.year == year and room.bound.topics is None]
    outer = [
        room for room in yearly if not any(room.bound.categories < other.bound.categories for other in yearly)
    ]
    return sum((room.room for room in outer), Fraction(0))


def short_day(on: date) -> str:
    """A day without its year, for a narrow place (2月28日)."""
    months = _("1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月").split(",")
    return _("%(month)s%(day)d日") % {"month": months[on.month - 1], "day": on.day}


def _description(standing: Standing, years: list[Year]) -> str:
    """The chart in sentences, for those who cannot see it."""
    by_year = standing.balance.by_year
    sums = [
        (wording.year_name(standing.edition, year), sum(by_year[year.number].values(), Fraction(0)))
        for year in years
    ]
    words = wording.listed(f"{name} {points(total)}" for name, total in sums)
    parts = [
        _("%(years)s、合計%(total)sポイント。") % {"years": words, "total": points(standing.balance.total)}
    ]
    for (number, code), lost in sorted(cut_by_year(standing.balance).items()):
        year = next(year for year in years if year.number == number)
        said = {"year": wording.year_name(standing.edition, year), "points": points(lost)}
        said["name"] = wording.category_name(standing.edition, code)
        parts.append(_("%(year)sの%(name)sは%(points)sが上限を超え、数えていません。") % said)
    room = [f"{each.category} {points(each.points)}" for each in standing.openings]
    if room:
        parts.append(_("まだ入る枠は%(room)sです。") % {"room": wording.listed(room)})
    return "".join(parts)

"""Figures as tables: with every count for the office, with small ones hidden for anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nintei.applications.models import Kind
from nintei.applications.queries import STEP_WORDS
from nintei.registry.queries import STATUS_WORDS
from nintei.rules.dates import StatusCode
from nintei.shared.suppression import hide

Words = str | Promise

STATUSES = (
    StatusCode.VALID,
    StatusCode.VALID_PENDING_RENEWAL,
    StatusCode.CERTIFIED_NOT_STARTED,
    StatusCode.SUSPENDED,
    StatusCode.EXPIRED,
    StatusCode.REVOKED,
)
OUTCOMES: dict[str, Words] = {
    "first_granted": _("認定した"),
    "first_refused": _("認定しなかった"),
    "renewal_granted": _("更新した"),
    "renewal_refused": _("更新しなかった"),
}
ENDINGS: dict[str, Words] = {"renewed": _("更新された"), "not_renewed": _("更新されなかった")}


REASONS: dict[str, Words] = {
    "TOO_EARLY": _("受付が始まっていない"),
    "TOO_LATE": _("受付が終わった"),
    "EXPIRED": _("有効期間が終わった"),
}
POINTS_SHORT = "POINTS_LT_"


class Row(NamedTuple):
    """A line of a table; None is a count that is not shown."""

    name: str
    total: int
    counts: tuple[int | None, ...]


class Table(NamedTuple):
    """One set of figures: its key in the file, what it and its table are called, its columns and lines."""

    key: str
    title: str
    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def turned(self) -> list[tuple[str, list[int | None]]]:
        """Column by column, with the totals last: for few lines and many columns on a phone."""
        columns = zip(self.columns, zip(*(row.counts for row in self.rows), strict=True), strict=True)
        totals: list[int | None] = [row.total for row in self.rows]
        return [*((name, list(counts)) for name, counts in columns), (gettext("合計"), totals)]


class Took(NamedTuple):
    """How long the steps of one kind of application take: working days, or None while there are few."""

    name: str
    steps: tuple[tuple[str, int | None], ...]


def tables(figures: Mapping[str, Any], small: int = 0) -> tuple[Table, ...]:
    """Standing, decisions, ended validities; a count below `small` is hidden so that nobody can work it out."""
    return (
        Table(
            "standing",
            gettext("認定の状態"),
            gettext("資格と状態ごとの認定の数"),
            gettext("資格"),
            *_counts(figures["standing"], _statuses(), small),
        ),
        Table(
            "decided",
            gettext("年度ごとの決定"),
            gettext("年度と結果ごとの決定の数"),
            gettext("年度"),
            *_counts(figures["decided"], OUTCOMES, small),
        ),
        Table(
            "ended",
            gettext("有効期間が終わった認定"),
            gettext("年度ごとの、続いた認定と続かなかった認定の数"),
            gettext("年度"),
            *_counts(figures["ended"], ENDINGS, small),
        ),
    )


def took(figures: Mapping[str, Any]) -> tuple[Took, ...]:
    """The usual working days of each step."""
    return tuple(
        Took(
            str(kind.label),
            tuple((str(word), figures["took"][kind.value][step]) for step, word in STEP_WORDS.items()),
        )
        for kind in Kind
    )


def file_rows(shown: Sequence[Table]) -> list[list[object]]:
    """The tables as lines of a file: figure, line, column, count; a hidden count is ×."""
    return [
        [table.key, row.name, column, "×" if count is None else count]
        for table in shown
        for row in table.rows
        for column, count in zip(table.columns, row.counts, strict=True)
    ]


def in_force(figures: Mapping[str, Any]) -> dict[str, int]:
    """How many certifications of each qualification are valid."""
    valid = (StatusCode.VALID.value, StatusCode.VALID_PENDING_RENEWAL.value)
    return {code: sum(counts.get(each, 0) for each in valid) for code, counts in figures["standing"].items()}


def outcome(code: str) -> str:
    """What an outcome of a reckoning is called; a rulebook's own condition by its key.

    >>> outcome("MEETS"), outcome("FAILS+POINTS_LT_30+TOO_EARLY")
    ('更新の基準を満たす', 'ポイントが30に足りない、受付が始まっていない')
    """
    _result, _plus, reasons = code.partition("+")
    return gettext("、").join(map(_reason, reasons.split("+"))) if reasons else gettext("更新の基準を満たす")


def _reason(code: str) -> str:
    if code.startswith(POINTS_SHORT):
        return gettext("ポイントが%(points)sに足りない") % {"points": code.removeprefix(POINTS_SHORT)}
    return str(REASONS.get(code, code))


def _statuses() -> dict[str, Words]:
    return {code.value: STATUS_WORDS[code] for code in STATUSES}


def _counts(
    lines: Mapping[str, Mapping[str, int]], columns: Mapping[str, Words], small: int
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    rows = []
    for name, counts in lines.items():
        whole = {column: int(counts.get(column, 0)) for column in columns}
        rows.append(Row(name, sum(whole.values()), tuple(hide(whole, small).values())))
    return tuple(str(word) for word in columns.values()), tuple(rows)

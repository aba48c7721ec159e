"""What an applicant gets for applying on a day.

Where the report decides, the validity never moves and what is left of it shrinks (MAN-イ.C1); where a rulebook
begins it with the certification, every day leads to the same length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from nintei.rules import dates
from nintei.rules.edition import Citation, Edition, Start, Window


@dataclass(frozen=True, slots=True)
class IfApplied:
    """What is left for one who applies on a day; `tone` bad: the renewal window has closed by then."""

    on: date
    days_left: int
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class Whenever:
    """The validity of a report, what is left of it on a day, and on the first of every month to come.

    `begins` says what its first day hangs on; with the certification nothing shrinks, and `months` is empty.
    """

    begins: Start
    late: dates.LateApplication
    total_days: int
    past_days: int
    months: tuple[IfApplied, ...]
    counts_before: bool
    required: Fraction
    cites: dict[str, Citation]

    @property
    def moves(self) -> bool:
        """Whether the validity begins on the day of certification instead of a day that the report gives."""
        return self.begins is Start.CERTIFICATION

    @property
    def headline(self) -> str:
        """What to know of the validity before applying, in a few words."""
        if self.moves:
            return _("有効期間は、認定された日から始まります")
        return _("有効期間は、いつ申請しても同じです")

    @property
    def flags(self) -> tuple[str, ...]:
        """Warnings for a late applicant in words (AMB-V11)."""
        return tuple(word for flag in self.late.flags if (word := _warning(flag)))


def whenever(edition: Edition, issued_on: date, on: date) -> Whenever:
    """What applying on a (JST) day leads to, every day by the kernel (AMB-V3, V11)."""
    late = dates.late_application(edition, issued_on, on)
    total = (late.validity.end - late.validity.start).days + 1
    begins = edition.validity.start
    moves = begins is Start.CERTIFICATION
    days = () if moves else _days(on, late.validity.report_last_day)
    return Whenever(
        begins=begins,
        late=late,
        total_days=total,
        past_days=total - late.days_left,
        months=tuple(_if_applied(edition, issued_on, day) for day in days),
        counts_before=not moves and edition.points.window is not Window.FROM_CERTIFICATION,
        required=Fraction(edition.points.required),
        cites=edition.validity.cites,
    )


def _days(on: date, last: date) -> Iterator[date]:
    """The day itself, the first of every month that follows, and the report's last usable day."""
    day = on
    while day < last:
        yield day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    if on <= last:
        yield last


def _if_applied(edition: Edition, issued_on: date, on: date) -> IfApplied:
    late = dates.late_application(edition, issued_on, on)
    if dates.LateFlag.RENEWAL_WINDOW_ALREADY_CLOSED in late.flags:
        return IfApplied(on, late.days_left, "bad", _("更新の受付は終わっている"))
    if dates.LateFlag.RENEWAL_WINDOW_OPEN in late.flags:
        return IfApplied(on, late.days_left, "wait", _("更新の受付中"))
    return IfApplied(on, late.days_left, "", _("更新の受付の前"))


def _warning(flag: dates.LateFlag) -> str:
    words = {
        dates.LateFlag.RENEWAL_WINDOW_OPEN: _(
            "更新の受付がもう始まっています。認定されたら、すぐに更新の申請が要ります。"
        ),
        dates.LateFlag.RENEWAL_WINDOW_ALREADY_CLOSED: _(
            "この有効期間の更新の受付は、もう終わっています。いま認定されても、更新はできません。"
        ),
    }
    return words.get(flag, "")

"""Days, points, money and lengths in words, in the active language. Pure but for the language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_english() -> bool:
    """Whether the active language is English."""
    return (get_language() or "ja").startswith("en")


def day(on: date) -> str:
    """A day with its weekday.

    >>> day(date(2027, 2, 28))
    '2027年2月28日（日）'
    """
    if in_english():
        return f"{WEEKDAYS_EN[on.weekday()]}, {on.day} {MONTHS_EN[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日（{WEEKDAYS_JA[on.weekday()]}）"


def month(on: date) -> str:
    """A month with its year.

    >>> month(date(2020, 10, 1))
    '2020年10月'
    """
    return f"{MONTHS_EN[on.month - 1][:3]} {on.year}" if in_english() else f"{on.year}年{on.month}月"


def moment(at: datetime) -> str:
    """A minute without its weekday, short enough for a column.

    >>> moment(datetime(2026, 11, 24, 9, 58))
    '2026年11月24日 09:58'
    """
    if in_english():
        return f"{at.day} {MONTHS_EN[at.month - 1][:3]} {at.year}, {at:%H:%M}"
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def days_left(until: date, on: date) -> str:
    """How far away a deadline is, counted from `on`; the deadline's own day still counts as left.

    >>> days_left(date(2027, 2, 28), date(2026, 11, 24))
    'あと96日'
    """
    left = (until - on).days
    if left > 0:
        return ngettext("あと%(left)d日", "あと%(left)d日", left) % {"left": left}
    if left == 0:
        return _("今日まで")
    return ngettext("%(gone)d日前に終わりました", "%(gone)d日前に終わりました", -left) % {"gone": -left}


def points(value: Fraction | Decimal | float, decimals: int = 1) -> str:
    """Points exactly, with at least `decimals` places; a value without a finite decimal stays a fraction.

    >>> points(Fraction(43, 2)), points(Fraction(30)), points(Fraction(1, 4)), points(30, 0)
    ('21.5', '30.0', '0.25', '30')
    >>> points(Fraction(4, 3))
    '4/3'
    """
    exact = Fraction(value)
    places = decimals
    while places < 7 and (exact * 10**places).denominator != 1:
        places += 1
    if places == 7:
        return f"{exact}"
    return f"{Decimal(exact.numerator) / Decimal(exact.denominator):.{places}f}"


def yen(amount: int) -> str:
    """An amount of money.

    >>> yen(11000)
    '11,000円'
    """
    return f"¥{amount:,}" if in_english() else f"{amount:,}円"


def months(count: int | Fraction) -> str:
    """A length in months as years and months; a part of a month is rounded down to a tenth.

    >>> months(18), months(12), months(5), months(0)
    ('1年6か月', '1年', '5か月', '0か月')
    """
    years, rest = divmod(Fraction(count), 12)
    shown = points(Fraction(int(rest * 10), 10), 0)
    if in_english():
        parts = [_counted(str(years), "year")] if years else []
        parts += [_counted(shown, "month")] if rest or not years else []
        return " ".join(parts)
    return (f"{years}年" if years else "") + (f"{shown}か月" if rest or not years else "")


def _counted(number: str, word: str) -> str:
    return f"{number} {word}" if number == "1" else f"{number} {word}s"


def minutes(count: int) -> str:
    """A length in minutes as hours and minutes.

    >>> minutes(195), minutes(60), minutes(45)
    ('3時間15分', '1時間', '45分')
    """
    hours, rest = divmod(count, 60)
    if in_english():
        parts = [_counted(str(hours), "hour")] if hours else []
        return " ".join(parts + ([_counted(str(rest), "minute")] if rest or not hours else []))
    return (f"{hours}時間" if hours else "") + (f"{rest}分" if rest or not hours else "")


def amount(length: int, items: int = 0) -> str:
    """What an activity amounts to: its minutes as a length, or how many items it is where it counts items.

    >>> amount(90), amount(0, 2)
    ('1時間30分', '2件')
    """
    if not items:
        return minutes(length)
    return _counted(str(items), "item") if in_english() else f"{items}件"

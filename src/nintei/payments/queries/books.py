"""The books: balances, entries, and money that is nobody's yet. Every balance is a sum of postings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, TruncMonth

from nintei.payments.matching import plain
from nintei.payments.models import Account, BankLine, Close, Entry, Posting
from nintei.payments.queries.lines import open_lines

SHOWN = 100
ZERO = Value(0, output_field=BigIntegerField())


@dataclass(frozen=True, slots=True)
class Row:
    """An account with the yen moved in a span, and its balance; above zero a debit."""

    account: Account
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """Debits less credits."""
        return self.debit - self.credit

    @property
    def debit_balance(self) -> int:
        """The balance, where it stands on the debit side."""
        return max(self.balance, 0)

    @property
    def credit_balance(self) -> int:
        """The balance, where it stands on the credit side."""
        return max(-self.balance, 0)


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """試算表: every account, in the order of the chart."""

    rows: tuple[Row, ...]

    @property
    def debit(self) -> int:
        """All debits."""
        return sum(row.debit for row in self.rows)

    @property
    def credit(self) -> int:
        """All credits; the same as the debits, at any moment."""
        return sum(row.credit for row in self.rows)

    @property
    def debit_balance(self) -> int:
        """All balances on the debit side."""
        return sum(row.debit_balance for row in self.rows)

    @property
    def credit_balance(self) -> int:
        """All balances on the credit side."""
        return sum(row.credit_balance for row in self.rows)

    def balance(self, account: Account) -> int:
        """Debits less credits of one account."""
        return next(row.balance for row in self.rows if row.account == account)


def trial_balance(*, since: date | None = None, until: date | None = None) -> TrialBalance:
    """Debits and credits of every account over the days booked: one query."""
    found = Posting.objects.all()
    if since:
        found = found.filter(entry__booked_on__gte=since)
    if until:
        found = found.filter(entry__booked_on__lte=until)
    sums = found.values("account").annotate(
        debit=Coalesce(Sum("amount", filter=Q(amount__gt=0)), ZERO),
        credit=Coalesce(Sum("amount", filter=Q(amount__lt=0)), ZERO),
    )
    by_account = {row["account"]: row for row in sums}
    none = {"debit": 0, "credit": 0}
    rows = ((account, by_account.get(account.value, none)) for account in Account)
    return TrialBalance(tuple(Row(account, int(row["debit"]), -int(row["credit"])) for account, row in rows))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What entries are searched by: days, yen and the other party, each alone or together with the others.

    電子帳簿保存法 asks for search by date, amount and party, by ranges of date and amount, and by any two
    or more at once.
    """

    since: date | None = None
    until: date | None = None
    least: int | None = None
    most: int | None = None
    party: str = ""
    account: str = ""
    kind: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether nothing is narrowed."""
        return self == Wanted()


def entries(wanted: Wanted = Wanted()) -> QuerySet[Entry]:
    """Entries that meet every condition given, newest day first, with their postings: two queries."""
    found = Entry.objects.prefetch_related("postings").order_by("-booked_on", "-pk")
    limits = {
        "booked_on__gte": wanted.since,
        "booked_on__lte": wanted.until,
        "amount__gte": wanted.least,
        "amount__lte": wanted.most,
        "kind": wanted.kind or None,
    }
    found = found.filter(**{key: value for key, value in limits.items() if value is not None})
    if key := plain(wanted.party):
        found = found.filter(party_key__contains=key)
    if wanted.account:
        holds = Posting.objects.filter(account=wanted.account).values("entry")
        found = found.filter(pk__in=holds)
    return found


def months() -> list[Any]:
    """Months that hold entries, newest first, with how many and when the last is."""
    found = Entry.objects.annotate(month=TruncMonth("booked_on")).values("month")
    return list(found.annotate(count=Count("pk"), last=Max("booked_on")).order_by("-month"))


def days(since: date, until: date) -> list[Any]:
    """Days of a span that hold entries, with how many and the yen of their debits."""
    found = Entry.objects.filter(booked_on__gte=since, booked_on__lte=until).values("booked_on")
    return list(found.annotate(count=Count("pk"), yen=Sum("amount")).order_by("-booked_on"))


def closes() -> QuerySet[Close]:
    """Every close, newest first."""
    return Close.objects.order_by("-through")


def closed_through() -> date | None:
    """The last (JST) day that takes no entries any more."""
    last = closes().first()
    return last.through if last else None


def first_open_month() -> date | None:
    """The first day of the oldest month with entries that are not closed yet."""
    closed = closed_through()
    found = Entry.objects.filter(booked_on__gt=closed) if closed else Entry.objects.all()
    first = found.aggregate(first=Min("booked_on"))["first"]
    return first.replace(day=1) if first else None


def suspense() -> QuerySet[BankLine, Any]:
    """Money of nobody (仮受金), oldest first: lines with `left` yen that no fee and no refund has taken."""
    return open_lines().select_related("file")

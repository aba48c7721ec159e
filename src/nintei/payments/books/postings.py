"""What each event posts: pure functions from yen to postings that sum to zero (decision 0020).

Money that came in belongs to nobody until it is settled (仮受金). Settled before 受理, it is an advance
(前受金), because until then it may go back; 受理 turns it into income and tax, because from then on it is
kept (MAN-ウ④.※2). A receivable (未収金) is there only while an accepted fee's match is undone. Where a rulebook
gives an accepted fee back all the same, its income and tax are given up by an entry of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nintei.payments.models import Account

BANK, SUSPENSE, ADVANCES = Account.BANK, Account.SUSPENSE, Account.ADVANCES
RECEIVABLE, EARNED, TAX = Account.RECEIVABLE, Account.EARNED, Account.TAX
REFUNDS, CHARGES = Account.REFUNDS, Account.CHARGES


class Side(NamedTuple):
    """One posting to be: above zero a debit, below zero a credit; `line` where the money lies."""

    account: Account
    amount: int
    line: int | None = None


class Waived(NamedTuple):
    """Yen of a fee that did not come and that the association bears, and where that expense goes (AMB-F6)."""

    amount: int
    account: Account = CHARGES


NOTHING_WAIVED = Waived(0)


class Price(NamedTuple):
    """Yen without tax, and the tax."""

    base: int
    tax: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.base + self.tax


def came(line: int, amount: int) -> tuple[Side, ...]:
    """Money came in: the bank has it, and it is nobody's yet."""
    return (Side(BANK, amount, line), Side(SUSPENSE, -amount, line))


def settled(
    parts: Mapping[int, int], price: Price, earned: Price | None, waived: Waived = NOTHING_WAIVED
) -> tuple[Side, ...]:
    """A fee took its money from lines. `earned`: what was booked as income if 受理 has happened before.

    What the tolerance waived is the association's expense; the fee is whole (AMB-F6).
    A later payment at another price (AMB-F1) corrects income and tax to what was paid.
    """
    taken = (
        *(Side(SUSPENSE, yen, line) for line, yen in parts.items()),
        Side(waived.account, waived.amount),
    )
    if earned is None:
        return _kept((*taken, Side(ADVANCES, -price.total)))
    more = (Side(EARNED, earned.base - price.base), Side(TAX, earned.tax - price.tax))
    return _kept((*taken, Side(RECEIVABLE, -earned.total), *more))


def undone(
    parts: Mapping[int, int], price: Price, *, accepted: bool, waived: Waived = NOTHING_WAIVED
) -> tuple[Side, ...]:
    """A match was taken back: its money is nobody's again; an accepted fee is owed to the association in full."""
    back = (
        *(Side(SUSPENSE, -yen, line) for line, yen in parts.items()),
        Side(waived.account, -waived.amount),
    )
    return _kept((Side(RECEIVABLE if accepted else ADVANCES, price.total), *back))


def accepted(price: Price) -> tuple[Side, ...]:
    """受理: the advance is earned, base and tax apart, at the rate of the payment's day (AMB-F1)."""
    return _kept((Side(ADVANCES, price.total), Side(EARNED, -price.base), Side(TAX, -price.tax)))


def given_up(earned: Price) -> tuple[Side, ...]:
    """An accepted fee is not kept: its income and tax fall, and nobody owes it any more."""
    return _kept((Side(EARNED, earned.base), Side(TAX, earned.tax), Side(RECEIVABLE, -earned.total)))


def written_off(line: int, amount: int, account: Account) -> tuple[Side, ...]:
    """Money of nobody is nobody's no more: other income, or the books of another business."""
    return (Side(SUSPENSE, amount, line), Side(account, -amount))


def refund_due(parts: Mapping[int, int]) -> tuple[Side, ...]:
    """Money of lines is to go back."""
    taken = tuple(Side(SUSPENSE, yen, line) for line, yen in parts.items())
    return (*taken, Side(REFUNDS, -sum(parts.values())))


def refund_paid(gross: int, net: int, charge: int) -> tuple[Side, ...]:
    """The bank sent `net` and took its `charge`; what exceeds `gross` is the association's expense."""
    return _kept((Side(REFUNDS, gross), Side(CHARGES, net + charge - gross), Side(BANK, -net - charge)))


def reversed_(sides: Iterable[Side]) -> tuple[Side, ...]:
    """The same event taken back."""
    return tuple(Side(side.account, -side.amount, side.line) for side in sides)


def _kept(sides: Iterable[Side]) -> tuple[Side, ...]:
    return tuple(side for side in sides if side.amount)

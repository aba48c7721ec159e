"""What a line probably pays for: the bridge from fees and lines to the pure rule in `matching`.

Nothing is stored: a suggestion is asked anew whenever a page is opened or a file is read, so that a
transfer that came before its application is recognised on the day the fee is opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nintei.payments import matching
from nintei.payments.matching import Deposit, OpenApplication, Reason, Status
from nintei.payments.models import Fee
from nintei.payments.queries.fees import open_fees, price_of, settled_fees
from nintei.shared.refusals import Refused

REMEMBERED = timedelta(days=400)

NOTHING = matching.Match(Status.UNMATCHED, (), (Reason.NO_CANDIDATE,))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says of one line, with the fees it means.

    `paid_before` is a fee this payer has already settled: a second transfer is perhaps a mistake.
    """

    match: matching.Match
    payer: matching.Payer
    fees: tuple[Fee, ...] = ()
    hints: tuple[Fee, ...] = ()
    paid_before: Fee | None = None

    @property
    def settles(self) -> bool:
        """Number, name and exact amount agree, and nobody else is meant: no person is needed."""
        return self.match.status is Status.MATCHED and len(self.fees) == 1

    @property
    def is_only_short(self) -> bool:
        """The payer is certain and only yen are missing: they can be told what to do."""
        return self.match.reasons == (Reason.UNDERPAID,) and len(self.fees) == 1


class Judge:
    """Asks `matching` about line after line, with each fee at the price of the line's own day (AMB-F1)."""

    def __init__(self, waiting: Iterable[Fee], settled: Iterable[Fee] = ()) -> None:
        self._fees = {str(fee.pk): fee for fee in waiting}
        self._gone: set[str] = set()
        self._prices: dict[tuple[str, str, date], int | None] = {}
        self._matchers: dict[tuple[int | None, ...], matching.Matcher] = {}
        self._kinds = sorted({(fee.kind, fee.qualification) for fee in self._fees.values()})
        self._paid: dict[tuple[str, str], list[Fee]] = defaultdict(list)
        for fee in settled:
            self._remember(fee)

    @classmethod
    def of_the_day(cls, on: date) -> Judge:
        """A judge who knows every open fee and what was settled in the last 400 days: two queries."""
        return cls(open_fees(), settled_fees(on - REMEMBERED))

    def ask(self, payer_name: str, amount: int, value_on: date) -> Verdict:
        """What a transfer of `amount` yen pays for."""
        payer = matching.normalise(payer_name)
        found = self._matcher(value_on).match(Deposit(payer_name, amount))
        paid = self._paid.get(_sign(payer), [])
        found = self._doubt(found, paid)
        fees = self._known(found.applications)
        return Verdict(found, payer, fees, self._known(found.hints), paid[0] if paid and not fees else None)

    def settle(self, fee: Fee) -> None:
        """From now on `fee` is paid: nothing else may settle it."""
        self._gone.add(str(fee.pk))
        self._remember(fee)

    def due(self, fee: Fee, value_on: date) -> int:
        """Yen due for `fee` if paid on `value_on`; where that day has no price, what was asked for."""
        price = self._price(fee.kind, fee.qualification, value_on)
        return fee.total if price is None else price

    def _doubt(self, found: matching.Match, paid: list[Fee]) -> matching.Match:
        """Take out fees just paid; doubt a match when a namesake with the same digits has paid."""
        if found.applications and all(key in self._gone for key in found.applications):
            return NOTHING
        people = {self._fees[key].person_id for key in found.applications}
        if found.status is Status.MATCHED and any(fee.person_id not in people for fee in paid):
            return found._replace(status=Status.REVIEW, reasons=(Reason.AMBIGUOUS,), score=found.score - 1)
        return found

    def _known(self, keys: Iterable[str]) -> tuple[Fee, ...]:
        return tuple(self._fees[key] for key in keys if key not in self._gone)

    def _remember(self, fee: Fee) -> None:
        name = matching.plain(fee.kana)
        for number in (fee.pass_number, fee.certificate_number):
            if digits := "".join(c for c in number if "0" <= c <= "9"):
                self._paid[digits[-4:], name].append(fee)

    def _matcher(self, value_on: date) -> matching.Matcher:
        """One index for each price in force, however many days a file spans."""
        prices = tuple(self._price(kind, qualification, value_on) for kind, qualification in self._kinds)
        if prices not in self._matchers:
            waiting = (self._as_rule_sees(fee, value_on) for fee in self._fees.values())
            self._matchers[prices] = matching.Matcher(waiting, (), 0)
        return self._matchers[prices]

    def _as_rule_sees(self, fee: Fee, value_on: date) -> OpenApplication:
        return OpenApplication(
            id=str(fee.pk),
            person=str(fee.person_id),
            pass_number=fee.pass_number,
            name_kana=fee.kana,
            certificate_number=fee.certificate_number,
            due=self.due(fee, value_on),
        )

    def _price(self, kind: str, qualification: str, value_on: date) -> int | None:
        key = (kind, qualification, value_on)
        if key not in self._prices:
            try:
                self._prices[key] = price_of(kind=kind, qualification=qualification, on=value_on).total
            except Refused:
                self._prices[key] = None
        return self._prices[key]


def _sign(payer: matching.Payer) -> tuple[str, str]:
    return ((payer.number or "")[-4:], payer.name)

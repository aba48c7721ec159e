"""What a line probably pays for: the bridge from fees and lines to the pure rule in `matching`.

Nothing is stored: a suggestion is asked anew whenever a page is opened or a file is read, so that a
transfer that came before its application is recognised on the day the fee is opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models.functions import Right

from nintei.payments import matching
from nintei.payments.matching import BulkAgreement, Deposit, OpenApplication, Reason, Status
from nintei.payments.models import Fee
from nintei.payments.queries.agreements import bulk_agreements, names_of_others
from nintei.payments.queries.fees import closed_fees, open_fees, price_of, tolerance
from nintei.registry.models import ExamPass
from nintei.shared.refusals import Refused

REMEMBERED = timedelta(days=400)

NOTHING = matching.Match(Status.UNMATCHED, (), (Reason.NO_CANDIDATE,))

Sign = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says of one line, with the fees it means.

    `closed` is a fee of this payer that waits no more, because it was settled (a second transfer is perhaps
    a mistake) or because its application was withdrawn (`cancelled_at`).
    """

    match: matching.Match
    payer: matching.Payer
    fees: tuple[Fee, ...] = ()
    hints: tuple[Fee, ...] = ()
    closed: Fee | None = None

    @property
    def settles(self) -> bool:
        """Number, name and exact amount agree (or an agreement, to the yen): no person is needed."""
        return self.match.status is Status.MATCHED and len(self.fees) == len(self.match.applications)

    @property
    def is_only_short(self) -> bool:
        """The payer is certain and only yen are missing: they can be told what to do."""
        return self.match.reasons == (Reason.UNDERPAID,) and len(self.fees) == 1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else a judge must know: agreements, other names of people, and reports of nobody who applied yet."""

    agreements: Sequence[BulkAgreement] = ()
    former: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    payers: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    reports: Collection[tuple[str, str, UUID | None]] = ()


class Judge:
    """Asks `matching` about line after line, with each fee at the price of the line's own day (AMB-F1)."""

    def __init__(
        self, waiting: Iterable[Fee], closed: Iterable[Fee] = (), around: Surroundings | None = None
    ) -> None:
        self._fees = {str(fee.pk): fee for fee in waiting}
        self._around = around or Surroundings()
        self._gone: set[str] = set()
        self._prices: dict[tuple[str, str, date], int | None] = {}
        self._matchers: dict[tuple[int, tuple[int | None, ...]], matching.Matcher] = {}
        self._tolerances: dict[date, int] = {}
        self._kinds = sorted({(fee.kind, fee.qualification) for fee in self._fees.values()})
        self._closed: dict[Sign, list[Fee]] = defaultdict(list)
        for fee in closed:
            self._remember(fee)
        self._reported: dict[Sign, list[tuple[str, UUID | None]]] = defaultdict(list)
        for number, kana, person in self._around.reports:
            self._reported[_digits(number)[-4:], matching.plain(kana)].append((_digits(number), person))

    @classmethod
    def of_the_day(cls, on: date) -> Judge:
        """A judge who knows every open fee, what was closed in the last 400 days, and who may pay for whom.

        Seven queries for any number of fees.
        """
        waiting = list(open_fees())
        former, payers = names_of_others({fee.person_id for fee in waiting})
        around = Surroundings(bulk_agreements(), former, payers, _reports(waiting))
        return cls(waiting, closed_fees(on - REMEMBERED), around)

    def ask(self, payer_name: str, amount: int, value_on: date) -> Verdict:
        """What a transfer of `amount` yen pays for."""
        payer = matching.normalise(payer_name)
        found = self._matcher(value_on).match(Deposit(payer_name, amount, value_on))
        sign = ((payer.number or "")[-4:], payer.name)
        closed = self._closed.get(sign, [])
        found = self._doubt(found, sign, closed)
        fees = self._known(found.applications)
        return Verdict(
            found, payer, fees, self._known(found.hints), closed[0] if closed and not fees else None
        )

    def settle(self, fee: Fee) -> None:
        """From now on `fee` is paid: nothing else may settle it."""
        self._gone.add(str(fee.pk))
        self._remember(fee)

    def due(self, fee: Fee, value_on: date) -> int:
        """Yen due for `fee` if paid on `value_on`; where that day has no price, what was asked for."""
        price = self._price(fee.kind, fee.qualification, value_on)
        return fee.total if price is None else price

    def tolerance(self, value_on: date) -> int:
        """Yen by which a fee paid on `value_on` may be short (AMB-F6)."""
        if value_on not in self._tolerances:
            self._tolerances[value_on] = tolerance(value_on)
        return self._tolerances[value_on]

    def _doubt(self, found: matching.Match, sign: Sign, closed: list[Fee]) -> matching.Match:
        """Take out fees just paid; doubt a match when a namesake with the same digits may be meant."""
        gone = self._gone.intersection(found.applications)
        if found.applications and len(gone) == len(found.applications):
            return NOTHING
        if found.status is not Status.MATCHED:
            return found
        if found.reason is Reason.BULK:
            return (
                found._replace(status=Status.REVIEW, reasons=(Reason.WHICH_APPLICATION,)) if gone else found
            )
        fee = self._fees[found.applications[0]]
        if any(other.person_id != fee.person_id for other in closed) or self._has_twin(fee, sign):
            return found._replace(status=Status.REVIEW, reasons=(Reason.AMBIGUOUS,), score=found.score - 1)
        return found

    def _has_twin(self, fee: Fee, sign: Sign) -> bool:
        """Has somebody with these digits and this name passed an exam, who may have paid before applying?"""
        own = (_digits(fee.pass_number), _digits(fee.certificate_number))
        reported = self._reported.get(sign, ())
        return any(number not in own and person != fee.person_id for number, person in reported)

    def _known(self, keys: Iterable[str]) -> tuple[Fee, ...]:
        return tuple(self._fees[key] for key in keys if key not in self._gone)

    def _remember(self, fee: Fee) -> None:
        name = matching.plain(fee.kana)
        for number in (fee.pass_number, fee.certificate_number):
            if digits := _digits(number):
                self._closed[digits[-4:], name].append(fee)

    def _matcher(self, value_on: date) -> matching.Matcher:
        """One index for each price and tolerance in force, however many days a file spans."""
        short = self.tolerance(value_on)
        prices = tuple(self._price(kind, qualification, value_on) for kind, qualification in self._kinds)
        if (short, prices) not in self._matchers:
            waiting = (self._as_rule_sees(fee, value_on) for fee in self._fees.values())
            self._matchers[short, prices] = matching.Matcher(waiting, self._around.agreements, 0, short)
        return self._matchers[short, prices]

    def _as_rule_sees(self, fee: Fee, value_on: date) -> OpenApplication:
        return OpenApplication(
            id=str(fee.pk),
            person=str(fee.person_id),
            pass_number=fee.pass_number,
            name_kana=fee.kana,
            certificate_number=fee.certificate_number,
            due=self.due(fee, value_on),
            last_on=fee.due_on,
            former_kana=tuple(self._around.former.get(fee.person_id, ())),
            payers=tuple(self._around.payers.get(fee.person_id, ())),
        )

    def _price(self, kind: str, qualification: str, value_on: date) -> int | None:
        key = (kind, qualification, value_on)
        if key not in self._prices:
            try:
                self._prices[key] = price_of(kind=kind, qualification=qualification, on=value_on).total
            except Refused:
                self._prices[key] = None
        return self._prices[key]


def _digits(text: str) -> str:
    return "".join(c for c in text if "0" <= c <= "9")


def _reports(waiting: Iterable[Fee]) -> list[tuple[str, str, UUID | None]]:
    """Passes whose number ends like that of a fee that waits: four digits collide."""
    endings = {_digits(n)[-4:] for fee in waiting for n in (fee.pass_number, fee.certificate_number) if n}
    passed = (
        ExamPass.objects.filter(passed=True).annotate(ending=Right("number", 4)).filter(ending__in=endings)
    )
    return list(passed.values_list("number", "kana", "person_id"))

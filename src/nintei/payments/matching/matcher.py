"""The rule itself: open fees indexed by number and name, and what a deposit means among them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nintei.payments.matching.names import (
    BANK_NAME_WIDTH,
    bank_width,
    company_key,
    is_company,
    is_cut_off,
    plain,
    split,
    unvoiced,
)
from nintei.payments.matching.records import (
    BulkAgreement,
    Deposit,
    Match,
    OpenApplication,
    Payer,
    Reason,
    Status,
)

_START = 12
_SHORTEST_FAMILY = 2
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_NOBODY: frozenset[str] = frozenset()


class _Known(NamedTuple):
    """An open application with what is compared, computed once."""

    place: int
    source: OpenApplication
    due: int
    name: str
    numbers: tuple[str, ...]
    former: frozenset[str]
    payers: frozenset[str]

    @property
    def family(self) -> str:
        """The first word of the name as it was written."""
        words = unicodedata.normalize("NFKC", self.source.name_kana).split(maxsplit=1)
        return plain(words[0]) if words else ""

    def is_late(self, deposit: Deposit) -> bool:
        """Was it paid after the last day on which nobody asks (AMB-F4)?"""
        last_on = self.source.last_on
        return last_on is not None and deposit.on is not None and deposit.on > last_on


@dataclass(frozen=True, slots=True)
class _Found:
    """Who may have paid, what speaks against it, and how much speaks for it."""

    candidates: tuple[_Known, ...]
    doubts: tuple[Reason, ...]
    score: int
    settles_as: Reason = Reason.NUMBER_AND_NAME


def _known(place: int, source: OpenApplication, fee: int) -> _Known:
    texts = (source.pass_number, source.certificate_number)
    numbers = tuple(digits for text in texts if text and (digits := _digits(text)))
    name = plain(source.name_kana)
    former = frozenset(map(plain, source.former_kana)) - {"", name} if source.former_kana else _NOBODY
    payers = frozenset(map(plain, source.payers)) - {"", name} if source.payers else _NOBODY
    due = fee if source.due is None else source.due
    return _Known(place, source, due, name, numbers, former, payers)


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() else _NOT_A_DIGIT.sub("", text)


class Matcher:
    """Open fees indexed by number and by name, so that each bank line costs the same however many wait."""

    def __init__(
        self,
        open_applications: Iterable[OpenApplication],
        agreements: Sequence[BulkAgreement],
        fee: int,
        tolerance: int = 0,
    ) -> None:
        """`fee` is the whole amount due in yen, tax included, where an application has none of its own.

        By up to `tolerance` yen an own transfer may be short and still settle (AMB-F6); a company's may not.
        """
        self._fee, self._tolerance = fee, tolerance
        self._by_id: dict[str, _Known] = {}
        self._by_ending: dict[str, list[_Known]] = defaultdict(list)
        self._by_name: dict[str, list[_Known]] = defaultdict(list)
        self._by_other_name: dict[str, list[_Known]] = defaultdict(list)
        # Asked only about lines that nothing else explains, so made when the first of them comes.
        self._by_sound: dict[str, list[_Known]] = {}
        self._by_start: dict[str, list[_Known]] = {}
        # Lists only where there is more than one: of most people and signs there is one.
        self._by_person: dict[str, _Known | list[_Known]] = {}
        self._by_sign: dict[str, _Known | None] = {}
        for place, source in enumerate(open_applications):
            self._add(_known(place, source, fee))
        self._bulk: dict[str, list[BulkAgreement]] = defaultdict(list)
        for agreement in agreements:
            self._bulk[company_key(agreement.payer_name)].append(agreement)

    def _add(self, known: _Known) -> None:
        source = known.source
        self._by_id[source.id] = known
        before = self._by_person.setdefault(source.person, known)
        if before is not known:
            self._by_person[source.person] = [*(before if isinstance(before, list) else (before,)), known]
        self._by_name[known.name].append(known)
        others = known.former | known.payers
        for name in others:
            self._by_other_name[name].append(known)
        for ending in {number[-4:] for number in known.numbers}:
            self._by_ending[ending].append(known)
            for name in (known.name, *others):
                sign = ending + name
                self._by_sign[sign] = None if others or sign in self._by_sign else known

    def match(self, deposit: Deposit) -> Match:
        """What `deposit` pays for. Bulk agreements come first, since they name their payer (AMB-F7)."""
        text = plain(deposit.payer_name)
        if self._bulk and (agreed := self._agreed(deposit.payer_name, text)):
            return self._match_bulk(agreed, deposit)
        payer = split(text)
        number, name = payer
        # What most payers write is settled by one look, if nobody else may be meant (`_by_sign` has None then).
        known = self._by_sign.get(number[-4:] + name) if number and name else None
        if known is None or number is None or deposit.amount != known.due or known.is_late(deposit):
            return self._ask(deposit, payer)
        if len(number) != 4 and number not in known.numbers:
            return self._ask(deposit, payer)
        return Match(Status.MATCHED, (known.source.id,), _SETTLED, None, 5)

    def _ask(self, deposit: Deposit, payer: Payer) -> Match:
        # No Japanese name begins with ー: there it only joins the number to the name (0123-ｺﾝｹﾝ).
        payer = Payer(payer.number, payer.name.lstrip("ー"))
        found = self._identify(payer, deposit.payer_name)
        if found.candidates:
            return self._weigh(found, deposit)
        hints = self._sounding(unvoiced(payer.name)) if payer.name else ()
        company = (Reason.COMPANY_NAME,) if is_company(deposit.payer_name) else ()
        return Match(Status.UNMATCHED, (), (Reason.NO_CANDIDATE, *company), hints=_ids(hints))

    def _agreed(self, payer_name: str, text: str) -> list[BulkAgreement]:
        """The agreements of this payer of which something still waits."""
        agreed = self._bulk.get(company_key(payer_name)) or self._bulk.get(company_key(split(text).name), [])
        return [a for a in agreed if any(i in self._by_id for i in a.applications)]

    def _match_bulk(self, agreed: list[BulkAgreement], deposit: Deposit) -> Match:
        fitting = [a for a in agreed if self._total(a) == deposit.amount]
        listed = fitting or agreed
        ids = tuple(dict.fromkeys(i for a in listed for i in a.applications if i in self._by_id))
        if len(listed) > 1:
            return Match(Status.REVIEW, ids, (Reason.AMBIGUOUS,), score=2)
        if not fitting:
            difference = deposit.amount - self._total(listed[0])
            return Match(Status.REVIEW, ids, (Reason.BULK_AMOUNT_MISMATCH,), difference, score=2)
        if len(ids) < len(listed[0].applications):  # one of them is paid already: all or nothing
            return Match(Status.REVIEW, ids, (Reason.WHICH_APPLICATION,), score=3)
        if any(self._by_id[i].is_late(deposit) for i in ids):
            return Match(Status.REVIEW, ids, (Reason.LATE,), score=4)
        return Match(Status.MATCHED, ids, (Reason.BULK,), score=5)

    def _total(self, agreement: BulkAgreement) -> int:
        if agreement.total is not None:
            return agreement.total
        return sum(self._by_id[i].due if i in self._by_id else self._fee for i in agreement.applications)

    def _identify(self, payer: Payer, payer_name: str) -> _Found:
        by_number = self._numbered(payer.number) if payer.number else []
        if payer.name and any(k.name == payer.name for k in by_number):
            named = tuple(k for k in by_number if payer.name in {k.name, *k.former, *k.payers})
            return _Found(named, (), 4)
        by_name = self._by_name.get(payer.name, []) if payer.name else []
        if by_number:
            return _by_number(payer, by_number, by_name, payer_name)
        doubt = Reason.NUMBER_MISMATCH if payer.number else Reason.MISSING_NUMBER
        if others := self._by_other_name.get(payer.name, []) if payer.name else []:
            known = Reason.KNOWN_PAYER if _pays_for(payer.name, others) else Reason.FORMER_NAME
            return _Found(_once((*by_name, *others)), (doubt,) if by_name else (doubt, known), 2)
        width = bank_width(payer_name)
        if by_name or width < BANK_NAME_WIDTH - 1:
            return _Found(tuple(by_name), (doubt,), 2)
        near = self._starting(unvoiced(payer.name[:_START]))
        cut = tuple(k for k in near if is_cut_off(payer.name, k.name, k.family, width))
        return _Found(cut, (Reason.NAME_TRUNCATED, doubt), 1)

    def _numbered(self, number: str) -> list[_Known]:
        """Those whose number this is, whole or its last four digits."""
        ending = self._by_ending.get(number[-4:], [])
        return ending if len(number) == 4 else [k for k in ending if number in k.numbers]

    def _sounding(self, sound: str) -> Sequence[_Known]:
        """Those whose name is the same but for its voicing marks."""
        if not self._by_sound:
            self._by_sound = _grouped((unvoiced(name), known) for name, known in self._by_name.items())
        return self._by_sound.get(sound, ())

    def _starting(self, sound: str) -> Sequence[_Known]:
        """Those whose name sounds so at its start."""
        if not self._by_start:
            groups = self._by_name.items()
            self._by_start = _grouped((unvoiced(name[:_START]), known) for name, known in groups)
        return self._by_start.get(sound, ())

    def _of_person(self, known: _Known) -> Sequence[_Known]:
        own = self._by_person[known.source.person]
        return own if isinstance(own, list) else (own,)

    def _weigh(self, found: _Found, deposit: Deposit) -> Match:
        """Add what amount and day say to what is known of the payer."""
        candidates, amount = found.candidates, deposit.amount
        person = candidates[0].source.person
        if any(k.source.person != person for k in candidates):
            reasons = (Reason.AMBIGUOUS, *found.doubts)
            return Match(Status.REVIEW, _ids(candidates), reasons, score=found.score)
        own = self._of_person(candidates[0])
        if len(own) > 1 and amount == sum(k.due for k in own) and not _is_stranger(found):
            reasons = (Reason.COVERS_SEVERAL, *found.doubts)
            return Match(Status.REVIEW, _ids(own), reasons, score=found.score + 1)
        which = (Reason.WHICH_APPLICATION,) if len(candidates) > 1 else ()
        wrong, difference = _amount_wrong(amount, candidates)
        short = difference is not None and -self._tolerance <= difference < 0
        wrong, tolerated = ((), (Reason.TOLERATED,)) if short else (wrong, ())
        late = (Reason.LATE,) if any(k.is_late(deposit) for k in candidates) else ()
        reasons = (*which, *found.doubts, *wrong, *late)
        score = found.score + (0 if wrong or tolerated else 1)
        if reasons:
            return Match(Status.REVIEW, _ids(candidates), (*reasons, *tolerated), difference, score)
        settled = (found.settles_as, *tolerated)
        return Match(Status.MATCHED, _ids(candidates), settled, difference, score)


_SETTLED = (Reason.NUMBER_AND_NAME,)


def _by_number(payer: Payer, fitting: list[_Known], by_name: list[_Known], payer_name: str) -> _Found:
    """The number fits `fitting`, none of whom bears the name; what does the name say?"""
    if by_name:  # the number is one person's, the name another's
        return _Found(_once((*fitting, *by_name)), (Reason.NAME_MISMATCH, Reason.NUMBER_MISMATCH), 2)
    named = tuple(k for k in fitting if payer.name in k.payers or payer.name in k.former)
    if _pays_for(payer.name, named):
        return _Found(named, (), 4, Reason.KNOWN_PAYER)
    if named:
        return _Found(named, (Reason.FORMER_NAME,), 3)
    if not payer.name:
        return _Found(tuple(fitting), (Reason.NAME_MISSING,), 2)
    return _nearly(payer, fitting, payer_name)


def _nearly(payer: Payer, fitting: list[_Known], payer_name: str) -> _Found:
    """The number fits, the name does not quite."""
    sound = unvoiced(payer.name)
    if voiced := tuple(k for k in fitting if unvoiced(k.name) == sound):
        return _Found(voiced, (Reason.VOICING_DIFFERS,), 3)
    width = bank_width(payer_name)
    if cut := tuple(k for k in fitting if is_cut_off(payer.name, k.name, k.family, width)):
        return _Found(cut, (Reason.NAME_TRUNCATED,), 3)
    if is_company(payer_name):
        return _Found(tuple(fitting), (Reason.NAME_MISMATCH, Reason.COMPANY_NAME), 2)
    if len(fitting) == 1 and _of_the_family(payer.name, fitting[0].family):
        return _Found(tuple(fitting), (Reason.NAME_MISMATCH, Reason.SAME_FAMILY), 2)
    return _Found(tuple(fitting), (Reason.NAME_MISMATCH,), 2)


def _pays_for(name: str, candidates: Iterable[_Known]) -> bool:
    return any(name in k.payers for k in candidates)


def _of_the_family(name: str, family: str) -> bool:
    return len(family) >= _SHORTEST_FAMILY and name.startswith(family) and len(name) > len(family)


def _is_stranger(found: _Found) -> bool:
    """Somebody else's name, or none: then the sum says nothing about whose fees are meant."""
    return Reason.NAME_MISMATCH in found.doubts or Reason.NAME_MISSING in found.doubts


def _amount_wrong(amount: int, candidates: Sequence[_Known]) -> tuple[tuple[Reason, ...], int | None]:
    """What is wrong with the amount for any of `candidates`, and paid − due in yen."""
    due = next((k.due for k in candidates if k.due == amount), candidates[0].due)
    if amount == due:
        return (), None
    return (Reason.UNDERPAID if amount < due else Reason.OVERPAID,), amount - due


def _grouped(groups: Iterable[tuple[str, list[_Known]]]) -> dict[str, list[_Known]]:
    joined: dict[str, list[_Known]] = defaultdict(list)
    for key, known in groups:
        joined[key] += known
    return dict(joined)


def _once(known: Iterable[_Known]) -> tuple[_Known, ...]:
    return tuple(known for _, known in sorted({k.place: k for k in known}.items()))


def _ids(known: Iterable[_Known]) -> tuple[str, ...]:
    return tuple(k.source.id for k in known)


def match(
    deposit: Deposit,
    open_applications: Iterable[OpenApplication],
    agreements: Sequence[BulkAgreement],
    fee: int,
) -> Match:
    """What one deposit pays for; for a whole file keep a `Matcher` and ask it line by line.

    >>> sato = OpenApplication("AP1", "P1", "2025000123", "コンケン タロウ")
    >>> match(Deposit("0123ｺﾝｹﾝﾀﾛｳ", 11_000), [sato], (), 11_000).status.value
    'MATCHED'
    >>> short = match(Deposit("0123ｺﾝｹﾝﾀﾛｳ", 10_999), [sato], (), 11_000)
    >>> short.reason.value, short.difference
    ('UNDERPAID', -1)
    """
    return Matcher(open_applications, agreements, fee).match(deposit)

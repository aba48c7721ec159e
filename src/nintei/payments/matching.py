"""Which application a bank transfer pays for: a rule, never a guess (MAN-ウ④.6, AMB-F8).

Pure like the kernel: records in, a `Match` out; no framework, no database. The manual asks payers to
write the last four digits of the pass number before the name. It is a request (お願い), so a transfer
without the digits is not refused; but only number *and* name *and* the exact amount settle a fee
without a person. Everything else is a suggestion with its reason. Four digits collide among a thousand
applicants, so digits alone are never enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

BANK_NAME_WIDTH = 48
"""Half-width characters of a payer's name in Zengin data (AMB-F8); what is longer is cut off."""

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶヲ", "アイウエオツヤユヨワカケオ")
_HIRAGANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_SPACING_MARKS = str.maketrans({"゛": "\u3099", "゜": "\u309a"})
_DASHES = re.compile("[-\u2010-\u2015\u2212\u2500\u2501\u30fc\ufe63\uff0d\uff70]")
_DROPPED = re.compile(r"[\s・·.,'’/()「」]")
_DIGITS = "0123456789"
_START = 12


class Status(StrEnum):
    """What may happen with the line: settle it, ask a person, or leave it unallotted."""

    MATCHED = "MATCHED"
    REVIEW = "REVIEW"
    UNMATCHED = "UNMATCHED"


class Reason(StrEnum):
    """Why; in a `Match` the weightiest comes first."""

    NUMBER_AND_NAME = "NUMBER_AND_NAME"
    BULK = "BULK"
    BULK_AMOUNT_MISMATCH = "BULK_AMOUNT_MISMATCH"
    AMBIGUOUS = "AMBIGUOUS"
    COVERS_SEVERAL = "COVERS_SEVERAL"
    WHICH_APPLICATION = "WHICH_APPLICATION"
    NUMBER_MISMATCH = "NUMBER_MISMATCH"
    MISSING_NUMBER = "MISSING_NUMBER"
    NAME_MISSING = "NAME_MISSING"
    NAME_TRUNCATED = "NAME_TRUNCATED"
    VOICING_DIFFERS = "VOICING_DIFFERS"
    NAME_MISMATCH = "NAME_MISMATCH"
    UNDERPAID = "UNDERPAID"
    OVERPAID = "OVERPAID"
    NO_CANDIDATE = "NO_CANDIDATE"


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer's name taken apart: `number` as written (leading zeros kept), `name` normalised."""

    number: str | None
    name: str


@dataclass(frozen=True, slots=True)
class OpenApplication:
    """An application that waits for its fee. `due` is its own amount in yen where it has one."""

    id: str
    person: str
    pass_number: str
    name_kana: str
    certificate_number: str = ""
    due: int | None = None


@dataclass(frozen=True, slots=True)
class BulkAgreement:
    """A transfer announced by a company for several applications (MAN-ウ④.※3, AMB-F7)."""

    payer_name: str
    applications: tuple[str, ...]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Deposit:
    """A credit line of the bank: the payer as the bank prints it, and whole yen."""

    payer_name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Match:
    """What the rule says about one deposit.

    `reasons` holds everything that is not in order, weightiest first; `reason` is the first of them.
    `difference` is paid − due in yen where the amount is wrong. `score` orders suggestions (0–5): two for
    the number, two for the name (one if only nearly the same), one for the exact amount. `hints` are open
    applications of nearly that name, for a person to look at; nothing is ever settled from a hint.
    """

    status: Status
    applications: tuple[str, ...]
    reasons: tuple[Reason, ...]
    difference: int | None = None
    score: int = 0
    hints: tuple[str, ...] = ()

    @property
    def reason(self) -> Reason:
        """The weightiest reason."""
        return self.reasons[0]


def plain(text: str) -> str:
    """`text` as it would look after any bank: no small kana, no ヲ, one kind of dash, no punctuation.

    >>> plain("ｶ)ｺﾝﾀｸﾄｻｰﾋﾞｽ"), plain("キョウダ　シュンイチ"), plain("ｵ-ﾀ")
    ('カコンタクトサービス', 'キヨウダシユンイチ', 'オータ')
    """
    wide = unicodedata.normalize("NFKC", text.translate(_SPACING_MARKS)).upper()
    kana = wide.translate(_HIRAGANA).translate(_SMALL)
    return unicodedata.normalize("NFC", _DROPPED.sub("", _DASHES.sub("ー", kana)))


def normalise(payer_name: str) -> Payer:
    """The number and the name in a payer's name: digits in front, or else behind (MAN-ウ④.7).

    >>> normalise("0123ｺﾝｹﾝﾀﾛｳ")
    Payer(number='0123', name='コンケンタロウ')
    >>> normalise("ｺﾝｹﾝ ﾀﾛｳ 0123").number
    '0123'
    """
    text = plain(payer_name)
    name = text.lstrip(_DIGITS)
    number = text[: len(text) - len(name)]
    if not number:
        name = text.rstrip(_DIGITS)
        number = text[len(name) :]
    return Payer(number or None, name)


def unvoiced(name: str) -> str:
    """`name` without ゛ and ゜, which some channels drop: ゴトウ and コトウ become one.

    >>> unvoiced("ゴトウゲンジ")
    'コトウケンシ'
    """
    marks = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", marks.replace("\u3099", "").replace("\u309a", ""))


def is_cut_off(payer: str, name: str, family: str, width: int) -> bool:
    """Is `payer` the front of `name`, cut off by the bank or by a form?

    A family name alone is not: somebody of that family may have paid. The last letter may have lost its
    mark to the cut (ｶﾞ is two half-width characters). `width` is that of the whole line as banks carry it.

    >>> is_cut_off("コンケンタ", "コンケンタロウ", "コンケン", 10)
    True
    >>> is_cut_off("コンケン", "コンケンタロウ", "コンケン", 8)
    False
    """
    if not 0 < len(payer) < len(name):
        return False
    front = name[: len(payer)]
    if payer != front and (payer[:-1] != front[:-1] or payer[-1] != unvoiced(front[-1])):
        return False
    # A cut that falls on a space loses that space too, hence one less than the width of the field.
    return len(payer) > len(family) or width >= BANK_NAME_WIDTH - 1


def bank_width(payer_name: str) -> int:
    """The half-width characters `payer_name` takes in bank data: ガ is two.

    >>> bank_width("0789ゴトウ"), bank_width("0789ｺﾞﾄｳ ")
    (8, 8)
    """
    return len(unicodedata.normalize("NFD", unicodedata.normalize("NFKC", payer_name.strip())))


@dataclass(frozen=True, slots=True)
class _Known:
    """An open application with what is compared, computed once."""

    place: int
    source: OpenApplication
    due: int
    name: str
    family: str
    numbers: frozenset[str]


def _known(place: int, source: OpenApplication, fee: int) -> _Known:
    written = re.split(r"\s+", unicodedata.normalize("NFKC", source.name_kana).strip(), maxsplit=1)[0]
    digits = (re.sub(r"[^0-9]", "", text) for text in (source.pass_number, source.certificate_number))
    numbers = frozenset(part for whole in digits if whole for part in (whole, whole[-4:]))
    due = fee if source.due is None else source.due
    return _Known(place, source, due, plain(source.name_kana), plain(written), numbers)


class Matcher:
    """Open fees indexed by number and by name, so that each bank line costs the same however many wait."""

    def __init__(
        self,
        open_applications: Iterable[OpenApplication],
        agreements: Sequence[BulkAgreement],
        fee: int,
    ) -> None:
        """`fee` is the whole amount due in yen, tax included, where an application has none of its own."""
        self._fee = fee
        self._by_id: dict[str, _Known] = {}
        self._by_number: dict[str, list[_Known]] = defaultdict(list)
        self._by_name: dict[str, list[_Known]] = defaultdict(list)
        self._by_sound: dict[str, list[_Known]] = defaultdict(list)
        self._by_start: dict[str, list[_Known]] = defaultdict(list)
        self._by_person: dict[str, list[_Known]] = defaultdict(list)
        for place, source in enumerate(open_applications):
            self._add(_known(place, source, fee))
        self._bulk: dict[str, list[BulkAgreement]] = defaultdict(list)
        for agreement in agreements:
            self._bulk[plain(agreement.payer_name)].append(agreement)

    def _add(self, known: _Known) -> None:
        self._by_id[known.source.id] = known
        self._by_person[known.source.person].append(known)
        self._by_name[known.name].append(known)
        self._by_sound[unvoiced(known.name)].append(known)
        self._by_start[unvoiced(known.name[:_START])].append(known)
        for number in known.numbers:
            self._by_number[number].append(known)

    def match(self, deposit: Deposit) -> Match:
        """What `deposit` pays for. Bulk agreements come first, since they name their payer (AMB-F7)."""
        payer = normalise(deposit.payer_name)
        agreed = self._bulk.get(plain(deposit.payer_name)) or self._bulk.get(payer.name, [])
        waiting = [a for a in agreed if any(i in self._by_id for i in a.applications)]
        if waiting:
            return self._match_bulk(waiting, deposit)
        # No Japanese name begins with ー: there it only joins the number to the name (0123-ｺﾝｹﾝ).
        payer = Payer(payer.number, payer.name.lstrip("ー"))
        found = self._identify(payer, bank_width(deposit.payer_name))
        if not found.candidates:
            hints = self._by_sound.get(unvoiced(payer.name), []) if payer.name else []
            return Match(Status.UNMATCHED, (), (Reason.NO_CANDIDATE,), hints=_ids(hints))
        return self._weigh(found, deposit.amount)

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
        return Match(Status.MATCHED, ids, (Reason.BULK,), score=5)

    def _total(self, agreement: BulkAgreement) -> int:
        if agreement.total is not None:
            return agreement.total
        return sum(self._by_id[i].due if i in self._by_id else self._fee for i in agreement.applications)

    def _identify(self, payer: Payer, width: int) -> _Found:
        by_number = self._by_number.get(payer.number or "", [])
        by_name = self._by_name.get(payer.name, []) if payer.name else []
        if by_number:
            return _by_number(payer, by_number, by_name, width)
        doubt = Reason.NUMBER_MISMATCH if payer.number else Reason.MISSING_NUMBER
        if by_name or width < BANK_NAME_WIDTH - 1:
            return _Found(tuple(by_name), (doubt,), 2)
        near = self._by_start.get(unvoiced(payer.name[:_START]), [])
        cut = tuple(k for k in near if is_cut_off(payer.name, k.name, k.family, width))
        return _Found(cut, (Reason.NAME_TRUNCATED, doubt), 1)

    def _weigh(self, found: _Found, amount: int) -> Match:
        """Add what the amount says to what is known of the payer."""
        first = found.candidates[0]
        if len({k.source.person for k in found.candidates}) > 1:
            reasons = (Reason.AMBIGUOUS, *found.doubts)
            return Match(Status.REVIEW, _ids(found.candidates), reasons, score=found.score)
        own = self._by_person[first.source.person]
        if len(own) > 1 and amount == sum(k.due for k in own) and not _stranger(found):
            return Match(
                Status.REVIEW,
                _ids(own),
                (Reason.COVERS_SEVERAL, *found.doubts),
                score=found.score + 1,
            )
        which = (Reason.WHICH_APPLICATION,) if len(found.candidates) > 1 else ()
        wrong, difference = _amount_wrong(amount, found.candidates)
        reasons = (*which, *found.doubts, *wrong)
        score = found.score + (0 if wrong else 1)
        if not reasons:
            return Match(
                Status.MATCHED,
                (first.source.id,),
                (Reason.NUMBER_AND_NAME,),
                score=score,
            )
        return Match(Status.REVIEW, _ids(found.candidates), reasons, difference, score)


@dataclass(frozen=True, slots=True)
class _Found:
    """Who may have paid, what speaks against it, and how much speaks for it."""

    candidates: tuple[_Known, ...]
    doubts: tuple[Reason, ...]
    score: int


def _by_number(payer: Payer, fitting: list[_Known], by_name: list[_Known], width: int) -> _Found:
    """The number fits `fitting`; what does the name say?"""
    both = tuple(k for k in fitting if payer.name and k.name == payer.name)
    if both:
        return _Found(both, (), 4)
    if by_name:  # the number is one person's, the name another's
        united = sorted({*fitting, *by_name}, key=lambda k: k.place)
        return _Found(tuple(united), (Reason.NAME_MISMATCH, Reason.NUMBER_MISMATCH), 2)
    if not payer.name:
        return _Found(tuple(fitting), (Reason.NAME_MISSING,), 2)
    sound = unvoiced(payer.name)
    voiced = tuple(k for k in fitting if unvoiced(k.name) == sound)
    if voiced:
        return _Found(voiced, (Reason.VOICING_DIFFERS,), 3)
    cut = tuple(k for k in fitting if is_cut_off(payer.name, k.name, k.family, width))
    if cut:
        return _Found(cut, (Reason.NAME_TRUNCATED,), 3)
    return _Found(tuple(fitting), (Reason.NAME_MISMATCH,), 2)


def _stranger(found: _Found) -> bool:
    """Somebody else's name, or none: then the sum says nothing about whose fees are meant."""
    return Reason.NAME_MISMATCH in found.doubts or Reason.NAME_MISSING in found.doubts


def _amount_wrong(amount: int, candidates: Sequence[_Known]) -> tuple[tuple[Reason, ...], int | None]:
    """What is wrong with the amount for any of `candidates`, and paid − due in yen."""
    due = next((k.due for k in candidates if k.due == amount), candidates[0].due)
    if amount == due:
        return (), None
    return (Reason.UNDERPAID if amount < due else Reason.OVERPAID,), amount - due


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

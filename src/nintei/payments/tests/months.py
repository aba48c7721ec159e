"""Seeded bank months: who waits for what, what the bank prints, and which fee each line truly pays.

Names are drawn by rank from the common Japanese surnames and given names (`names.toml`), with a tail of rarer
surnames put together from their usual parts; with ninety given names namesakes are more frequent than in
life, which makes it harder. The shares in
`MIX` are an assumption, for no bank or association publishes theirs: applicants see the payer's name to write
with a button that copies it, so one in twenty-five departs from it; the kinds are those of the manual's
clauses, of the conformance set and of pretix's list. `CARELESS` is the same month where every seventh payer
ignores the request (お願い, MAN-ウ④.6), as on paper forms: more goes to a person, and still nothing wrongly.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from uuid import UUID, uuid5

import jaconv

from nintei.payments.matching import BulkAgreement
from nintei.payments.models import Fee
from nintei.payments.queries.verdicts import Judge, Surroundings

DUE = 11_000
FIRST = date(2026, 1, 5)
SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")

MIX: dict[str, float] = {
    "as asked": 0.584, "with a space": 0.20, "number behind": 0.03, "whole number": 0.04,
    "joined by a dash": 0.02, "full width": 0.015, "known payer": 0.02, "agreed roster": 0.025,
    "no number": 0.010, "wrong number": 0.005, "voicing lost": 0.003, "cut off": 0.001, "family": 0.004,
    "company": 0.002, "former name": 0.002, "short": 0.006, "over": 0.002, "several": 0.002, "late": 0.002,
    "twins": 0.001, "twin ahead": 0.001,
    "paid twice": 0.004, "withdrawn": 0.002, "nobody": 0.019,
}  # fmt: skip
SETTLES = frozenset(list(MIX)[:8])
"""Kinds that number, name and exact amount settle, once both sides are normalised."""
CARELESS = MIX | {"as asked": 0.584 - 0.13, "no number": 0.14}


@dataclass(frozen=True)
class Applicant:
    """Somebody whose fee waits (or has waited)."""

    key: str
    kana: str
    number: str
    person: str = ""
    former: str = ""
    payer: str = ""
    due_on: date | None = None

    @property
    def asked(self) -> str:
        """What the fee box tells them to write."""
        return self.number[-4:] + self.kana.replace(" ", "")


@dataclass(frozen=True)
class Sent:
    """A line of the bank, what kind it is, and the fees it truly pays."""

    kind: str
    payer: str
    amount: int = DUE
    on: date = FIRST
    fees: tuple[str, ...] = ()


@dataclass
class Month:
    """One month of one association."""

    waiting: list[Applicant] = field(default_factory=list)
    paid: list[Applicant] = field(default_factory=list)
    withdrawn: list[Applicant] = field(default_factory=list)
    reports: list[tuple[str, str, UUID | None]] = field(default_factory=list)
    agreements: list[BulkAgreement] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    def judge(self) -> Judge:
        """A judge who knows this month, without a database."""
        waiting = [fee_of(each) for each in self.waiting]
        closed = [fee_of(each) for each in self.paid]
        closed += [fee_of(each, cancelled=True) for each in self.withdrawn]
        people = {person_of(each): each for each in self.waiting}
        former = {person: [each.former] for person, each in people.items() if each.former}
        payers = {person: [each.payer] for person, each in people.items() if each.payer}
        keyed = [
            BulkAgreement(each.payer_name, tuple(str(uuid5(SPACE, key)) for key in each.applications))
            for each in self.agreements
        ]
        return Judge(waiting, closed, Surroundings(keyed, former, payers, self.reports))


def person_of(applicant: Applicant) -> UUID:
    return uuid5(SPACE, "person:" + (applicant.person or applicant.key))


def fee_of(applicant: Applicant, *, cancelled: bool = False) -> Fee:
    """The fee as the room keeps it, not saved."""
    from nintei.payments.tests.conftest import AT

    return Fee(
        id=uuid5(SPACE, applicant.key),
        person_id=person_of(applicant),
        kind="first",
        qualification="OMP",
        base=10_000,
        tax=1_000,
        total=DUE,
        pass_number=applicant.number,
        kana=applicant.kana,
        due_on=applicant.due_on,
        cancelled_at=AT if cancelled else None,
    )


@cache
def _names() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))


@cache
def _weighted(kind: str) -> tuple[list[str], list[float]]:
    """Names by rank: the n-th is about 1/(n+8) as frequent, which gives the first ten a tenth of all people."""
    names = _names()[kind]
    if kind == "surnames":
        front, back = _names()["front"], _names()["back"]
        names = [*names, *(a + b for a in front for b in back if a + b not in names)]
    return names, list(accumulate(1 / (rank + 8) for rank in range(len(names))))


def half(text: str) -> str:
    """As banks carry it: half-width, capital kana, a hyphen for ー."""
    large = text.translate(str.maketrans("ァィゥェォッャュョヮヲ", "アイウエオツヤユヨワオ"))
    return jaconv.z2h(large, kana=True, digit=True, ascii=True).replace("ー", "-")[:48].rstrip()


class Maker:
    """Draws applicants and lines; every choice comes from one seed."""

    def __init__(self, seed: int, mix: Mapping[str, float]) -> None:
        self.pick = random.Random(seed)
        self.month = Month()
        self.kinds, self.shares = list(mix), list(accumulate(mix.values()))
        self.numbers: set[str] = set()
        self.made = 0

    def name(self, kind: str) -> str:
        names, weights = _weighted(kind)
        return self.pick.choices(names, cum_weights=weights)[0]

    def number(self, ending: str = "") -> str:
        while True:
            ending_here = ending or f"{self.pick.randrange(10_000):04}"
            number = f"{self.pick.choice((2024, 2025))}{self.pick.randrange(100):02}{ending_here}"
            if number not in self.numbers:
                self.numbers.add(number)
                return number

    def applicant(self, **more: str | date) -> Applicant:
        self.made += 1
        kana = f"{self.name('surnames')} {self.name('given')}"
        told = {"key": f"A{self.made}", "kana": kana, "number": self.number()} | more
        return Applicant(**told)  # type: ignore[arg-type]

    def waits(self, **more: str | date) -> Applicant:
        applicant = self.applicant(**more)
        self.month.waiting.append(applicant)
        return applicant

    def send(self, kind: str, payer: str, amount: int = DUE, *fees: Applicant, wide: bool = False) -> None:
        on = FIRST + timedelta(days=self.pick.randrange(25))
        text = payer if wide else half(payer)
        self.month.sent.append(Sent(kind, text, amount, on, tuple(fee.key for fee in fees)))

    def line(self) -> None:
        kind = self.pick.choices(self.kinds, cum_weights=self.shares)[0]
        _KINDS[kind](self, kind)


def month(seed: int, lines: int = 5_000, mix: Mapping[str, float] = MIX) -> Month:
    """A month of about `lines` lines, in the order of their days; the same seed gives the same month."""
    maker = Maker(seed, mix)
    while len(maker.month.sent) < lines:
        maker.line()
    for _ in range(lines // 10):  # fees that nobody pays this month
        maker.waits()
    maker.month.sent.sort(key=lambda sent: sent.on)
    return maker.month


def _as_asked(maker: Maker, kind: str) -> None:
    one = maker.waits()
    family, given = one.kana.split(" ")
    end = one.number[-4:]
    written = {
        "as asked": one.asked,
        "with a space": f"{end}{family} {given}",
        "number behind": f"{family} {given}{end}",
        "whole number": f"{one.number}{family}{given}",
        "joined by a dash": f"{end}-{family} {given}",
        "full width": f"{jaconv.h2z(end, digit=True)}　{family}　{given}",
        "no number": f"{family} {given}",
    }[kind]
    maker.send(kind, written, DUE, one, wide=kind == "full width")


def _wrong_number(maker: Maker, kind: str) -> None:
    one = maker.waits()
    place = maker.pick.randrange(4)
    end = list(one.number[-4:])
    end[place] = str((int(end[place]) + maker.pick.randrange(1, 10)) % 10)
    maker.send(kind, "".join(end) + one.asked[4:], DUE, one)


def _voicing_lost(maker: Maker, kind: str) -> None:
    voiced = str.maketrans(
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボ", "カキクケコサシスセソタチツテトハヒフヘホ"
    )
    one = maker.waits(kana=f"ゴトウ {maker.name('given')}")
    maker.send(kind, one.asked.translate(voiced), DUE, one)


def _cut_off(maker: Maker, kind: str) -> None:
    long = f"{maker.name('given')} マリアフェルナンダデグアダルーペゴンザレスロドリゲスエルナンデスガルシア"
    one = maker.waits(kana=long)
    maker.send(kind, one.asked, DUE, one)


def _family(maker: Maker, kind: str) -> None:
    one = maker.waits()
    family, given = one.kana.split(" ")
    other = next(name for name in iter(lambda: maker.name("given"), None) if name != given)
    maker.send(kind, f"{one.number[-4:]}{family}{other}", DUE, one)


def _company(maker: Maker, kind: str) -> None:
    one = maker.waits()
    maker.send(kind, f"{one.number[-4:]}カ){maker.name('surnames')}コンタクト", DUE, one)


def _known_payer(maker: Maker, kind: str) -> None:
    payer = maker.pick.choice(
        [f"カ){maker.name('surnames')}シヨウジ", maker.name("surnames") + maker.name("given")]
    )
    one = maker.waits(payer=payer)
    maker.send(kind, one.number[-4:] + payer, DUE, one)


def _roster(maker: Maker, kind: str) -> None:
    listed = [maker.waits() for _ in range(maker.pick.randrange(2, 13))]
    payer = f"カ){maker.name('surnames')}{maker.made}サービス"
    agreed = payer if maker.pick.random() < 0.5 else payer.replace("カ)", "カブシキガイシャ ")
    maker.month.agreements.append(BulkAgreement(agreed, tuple(each.key for each in listed)))
    maker.send(kind, payer, DUE * len(listed), *listed)


def _former_name(maker: Maker, kind: str) -> None:
    family = maker.name("surnames")
    one = maker.waits()
    before = f"{family} {one.kana.split(' ')[1]}"
    if before == one.kana:
        before = f"モト{before}"
    maker.month.waiting[-1] = Applicant(one.key, one.kana, one.number, former=before)
    maker.send(kind, one.number[-4:] + before, DUE, one)


def _wrong_amount(maker: Maker, kind: str) -> None:
    one = maker.waits()
    charge = maker.pick.choice((110, 165, 220, 330, 440, 550, 660, 880))
    maker.send(kind, one.asked, DUE - charge if kind == "short" else DUE + charge, one)


def _several(maker: Maker, kind: str) -> None:
    one = maker.waits()
    other = maker.waits(kana=one.kana, person=one.key)
    maker.send(kind, one.asked, 2 * DUE, one, other)


def _late(maker: Maker, kind: str) -> None:
    one = maker.waits(due_on=FIRST - timedelta(days=1))
    maker.send(kind, one.asked, DUE, one)


def _twins(maker: Maker, kind: str) -> None:
    """Two people with the same digits and kana wait; one pays."""
    one = maker.waits()
    maker.waits(kana=one.kana, number=maker.number(one.number[-4:]))
    maker.send(kind, one.asked, DUE, one)


def _twin_ahead(maker: Maker, kind: str) -> None:
    """The other one has passed too and pays before applying; this one's fee must not be settled by it."""
    one = maker.waits()
    maker.month.reports.append((maker.number(one.number[-4:]), one.kana, None))
    maker.send(kind, one.asked)


def _closed(maker: Maker, kind: str) -> None:
    one = maker.applicant()
    (maker.month.paid if kind == "paid twice" else maker.month.withdrawn).append(one)
    maker.send(kind, one.asked)


def _nobody(maker: Maker, kind: str) -> None:
    payer = maker.pick.choice(
        ("デンキリヨウキン", "リソク", "カ)ブンボウグ", f"{maker.name('surnames')}シヨウテン")
    )
    maker.send(kind, payer, maker.pick.choice((11_000, 5_500, 3_300, 128)))


_KINDS: dict[str, Callable[[Maker, str], None]] = {
    **dict.fromkeys(MIX, _as_asked),
    "wrong number": _wrong_number,
    "voicing lost": _voicing_lost,
    "cut off": _cut_off,
    "family": _family,
    "company": _company,
    "known payer": _known_payer,
    "agreed roster": _roster,
    "former name": _former_name,
    "short": _wrong_amount,
    "over": _wrong_amount,
    "several": _several,
    "late": _late,
    "twins": _twins,
    "twin ahead": _twin_ahead,
    "paid twice": _closed,
    "withdrawn": _closed,
    "nobody": _nobody,
}


@dataclass
class Score:
    """What became of the lines of one kind.

    `attributable` lines pay a fee that waits; `right` counts those for which just the fees truly paid were
    named, settled or suggested.
    """

    lines: int = 0
    attributable: int = 0
    settled: int = 0
    wrong: int = 0
    right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def sort(made: Month, judge: Judge | None = None) -> dict[str, Score]:
    """Every line asked in order, as an import asks; settled fees are gone for the lines after them."""
    judge, scores = judge or made.judge(), {kind: Score() for kind in MIX}
    for sent in made.sent:
        verdict, score = judge.ask(sent.payer, sent.amount, sent.on), scores[sent.kind]
        truly = {uuid5(SPACE, key) for key in sent.fees}
        named = {fee.pk for fee in verdict.fees}
        score.lines += 1
        score.attributable += bool(truly)
        score.right += named == truly
        if verdict.settles:
            score.settled += 1
            score.wrong += named != truly
            for fee in verdict.fees:
                judge.settle(fee)
    return scores

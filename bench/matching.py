"""100,000 bank lines against 100,000 open fees, beside a plain dictionary look-up of the same lines.

    .venv/bin/python bench/matching.py

The floor looks a line up by its text and amount, letter for letter, and so finds only payers who wrote
everything as their fee has it; ours evens out widths, dashes and small kana, takes the number apart and
weighs what does not agree. The two take turns within each round, so that what else the machine does falls
on both alike.
"""

from __future__ import annotations

import random
from collections import Counter
from statistics import median
from time import perf_counter

import jaconv

from nintei.payments.matching import Deposit, Matcher, OpenApplication, Status

FEES = LINES = 100_000
DUE, ROUNDS, SLICE = 11_000, 20, 5_000
FAMILY = [
    "サトウ",
    "スズキ",
    "タカハシ",
    "タナカ",
    "イトウ",
    "ワタナベ",
    "ヤマモト",
    "ナカムラ",
    "コバヤシ",
    "カトウ",
    "ヨシダ",
    "ヤマダ",
]
GIVEN = [
    "ハルカ",
    "ダイスケ",
    "ユイ",
    "ショウ",
    "サクラ",
    "タクミ",
    "ケイコ",
    "ハナコ",
    "ケンタ",
    "ジュンイチ",
    "リョウ",
    "キョウコ",
]


def fees(pick: random.Random) -> list[OpenApplication]:
    """People with a name and a number; digits collide as they do."""
    return [
        OpenApplication(
            f"A{n}", f"P{n}", f"2025{n:06}", f"{pick.choice(FAMILY)} {pick.choice(GIVEN)}", due=DUE
        )
        for n in range(FEES)
    ]


def lines(pick: random.Random, waiting: list[OpenApplication]) -> list[Deposit]:
    """Mostly as asked for; every tenth with four digits only, without, short, or by a company."""
    return [_line(pick, pick.choice(waiting)) for _ in range(LINES)]


def _line(pick: random.Random, fee: OpenApplication) -> Deposit:
    name = jaconv.z2h(fee.name_kana, kana=True)
    kind = pick.random()
    if kind < 0.90:
        return Deposit(f"{fee.pass_number}{name}", DUE)
    if kind < 0.94:
        return Deposit(f"{fee.pass_number[-4:]}{name}", DUE)
    if kind < 0.96:
        return Deposit(name, DUE)
    return Deposit(f"{fee.pass_number}{name}", DUE - 440) if kind < 0.98 else Deposit("ｶ)ﾐﾅﾄ", DUE)


def main() -> None:
    pick = random.Random(4)
    waiting = fees(pick)
    arrived = lines(pick, waiting)
    started = perf_counter()
    matcher = Matcher(waiting, (), DUE)
    built = perf_counter() - started
    table = {(f"{f.pass_number}{jaconv.z2h(f.name_kana, kana=True)}", DUE): f.id for f in waiting}
    ours, floor, found = [], [], Counter[str]()
    for turn in range(ROUNDS):
        part = arrived[turn * SLICE : (turn + 1) * SLICE]
        started = perf_counter()
        hits = [table.get((line.payer_name, line.amount)) for line in part]
        middle = perf_counter()
        matches = [matcher.match(line) for line in part]
        floor.append(middle - started)
        ours.append(perf_counter() - middle)
        found.update(match.status.value for match in matches)
        # What the plain look-up finds, ours settles for the same fee or leaves to a person.
        for hit, match in zip(hits, matches, strict=True):
            assert hit is None or match.status is not Status.MATCHED or match.applications == (hit,)
    share = ", ".join(f"{status} {count / LINES:.1%}" for status, count in sorted(found.items()))
    whole, plain = sum(ours), sum(floor)
    ratio = median(a / b for a, b in zip(ours, floor, strict=True))
    print(f"matching: ours {whole:.2f} s (index {built:.2f} s)  floor {plain:.3f} s  ratio {ratio:.1f}")
    print(f"matching: {LINES:,} lines × {FEES:,} fees, {LINES / whole:,.0f} lines/s; {share}")


if __name__ == "__main__":
    main()

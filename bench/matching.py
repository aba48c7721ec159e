"""Bank lines against open fees: how fast beside a plain dictionary, and how well over seeded months.

    .venv/bin/python bench/matching.py

Speed: 100,000 lines against 100,000 fees. The floor looks a line up by its text and amount, letter for letter,
and so finds only payers who wrote everything as their fee has it; ours evens out widths, dashes and small
kana, takes the number apart and weighs what does not agree. The two take turns within each round, so that
what else the machine does falls on both alike.

Quality: 20 seeded months of 5,000 lines each (`payments/tests/months.py` says what is assumed), kind by kind.
Of what settled without a person, `precision` is the share that was right (– where nothing did); `recall` is the share
of a kind's attributable lines that settled rightly; `right` is what was settled or suggested for just the fees truly
paid.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Mapping
from statistics import median
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nintei.site.tests.settings")
django.setup()

from nintei.payments.matching import Deposit, Matcher, OpenApplication, Status  # noqa: E402  needs Django ready
from nintei.payments.tests import months  # noqa: E402

FEES = LINES = 100_000
DUE, ROUNDS, SLICE = 11_000, 20, 5_000
SEEDS = range(int(os.environ.get("NINTEI_SEEDS", "20")))


def fees(pick: random.Random) -> list[OpenApplication]:
    """People with a name and a number; digits and names collide as they do."""
    maker = months.Maker(pick.randrange(1000), months.MIX)
    people = (maker.applicant() for _ in range(FEES))
    return [OpenApplication(each.key, each.key, each.number, each.kana, due=DUE) for each in people]


def lines(pick: random.Random, waiting: list[OpenApplication]) -> list[Deposit]:
    """Mostly as asked for; every tenth otherwise, without a number, short, or by a company."""
    return [_line(pick, pick.choice(waiting)) for _ in range(LINES)]


def _line(pick: random.Random, fee: OpenApplication) -> Deposit:
    name, end = fee.name_kana.replace(" ", ""), fee.pass_number[-4:]
    kind = pick.random()
    if kind < 0.90:
        return Deposit(months.half(end + name), DUE)
    if kind < 0.94:
        return Deposit(months.half(f"{fee.name_kana}{end}"), DUE)
    if kind < 0.96:
        return Deposit(months.half(name), DUE)
    return Deposit(months.half(end + name), DUE - 440) if kind < 0.98 else Deposit("ｶ)ﾐﾅﾄ", DUE)


def speed() -> None:
    """Ours and the floor, in turns."""
    pick = random.Random(4)
    waiting = fees(pick)
    arrived = lines(pick, waiting)
    started = perf_counter()
    matcher = Matcher(waiting, (), DUE)
    built = perf_counter() - started
    table = {(months.half(f.pass_number[-4:] + f.name_kana.replace(" ", "")), DUE): f.id for f in waiting}
    shared = Counter(months.half(f.pass_number[-4:] + f.name_kana.replace(" ", "")) for f in waiting)
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
        # What the plain look-up finds, ours settles for the same fee or, where two share it, leaves to a person.
        for line, hit, match in zip(part, hits, matches, strict=True):
            if hit is not None and shared[line.payer_name] == 1:
                assert match.applications == (hit,)
                assert match.status is Status.MATCHED
    share = ", ".join(f"{status} {count / LINES:.1%}" for status, count in sorted(found.items()))
    whole, plain = sum(ours), sum(floor)
    ratio = median(a / b for a, b in zip(ours, floor, strict=True))
    twice = sum(n for n in shared.values() if n > 1)
    print(f"matching: ours {whole:.2f} s (index {built:.2f} s)  floor {plain:.3f} s  ratio {ratio:.1f}")
    print(f"matching: {LINES:,} lines × {FEES:,} fees, {LINES / whole:,.0f} lines/s; {share}")
    print(
        f"matching: {twice} fees share digits and kana with another; the floor would settle theirs by chance"
    )


def quality(title: str, mix: Mapping[str, float]) -> None:
    """Twenty months, kind by kind."""
    scores = {kind: months.Score() for kind in mix}
    for seed in SEEDS:
        for kind, score in months.sort(months.month(seed, 5_000, mix)).items():
            scores[kind] += score
    whole = sum(scores.values(), months.Score())
    precision = (whole.settled - whole.wrong) / whole.settled
    print(
        f"{title}: {whole.attributable:,} attributable of {whole.lines:,} lines; settled "
        f"{whole.settled / whole.attributable:.2%}, wrongly {whole.wrong}, precision {precision:.4f}"
    )
    print(f"  {'kind':18} {'lines':>6} {'precision':>9} {'recall':>7} {'wrong':>6} {'right':>7}")
    for kind, score in scores.items():
        of_settled = f"{(score.settled - score.wrong) / score.settled:9.4f}" if score.settled else f"{'–':>9}"
        of_theirs = (score.settled - score.wrong) / max(1, score.attributable)
        right = score.right / max(1, score.lines)
        print(f"  {kind:18} {score.lines:6} {of_settled} {of_theirs:7.1%} {score.wrong:6} {right:7.1%}")


if __name__ == "__main__":
    speed()
    quality("months", months.MIX)
    quality("careless months", months.CARELESS)

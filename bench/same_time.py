"""Whether the time of an answer tells a wrong name from a number that does not exist. Nobody's clock is trusted alone:
beside each door stands the same one with an early exit planted in it, which the same measure has to find.

    .venv/bin/python bench/same_time.py          (SHOTS=2000 asks so often on each side; 300 if left out)
    .venv/bin/python bench/same_time.py API      (only the doors with this word)

Asked in this very process, without a network: nobody outside measures as well as this. The two kinds of question
come in random order (a fixed seed). Printed are the medians, and how often a guess by the time alone is right: of
two questions, one of each kind, the slower one is called the existing number; 50 % is a coin. `sure` is three standard
errors of that. Exit 1 where a door does better than that, or where the planted exit is not found.
"""

from __future__ import annotations

import gc
import logging
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from statistics import median
from typing import Any, NamedTuple

from nintei.site import postgres

SHOTS, HOLDERS = int(os.environ.get("SHOTS", "300")), 400
HEAD = "認定番号,資格,氏名,カナ,ローマ字,生年月日,メール,住所,申請日,認定日,有効期間開始日,資格有効期日\n"
FAMILY, GIVEN = (
    ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤"],
    ["葵", "蓮", "湊", "凪", "結", "陽菜", "美咲", "健太", "大輔", "由美子"],
)
Ask = Callable[[str, str], object]


class Door(NamedTuple):
    """A way to ask, and what it is asked with: something that exists and does not fit, something that is not there."""

    name: str
    ask: Ask
    there: list[tuple[str, str]]
    nowhere: list[tuple[str, str]]


def main() -> int:
    """A throw-away cluster with early holders; each door, then the same with the planted exit."""
    with ExitStack() as stack:
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.throw_away()).url
        os.environ["NINTEI_VAR"] = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ |= {"NINTEI_DEMO": "1", "NINTEI_TODAY": "2026-11-24"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "nintei.site.tests.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ACCOUNT_RATE_LIMITS, settings.ALLOWED_HOSTS = {}, ["*"]
        logging.disable(logging.WARNING)
        call_command("migrate", verbosity=0)
        wanted = sys.argv[1] if sys.argv[1:] else ""
        return measured(random.Random(20261124), [each for each in populate() if wanted in each.name])


def measured(dice: random.Random, doors: list[Door]) -> int:
    """Print a line for each door; 0 if none tells anything and every planted exit is found."""
    told = False
    for door in doors:
        ours = shots(dice, door)
        with planted():
            control = shots(dice, door)
        right, found = guessed(*ours), guessed(*control)
        told |= abs(right - 0.5) > sure() or abs(found - 0.5) <= sure()
        here, away = (median(each) * 1000 for each in ours)
        print(
            f"{door.name}: exists, does not fit {here:.2f} ms  does not exist {away:.2f} ms"
            f"  a guess is right {right:.1%} (50 % ± {sure():.1%} sure)  with an early exit {found:.1%}"
        )
    return int(told)


def shots(dice: random.Random, door: Door) -> tuple[list[float], list[float]]:
    """Seconds of each question of either kind, in random order, after some that do not count."""
    order = [True] * SHOTS + [False] * SHOTS
    dice.shuffle(order)
    took: dict[bool, list[float]] = {True: [], False: []}
    for question in door.there[:20] + door.nowhere[:20]:
        door.ask(*question)
    gc.collect()
    gc.disable()
    for side in order:
        question = dice.choice(door.there if side else door.nowhere)
        begun = time.perf_counter()
        door.ask(*question)
        took[side].append(time.perf_counter() - begun)
    gc.enable()
    return took[True], took[False]


def guessed(slow: list[float], quick: list[float]) -> float:
    """Of all pairs, one of each kind, the share in which the first took longer (Mann and Whitney's U)."""
    ranked = sorted([(each, True) for each in slow] + [(each, False) for each in quick])
    ranks = sum(place for place, (_, side) in enumerate(ranked, 1) if side)
    return (ranks - len(slow) * (len(slow) + 1) / 2) / (len(slow) * len(quick))


def sure() -> float:
    """Three standard errors of a coin's share, for as many shots."""
    return float(3 * ((2 * SHOTS + 1) / (12 * SHOTS * SHOTS)) ** 0.5)


@contextmanager
def planted() -> Iterator[None]:
    """The fault: what does not exist is answered at once, without the other questions and the comparing."""
    from nintei.certificates.sharing import queries as links
    from nintei.registry import queries
    from nintei.registry.models import Certification

    numbers = set(Certification.objects.values_list("number", flat=True))
    answer, behind = queries.public_answer, links.behind
    queries.public_answer = lambda asked: answer(asked) if asked.number in numbers else None
    links.behind = lambda token, on: behind(token, on) if token.startswith("r") else None  # type: ignore[assignment]
    try:
        yield
    finally:
        queries.public_answer, links.behind = answer, behind


def populate() -> list[Door]:
    """Early holders from a file, each with a link that was revoked; and every door."""
    from nintei.registry import actions
    from nintei.registry.models import Certification
    from nintei.shared.clock import JST

    at, names = datetime(2026, 11, 24, 12, tzinfo=JST), [f"{a} {b}" for a in FAMILY for b in GIVEN]
    days = "2018-04-01,2018-05-01,2018-05-01,2027-03-31"
    rows = [
        f"OMP-{2 * n:04},OMP,{names[n % 100]},ヨミ,,1970-01-01,,東京都港区1-{n},{days}"
        for n in range(HOLDERS)
    ]
    actions.import_holders(
        by="b", data=(HEAD + "\n".join(rows)).encode(), name="h", on=date(2026, 11, 24), at=at
    )
    numbers = list(Certification.objects.values_list("number", flat=True))
    # The numbers that do not exist lie between those that do, and one in five beyond the last.
    missing = [f"OMP-{2 * n + 1 + 2000 * (n % 5 == 0):04}" for n in range(HOLDERS)]
    there, nowhere = [(each, "森 明") for each in numbers], [(each, "森 明") for each in missing]
    return [*doors(there, nowhere), revoked(at)]


def doors(there: list[tuple[str, str]], nowhere: list[tuple[str, str]]) -> list[Door]:
    """The register's doors: by number and name, by number and the id of a QR."""
    from django.test import Client

    from nintei.registry import queries
    from nintei.registry.queries import Question

    client, on = Client(raise_request_exception=True), {"on_year": 2026, "on_month": 11, "on_day": 24}

    def api(**asked: str) -> Any:
        return client.post("/api/v1/registry/verify", asked, content_type="application/json")

    asks: dict[str, Ask] = {
        "the register alone": lambda n, name: queries.public_answer(
            Question(n, name, "", date(2026, 11, 24))
        ),
        "/verify": lambda n, name: client.post("/verify", {"number": n, "name": name, **on}),
        "/verify by QR": lambda n, _: client.get(f"/verify/{n}", {"id": "AAAAAAAAAAAAAAAAAAAAAA"}),
        "the API": lambda n, name: api(number=n, name=name),
        "the API by QR": lambda n, _: api(number=n, id="AAAAAAAAAAAAAAAAAAAAAA"),
    }
    for ask in list(asks.values())[1:]:
        said = [getattr(ask(*each[0]), "status_code", 0) for each in (there, nowhere)]
        assert said == [404, 404], said
    return [Door(name, ask, there, nowhere) for name, ask in asks.items()]


def revoked(at: datetime) -> Door:
    """A holder's link that was taken back, beside one that never was."""
    from django.test import Client

    from nintei.certificates.models import ShareLink
    from nintei.certificates.sharing.queries import digest
    from nintei.registry.models import Certification

    client = Client()
    tokens = [f"r{n:031}" for n in range(HOLDERS)]
    for held, token in zip(Certification.objects.all(), tokens, strict=True):
        ShareLink.objects.create(
            certification=held,
            token_sha256=digest(token),
            until_on=date(2027, 1, 1),
            made_at=at,
            revoked_at=at,
        )
    there, nowhere = [(each, "") for each in tokens], [(f"n{n:031}", "") for n in range(HOLDERS)]
    return Door(
        "a link, revoked or never made", lambda token, _: client.get(f"/share/{token}"), there, nowhere
    )


if __name__ == "__main__":
    sys.exit(main())

"""The years at full size, by hand, in a database of their own whose every act commits, as the office's do.

`NINTEI_HOLDERS=2000 .venv/bin/python -m tests.years` lives three fiscal years (2024-04-01 to 2027-04-02).
`NINTEI_FROM`, `NINTEI_UNTIL`, `NINTEI_SEED`: other days, another seed. After `NINTEI_SECONDS` it ends with the day
it is in and says what it has checked until then. The last line has the root: the same seed makes the same.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from nintei.site import postgres

if TYPE_CHECKING:
    from .office import Office

ENV = os.environ
HOLDERS, SEED = int(ENV.get("NINTEI_HOLDERS", "2000")), int(ENV.get("NINTEI_SEED", "20260401"))
FIRST = date.fromisoformat(ENV.get("NINTEI_FROM", "2024-04-01"))
LAST = date.fromisoformat(ENV.get("NINTEI_UNTIL", "2027-04-02"))
SECONDS = float(ENV.get("NINTEI_SECONDS", "inf"))


def main() -> int:
    """A database, the years in it, and what they came to: 0 where nothing was wrong."""
    with ExitStack() as stack:
        # What is written over and over (the journal's edge) is swept up meanwhile, as in any real database.
        cluster = stack.enter_context(postgres.throw_away("autovacuum=on", "autovacuum_naptime=20s"))
        ENV["DATABASE_URL"] = cluster.url
        ENV["NINTEI_VAR"] = stack.enter_context(tempfile.TemporaryDirectory())
        ENV["DJANGO_SETTINGS_MODULE"] = "nintei.site.tests.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return live()


def live() -> int:
    """Live day by day until the last one or until the time is up."""
    from nintei.journal import queries as journal

    from .chance import seeded, sign_with
    from .evening import DAY, at
    from .office import Office

    began, day = monotonic(), FIRST
    sign_with(SEED, at(FIRST))
    with seeded(SEED) as chance:
        office = Office(chance, HOLDERS)
        office.begin(FIRST)
        while day <= LAST and monotonic() - began < SECONDS:
            office.live(day)
            office.check(day)
            if (day + DAY).day == 1:
                print(f"{day} {round(monotonic() - began)} s: {told(office)}", flush=True)
            day += DAY
        office.check_all(day - DAY)
    verified = journal.verify()
    print(f"{FIRST} to {day - DAY}, {HOLDERS} holders, {round(monotonic() - began)} s: {told(office)}")
    print(states(), dict(office.counts))
    print(f"seed {SEED}: {verified.size} leaves, root {verified.root.hex()}, faults {verified.faults}")
    return int(bool(verified.faults) or verified.size != office.evening.seen)


def told(office: Office) -> str:
    """How far the years are, in figures."""
    looked = office.evening
    return (
        f"{looked.seen} leaves, {office.died} died; checked on {looked.evenings} evenings: {looked.sums} sums,"
        f" {looked.verified} times the journal from zero"
    )


def states() -> dict[str, int]:
    """How many renewals stand in each state."""
    from nintei.applications.models import Application

    return dict(Counter(Application.objects.values_list("state", flat=True)))


if __name__ == "__main__":
    sys.exit(main())

"""Everybody at once: 100,000 holders with 30 lines each, from PostgreSQL and back.

    .venv/bin/python bench/population.py [HOLDERS]

Ours reads by COPY, judges with the kernel and writes by COPY, in two processes; the floor is the same
program with a judge that judges nothing. Both run in turn in a throw-away cluster.
"""

from __future__ import annotations

import io
import os
import random
import resource
import subprocess
import sys
import uuid
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from nintei.insight.stream import Holder, Judge

ON = date(2027, 2, 10)
LINES, ROUNDS = 30, 3


def judges_nothing(_: Holder) -> tuple[int, int, bool, str]:
    """A verdict without a look."""
    return 0, 2, False, "-"


def floor(rulebook: str, on: date) -> Judge:
    """The floor: what reading and writing cost without any evaluation."""
    return judges_nothing


def fill(holders: int) -> None:
    """People, certifications, terms, activities and sessions as a seeded random population, by COPY."""
    from django.db import connection

    pick = random.Random(20261124)
    columns = {
        "people_person": "id,email,password,name,kana,latin,language,is_superuser,is_active,is_staff",
        "registry_certification": "id,person_id,qualification,number,verify_id,certified_on",
        "registry_term": "id,certification_id,starts_on,ends_on,decided_on,edition,cause,recorded_at",
        "ledger_activity": (
            "id,person_id,category,title,organiser,topic,competency,proof,detail,course_id,same_activity,logged_at"
        ),
        "ledger_activitysession": 'activity_id,"on",minutes',
    }
    text = {table: io.StringIO() for table in columns}
    course = str(uuid.UUID(int=pick.getrandbits(128)))
    for number in range(holders):
        _holder(pick, number, course, text)
    _course(course)
    with connection.cursor() as cursor:
        # Three million rows that fit each other by construction: their foreign keys need no second look.
        cursor.execute("SET session_replication_role = replica")
        for table, names in columns.items():
            _rest_is_empty(cursor, table, names)
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN WITH (NULL '~')") as copy:
                copy.write(text[table].getvalue())
        cursor.execute("ANALYZE")


EMPTY = {"boolean": "false", "character varying": "''", "text": "''"}


def _rest_is_empty(cursor: Any, table: str, names: str) -> None:
    """Columns that are none of this bench's concern are empty, also those that a later migration brings."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    )
    for column, kind in cursor.fetchall():
        if column not in names.replace('"', "").split(","):
            cursor.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET DEFAULT {EMPTY.get(kind, 0)}')


def _course(key: str) -> None:
    from nintei.courses.models import Course

    said = {"title": "要員計画の基礎", "provider": "アカデミー", "minutes": 60, "form": "classroom"}
    Course.objects.create(id=key, accredited_from=date(2020, 4, 1), **said)


def _holder(pick: random.Random, number: int, course: str, text: dict[str, io.StringIO]) -> None:
    person, certification, term = (uuid.UUID(int=pick.getrandbits(128)) for _ in range(3))
    start = date(2024 + pick.randrange(2), 4, 1)
    text["people_person"].write(f"{person}\th{number}@example.jp\t!\t氏名\tシメイ\t\tja\tf\tt\tf\n")
    text["registry_certification"].write(
        f"{certification}\t{person}\tOMP\tOMP-{number:08}\tv{number}\t{start - timedelta(90)}\n"
    )
    text["registry_term"].write(
        f"{term}\t{certification}\t{start}\t{start.replace(year=start.year + 3) - timedelta(1)}\t{start}\te\tc{number}"
        "\t2024-04-01 00:00+09\n"
    )
    for _ in range(LINES):
        activity = uuid.UUID(int=pick.getrandbits(128))
        category = pick.choice("ABCD")
        listed = course if category == "A" else "~"
        proof = pick.choice(("certificate", "document", "record", "none"))
        topic = pick.choice("1234567")
        text["ledger_activity"].write(
            f"{activity}\t{person}\t{category}\t題名\t\t{topic}\t\t{proof}\t\t{listed}\t\t2024-04-01 00:00+09\n"
        )
        on = start + timedelta(days=pick.randrange(1000))
        minutes = pick.choice((20, 30, 45, 60, 90, 120, 180, 240, 360))
        text["ledger_activitysession"].write(f"{activity}\t{on}\t{minutes}\n")


def measure(holders: int) -> None:
    """Both in turn; the median of each and their ratio, and the largest memory of a worker."""
    from nintei.insight.actions import evaluate
    from nintei.insight.stream import by_kernel
    from nintei.shared.clock import now

    seconds: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(ROUNDS):
        for name, judged in (("floor", floor), ("ours", by_kernel)):
            begun = perf_counter()
            run = evaluate(by="bench", on=ON, at=now(), rulebook="conken", clock=now, judged=judged)
            seconds[name].append(perf_counter() - begun)
            found = (run.holders, run.lines)
            run.delete()
    ours, least = median(seconds["ours"]), median(seconds["floor"])
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"population: ours {ours:.2f} s floor {least:.2f} s ratio {ours / least:.2f} "
        f"({found[0]} holders, {found[1]} lines, two processes, {memory:.0f} MiB a worker)"
    )


def ready() -> None:
    """Django with the cluster's tables."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def main() -> None:
    """A throw-away cluster, filled and measured by processes of their own: a peak of memory lasts."""
    from nintei.site import postgres

    holders = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    os.environ["DJANGO_SETTINGS_MODULE"] = "nintei.site.settings"
    os.environ.setdefault("NINTEI_SECRET_KEY", "bench")
    with postgres.throw_away() as cluster:
        os.environ["DATABASE_URL"] = cluster.url
        for part in ("fill", "measure"):
            subprocess.run([sys.executable, __file__, str(holders), part], check=True)


if __name__ == "__main__":
    if sys.argv[2:]:
        ready()
        {"fill": fill, "measure": measure}[sys.argv[2]](int(sys.argv[1]))
    else:
        main()

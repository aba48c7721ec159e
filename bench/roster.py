"""A roster of many rows: reading and judging it, and crediting every holder, on one core.

Beside it as floors: reading the file by the csv module alone, and the rows written without crediting anybody.
ROWS sets the size (10,000 is the most a roster may have), CREDITED how many of them are credited (10000: to the end).
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
import time
from contextlib import ExitStack
from datetime import date, datetime
from typing import TYPE_CHECKING

from nintei.site import postgres

if TYPE_CHECKING:
    from nintei.courses.models import Roster

ROWS = int(os.environ.get("ROWS", "10000"))
CREDITED = int(os.environ.get("CREDITED", "200"))
A_TURN = min(1000, CREDITED)
ON = date(2026, 11, 24)


def main() -> None:
    with ExitStack() as stack:
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.throw_away()).url
        os.environ["NINTEI_VAR"] = stack.enter_context(tempfile.TemporaryDirectory())
        import django

        os.environ.setdefault("NINTEI_SECRET_KEY", "bench")
        os.environ["DJANGO_SETTINGS_MODULE"] = "nintei.site.settings"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure()


def measure() -> None:
    from nintei.courses import actions, timetable
    from nintei.courses.models import Form
    from nintei.shared.clock import JST

    at = datetime(2026, 11, 24, 10, tzinfo=JST)
    course = actions.accredit_course(
        by="system", title="品質", provider="協会", minutes=60, form=Form.ONLINE, hosted=True,
        from_on=date(2024, 4, 1), until_on=None, at=at,
    )  # fmt: skip
    session = actions.open_session(
        by="system", course=course, days=timetable.read("2026-11-20 60分"), first_on=None, last_on=None,
        place="オンライン", at=at,
    )  # fmt: skip
    data = holders(at)
    floor = took(lambda: list(csv.reader(io.StringIO(data.decode()))))
    ours = took(lambda: actions.preview_roster(data=data, session=session, on=ON))
    print(
        f"roster read and judged ({ROWS} rows): ours {ours:.2f}s csv-floor {floor:.3f}s ratio {ours / floor:.0f}"
    )
    dropped = actions.drop_roster(by="system", session=session, data=data, name="a.csv", at=at)
    intent = took(lambda: actions.confirm_roster(by="system", roster=dropped, partial=False, on=ON, at=at))
    ours = sum(took(lambda: credit_some(dropped, at)) for _ in range(0, CREDITED, A_TURN))
    each, floor = ours / min(CREDITED, ROWS) * 1000, intent / ROWS * 1000
    print(
        f"roster credited, a holder: ours {each:.1f}ms row-only-floor {floor:.3f}ms ratio {each / floor:.0f}"
    )


def credit_some(roster: Roster, at: datetime) -> None:
    """The next people, and how far the page of the roster says it is."""
    from nintei.courses import actions, queries

    actions.carry_out(by="system", roster=roster.pk, at=at, most=A_TURN)
    counts = queries.outcomes(roster)
    print(f"  {sum(counts.values()) - counts['waiting']} of {sum(counts.values())} rows", flush=True)


def holders(at: datetime) -> bytes:
    """Holders with a number each, and the roster that names them all."""
    from nintei.people.models import Person
    from nintei.registry.models import Certification, ExamPass

    people = Person.objects.bulk_create(
        Person(email=f"h{n}@example.jp", name=f"山田 {n}", kana="ヤマダ タロウ") for n in range(ROWS)
    )
    passes = ExamPass.objects.bulk_create(
        ExamPass(
            exam="OMP", number=f"{n:010}", name=p.name, kana=p.kana, passed=True, issued_on=date(2023, 10, 11),
            person=p, imported_at=at,
        )
        for n, p in enumerate(people)
    )  # fmt: skip
    Certification.objects.bulk_create(
        Certification(
            person=each.person, qualification="OMP", number=f"OMP-2023-{each.number}", verify_id=each.number,
            exam_pass=each, certified_on=date(2024, 4, 1),
        )
        for each in passes
    )  # fmt: skip
    rows = "".join(f"OMP-2023-{n:010},ﾔﾏﾀﾞ ﾀﾛｳ\n" for n in range(ROWS))
    return f"認定番号,カナ\n{rows}".encode()


def took(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()

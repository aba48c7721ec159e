"""A population of every kind, for whatever is asked of everybody."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from nintei.courses.models import Course
from nintei.ledger.models import Activity, ActivitySession, Claim
from nintei.people.models import Person
from nintei.registry.models import Certification, Term
from nintei.shared.clock import JST

ON = date(2027, 2, 10)
NOON = datetime(2027, 2, 10, 12, tzinfo=JST)


def holder(number: int, pick: random.Random, courses: list[Course]) -> Certification:
    """Somebody with a certification and up to twelve lines of every kind."""
    person = Person.objects.create_user(f"h{number}@example.jp")
    start = date(pick.choice((2023, 2024, 2025)), 4, 1)
    certification = Certification.objects.create(
        person=person,
        qualification="OMP",
        number=f"OMP-{number}",
        verify_id=str(number),
        certified_on=start - timedelta(days=60),
    )
    for nth in range(1 if pick.random() < 0.7 else 2):
        begins = start.replace(year=start.year + 3 * nth)
        Term.objects.create(
            certification=certification,
            starts_on=begins,
            ends_on=begins.replace(year=begins.year + 3) - timedelta(days=1),
            decided_on=start,
            edition="e",
            cause=f"{number}-{nth}",
            recorded_at=NOON,
        )
    for _ in range(pick.randrange(13)):
        line(person, pick, start, courses)
    return certification


def line(person: Person, pick: random.Random, start: date, courses: list[Course]) -> None:
    category = pick.choice("ABCD")
    activity = Activity.objects.create(
        person=person,
        category=category,
        title="t",
        topic=pick.choice(("", "1", "4", "7")),
        proof=pick.choice(("certificate", "document", "record", "none")),
        course=pick.choice(courses) if category == "A" else None,
        same_activity=pick.choice(("", "", "", "k")),
        logged_at=NOON,
        withdrawn_at=NOON if pick.random() < 0.1 else None,
    )
    first = start + timedelta(days=pick.randrange(-30, 1150))
    for day in range(pick.choice((1, 1, 1, 3))):
        minutes = pick.choice((20, 45, 60, 120, 300))
        ActivitySession.objects.create(activity=activity, on=first + timedelta(days=day), minutes=minutes)


@pytest.fixture
def population(transactional_db: None) -> list[Certification]:
    pick = random.Random(20270210)
    said = {"provider": "みらいアカデミー", "minutes": 60, "form": "classroom"}
    courses = [
        Course.objects.create(title="いまも", accredited_from=date(2020, 4, 1), **said),
        Course.objects.create(
            title="途中まで", accredited_from=date(2020, 4, 1), accredited_until=date(2025, 9, 30), **said
        ),
        Course.objects.create(title="取消し", accredited_from=date(2020, 4, 1), **said),
        Course.objects.create(title="下書き", accredited_from=date(2020, 4, 1), state="draft", **said),
    ]
    Course.objects.filter(title="取消し").update(state="ended", ended_on=date(2025, 6, 1))
    people = [holder(number, pick, courses) for number in range(60)]
    term = people[0].terms.order_by("starts_on").last()
    assert term
    filed = {"certification": people[0], "term": term, "filed_on": term.starts_on + timedelta(days=400)}
    Claim.objects.create(
        **filed, edition="e", lines=[], balance={"relief": ["illness 2024-05-01/2024-09-30"]}, frozen_at=NOON
    )
    return people

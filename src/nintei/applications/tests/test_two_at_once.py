"""Two people at one case at the same moment, on real connections: the second is told, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from nintei.applications import actions
from nintei.applications.models import Application, Hold
from nintei.applications.tests.conftest import PAID_ON, at, marks
from nintei.journal.models import Body
from nintei.people.models import Person
from nintei.shared.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)

WHEN: dict[str, Any] = {"on": PAID_ON, "at": at(PAID_ON)}


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each act on a connection of its own, begun at the same moment; what each was told, sorted."""
    start, told = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            act()
            told.append("done")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(told)


def assigning(row: Application, by: Person, to: Person, version: int | None) -> Callable[[], object]:
    return lambda: actions.assign(actor=by, application=row, version=version, to=to, **WHEN)


def steps(row: Application) -> int:
    return Body.objects.filter(subject=row.reference, verb="applications.assign").count()


def test_the_second_is_told_and_nothing_is_overwritten(
    accepted: Application, ito: Person, noda: Person, kudo: Person
) -> None:
    # The control: who does not say what they looked at overwrites the other.
    blind = at_once(assigning(accepted, ito, ito, None), assigning(accepted, noda, noda, None))
    assert (blind, steps(accepted)) == (["done", "done"], 2)
    accepted.refresh_from_db()
    seen = accepted.version
    told = at_once(assigning(accepted, ito, kudo, seen), assigning(accepted, noda, noda, seen))
    assert (told, steps(accepted)) == (["applications.changed_meanwhile", "done"], 3)
    accepted.refresh_from_db()
    assert (accepted.version, accepted.reviewer in (kudo, noda)) == (seen + 1, True)


def test_a_hold_and_a_recommendation_do_not_both_happen(in_review: Application, ito: Person) -> None:
    said = {"actor": ito, "application": in_review, "version": in_review.version, **WHEN}
    marked = marks(in_review)
    told = at_once(
        lambda: actions.hold(why="rule_asked", words="", look_again_on=None, **said),
        lambda: actions.recommend(marks=marked, notes="", **said),
    )
    in_review.refresh_from_db()
    assert told == ["applications.changed_meanwhile", "done"]
    assert (in_review.state == "on_hold", in_review.reviews.count()) in ((True, 0), (False, 1))
    assert Hold.objects.count() == (in_review.state == "on_hold")

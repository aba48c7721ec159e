"""Two people at one audit at the same moment, on real connections: one effect, and the second is told (P2)."""

from __future__ import annotations

from typing import Any

import pytest

from nintei.applications.tests.test_two_at_once import at_once
from nintei.audits import actions
from nintei.audits.models import Audit, Draw, Ruling, SeedWord
from nintei.audits.tests.conftest import (
    DRAWN_ON,
    announce,
    answer_all,
    at,
    filed,
    mark,
    propose,
    say,
    sealed,
    set_terms,
    somebody,
    take,
)
from nintei.notices.models import Letter
from nintei.people.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_readers_and_two_deciders_at_once_have_one_effect() -> None:
    ito, noda = (somebody(each, each, "ア", Role.REVIEWER) for each in ("ito", "noda"))
    kato, ueda = (somebody(each, each, "ア", Role.DECIDER) for each in ("kato", "ueda"))
    set_terms(somebody("board", "理事", "ア", Role.BOARD), kato)
    filed(somebody("suzuki", "鈴木 美咲", "スズキ ミサキ"))
    # Frozen twice at once: one frame.
    assert at_once(lambda: announce(ito), lambda: announce(noda)) == ["audits.frame_overlaps", "done"]
    draw = sealed(Draw.objects.get())
    say(draw, ito)
    # Three more read the number at once: drawn once.
    told = at_once(*(lambda who=who: say(draw, who) for who in (noda, kato, ueda)))
    assert told == ["audits.drawn_already", "audits.drawn_already", "done"]
    audit = Audit.objects.get()
    assert (SeedWord.objects.count(), Letter.objects.filter(template="audits/letters/asked.txt").count()) == (
        2,
        1,
    )
    take(answer_all(audit), ito)
    mark(audit, ito, l2="no_proof")
    propose(audit, ito)
    audit.refresh_from_db()
    told_both: dict[str, Any] = {"audit": audit, "version": audit.version, "words": "", "on": DRAWN_ON}
    told_both["at"] = at(DRAWN_ON, 23)
    ruled = at_once(
        lambda: actions.rule(actor=kato, agreed=True, **told_both),
        lambda: actions.rule(actor=ueda, agreed=True, **told_both),
    )
    assert ruled == ["audits.changed_meanwhile", "done"]
    assert Ruling.objects.count() == 1
    assert Letter.objects.filter(template="audits/letters/ruled.txt").count() == 1

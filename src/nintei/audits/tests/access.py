"""What the table of access shows of this room, made through its actions: the owner's renewal was drawn."""

from __future__ import annotations

from nintei.audits import actions, queries
from nintei.audits.models import Audit, Draw
from nintei.audits.tests.conftest import (
    DRAWN_ON,
    SET_ON,
    WRITTEN,
    announce,
    at,
    checked,
    drawn,
    filed,
    paper,
    set_terms,
    somebody,
)
from nintei.people.models import Person, Role


def _office() -> tuple[Person, Person, Person]:
    first = somebody("first-auditor", "伊藤 結", "イトウ ユイ", Role.REVIEWER)
    second = somebody("second-decider", "加藤 修", "カトウ オサム", Role.DECIDER)
    return first, second, somebody("setter", "高橋 理事", "タカハシ リジ", Role.BOARD)


def _drawn(owner: Person) -> tuple[Audit, Person, Person]:
    first, second, board = _office()
    set_terms(board, second)
    filed(owner)
    return drawn(announce(first), first, second)[0], first, second


def ticket(owner: Person) -> dict[str, object]:
    _drawn(owner)
    return {}


def frame(owner: Person) -> dict[str, object]:
    _drawn(owner)
    return {"number": Draw.objects.get().frame.number}


def draw(owner: Person) -> dict[str, object]:
    return frame(owner) | {"ordinal": 1}


def audit(owner: Person) -> dict[str, object]:
    return {"pk": _drawn(owner)[0].pk}


def line(owner: Person) -> dict[str, object]:
    return audit(owner) | {"ordinal": 1}


def _with_file(owner: Person) -> Audit:
    found = _drawn(owner)[0]
    actions.answer_line(
        actor=owner, line=queries.lines(found)[0], words="", as_other=False, nothing=False, files=[paper()],
        on=DRAWN_ON, at=at(DRAWN_ON),
    )  # fmt: skip
    return found


def shown(owner: Person) -> dict[str, object]:
    found = _with_file(owner)
    return {"pk": found.pk, "sha256": paper().sha256}


def pictured(owner: Person) -> dict[str, object]:
    return shown(owner) | {"page": 1}


def file(owner: Person) -> dict[str, object]:
    return {"pk": queries.lines(_with_file(owner))[0].files.all()[0].pk}


def ready(owner: Person) -> dict[str, object]:
    """An audit with nothing left to answer."""
    found = _drawn(owner)[0]
    for each in queries.lines(found):
        actions.answer_line(
            actor=owner,
            line=each,
            words="",
            as_other=False,
            nothing=True,
            files=[],
            on=DRAWN_ON,
            at=at(DRAWN_ON),
        )
    return {"pk": found.pk}


def ruled(owner: Person) -> dict[str, object]:
    """An audit that cost a line, checked after its last day."""
    found, first, second = _drawn(owner)
    checked(found, first, second, found.due_on.replace(day=30), l1="no_proof")
    return {"pk": found.pk}


def open_terms(owner: Person) -> dict[str, object]:
    board = _office()[2]
    said = actions.TermsSaid(**WRITTEN)
    return {"number": actions.propose_terms(actor=board, said=said, on=SET_ON, at=at(SET_ON)).number}

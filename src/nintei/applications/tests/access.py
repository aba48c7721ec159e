"""What the table of access shows of this room, made through its actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.applications import actions, queries
from nintei.applications.actions import ItemSaid, MarkSaid
from nintei.applications.models import Application
from nintei.applications.tests.conftest import add_post, attest, pay, pledge, pledge_text, report_for, submit
from nintei.experience.tests import access as experience
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.shared.files import take_in
from nintei.shared.tests.test_pictures import png
from nintei.site.tests.access import NOON

PICTURE = png(16, 8)


def draft(owner: Person) -> dict[str, object]:
    """A draft of the owner's with a report, two posts, one of them attested, and a text to pledge."""
    _draft(owner, NOON)
    add_post(owner, date(2018, 4, 1), date(2019, 9, 30), "24", "ひなた通販")
    return {"qualification": "OMP"}


def case(owner: Person) -> dict[str, object]:
    """A case that the owner has handed in."""
    made = _draft(owner, NOON)
    pledge(made)
    return {"pk": submit(made).pk}


def decided(owner: Person) -> dict[str, object]:
    """A case of the owner's that was refused."""
    made = Application.objects.get(pk=str(case(owner)["pk"]))
    office = {role: _colleague(role) for role in (Role.REVIEWER, Role.DECIDER, Role.ACCOUNTANT)}
    pay(made, office[Role.ACCOUNTANT], NOON.date())
    when: dict[str, Any] = {"version": None, "on": NOON.date(), "at": NOON}
    reviewer = office[Role.REVIEWER]
    row = actions.take_up(actor=reviewer, application=made, **when)
    marks = [MarkSaid(p.code, "confirm") for p in queries.verdict(row, NOON.date()).parts]
    actions.recommend(actor=reviewer, application=row, marks=marks, notes="", **when)
    why = {"experience": "確かめられませんでした。"}
    decider = office[Role.DECIDER]
    actions.decide(actor=decider, application=row, outcome="refused", reasons=why, words="", **when)
    return {"pk": made.pk}


def answered(owner: Person) -> dict[str, object]:
    """A case with a question that the owner has answered with a picture."""
    made = Application.objects.get(pk=str(case(owner)["pk"]))
    asked = [ItemSaid("attestor_role", "どの部署でしたか。")]
    when: dict[str, Any] = {"on": NOON.date(), "at": NOON}
    reviewer = _colleague(Role.REVIEWER)
    (item,) = actions.ask_items(actor=reviewer, application=made, version=None, items=asked, **when)
    sheet = take_in(SimpleUploadedFile("在籍証明.png", PICTURE))
    actions.answer_item(person=owner, item=item, words="課長でした。", files=[sheet], **when)
    return {"pk": made.pk, "sha256": sheet.sha256, "page": 1}


def _colleague(role: Role) -> Person:
    email = f"another-{role}@example.jp"
    person = Person.objects.create_user(email, name="野田 葵", kana="ノダ アオイ")
    people.grant_role(by="system", person=person, role=role, from_on=NOON.date(), at=NOON)
    return person


def _draft(owner: Person, at: datetime) -> Application:
    report_for(owner)
    pledge_text()
    made = actions.start(person=owner, qualification="OMP", on=at.date(), at=at)
    attest(add_post(owner, date(2020, 4, 1), None, "45", "さくらコンタクト株式会社"))
    return made


def file(owner: Person) -> dict[str, object]:
    """The file of experience of somebody who has handed in an application."""
    case(owner)
    return {"person": owner.pk}


def office_asked(owner: Person) -> dict[str, object]:
    """A request of theirs to an attestor."""
    return file(owner) | {"asked": experience.asked(owner)["asked"]}


def office_claim(owner: Person) -> dict[str, object]:
    """A claim of theirs that something stands in for experience."""
    return file(owner) | {"claim": experience.claimed(owner).pk}


def office_evidence(owner: Person) -> dict[str, object]:
    """The evidence of such a claim."""
    case(owner)
    return experience.evidence(owner)

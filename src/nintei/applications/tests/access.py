"""What the table of access shows of this room, made through its actions."""

from __future__ import annotations

from base64 import b64decode
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.applications import actions
from nintei.applications.actions import ItemSaid
from nintei.applications.models import Application, AskedItem
from nintei.applications.tests.conftest import add_post, attest, pledge, pledge_text, report_for, submit
from nintei.experience.tests import access as experience
from nintei.people.models import Person, Role
from nintei.shared import files
from nintei.site.tests.access import NOON, person


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


def asked_item(owner: Person) -> dict[str, object]:
    """Something that Ito asks the owner."""
    return {"pk": _asked(owner).pk}


def answered_file(owner: Person) -> dict[str, object]:
    """A file that the owner has attached to an answer."""
    taken = files.take_in(SimpleUploadedFile("在籍証明.png", PIXEL))
    item = _asked(owner)
    actions.answer_item(person=owner, item=item, words="", files=[taken], on=NOON.date(), at=NOON)
    return {"pk": item.files.get().pk}


def returned(owner: Person) -> dict[str, object]:
    """A case with nothing left to answer."""
    item = _asked(owner)
    actions.answer_item(person=owner, item=item, words="阿部の下です。", on=NOON.date(), at=NOON)
    return {"pk": item.application_id}


def _asked(owner: Person) -> AskedItem:
    ito = person("ito-asks", Role.REVIEWER)
    row = Application.objects.get(person=owner, pk=str(case(owner)["pk"]))
    said = [ItemSaid("attestor_role", "阿部さんは当時どの部署でしたか。")]
    return actions.ask_items(actor=ito, application=row, version=None, items=said, on=NOON.date(), at=NOON)[0]


# The smallest picture: one grey point.
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGN4CAAA4gDhmPpUfAAAAABJRU5ErkJggg=="
)


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

"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.ledger import actions
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity
from nintei.people.models import Person
from nintei.shared import files
from nintei.shared.clock import JST

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
    "0500017a5eab3f0000000049454e44ae426082"
)


def logged(owner: Person) -> Activity:
    """A book that the owner read."""
    book = Draft("C", "『応対品質の測り方』を読む", ((date(2026, 11, 18), 80),), topic="4")
    return actions.log_activity(by=owner.by, person=owner, draft=book, at=NOON)


def line(owner: Person) -> dict[str, object]:
    """A line of the owner's log."""
    return {"key": logged(owner).pk}


def file(owner: Person) -> dict[str, object]:
    """A photo that the owner attached to a line."""
    taken = files.take_in(SimpleUploadedFile("参加票.png", PNG))
    evidence = actions.attach_evidence(by=owner.by, activity=logged(owner), taken=taken, at=NOON)
    return {"key": evidence.pk}

"""What the table of access shows of this room, made through its actions."""

from __future__ import annotations

from datetime import date

from nintei.experience import actions
from nintei.experience.models import AttestationRequest, Post
from nintei.notices.queries import mailbox
from nintei.people.models import Person
from nintei.site.tests.access import NOON


def qualification(owner: Person) -> dict[str, object]:
    """A qualification with certification."""
    return {"qualification": "OMP"}


def post(owner: Person) -> dict[str, object]:
    """A post of the owner's."""
    return {"qualification": "OMP", "post": _post(owner).pk}


def asked(owner: Person) -> dict[str, object]:
    """A request the owner has made."""
    return {"qualification": "OMP", "asked": _asked(owner).pk}


def asked_page(owner: Person) -> dict[str, object]:
    """The page of requests, with one on it."""
    _asked(owner)
    return {"qualification": "OMP"}


def link(owner: Person) -> dict[str, object]:
    """The token that was mailed to the owner's attestor."""
    mail = mailbox(_asked(owner).attestor_email)[0]
    return {"token": next(line for line in mail.body.splitlines() if "/attest/" in line).rpartition("/")[2]}


def _post(owner: Person) -> Post:
    return actions.save_post(
        by=owner.by,
        person=owner,
        at=NOON,
        on=NOON.date(),
        organisation="さくらコンタクト株式会社",
        department="品質管理課",
        started_on=date(2021, 4, 1),
        ended_on=None,
        fields={"4": "モニタリング", "5": ""},
    )


def _asked(owner: Person) -> AttestationRequest:
    return actions.ask_attestor(
        by=owner.by,
        person=owner,
        attestor_name="阿部 直子",
        attestor_email="abe@example.jp",
        relation="superior",
        post_ids=[_post(owner).pk],
        at=NOON,
        on=NOON.date(),
    )

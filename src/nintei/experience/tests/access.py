"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import date

from nintei.experience import actions
from nintei.experience.models import AttestationRequest, Post
from nintei.experience.tests.conftest import at, token_in
from nintei.people.models import Person

# Long enough ago to remind, and not so long that the link has ended.
ASKED_ON = date(2026, 11, 17)


def qualification(owner: Person) -> dict[str, object]:
    return {"qualification": "OMP"}


def _post(owner: Person) -> Post:
    return actions.save_post(
        by=owner.by,
        person=owner,
        organisation="さくらコンタクト株式会社",
        started_on=date(2021, 4, 1),
        ended_on=date(2024, 3, 31),
        fields={"4": "品質管理"},
        on=ASKED_ON,
        at=at(ASKED_ON),
    )


def _asked(owner: Person) -> AttestationRequest:
    return actions.ask_attestor(
        by=owner.by,
        person=owner,
        attestor_name="阿部 直子",
        attestor_email="abe@example.jp",
        relation="superior",
        post_ids=[_post(owner).pk],
        on=ASKED_ON,
        at=at(ASKED_ON),
    )


def post(owner: Person) -> dict[str, object]:
    """A post of the owner's."""
    return {"qualification": "OMP", "post": _post(owner).pk}


def asked(owner: Person) -> dict[str, object]:
    """A request of the owner's to an attestor."""
    return {"qualification": "OMP", "asked": _asked(owner).pk}


def token(owner: Person) -> dict[str, object]:
    """The link that the attestor got: whoever has it may answer."""
    return {"token": token_in(_asked(owner))}

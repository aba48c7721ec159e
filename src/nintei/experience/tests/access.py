"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import date

from nintei.experience import actions
from nintei.experience.models import AttestationRequest, DrawnSignature, Post, Substitution
from nintei.experience.tests.conftest import a_drawing, a_file, at, box_secret, enter, sign, staff, token_in
from nintei.people.models import Person, Role

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


def used_token(owner: Person) -> dict[str, object]:
    """A link that was answered: whoever has it may read what was signed."""
    asked = _asked(owner)
    sign(token_in(asked), asked.posts.get(), ASKED_ON)
    return {"token": token_in(asked)}


def drawn(owner: Person) -> dict[str, object]:
    """A signature that an attestor has drawn."""
    asked = _asked(owner)
    sign(token_in(asked), asked.posts.get(), ASKED_ON, drawn=a_drawing())
    return {"drawn": DrawnSignature.objects.get(request=asked).pk}


def box(owner: Person) -> dict[str, object]:
    """The mailed list of what waits for an attestor."""
    first, other = _asked(owner), _post(owner)
    actions.ask_attestor(
        by=owner.by,
        person=owner,
        attestor_name="阿部 直子",
        attestor_email="abe@example.jp",
        relation="superior",
        post_ids=[other.pk],
        on=ASKED_ON,
        at=at(ASKED_ON),
    )
    day = date(2026, 11, 23)
    actions.mail_box(token=token_in(first), at=at(day, 11), on=day)
    return {"secret": box_secret("abe@example.jp")}


def on_paper(owner: Person) -> dict[str, object]:
    """A form (C) of the owner's, to print."""
    return {"qualification": "OMP", "asked": paper(owner).pk}


def paper(owner: Person) -> AttestationRequest:
    """A request on paper."""
    return actions.ask_on_paper(
        by=owner.by,
        person=owner,
        attestor_name="阿部 直子",
        relation="superior",
        post_ids=[_post(owner).pk],
        on=ASKED_ON,
        at=at(ASKED_ON),
    )


def code(owner: Person) -> dict[str, object]:
    """The code of a form (C) that the owner handed to somebody."""
    return {"code": paper(owner).code}


def scan(owner: Person) -> dict[str, object]:
    """The scan of a form (C) that was keyed in."""
    keeper = Person.objects.filter(email="reviewer@example.jp").first()
    keeper = keeper or staff("keeper@example.jp", "伊藤 結", Role.REVIEWER)
    asked = paper(owner)
    enter(asked, keeper, ASKED_ON)
    return {"scan": asked.scans.get().pk, "page": 1}


def claimed(owner: Person) -> Substitution:
    """A claim of substitution with its evidence."""
    return actions.claim_substitution(
        by=owner.by,
        person=owner,
        kind="training",
        name="管理者研修",
        issuer="研修センター",
        obtained_on=date(2020, 3, 31),
        evidence=[a_file()],
        on=ASKED_ON,
        at=at(ASKED_ON),
    )


def claim(owner: Person) -> dict[str, object]:
    """A claim of substitution of the owner's."""
    return {"qualification": "OMP", "claim": claimed(owner).pk}


def evidence(owner: Person) -> dict[str, object]:
    """The evidence of a claim."""
    return {"file": claimed(owner).files.get().pk}

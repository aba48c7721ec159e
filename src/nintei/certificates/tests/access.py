"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import datetime

from nintei.certificates import actions, publishing, queries
from nintei.certificates.posting import actions as posting
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.people.tests.conftest import somebody
from nintei.registry.tests.access import certified
from nintei.shared.clock import JST

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def certificate(owner: Person) -> dict[str, object]:
    """The owner's certificate, printed."""
    certified(owner)
    (paper,) = queries.certificates(owner)
    actions.issue(certificate_id=paper.pk, at=NOON)
    return {"certificate_id": paper.pk}


def paper(owner: Person) -> dict[str, object]:
    """The owner's certificate, with somewhere to go."""
    people.change_address(by=owner.by, person=owner, postal_address="東京都千代田区1-1", at=NOON)
    return {"pk": certificate(owner)["certificate_id"]}


def to_post(owner: Person) -> dict[str, object]:
    """The same, for the list."""
    paper(owner)
    return {}


def printed(owner: Person) -> dict[str, object]:
    """The same, printed by Hara, who works for the association."""
    pk = paper(owner)["pk"]
    hara = somebody("hara.post", "原 愛", "ハラ アイ", Role.CONTRACTOR)
    run = posting.print_papers(
        actor=hara, ids=[str(pk)], envelope="folded", again="", on=NOON.date(), at=NOON
    )
    return {"pk": run.pk}


def badge(owner: Person) -> dict[str, object]:
    """The same as a credential."""
    return {**certificate(owner), "kind": "json"}


def lists(owner: Person) -> dict[str, object]:
    """The public files, written."""
    certificate(owner)
    publishing.publish(NOON)
    return {}


def status_list(owner: Person) -> dict[str, object]:
    """The list of what was revoked."""
    return {**lists(owner), "purpose": "revocation", "number": 1}

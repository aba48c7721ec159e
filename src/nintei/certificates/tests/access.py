"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import datetime, timedelta

from nintei.certificates import publishing, queries
from nintei.certificates.passport import actions as passports
from nintei.certificates.posting import actions as posting
from nintei.certificates.sharing import actions as sharing
from nintei.certificates.tests.world import issue
from nintei.journal.actions import checkpoint
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.people.tests.conftest import somebody
from nintei.registry import actions as registry
from nintei.registry.queries import passes_of
from nintei.registry.tests.access import certified
from nintei.shared.clock import JST

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def certificate(owner: Person) -> dict[str, object]:
    """The owner's certificate, printed."""
    certified(owner)
    (paper,) = queries.certificates(owner)
    issue(paper)
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


def passport(owner: Person) -> dict[str, object]:
    """The owner's passport, made."""
    at = datetime(2026, 11, 24, 12, tzinfo=JST)
    certified(owner)
    asked = passports.ask(by=owner.by, person=owner, parts=["points"], language="ja", at=at)
    checkpoint(at=at)
    passports.make(by="system", passport_id=asked.pk, at=at)
    return {"passport_id": asked.pk, "kind": "json"}


def passport_to_delete(owner: Person) -> dict[str, object]:
    """The same, by its name alone."""
    return {"passport_id": passport(owner)["passport_id"]}


def lists(owner: Person) -> dict[str, object]:
    """The public files, written."""
    certificate(owner)
    publishing.publish(NOON)
    return {}


def status_list(owner: Person) -> dict[str, object]:
    """The list of what was revoked."""
    return {**lists(owner), "purpose": "revocation", "number": 1}


def exam_only(owner: Person) -> dict[str, object]:
    """A pass that is the qualification itself."""
    report = f"""試験,合格者番号,氏名,カナ,生年月日,メール,合否,発行日
SV,2024000777,{owner.name},{owner.kana},1990-04-02,{owner.email},合格,2024-10-08
"""
    registry.import_passes(by="system", data=report.encode(), name="sv.csv", on=NOON.date(), at=NOON)
    registry.claim_by_email(by="system", person=owner, at=NOON)
    return {"pk": passes_of(owner).get(exam="SV").pk}


def _link(owner: Person) -> sharing.Made:
    return sharing.make_link(
        by=owner.by, certification=certified(owner), shows=frozenset({"name"}), label="", on=NOON.date(), at=NOON,
        until_on=NOON.date() + timedelta(days=300),
    )  # fmt: skip


def link(owner: Person) -> dict[str, object]:
    """A link to the owner's certification."""
    return {"pk": _link(owner).link.pk}


def shared(owner: Person) -> dict[str, object]:
    """What opens it."""
    return {"token": _link(owner).token}

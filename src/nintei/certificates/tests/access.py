"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import datetime

from nintei.certificates import actions, publishing, queries
from nintei.certificates.passport import actions as passports
from nintei.people.models import Person
from nintei.registry.tests.access import certified
from nintei.shared.clock import JST


def certificate(owner: Person) -> dict[str, object]:
    """The owner's certificate, printed."""
    certified(owner)
    (paper,) = queries.certificates(owner)
    actions.issue(certificate_id=paper.pk, at=datetime(2026, 11, 24, 12, tzinfo=JST))
    return {"certificate_id": paper.pk}


def badge(owner: Person) -> dict[str, object]:
    """The same as a credential."""
    return {**certificate(owner), "kind": "json"}


def passport(owner: Person) -> dict[str, object]:
    """The owner's passport, made."""
    at = datetime(2026, 11, 24, 12, tzinfo=JST)
    certified(owner)
    asked = passports.ask(by=owner.by, person=owner, parts=["points"], language="ja", at=at)
    passports.make(by="system", passport_id=asked.pk, at=at)
    return {"passport_id": asked.pk, "kind": "json"}


def passport_to_delete(owner: Person) -> dict[str, object]:
    """The same, by its name alone."""
    return {"passport_id": passport(owner)["passport_id"]}


def lists(owner: Person) -> dict[str, object]:
    """The public files, written."""
    certificate(owner)
    publishing.publish(datetime(2026, 11, 24, 12, tzinfo=JST))
    return {}


def status_list(owner: Person) -> dict[str, object]:
    """The list of what was revoked."""
    return {**lists(owner), "purpose": "revocation", "number": 1}

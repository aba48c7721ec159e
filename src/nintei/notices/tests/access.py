"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import datetime

from nintei.notices.actions import post
from nintei.people.models import Person
from nintei.shared.clock import JST


def letter(owner: Person) -> dict[str, object]:
    """A letter in the demo's mailbox."""
    at = datetime(2026, 11, 24, 12, tzinfo=JST)
    written = post(
        by="system", key="access", template="people/letters/login_code.txt", to_email=owner.email, language="ja",
        at=at, context={"code": "AAAA-AAAA"}, to_person=owner,
    )  # fmt: skip
    return {"letter": written.pk}

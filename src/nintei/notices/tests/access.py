"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import datetime

from nintei.notices.actions import post
from nintei.people.actions import enter_person
from nintei.people.models import Person
from nintei.shared.clock import JST

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def letter(owner: Person) -> dict[str, object]:
    """A letter in the demo's mailbox."""
    written = post(
        by="system", key="access", template="people/letters/login_code.txt", to_email=owner.email, language="ja",
        at=NOON, context={"code": "AAAA-AAAA"}, to_person=owner,
    )  # fmt: skip
    return {"letter": written.pk}


def on_paper(owner: Person) -> dict[str, object]:
    """A letter to somebody who has no address."""
    hanako = enter_person(
        by="system", name="鈴木 花子", kana="スズキ ハナコ", born_on=None, postal_address="東京都千代田区1-1",
        language="ja", at=NOON,
    )  # fmt: skip
    letter = post(
        by="system", key="access", template="registry/letters/copy_declined.txt", to_email="", language="ja",
        at=NOON, context={"person": hanako}, to_person=hanako,
    )  # fmt: skip
    return {"pk": letter.pk}


def on_paper_page(owner: Person) -> dict[str, object]:
    """The same, for the page that lists them."""
    on_paper(owner)
    return {}

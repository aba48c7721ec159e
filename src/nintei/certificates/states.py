"""The one transition table of a certificate's way by post (認定証の発送), and that of a link to share one.

Buttons, refusals, docs/states-certificates.md, tests and the guard in the database are made from it. No document
promises a day of posting (MAN-ア.※1, 順次発送します), so nothing here runs out.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a printed certificate is."""

    TO_POST = "to_post", pgettext_lazy("posting", "発送待ち")
    POSTED = "posted", pgettext_lazy("posting", "発送済み")
    RETURNED = "returned", pgettext_lazy("posting", "戻ってきた")
    SET_ASIDE = "set_aside", pgettext_lazy("posting", "発送しない")


class Event(TextChoices):
    """What can happen to it. `UNDO` takes back a mark that was set by mistake."""

    POST = "post", pgettext_lazy("posting", "発送したと記録する")
    COME_BACK = "come_back", pgettext_lazy("posting", "戻ってきたと記録する")
    ASK = "ask", pgettext_lazy("posting", "住所を尋ねる")
    SET_ASIDE = "set_aside", pgettext_lazy("posting", "発送しないことにする")
    TAKE_BACK = "take_back", pgettext_lazy("posting", "発送待ちに戻す")
    UNDO = "undo", pgettext_lazy("posting", "発送の記録を取り消す")


# What a history says of it.
DONE = {
    Event.POST: pgettext_lazy("posting", "発送しました"),
    Event.COME_BACK: pgettext_lazy("posting", "戻ってきました"),
    Event.ASK: pgettext_lazy("posting", "住所を尋ねました"),
    Event.SET_ASIDE: pgettext_lazy("posting", "発送しないことにしました"),
    Event.TAKE_BACK: pgettext_lazy("posting", "発送待ちに戻しました"),
    Event.UNDO: pgettext_lazy("posting", "発送の記録を取り消しました"),
}


class Row(NamedTuple):
    """A line of the table. Everything is done by the desk (`DESK`)."""

    at: State
    event: Event
    to: State


ROWS = (
    Row(State.TO_POST, Event.POST, State.POSTED),
    Row(State.TO_POST, Event.ASK, State.TO_POST),
    Row(State.TO_POST, Event.SET_ASIDE, State.SET_ASIDE),
    Row(State.POSTED, Event.COME_BACK, State.RETURNED),
    Row(State.POSTED, Event.UNDO, State.TO_POST),
    Row(State.RETURNED, Event.POST, State.POSTED),
    Row(State.RETURNED, Event.ASK, State.RETURNED),
    Row(State.RETURNED, Event.SET_ASIDE, State.SET_ASIDE),
    Row(State.SET_ASIDE, Event.TAKE_BACK, State.TO_POST),
)
TABLE = {(row.at, row.event): row.to for row in ROWS}
# Which roles (people.models.Role) are the desk of the post.
DESK = ("contractor", "reviewer", "registrar")
# From here a paper still goes out: what may be printed.
WAITING = (State.TO_POST, State.RETURNED)
# What has to be said why.
WITH_REASON = (Event.COME_BACK, Event.SET_ASIDE, Event.UNDO)


def following(state: str, event: str) -> State | None:
    """The state after an event, or None where it may not happen."""
    return TABLE.get((State(state), Event(event)))


def events(state: str) -> tuple[Event, ...]:
    """What may be done in a state: the buttons, in the table's order."""
    return tuple(row.event for row in ROWS if row.at == state)


def moves() -> list[tuple[str, str]]:
    """Every change of state in the table: what the database lets pass."""
    return sorted({(str(row.at), str(row.to)) for row in ROWS if row.at != row.to})


class LinkState(TextChoices):
    """What a link to share is on a day. Only `REVOKED` is written down; the rest is read off the calendar."""

    OPEN = "open", pgettext_lazy("link", "開けます")
    EXPIRED = "expired", pgettext_lazy("link", "期限が過ぎました")
    REVOKED = "revoked", pgettext_lazy("link", "取り消しました")


class LinkEvent(TextChoices):
    """What can happen to a link."""

    EXPIRE = "expire", pgettext_lazy("link", "期限が過ぎる")
    REVOKE = "revoke", pgettext_lazy("link", "リンクを取り消す")


LINK_ROWS = (
    (LinkState.OPEN, LinkEvent.EXPIRE, LinkState.EXPIRED),
    (LinkState.OPEN, LinkEvent.REVOKE, LinkState.REVOKED),
)

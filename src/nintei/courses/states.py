"""The one transition table of what is accredited, providers and courses alike: state × event × who.

The rule documents say that the association accredits by criteria it has set (CPD-A.3) and nothing of how
many people decide; so one member of the committee decides, with reasons, and never on their own organisation.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a provider or a course stands."""

    DRAFT = "draft", _("下書き")
    PROPOSED = "proposed", pgettext_lazy("course", "審査待ち")
    ACCREDITED = "accredited", pgettext_lazy("course", "認定")
    RETURNED = "returned", _("差戻し")
    REFUSED = "refused", pgettext_lazy("course", "不認定")
    WITHDRAWN = "withdrawn", _("取下げ")
    ENDED = "ended", _("認定の取消し")


class Event(TextChoices):
    """What can happen to it."""

    EDIT = "edit", _("直す")
    PROPOSE = "propose", _("審査に出す")
    WITHDRAW = "withdraw", _("取り下げる")
    ACCREDIT = "accredit", pgettext_lazy("course", "認定する")
    RETURN = "return", _("差し戻す")
    REFUSE = "refuse", _("認定しない")
    END = "end", _("認定を取り消す")


class Actor(TextChoices):
    """As what somebody acts: for the organisation, or for the committee."""

    PROVIDER = "provider", _("研修提供者")
    COMMITTEE = "committee", _("認定の担当")


TABLE: dict[tuple[State, Event, Actor], State] = {
    (State.DRAFT, Event.EDIT, Actor.PROVIDER): State.DRAFT,
    (State.DRAFT, Event.PROPOSE, Actor.PROVIDER): State.PROPOSED,
    (State.DRAFT, Event.WITHDRAW, Actor.PROVIDER): State.WITHDRAWN,
    (State.PROPOSED, Event.WITHDRAW, Actor.PROVIDER): State.WITHDRAWN,
    (State.PROPOSED, Event.ACCREDIT, Actor.COMMITTEE): State.ACCREDITED,
    (State.PROPOSED, Event.RETURN, Actor.COMMITTEE): State.RETURNED,
    (State.PROPOSED, Event.REFUSE, Actor.COMMITTEE): State.REFUSED,
    (State.RETURNED, Event.EDIT, Actor.PROVIDER): State.RETURNED,
    (State.RETURNED, Event.PROPOSE, Actor.PROVIDER): State.PROPOSED,
    (State.RETURNED, Event.WITHDRAW, Actor.PROVIDER): State.WITHDRAWN,
    (State.ACCREDITED, Event.END, Actor.COMMITTEE): State.ENDED,
}

# Accreditation happened: what was attended while it ran counts for ever (AMB-C10).
LISTED = (State.ACCREDITED, State.ENDED)
CLOSED = (State.REFUSED, State.WITHDRAWN, State.ENDED)
EDITABLE = (State.DRAFT, State.RETURNED)


def following(state: str, event: str, actor: str) -> State | None:
    """The state after an event, or None where it may not happen."""
    return TABLE.get((State(state), Event(event), Actor(actor)))


def events(state: str, actor: Actor) -> tuple[Event, ...]:
    """What somebody may do in a state: their buttons, in the table's order."""
    return tuple(event for (at, event, who) in TABLE if at == state and who == actor)


def moves() -> list[tuple[str, str]]:
    """Every change of state in the table: what the database lets pass."""
    return sorted({(str(at), str(to)) for (at, _event, _actor), to in TABLE.items() if at != to})

"""The one transition table: state × event × who. Buttons, permissions, tests and the database guard read it.

What is not in the table may not happen. A person never moves an application to 受理: only the office's
own rule does, when complete papers and the confirmed fee are both there (MAN-ウ④.※1, AMB-F4).
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("下書き")
    SUBMITTED = "submitted", _("入金待ち")
    ACCEPTED = "accepted", _("受理")
    IN_REVIEW = "in_review", _("審査中")
    RECOMMENDED = "recommended", _("決定待ち")
    CERTIFIED = "certified", pgettext_lazy("state", "認定")
    REFUSED = "refused", _("不認定")
    RETURNED = "returned", _("差戻し")
    WITHDRAWN = "withdrawn", _("取下げ")


class Event(TextChoices):
    """What can happen to an application."""

    EDIT = "edit", _("直す")
    SUBMIT = "submit", _("送る")
    ACCEPT = "accept", _("受理する")
    TAKE_UP = "take_up", _("審査を引き受ける")
    RECOMMEND = "recommend", _("決定へ進める")
    RETURN = "return", _("差し戻す")
    SEND_BACK = "send_back", _("審査へ戻す")
    CERTIFY = "certify", _("認定する")
    REFUSE = "refuse", _("認定しない")
    WITHDRAW = "withdraw", _("取り下げる")


class Actor(TextChoices):
    """As what somebody acts. `RULE` is the office's own rule, never a person."""

    APPLICANT = "applicant", _("申請者")
    REVIEWER = "reviewer", _("審査担当")
    DECIDER = "decider", _("決定者")
    RULE = "rule", _("規則")


TABLE: dict[tuple[State, Event, Actor], State] = {
    (State.DRAFT, Event.EDIT, Actor.APPLICANT): State.DRAFT,
    (State.DRAFT, Event.SUBMIT, Actor.APPLICANT): State.SUBMITTED,
    (State.DRAFT, Event.WITHDRAW, Actor.APPLICANT): State.WITHDRAWN,
    (State.SUBMITTED, Event.ACCEPT, Actor.RULE): State.ACCEPTED,
    (State.SUBMITTED, Event.RETURN, Actor.REVIEWER): State.RETURNED,
    (State.SUBMITTED, Event.WITHDRAW, Actor.APPLICANT): State.WITHDRAWN,
    (State.ACCEPTED, Event.TAKE_UP, Actor.REVIEWER): State.IN_REVIEW,
    (State.ACCEPTED, Event.WITHDRAW, Actor.APPLICANT): State.WITHDRAWN,
    (State.IN_REVIEW, Event.RECOMMEND, Actor.REVIEWER): State.RECOMMENDED,
    (State.IN_REVIEW, Event.RETURN, Actor.REVIEWER): State.RETURNED,
    (State.IN_REVIEW, Event.WITHDRAW, Actor.APPLICANT): State.WITHDRAWN,
    (State.RECOMMENDED, Event.CERTIFY, Actor.DECIDER): State.CERTIFIED,
    (State.RECOMMENDED, Event.REFUSE, Actor.DECIDER): State.REFUSED,
    (State.RECOMMENDED, Event.SEND_BACK, Actor.DECIDER): State.IN_REVIEW,
    (State.RECOMMENDED, Event.WITHDRAW, Actor.APPLICANT): State.WITHDRAWN,
    (State.RETURNED, Event.EDIT, Actor.APPLICANT): State.RETURNED,
    (State.RETURNED, Event.SUBMIT, Actor.APPLICANT): State.SUBMITTED,
    (State.RETURNED, Event.WITHDRAW, Actor.APPLICANT): State.WITHDRAWN,
}

# 受理 happened: from here on the fee is not returned (MAN-ウ④.※2).
AFTER_ACCEPTANCE = (State.ACCEPTED, State.IN_REVIEW, State.RECOMMENDED, State.CERTIFIED, State.REFUSED)
CLOSED = (State.CERTIFIED, State.REFUSED, State.WITHDRAWN)
EDITABLE = (State.DRAFT, State.RETURNED)


def following(state: str, event: str, actor: str) -> State | None:
    """The state after an event, or None where it may not happen."""
    return TABLE.get((State(state), Event(event), Actor(actor)))


def events(state: str, actors: frozenset[Actor]) -> tuple[Event, ...]:
    """What somebody who acts as any of `actors` may do in a state: their buttons, in the table's order."""
    return tuple(event for (at, event, actor) in TABLE if at == state and actor in actors)


def moves() -> list[tuple[str, str]]:
    """Every change of state in the table: what the database lets pass."""
    return sorted({(str(at), str(to)) for (at, _event, _actor), to in TABLE.items() if at != to})


def waits_for(state: str) -> Actor | None:
    """Who has to act next, None where nobody has to."""
    return {
        State.DRAFT: Actor.APPLICANT,
        State.SUBMITTED: Actor.APPLICANT,
        State.ACCEPTED: Actor.REVIEWER,
        State.IN_REVIEW: Actor.REVIEWER,
        State.RECOMMENDED: Actor.DECIDER,
        State.RETURNED: Actor.APPLICANT,
    }.get(State(state))

"""The one transition table: state × event × as what somebody acts.

Buttons, permissions, docs/states.md, tests and the database guard are made from it.

What is not in the table may not happen. A person never moves an application to 受理: only the office's
own rule does, when complete papers and the confirmed fee are both there (MAN-ウ④.※1, AMB-F4).
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("下書き")
    INCOMPLETE = "incomplete", _("書類の不足")
    SUBMITTED = "submitted", _("入金待ち")
    ACCEPTED = "accepted", _("受理")
    IN_REVIEW = "in_review", _("審査中")
    ON_HOLD = "on_hold", _("保留")
    RETURNED = "returned", _("差戻し")
    RECOMMENDED = "recommended", _("決定待ち")
    CERTIFIED = "certified", pgettext_lazy("state", "認定")
    REFUSED = "refused", _("不認定")
    TURNED_AWAY = "turned_away", _("不受理")
    WITHDRAWN = "withdrawn", _("取下げ")


class Event(TextChoices):
    """What can happen to an application."""

    EDIT = "edit", _("直す")
    SUBMIT = "submit", _("送る")
    KEY_IN = "key_in", _("紙の申請を入力する")
    COMPLETE = "complete", _("書類がそろったとする")
    REOPEN = "reopen", _("決定を見直す")
    TURN_AWAY = "turn_away", _("不受理とする")
    ACCEPT = "accept", _("受理する")
    ASSIGN = "assign", _("担当を決める")
    TAKE_UP = "take_up", _("審査を引き受ける")
    ASK = "ask", _("ご本人に尋ねる")
    ANSWER = "answer", _("答える")
    RESUME = "resume", _("審査を再開する")
    HOLD = "hold", _("保留にする")
    RELEASE = "release", _("保留を解く")
    SUBTRACT = "subtract", _("休みの期間を差し引く")
    RESTORE = "restore", _("差し引きをやめる")
    RECOMMEND = "recommend", _("決定へ進める")
    SEND_BACK = "send_back", _("審査へ戻す")
    CERTIFY = "certify", _("認定する")
    REFUSE = "refuse", _("認定しない")
    WITHDRAW = "withdraw", _("取り下げる")
    AMEND = "amend", _("更新の申請を改める")


class Actor(TextChoices):
    """As what somebody acts. `RULE` is the office's own rule, never a person."""

    APPLICANT = "applicant", _("申請者")
    CONTRACTOR = "contractor", _("業務受託者")
    REVIEWER = "reviewer", _("審査担当")
    DECIDER = "decider", _("決定者")
    RULE = "rule", _("規則")


# Which role (people.models.Role) acts as what. The contractor prepares, the association decides (MAN-エ.※3, AMB-A6).
ACTS_AS: dict[str, Actor] = {
    "contractor": Actor.CONTRACTOR,
    "reviewer": Actor.REVIEWER,
    "decider": Actor.DECIDER,
}

_DESK = (Actor.CONTRACTOR, Actor.REVIEWER)
_STAFF = (Actor.CONTRACTOR, Actor.REVIEWER, Actor.DECIDER)


class Row(NamedTuple):
    """A line of the table: in a state, what may happen, by whom, and the state that follows."""

    at: State
    event: Event
    who: tuple[Actor, ...]
    to: State


# In the order of the buttons.
ROWS = (
    Row(State.DRAFT, Event.EDIT, (Actor.APPLICANT,), State.DRAFT),
    Row(State.DRAFT, Event.SUBMIT, (Actor.APPLICANT,), State.SUBMITTED),
    Row(State.DRAFT, Event.KEY_IN, _DESK, State.INCOMPLETE),
    Row(State.DRAFT, Event.REOPEN, (Actor.DECIDER,), State.SUBMITTED),
    Row(State.DRAFT, Event.WITHDRAW, (Actor.APPLICANT,), State.WITHDRAWN),
    Row(State.INCOMPLETE, Event.EDIT, (Actor.APPLICANT,), State.INCOMPLETE),
    Row(State.INCOMPLETE, Event.KEY_IN, _DESK, State.INCOMPLETE),
    Row(State.INCOMPLETE, Event.COMPLETE, _DESK, State.SUBMITTED),
    Row(State.INCOMPLETE, Event.ASSIGN, _STAFF, State.INCOMPLETE),
    Row(State.INCOMPLETE, Event.TURN_AWAY, (Actor.REVIEWER,), State.TURNED_AWAY),
    Row(State.INCOMPLETE, Event.WITHDRAW, (Actor.APPLICANT,), State.WITHDRAWN),
    Row(State.SUBMITTED, Event.ACCEPT, (Actor.RULE,), State.ACCEPTED),
    Row(State.SUBMITTED, Event.RESUME, (Actor.RULE,), State.IN_REVIEW),
    Row(State.SUBMITTED, Event.ASSIGN, _STAFF, State.SUBMITTED),
    Row(State.SUBMITTED, Event.ASK, _DESK, State.RETURNED),
    Row(State.SUBMITTED, Event.WITHDRAW, (Actor.APPLICANT,), State.WITHDRAWN),
    Row(State.SUBMITTED, Event.AMEND, (Actor.APPLICANT,), State.SUBMITTED),
    Row(State.ACCEPTED, Event.TAKE_UP, _DESK, State.IN_REVIEW),
    Row(State.ACCEPTED, Event.ASSIGN, _STAFF, State.IN_REVIEW),
    Row(State.ACCEPTED, Event.RESUME, (Actor.RULE,), State.IN_REVIEW),
    Row(State.ACCEPTED, Event.WITHDRAW, (Actor.APPLICANT,), State.WITHDRAWN),
    Row(State.ACCEPTED, Event.AMEND, (Actor.APPLICANT,), State.ACCEPTED),
    Row(State.IN_REVIEW, Event.RECOMMEND, (Actor.REVIEWER,), State.RECOMMENDED),
    Row(State.IN_REVIEW, Event.SUBTRACT, (Actor.REVIEWER,), State.IN_REVIEW),
    Row(State.IN_REVIEW, Event.RESTORE, (Actor.REVIEWER,), State.IN_REVIEW),
    Row(State.IN_REVIEW, Event.ASK, _DESK, State.RETURNED),
    Row(State.IN_REVIEW, Event.HOLD, _DESK, State.ON_HOLD),
    Row(State.IN_REVIEW, Event.ASSIGN, _STAFF, State.IN_REVIEW),
    Row(State.IN_REVIEW, Event.WITHDRAW, (Actor.APPLICANT,), State.WITHDRAWN),
    Row(State.IN_REVIEW, Event.AMEND, (Actor.APPLICANT,), State.IN_REVIEW),
    Row(State.ON_HOLD, Event.RELEASE, _DESK, State.IN_REVIEW),
    Row(State.ON_HOLD, Event.ASSIGN, _STAFF, State.ON_HOLD),
    Row(State.ON_HOLD, Event.WITHDRAW, (Actor.APPLICANT,), State.WITHDRAWN),
    Row(State.ON_HOLD, Event.AMEND, (Actor.APPLICANT,), State.ON_HOLD),
    Row(State.RETURNED, Event.EDIT, (Actor.APPLICANT,), State.RETURNED),
    Row(State.RETURNED, Event.ANSWER, (Actor.APPLICANT,), State.RETURNED),
    Row(State.RETURNED, Event.SUBMIT, (Actor.APPLICANT,), State.SUBMITTED),
    Row(State.RETURNED, Event.RESUME, _DESK, State.IN_REVIEW),
    Row(State.RETURNED, Event.ASSIGN, _STAFF, State.RETURNED),
    Row(State.RETURNED, Event.WITHDRAW, (Actor.APPLICANT,), State.WITHDRAWN),
    Row(State.RETURNED, Event.AMEND, (Actor.APPLICANT,), State.RETURNED),
    Row(State.RECOMMENDED, Event.CERTIFY, (Actor.DECIDER,), State.CERTIFIED),
    Row(State.RECOMMENDED, Event.REFUSE, (Actor.DECIDER,), State.REFUSED),
    Row(State.RECOMMENDED, Event.SEND_BACK, (Actor.DECIDER,), State.IN_REVIEW),
    Row(State.RECOMMENDED, Event.WITHDRAW, (Actor.APPLICANT,), State.WITHDRAWN),
    Row(State.RECOMMENDED, Event.AMEND, (Actor.APPLICANT,), State.IN_REVIEW),
)

TABLE: dict[tuple[State, Event, Actor], State] = {
    (row.at, row.event, actor): row.to for row in ROWS for actor in row.who
}

# 受理 is behind these: what becomes of the fee now is the edition's word (MAN-ウ④.※2). A returned case may be
# before or after it.
AFTER_ACCEPTANCE = (
    State.ACCEPTED,
    State.IN_REVIEW,
    State.ON_HOLD,
    State.RECOMMENDED,
    State.CERTIFIED,
    State.REFUSED,
)
CLOSED = (State.CERTIFIED, State.REFUSED, State.TURNED_AWAY, State.WITHDRAWN)
EDITABLE = (State.DRAFT, State.RETURNED)
# What was handed in is frozen (`Application.claim`) but here.
UNFROZEN = (State.DRAFT, State.INCOMPLETE, State.RETURNED)


def following(state: str, event: str, actor: str) -> State | None:
    """The state after an event, or None where it may not happen."""
    return TABLE.get((State(state), Event(event), Actor(actor)))


def events(state: str, actors: frozenset[Actor]) -> tuple[Event, ...]:
    """What somebody who acts as any of `actors` may do in a state: their buttons, in the table's order."""
    return tuple(dict.fromkeys(row.event for row in ROWS if row.at == state and actors & set(row.who)))


def as_what(state: str, event: str, actors: frozenset[Actor]) -> Actor | None:
    """As which of `actors` an event may happen in a state; None where it may not."""
    return next((a for a in Actor if a in actors and following(state, event, a)), None)


def moves() -> list[tuple[str, str]]:
    """Every change of state in the table: what the database lets pass."""
    return sorted({(str(at), str(to)) for (at, _event, _actor), to in TABLE.items() if at != to})


def waits_for(state: str) -> Actor | None:
    """Who has to act next, None where nobody has to."""
    return {
        State.DRAFT: Actor.APPLICANT,
        State.INCOMPLETE: Actor.APPLICANT,
        State.SUBMITTED: Actor.APPLICANT,
        State.ACCEPTED: Actor.REVIEWER,
        State.IN_REVIEW: Actor.REVIEWER,
        State.ON_HOLD: Actor.REVIEWER,
        State.RECOMMENDED: Actor.DECIDER,
        State.RETURNED: Actor.APPLICANT,
    }.get(State(state))

"""The one transition table of a certification, and that of a case about one.

Buttons, permissions, docs/states-registry.md, tests and the guard in the database are made from it. What is
not in the table may not happen. Days move a certification too (`BEGIN`, `EXPIRE`): the kernel's `status_on`
reads those off the calendar, so they are never written down. Suspension, revocation and reinstatement are the
association's acts (AMB-A8); no document says on what grounds, so none is invented here.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """What a certification is on a day. `ENDED`: it was ended for good, and is lapsed to everybody outside."""

    NONE = "not_certified", _("認定前")
    NOT_STARTED = "certified_not_started", _("有効期間開始前")
    VALID = "valid", _("有効")
    PENDING = "valid_pending_renewal", _("有効（更新の審査中）")
    SUSPENDED = "suspended", _("停止")
    REVOKED = "revoked", _("取消")
    LAPSED = "lapsed", _("失効")
    ENDED = "ended", _("終了")


class StatusKind(TextChoices):
    """What is written down about a certification's status; the terms (有効期間) are written beside it."""

    RENEWAL_FILED = "renewal_filed", _("更新審査申請")
    RENEWAL_REFUSED = "renewal_refused", _("更新不可")
    RENEWAL_WITHDRAWN = "renewal_withdrawn", _("更新審査申請の取下げ")
    SUSPENDED = "suspended", _("停止")
    RELEASED = "released", _("停止解除")
    REVOKED = "revoked", _("取消")
    REINSTATED = "reinstated", _("復活")
    ENDED = "ended", _("終了")
    ANNULLED = "annulled", _("記録の訂正")


class Event(TextChoices):
    """What can happen to a certification."""

    CERTIFY = "certify", _("認定する")
    ENTER = "enter", _("以前の認定を登録する")
    BEGIN = "begin", _("有効期間が始まる")
    EXPIRE = "expire", _("有効期間が終わる")
    FILE_RENEWAL = "file_renewal", _("更新を申請する")
    RENEW = "renew", _("更新する")
    REFUSE_RENEWAL = "refuse_renewal", _("更新しない")
    WITHDRAW_RENEWAL = "withdraw_renewal", _("更新の申請を取り下げる")
    SUSPEND = "suspend", _("停止する")
    RELEASE = "release", _("停止を解く")
    REVOKE = "revoke", _("資格を取り消す")
    REINSTATE = "reinstate", _("復活させる")
    END = "end", _("終了とする")
    ANNUL = "annul", _("誤った記録を訂正する")


class Actor(TextChoices):
    """As whom: the second person of a case, the decision of another room, or the calendar."""

    CASE = "case", _("二人で決めた手続き")
    DECISION = "decision", _("審査の決定")
    CALENDAR = "calendar", _("暦")


class Row(NamedTuple):
    """A line of the table: on a day in a state, what may happen, as whom, and which states may follow.

    Which of several follows is for the days of validity to say. An empty `to`: what it would be without the
    record that is annulled.
    """

    at: State
    event: Event
    who: tuple[Actor, ...]
    to: tuple[State, ...]


_CASE, _DECIDED, _DAYS = (Actor.CASE,), (Actor.DECISION,), (Actor.CALENDAR,)
_RUNNING = (State.NOT_STARTED, State.VALID, State.PENDING, State.LAPSED)

ROWS = (
    Row(State.NONE, Event.CERTIFY, _DECIDED, (State.NOT_STARTED, State.VALID)),
    Row(State.NONE, Event.ENTER, _DECIDED, (State.NOT_STARTED, State.VALID, State.LAPSED)),
    Row(State.NOT_STARTED, Event.BEGIN, _DAYS, (State.VALID,)),
    Row(State.NOT_STARTED, Event.SUSPEND, _CASE, (State.SUSPENDED,)),
    Row(State.NOT_STARTED, Event.REVOKE, (Actor.CASE, Actor.DECISION), (State.REVOKED,)),
    Row(State.NOT_STARTED, Event.END, _CASE, (State.ENDED,)),
    Row(State.VALID, Event.EXPIRE, _DAYS, (State.PENDING, State.LAPSED)),
    Row(State.VALID, Event.FILE_RENEWAL, _DECIDED, (State.VALID,)),
    Row(State.VALID, Event.RENEW, _DECIDED, (State.VALID,)),
    Row(State.VALID, Event.REFUSE_RENEWAL, _DECIDED, (State.VALID,)),
    Row(State.VALID, Event.WITHDRAW_RENEWAL, _DECIDED, (State.VALID,)),
    Row(State.VALID, Event.SUSPEND, _CASE, (State.SUSPENDED,)),
    Row(State.VALID, Event.REVOKE, (Actor.CASE, Actor.DECISION), (State.REVOKED,)),
    Row(State.VALID, Event.END, _CASE, (State.ENDED,)),
    Row(State.PENDING, Event.RENEW, _DECIDED, (State.VALID,)),
    Row(State.PENDING, Event.REFUSE_RENEWAL, _DECIDED, (State.LAPSED,)),
    Row(State.PENDING, Event.WITHDRAW_RENEWAL, _DECIDED, (State.LAPSED,)),
    Row(State.PENDING, Event.SUSPEND, _CASE, (State.SUSPENDED,)),
    Row(State.PENDING, Event.REVOKE, (Actor.CASE, Actor.DECISION), (State.REVOKED,)),
    Row(State.PENDING, Event.END, _CASE, (State.ENDED,)),
    Row(State.SUSPENDED, Event.EXPIRE, _DAYS, (State.LAPSED,)),
    Row(State.SUSPENDED, Event.FILE_RENEWAL, _DECIDED, (State.SUSPENDED,)),
    Row(State.SUSPENDED, Event.RENEW, _DECIDED, (State.SUSPENDED,)),
    Row(State.SUSPENDED, Event.REFUSE_RENEWAL, _DECIDED, (State.SUSPENDED, State.LAPSED)),
    Row(State.SUSPENDED, Event.WITHDRAW_RENEWAL, _DECIDED, (State.SUSPENDED, State.LAPSED)),
    Row(State.SUSPENDED, Event.RELEASE, _CASE, _RUNNING),
    Row(State.SUSPENDED, Event.REVOKE, (Actor.CASE, Actor.DECISION), (State.REVOKED,)),
    Row(State.SUSPENDED, Event.END, _CASE, (State.ENDED,)),
    Row(State.SUSPENDED, Event.ANNUL, _CASE, ()),
    Row(State.REVOKED, Event.REFUSE_RENEWAL, _DECIDED, (State.REVOKED,)),
    Row(State.REVOKED, Event.WITHDRAW_RENEWAL, _DECIDED, (State.REVOKED,)),
    Row(State.REVOKED, Event.REINSTATE, _CASE, _RUNNING),
    Row(State.REVOKED, Event.ANNUL, _CASE, ()),
    Row(State.LAPSED, Event.RENEW, _DECIDED, (State.VALID, State.LAPSED)),
    Row(State.LAPSED, Event.REFUSE_RENEWAL, _DECIDED, (State.LAPSED,)),
    Row(State.LAPSED, Event.WITHDRAW_RENEWAL, _DECIDED, (State.LAPSED,)),
    Row(State.LAPSED, Event.FILE_RENEWAL, _DECIDED, (State.LAPSED,)),
    Row(State.LAPSED, Event.REVOKE, (Actor.CASE, Actor.DECISION), (State.REVOKED,)),
    Row(State.LAPSED, Event.END, _CASE, (State.ENDED,)),
    Row(State.ENDED, Event.REFUSE_RENEWAL, _DECIDED, (State.ENDED,)),
    Row(State.ENDED, Event.WITHDRAW_RENEWAL, _DECIDED, (State.ENDED,)),
    Row(State.ENDED, Event.ANNUL, _CASE, ()),
)

TABLE: dict[tuple[State, Event, Actor], tuple[State, ...]] = {
    (row.at, row.event, actor): row.to for row in ROWS for actor in row.who
}

# What is written down when an event is not a new term.
KINDS = {
    Event.FILE_RENEWAL: StatusKind.RENEWAL_FILED,
    Event.REFUSE_RENEWAL: StatusKind.RENEWAL_REFUSED,
    Event.WITHDRAW_RENEWAL: StatusKind.RENEWAL_WITHDRAWN,
    Event.SUSPEND: StatusKind.SUSPENDED,
    Event.RELEASE: StatusKind.RELEASED,
    Event.REVOKE: StatusKind.REVOKED,
    Event.REINSTATE: StatusKind.REINSTATED,
    Event.END: StatusKind.ENDED,
    Event.ANNUL: StatusKind.ANNULLED,
}


def may(state: str, event: str, actor: str) -> bool:
    """Whether something may happen on a day in a state."""
    return (State(state), Event(event), Actor(actor)) in TABLE


def events(state: str, actor: str) -> tuple[Event, ...]:
    """What may happen in a state as whom, in the table's order: the office's buttons."""
    return tuple(dict.fromkeys(row.event for row in ROWS if row.at == state and actor in row.who))


# --- what the database guards -----------------------------------------------------------------------


class Footing(TextChoices):
    """What the association's acts alone have made of a certification, whatever the calendar says.

    The database keeps it and moves it with each record of a change, along `footing_moves()`.
    """

    IN_FORCE = "in_force", _("効力あり")
    SUSPENDED = "suspended", _("停止")
    REVOKED = "revoked", _("取消")
    ENDED = "ended", _("終了")


_STANDS = {
    State.SUSPENDED: Footing.SUSPENDED,
    State.REVOKED: Footing.REVOKED,
    State.ENDED: Footing.ENDED,
}
_LEADS = {
    Event.SUSPEND: Footing.SUSPENDED,
    Event.RELEASE: Footing.IN_FORCE,
    Event.REVOKE: Footing.REVOKED,
    Event.REINSTATE: Footing.IN_FORCE,
    Event.END: Footing.ENDED,
}
MOVING = tuple(KINDS[event] for event in _LEADS)


def footing_in(state: State) -> Footing:
    """What the acts have made of a certification that is in a state."""
    return _STANDS.get(state, Footing.IN_FORCE)


def footing_moves() -> dict[tuple[str, str], str]:
    """(footing, kind of change) → footing: the table without the calendar, as the database knows it."""
    rows = [(footing_in(row.at), row.event) for row in ROWS if row.at != State.NONE]
    return {
        (str(at), str(KINDS[event])): str(_LEADS.get(event, at))
        for at, event in rows
        if event in KINDS and event != Event.ANNUL
    }


def footings_with_terms() -> list[str]:
    """In which footings a new validity may be entered."""
    entering = (Event.CERTIFY, Event.ENTER, Event.RENEW)
    return sorted({str(footing_in(row.at)) for row in ROWS if row.event in entering})

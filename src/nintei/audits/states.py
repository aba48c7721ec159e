"""The one transition table of an audit: state × event × as what somebody acts.

Buttons, refusals and the database guard are made from it. What is not in the table may not happen.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where an audit stands."""

    ASKED = "asked", pgettext_lazy("audit", "回答待ち")
    ANSWERED = "answered", pgettext_lazy("audit", "回答あり")
    CHECKING = "checking", pgettext_lazy("audit", "確認中")
    PROPOSED = "proposed", pgettext_lazy("audit", "決定待ち")
    REFERRED = "referred", pgettext_lazy("audit", "付託中")
    CLOSED = "closed", pgettext_lazy("audit", "終了")
    APPEALED = "appealed", pgettext_lazy("audit", "不服の申立て")


class Event(TextChoices):
    """What can happen to an audit."""

    ANSWER = "answer", pgettext_lazy("audit", "答える")
    SEND = "send", pgettext_lazy("audit", "回答を送る")
    PLEAD = "plead", pgettext_lazy("audit", "申し出る")
    TAKE_UP = "take_up", pgettext_lazy("audit", "確認を引き受ける")
    MARK = "mark", pgettext_lazy("audit", "行を判断する")
    ASK_AGAIN = "ask_again", pgettext_lazy("audit", "もう一度尋ねる")
    PROPOSE = "propose", pgettext_lazy("audit", "決定へ進める")
    SEND_BACK = "send_back", pgettext_lazy("audit", "確認へ戻す")
    CLOSE = "close", pgettext_lazy("audit", "決める")
    REFER = "refer", pgettext_lazy("audit", "付託する")
    APPEAL = "appeal", pgettext_lazy("audit", "不服を申し立てる")


class Actor(TextChoices):
    """As what somebody acts."""

    HOLDER = "holder", pgettext_lazy("audit", "監査を受ける方")
    AUDITOR = "auditor", pgettext_lazy("audit", "監査の担当")
    DECIDER = "decider", pgettext_lazy("audit", "監査の決定者")


class Row(NamedTuple):
    """A line of the table."""

    at: State
    event: Event
    who: Actor
    to: State


ROWS = (
    Row(State.ASKED, Event.ANSWER, Actor.HOLDER, State.ASKED),
    Row(State.ASKED, Event.SEND, Actor.HOLDER, State.ANSWERED),
    Row(State.ASKED, Event.PLEAD, Actor.HOLDER, State.ASKED),
    Row(State.ANSWERED, Event.PLEAD, Actor.HOLDER, State.ANSWERED),
    Row(State.ASKED, Event.TAKE_UP, Actor.AUDITOR, State.CHECKING),
    Row(State.ANSWERED, Event.TAKE_UP, Actor.AUDITOR, State.CHECKING),
    Row(State.REFERRED, Event.TAKE_UP, Actor.AUDITOR, State.CHECKING),
    Row(State.APPEALED, Event.ANSWER, Actor.HOLDER, State.APPEALED),
    Row(State.APPEALED, Event.TAKE_UP, Actor.AUDITOR, State.CHECKING),
    Row(State.CHECKING, Event.TAKE_UP, Actor.AUDITOR, State.CHECKING),
    Row(State.CHECKING, Event.MARK, Actor.AUDITOR, State.CHECKING),
    Row(State.CHECKING, Event.ASK_AGAIN, Actor.AUDITOR, State.ASKED),
    Row(State.CHECKING, Event.PROPOSE, Actor.AUDITOR, State.PROPOSED),
    Row(State.PROPOSED, Event.SEND_BACK, Actor.DECIDER, State.CHECKING),
    Row(State.PROPOSED, Event.CLOSE, Actor.DECIDER, State.CLOSED),
    Row(State.PROPOSED, Event.REFER, Actor.DECIDER, State.REFERRED),
    Row(State.CLOSED, Event.APPEAL, Actor.HOLDER, State.APPEALED),
)
TABLE = {(row.at, row.event, row.who): row.to for row in ROWS}
OVER = (State.CLOSED,)


def following(state: str, event: str, actor: str) -> State | None:
    """The state after an event, or None where it may not happen."""
    return TABLE.get((State(state), Event(event), Actor(actor)))


def moves() -> list[tuple[str, str]]:
    """Every change of state in the table: what the database lets pass."""
    return sorted({(str(row.at), str(row.to)) for row in ROWS if row.at != row.to})

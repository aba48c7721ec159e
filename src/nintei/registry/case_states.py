"""The one transition table of a case (手続き) about a certification: who asks, who looks, who decides.

Whoever proposes does not decide (P7), and nobody does either about themselves. A letter from a known address
proves nothing: each case rests on papers that somebody of the office has looked at.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nintei.registry.states import Actor, Event, State, may


class CaseKind(TextChoices):
    """What a case is about."""

    NAME = "name", _("氏名の変更")
    REISSUE = "reissue", _("認定証の再発行")
    LOSS = "loss", _("認定証の紛失")
    SUSPEND = "suspend", pgettext_lazy("case", "停止")
    RELEASE = "release", _("停止の解除")
    REVOKE = "revoke", pgettext_lazy("case", "取消")
    REINSTATE = "reinstate", _("取消からの復活")
    DEATH = "death", _("死亡")
    ANNUL = "annul", _("誤った記録の訂正")


# What a holder may ask for; the rest the office opens, for these too where somebody writes on paper.
HOLDERS_OWN = (CaseKind.NAME, CaseKind.REISSUE, CaseKind.LOSS)
# Which event of the certification a granted case carries out; the others change no status.
CARRIES_OUT = {
    CaseKind.SUSPEND: Event.SUSPEND,
    CaseKind.RELEASE: Event.RELEASE,
    CaseKind.REVOKE: Event.REVOKE,
    CaseKind.REINSTATE: Event.REINSTATE,
    CaseKind.DEATH: Event.END,
    CaseKind.ANNUL: Event.ANNUL,
}
# A new paper is wanted after these.
NEW_PAPER = (CaseKind.NAME, CaseKind.REISSUE, CaseKind.LOSS)
# No paper is made of a certification in these states: the name alone may be put right then.
NO_PAPER = (State.NONE, State.REVOKED, State.ENDED, State.LAPSED)


def possible(state: State) -> tuple[CaseKind, ...]:
    """The cases that make sense for a certification in a state."""
    moving = {kind for kind, event in CARRIES_OUT.items() if may(state, event, Actor.CASE)}
    on_paper = {CaseKind.NAME} if state in NO_PAPER else set(NEW_PAPER)
    return tuple(kind for kind in CaseKind if kind in moving | on_paper)


class CaseState(TextChoices):
    """Where a case stands."""

    ASKED = "asked", _("書類の確認待ち")
    PROPOSED = "proposed", _("二人目の決定待ち")
    GRANTED = "granted", _("行いました")
    DECLINED = "declined", _("行いませんでした")
    WITHDRAWN = "withdrawn", _("取下げ")


class Step(TextChoices):
    """What can happen to a case."""

    PROPOSE = "propose", _("書類を確かめて進める")
    GRANT = "grant", _("行うと決める")
    DECLINE = "decline", _("行わないと決める")
    WITHDRAW = "withdraw", _("取り下げる")


class As(TextChoices):
    """As whom somebody acts in a case."""

    HOLDER = "holder", _("資格者")
    DESK = "desk", _("登録担当・審査担当")
    DECIDER = "decider", _("決定者")


# Which role (people.models.Role) acts as whom.
ACTS_AS = {"registrar": As.DESK, "reviewer": As.DESK, "decider": As.DECIDER}


class CaseRow(NamedTuple):
    """A line of the table."""

    at: CaseState
    step: Step
    who: tuple[As, ...]
    to: CaseState


CASE_ROWS = (
    CaseRow(CaseState.ASKED, Step.PROPOSE, (As.DESK,), CaseState.PROPOSED),
    CaseRow(CaseState.ASKED, Step.WITHDRAW, (As.HOLDER,), CaseState.WITHDRAWN),
    CaseRow(CaseState.PROPOSED, Step.GRANT, (As.DECIDER,), CaseState.GRANTED),
    CaseRow(CaseState.PROPOSED, Step.DECLINE, (As.DECIDER,), CaseState.DECLINED),
    CaseRow(CaseState.PROPOSED, Step.WITHDRAW, (As.DESK,), CaseState.WITHDRAWN),
)
OPEN = (CaseState.ASKED, CaseState.PROPOSED)


def following(state: str, step: str, actors: frozenset[As]) -> CaseState | None:
    """The state after a step, or None where none of `actors` may take it."""
    rows = [row for row in CASE_ROWS if (row.at, row.step) == (state, step) and actors & set(row.who)]
    return rows[0].to if rows else None


def steps(state: str, actors: frozenset[As]) -> tuple[Step, ...]:
    """What somebody may do with a case: their buttons, in the table's order."""
    return tuple(row.step for row in CASE_ROWS if row.at == state and actors & set(row.who))


def case_moves() -> list[tuple[str, str]]:
    """Every change of state in the table: what the database lets pass."""
    return sorted({(str(row.at), str(row.to)) for row in CASE_ROWS})

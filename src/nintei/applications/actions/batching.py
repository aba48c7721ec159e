"""Renewals in bulk: one person reviews those with nothing open and puts them forward, another decides (P7).

Each renewal gets the review and the decision it would get alone; nothing is decided by the machine.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nintei.applications import queries
from nintei.applications.actions.claims import check_not_held
from nintei.applications.actions.deciding import decide, send_back
from nintei.applications.actions.reviewing import MarkSaid, recommend, take_up
from nintei.applications.models import Application, BatchLine, Kind, Outcome, RenewalBatch, Stance
from nintei.applications.states import Event, State
from nintei.journal.actions import record
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused

MOST = 200


@transaction.atomic
def propose_batch(*, actor: Person, chosen: Collection[UUID], on: date, at: datetime) -> RenewalBatch:
    """Review renewals in which the machine finds every criterion met and put them forward together.

    All or none: `Refused` for one that is not ready (`queries.is_ready`), held for an audit, in somebody
    else's hands, one's own, and for none at all. At most `MOST` at once.
    """
    keys = sorted(set(chosen))[:MOST]
    rows = list(Application.objects.select_for_update().filter(pk__in=keys, kind=Kind.RENEWAL).order_by("pk"))
    if not rows:
        raise Refused("applications.batch_empty")
    batch = RenewalBatch.objects.create(proposed_by=actor, proposed_on=on, proposed_at=at)
    for row in rows:
        _put_forward(batch, row, actor, on, at)
    told: dict[str, object] = {"renewals": [row.number for row in rows]}
    record(by=actor.by, verb="applications.propose_batch", subject=f"batch:{batch.pk}", at=at, data=told)
    return batch


def _put_forward(batch: RenewalBatch, row: Application, actor: Person, on: date, at: datetime) -> None:
    check_not_held(row)
    when = {"actor": actor, "application": row, "version": None, "on": on, "at": at}
    if row.state == State.ACCEPTED:
        row = take_up(**when)  # type: ignore[arg-type]
    judged = queries.verdict(row, on)
    if judged.unmet:
        raise Refused("applications.not_ready")
    marks = [MarkSaid(part.code, Stance.CONFIRM) for part in judged.parts]
    review = recommend(**when, marks=marks, notes="")  # type: ignore[arg-type]
    BatchLine.objects.create(batch=batch, application=row, review=review)


@transaction.atomic
def settle_batch(
    *,
    actor: Person,
    batch: RenewalBatch,
    left_out: Collection[UUID] = (),
    words: str = "",
    on: date,
    at: datetime,
) -> list[BatchLine]:
    """Renew what another person put forward; gives the lines, each with why it was left out, if it was.

    `left_out` go back to the review, with `words` for the reviewer. What changed in the meantime (amended,
    withdrawn, drawn for an audit) is left out with its reason; the rest is renewed. Settling twice is once.
    Raises `Refused` for whoever put it forward, and for whoever may not decide.
    """
    row = RenewalBatch.objects.select_for_update().get(pk=batch.pk)
    _check_may_settle(row, actor, on)
    row.settled_by, row.settled_on, row.settled_at = actor, on, at
    row.save(update_fields=["settled_by", "settled_on", "settled_at"])
    lines = list(row.lines.select_related("application", "review").order_by("application_id"))
    # Locked in the order of their keys, as an audit holds them: of a draw and a bulk decision one comes first.
    locked = Application.objects.select_for_update().filter(pk__in=[each.application_id for each in lines])
    list(locked.order_by("pk"))
    for line in lines:
        back = (words.strip() or LEFT_OUT_WORDS) if line.application_id in left_out else ""
        line.left_out = _settle(line, actor, back, on, at)
        line.save(update_fields=["left_out"])
    told: dict[str, object] = {
        "renewed": [line.application.number for line in lines if not line.left_out],
        "left_out": {str(line.application.number): line.left_out for line in lines if line.left_out},
    }
    record(by=actor.by, verb="applications.settle_batch", subject=f"batch:{row.pk}", at=at, data=told)
    return lines


def _check_may_settle(batch: RenewalBatch, actor: Person, on: date) -> None:
    """A decider, another person than who put it forward, and only once."""
    if Role.DECIDER not in roles_of(actor, on=on):
        raise Refused("applications.not_entitled", event=Event.CERTIFY.label)
    if batch.settled_at:
        raise Refused("applications.batch_settled")
    if batch.proposed_by_id == actor.pk:
        raise Refused("applications.batch_own")


LEFT_OUT_WORDS = "まとめた更新から外しました。"
LEFT_BY_DECIDER = "applications.left_by_decider"
ONLY_ABOUT_THE_CASE = (
    "applications.not_now",
    "applications.under_audit",
    "applications.not_cleared",
    "applications.changed_meanwhile",
    "applications.own_case",
    "applications.two_people",
    "applications.matched_the_fee",
)


def _settle(line: BatchLine, actor: Person, back: str, on: date, at: datetime) -> str:
    """Decide one line in a savepoint of its own, or send it back with words; the code of why it was left out."""
    case = {"actor": actor, "application": line.application, "version": None, "on": on, "at": at}
    try:
        with transaction.atomic():
            if queries.latest_review(line.application) != line.review:
                return "applications.changed_meanwhile"
            if back:
                send_back(**case, words=back)  # type: ignore[arg-type]
                return LEFT_BY_DECIDER
            decide(**case, outcome=Outcome.CERTIFIED, reasons={}, words="")  # type: ignore[arg-type]
    except Refused as refused:
        if refused.code not in ONLY_ABOUT_THE_CASE:
            raise
        return refused.code
    return ""

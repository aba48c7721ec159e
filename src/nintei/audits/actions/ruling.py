"""The second person's verb: agree to what was found, or send it back (P7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from nintei.applications.models import AuditOutcome
from nintei.audits import queries
from nintei.audits.actions.settling import settle
from nintei.audits.actions.steps import check, check_others, locked, move, tell
from nintei.audits.models import Audit, Plea, PleaKind, Proposal, Ruling
from nintei.audits.states import Actor, Event, State
from nintei.people.models import Person
from nintei.shared.refusals import Refused

# What cost the holder something, and may be contested.
APPEALABLE = (AuditOutcome.REDUCED, AuditOutcome.REFUSED)


@transaction.atomic
def rule(
    *,
    actor: Person,
    audit: Audit,
    version: int | None,
    agreed: bool,
    words: str,
    on: date,
    at: datetime,
) -> Ruling:
    """Agree to the proposal, so that the renewal goes on with what remains; or send it back with words.

    A renewal that was granted before its audit ended badly is taken up again by others. Raises `Refused`:
    `audits.not_entitled`, `audits.conflict`, `audits.two_people`, `audits.others_after_appeal`,
    `audits.send_back_why`, `audits.changed_meanwhile`.
    """
    row = locked(audit, version)
    proposal = queries.standing_proposal(row)
    refers = agreed and proposal is not None and proposal.outcome == AuditOutcome.REFERRED
    event = Event.REFER if refers else Event.CLOSE if agreed else Event.SEND_BACK
    to = check(row, event, Actor.DECIDER, actor, on)
    assert proposal is not None  # there is one in this state
    if proposal.by_id == actor.pk:
        raise Refused("audits.two_people")
    check_others(row, actor)
    if not agreed and not words.strip():
        raise Refused("audits.send_back_why")
    ruling = Ruling.objects.create(
        proposal=proposal,
        audit=row,
        proposer=proposal.by,
        decider=actor,
        agreed=agreed,
        words=words.strip(),
        appeal_until=_appeal_until(row, proposal, on) if agreed else None,
        on=on,
        at=at,
    )
    told = {"ruling": str(ruling.pk), "agreed": agreed, "outcome": str(proposal.outcome)}
    move(row, to, verb="rule", by=actor.by, on=on, at=at, **told)
    if agreed:
        _carry_out(row, proposal, ruling, actor, on, at)
    return ruling


def _appeal_until(row: Audit, proposal: Proposal, on: date) -> date | None:
    """The last (JST) day to contest; none where nothing was lost, or it was contested once already."""
    if proposal.outcome not in APPEALABLE or row.pleas.filter(kind=PleaKind.APPEAL).exists():
        return None
    return on + timedelta(days=row.draw.frame.terms.appeal_days)


def _carry_out(row: Audit, proposal: Proposal, ruling: Ruling, actor: Person, on: date, at: datetime) -> None:
    _settle_pleas(row, proposal, ruling, actor, at)
    # A renewal that is lost waits until nobody can appeal any more (`settle_due`).
    waits = proposal.outcome == AuditOutcome.REFUSED and ruling.appeal_until is not None
    if row.state == State.CLOSED and not waits:
        settle(row, proposal, actor=actor, by=actor.by, on=on, at=at)
    tell(
        row, "ruled", by=actor.by, at=at, key=f":{ruling.pk}",
        proposal=proposal, ruling=ruling, struck=queries.struck(row, proposal),
    )  # fmt: skip


def _settle_pleas(row: Audit, proposal: Proposal, ruling: Ruling, actor: Person, at: datetime) -> None:
    """An exemption is granted by the ruling; an appeal is answered by it; anything else open is past."""
    if row.state != State.CLOSED:
        return
    for plea in Plea.objects.select_for_update().filter(audit=row, granted=None):
        won = {
            PleaKind.EXEMPTION: proposal.outcome == AuditOutcome.EXEMPT,
            PleaKind.APPEAL: not proposal.less,
        }
        plea.granted, plea.answer = won.get(PleaKind(plea.kind), False), ruling.words
        plea.answered_by, plea.answered_at = actor, at
        plea.save()

"""Figures of audits for anybody, with small cells hidden (`figures`)."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q

from nintei.applications.models import AuditOutcome
from nintei.audits.models import Frame, Ruling
from nintei.audits.states import OVER, State
from nintei.shared.suppression import hide

ENDINGS = (AuditOutcome.UPHELD, AuditOutcome.REDUCED, AuditOutcome.REFUSED, AuditOutcome.EXEMPT)


class Figures(NamedTuple):
    """One frame in public: who was in it, how many were drawn, and what came of it once all is over."""

    frame: Frame
    tickets: int
    left_out: int
    audits: int
    open: int
    outcomes: dict[str, int | None]

    @property
    def is_over(self) -> bool:
        """Whether every audit has ended: before that a daily look would show who was told what."""
        return self.audits > 0 and not self.open


def figures() -> list[Figures]:
    """Every frame, the newest first. Outcomes only when no audit of it is open any more."""
    rows = Frame.objects.select_related("terms").annotate(
        filed=Count("tickets", distinct=True),
        audited=Count("draws__audits", distinct=True),
        unfinished=Count("draws__audits", filter=~Q(draws__audits__state__in=OVER), distinct=True),
    )
    # Counted rows lose the order of their model.
    rows = rows.order_by("-number")
    counted = _outcomes()
    return [_figures(row, counted.get(row.pk, {})) for row in rows]


def _figures(row: Frame, counts: dict[str, int]) -> Figures:
    filed, audited, unfinished = (getattr(row, name) for name in ("filed", "audited", "unfinished"))
    ended = {str(each): counts.get(str(each), 0) for each in ENDINGS}
    shown = hide(ended, row.terms.small_cell) if audited and not unfinished else {}
    return Figures(row, filed - row.left_out, row.left_out, audited, unfinished, shown)


def _outcomes() -> dict[object, dict[str, int]]:
    """The last agreed outcome of every closed audit, counted by frame."""
    last = Ruling.objects.filter(agreed=True, audit__state=State.CLOSED).order_by("audit_id", "-at")
    counts: dict[object, dict[str, int]] = {}
    rows = last.distinct("audit_id").values_list("audit__draw__frame_id", "proposal__outcome")
    for frame, outcome in rows:
        of_frame = counts.setdefault(frame, {})
        of_frame[outcome] = of_frame.get(outcome, 0) + 1
    return counts

"""The office's renewals: put forward what is ready, decide what another has put forward, see what comes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from nintei.applications import actions, queries, words
from nintei.applications.models import BatchLine, RenewalBatch
from nintei.applications.office import DESK
from nintei.people.doors import Signed, once, require, roles
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.workdays import workdays

FORECAST = (*DESK, Role.REGISTRAR, Role.BOARD)
GAP_WORDS = {
    "met": gettext_lazy("足りている"),
    "near": gettext_lazy("あと5ポイントまで"),
    "some": gettext_lazy("あと10ポイントまで"),
    "far": gettext_lazy("それより多く足りない"),
}
MOST_WORDS = 500
LEFT_OUT = {
    "applications.not_now": gettext_lazy("そのあいだに、申請が改められたか取り下げられました"),
    "applications.under_audit": gettext_lazy("監査の対象になりました"),
    "applications.not_cleared": gettext_lazy("満たすと確かめられていない基準があります"),
    "applications.changed_meanwhile": gettext_lazy("そのあいだに、審査がやり直されました"),
    "applications.own_case": gettext_lazy("決定する人ご自身の申請です"),
    "applications.two_people": gettext_lazy("決定する人が審査しています"),
    "applications.matched_the_fee": gettext_lazy("決定する人が手数料を確かめています"),
    actions.LEFT_BY_DECIDER: gettext_lazy("決定する人が外しました"),
}


@require(*DESK)
@require_safe
def renewals(request: Signed) -> HttpResponseBase:
    held, found = roles(request), queries.desk(request.user, clock.today())
    page: dict[str, Any] = {"desk": found, "may_propose": Role.REVIEWER in held}
    page |= {"open_parts": [(row, _findings(row)) for row in found.looked_at]}
    page |= {"batches": [(each, _may_decide(request, each)) for each in queries.batches()]}
    outcomes = [(each, *_outcome(each)) for each in queries.settled_batches()]
    # The newest is open where something was left out: somebody has to look at that.
    settled = [(*each, place == 0 and bool(each[-1])) for place, each in enumerate(outcomes)]
    return render(request, "applications/renewal/desk.html", page | {"settled": settled})


def _findings(row: queries.DeskRow) -> list[words.Row]:
    """What the machine found that is not met, in words."""
    return [each for block in words.blocks(row.judged, {}) if block.tone != "ok" for each in block.rows]


def _may_decide(request: Signed, batch: Any) -> bool:
    return Role.DECIDER in roles(request) and batch.proposed_by_id != request.user.pk


def _outcome(batch: RenewalBatch) -> tuple[list[BatchLine], list[tuple[BatchLine, str]]]:
    """What was renewed, and what was left out with why."""
    lines = batch.lines.all()
    out = [(line, str(LEFT_OUT.get(line.left_out, line.left_out))) for line in lines if line.left_out]
    return [line for line in lines if not line.left_out], out


@require(Role.REVIEWER)
@once
@require_POST
def propose(request: Signed) -> HttpResponseBase:
    try:
        batch = actions.propose_batch(
            actor=request.user, chosen=_keys(request, "renewal"), on=clock.today(), at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        number = batch.lines.count()
        said = ngettext("%(n)d件を決定へ進めました", "%(n)d件を決定へ進めました", number)
        messages.success(request, said % {"n": number})
    return redirect("applications:renewals")


@require(Role.DECIDER)
@once
@require_POST
def settle(request: Signed, pk: UUID) -> HttpResponseBase:
    batch = queries.batch(pk)
    if batch is None:
        raise Http404
    chosen = set(_keys(request, "renewal"))
    left_out = [key for key in batch.lines.values_list("application_id", flat=True) if key not in chosen]
    try:
        lines = actions.settle_batch(
            actor=request.user,
            batch=batch,
            left_out=left_out,
            words=request.POST.get("words", "")[:MOST_WORDS],
            on=clock.today(),
            at=clock.now(),
        )
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        done = sum(not line.left_out for line in lines)
        said = _("%(done)d件を更新し、%(left)d件を外しました")
        messages.success(request, said % {"done": done, "left": len(lines) - done})
    return redirect("applications:renewals")


def _keys(request: Signed, name: str) -> list[UUID]:
    found = []
    for each in request.POST.getlist(name):
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


@require(*FORECAST)
@require_safe
def forecast(request: Signed) -> HttpResponseBase:
    today = clock.today()
    loads = queries.forecast(today)
    rows = [
        (load, [(GAP_WORDS[name], number) for name, number in load.gaps], *_pace(load, today))
        for load in loads
    ]
    page = {"rows": rows, "gap_words": GAP_WORDS.values(), "today": today}
    page |= {"number": sum(load.number for load in loads), "filed": sum(load.filed for load in loads)}
    return render(request, "applications/renewal/forecast.html", page)


def _pace(load: queries.Load, today: date) -> tuple[int, str]:
    """The working days of a window that are left, and how many renewals a day would then come, rounded up."""
    begins = max(load.opens, today)
    days = workdays(begins - timedelta(days=1), load.closes)
    return days, str(-(-(load.number - load.filed) // days)) if days else "–"

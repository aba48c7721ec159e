"""Beside the cases: overrides, service levels, and the replay of a decision."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.applications import actions, queries, states
from nintei.applications.office import DESK
from nintei.applications.office.forms import LevelForm
from nintei.applications.states import State
from nintei.people.doors import Signed, once, require, roles
from nintei.people.models import Role
from nintei.shared import clock, files
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@require(*DESK)
@require_safe
def overrides(request: Signed) -> HttpResponseBase:
    return render(request, "applications/overrides.html", {"overrides": queries.overrides()})


@require(*DESK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: Signed) -> HttpResponseBase:
    """How many working days a state may last: what the association has set, and what it has not."""
    kept = queries.service_levels()
    lines = []
    for state in State:
        if states.waits_for(state) is not None and state != State.DRAFT:
            data = request.POST if request.POST.get("state") == state else None
            form = LevelForm(data, initial={"days": kept.get(state)}, auto_id=f"{state}_%s")
            if data is not None and form.is_valid() and _set(request, state, form):
                return redirect("applications:levels")
            lines.append((state, kept.get(state), form))
    page = {"lines": lines, "may_set": Role.DECIDER in roles(request)}
    return render(request, "applications/levels.html", page, status=422 if request.method == "POST" else 200)


def _set(request: Signed, state: State, form: LevelForm) -> bool:
    days = form.cleaned_data["days"]
    try:
        actions.set_service_level(
            actor=request.user, state=state, days=days, on=clock.today(), at=clock.now()
        )
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return False
    messages.success(request, _("目安の日数を定めました") if days else _("目安の日数を外しました"))
    return True


@require(*DESK)
@require_safe
def picture(request: Signed, pk: uuid.UUID, sha256: str, page: int) -> HttpResponseBase:
    """A page of a file of a case as pixels; the file itself never reaches the office's browsers (P9)."""
    application = queries.in_office(pk, request.user, clock.today())
    file = queries.file_of(application, sha256) if application else None
    shown = files.show(file, page) if file else None
    if shown is None:
        raise Http404
    return shown


@require(*DESK)
@require_safe
def replay(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    """A decision computed again today from what was stored with it (P3)."""
    application = queries.in_office(pk, request.user, clock.today())
    decision = queries.decision_of(application) if application else None
    if application is None or decision is None:
        raise Http404
    page = {"application": application, "decision": decision, "differences": queries.replay(decision)}
    page |= {"proofs": queries.proofs(decision), "is_whole": queries.is_whole(decision)}
    page |= {"edition": edition(decision.day), "today": clock.today(), "pieces": queries.pieces(decision)}
    return render(request, "applications/replay.html", page)

"""The office's page of one certification: what it is, on both axes of time, its cases, and opening one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.registry import queries
from nintei.registry.case_states import CaseKind, possible
from nintei.registry.models import Certification
from nintei.registry.opening import case_form, open_case
from nintei.registry.words import CASE_WORDS
from nintei.shared import clock
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

OFFICE = (Role.REGISTRAR, Role.REVIEWER, Role.DECIDER)
DESK = (Role.REGISTRAR, Role.REVIEWER)


@require(*OFFICE)
@require_safe
def certification(request: Signed, pk: UUID) -> HttpResponseBase:
    """One certification: valid on the day asked about, as known on another."""
    held = queries.certification(pk)
    if held is None:
        raise Http404
    today = clock.today()
    on, known_on = _day(request, "on", today), _day(request, "known", today)
    # All that was recorded on that day counts: until its midnight.
    known = datetime.combine(known_on + timedelta(days=1), time.min, JST) - timedelta(microseconds=1)
    book = edition(today)
    page: dict[str, Any] = {
        "held": held,
        "qualification": book.qualifications.get(held.qualification),
        "called": queries.registered_name(held, known),
        "status": queries.status_on(held, on, known),
        "now": queries.status_on(held, today),
        "term": queries.current_term(held, on, known),
        "on": on,
        "known_on": known_on,
        "today": today,
        "edition": book,
        "history": queries.history(held),
        "shown": sorted(queries.shown(held)),
        "cases": queries.cases_of(held),
        "kinds": _kinds(request, held, today),
        "fee": queries.reissue_fee(today),
    }
    return render(request, "registry/certification.html", page)


def _kinds(request: Signed, held: Certification, on: date) -> list[tuple[str, str, object]]:
    """The cases that may be opened as things are: from the table of states, for whoever may open one."""
    if queries.acts_as(request.user, on).isdisjoint({"desk"}) or held.person_id == request.user.pk:
        return []
    kinds = possible(queries.state_on(held, on))
    return [(kind.value, str(kind.label), CASE_WORDS[kind].does) for kind in kinds]


def _day(request: Signed, name: str, today: date) -> date:
    parts = [request.GET.get(f"{name}_{part}", "") for part in ("year", "month", "day")]
    try:
        return min(date(*map(int, parts)), today)
    except (ValueError, OverflowError):
        return today


@require(*DESK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: Signed, pk: UUID, kind: str) -> HttpResponseBase:
    """Open a case of a kind about a certification, with its paper."""
    held = queries.certification(pk)
    if held is None or kind not in CaseKind.values:
        raise Http404
    sent = request.method == "POST"
    form = case_form(request, kind, is_office=True)
    if sent and form.is_valid() and (case := open_case(request, held, CaseKind(kind), form)):
        messages.success(request, _("手続きを始めました。決定者が決めます"))
        return redirect("registry:case", case.pk)
    page = {"held": held, "form": form, "kind": CaseKind(kind), "words": CASE_WORDS[kind], "is_office": True}
    page["called"] = queries.registered_name(held)
    return render(request, "registry/new_case.html", page)

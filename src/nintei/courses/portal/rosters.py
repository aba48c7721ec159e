"""Rosters: dropped, looked at, confirmed, followed while the worker carries them out."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nintei.courses import actions, forms, queries
from nintei.courses.models import Outcome, Roster
from nintei.courses.portal.sessions import managed
from nintei.courses.rosterfile import COLUMNS
from nintei.people.doors import Signed, once, roles, signed_in
from nintei.shared import clock
from nintei.shared.refusals import Refused


@require_POST
@signed_in
@once
def drop(request: Signed, pk: UUID) -> HttpResponseBase:
    """Take a file in to look at it; nothing counts yet."""
    found = managed(request, pk)
    form = forms.RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        for sentence in form.errors.get("file", [_("ファイルを選んでください")]):
            messages.error(request, str(sentence), extra_tags="bad")
        return redirect("courses:session", pk)
    file = form.cleaned_data["file"]
    dropped = actions.drop_roster(
        by=request.user.by, session=found, data=file.read(), name=file.name, at=clock.now()
    )
    return redirect("courses:roster", dropped.pk)


@require_safe
@signed_in
def template(request: Signed, pk: UUID) -> HttpResponseBase:
    """An empty roster with its headings and the number of the session, for a spreadsheet."""
    found = managed(request, pk)
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([names[0] for names in COLUMNS.values()])
    answer = HttpResponse("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="roster-{found.first_on:%Y%m%d}.csv"'
    return answer


def _mine(request: Signed, pk: UUID) -> Roster:
    found = queries.roster_of(request.user, roles(request), pk)
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in
def progress(request: Signed, pk: UUID) -> HttpResponseBase:
    """A roster before it is confirmed, while it is carried out, and after."""
    roster = _mine(request, pk)
    page: dict[str, Any] = {"roster": roster, "session": roster.session, "course": roster.session.course}
    if roster.confirmed_at is None:
        page["judged"] = actions.preview_roster(
            data=bytes(roster.content), session=roster.session, on=clock.today()
        )
        return render(request, "courses/roster_preview.html", page)
    counts = queries.outcomes(roster)
    page |= {"counts": counts, "rows": queries.rows_of(roster), "all": sum(counts.values())}
    page["done"] = page["all"] - counts[Outcome.WAITING]
    answer = render(request, "courses/roster.html", page)
    if roster.finished_at is None:
        answer["Refresh"] = "2"
    return answer


@require_POST
@signed_in
@once
def confirm(request: Signed, pk: UUID) -> HttpResponseBase:
    """Take a roster in; a short one is carried out at once."""
    roster = _mine(request, pk)
    partial = request.POST.get("partial") == "yes"
    try:
        actions.confirm_roster(
            by=request.user.by, roster=roster, partial=partial, on=clock.today(), at=clock.now()
        )
        actions.carry_out(by=request.user.by, roster=roster.pk, at=clock.now(), most=actions.FEW)
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("courses:roster", pk)


@require_POST
@signed_in
@once
def leave(request: Signed, pk: UUID) -> HttpResponseBase:
    """Leave a file without taking it in."""
    roster = _mine(request, pk)
    session = roster.session_id
    if roster.confirmed_at is None:
        actions.leave_roster(by=request.user.by, roster=roster)
        messages.info(request, _("取り込まずに閉じました。何も変わっていません。"))
    return redirect("courses:session", session)

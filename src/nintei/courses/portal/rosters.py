"""Rosters: dropped, looked at, confirmed, followed while the worker carries them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nintei.courses import actions, forms, queries
from nintei.courses.judging import Judged
from nintei.courses.models import Outcome, Roster
from nintei.courses.portal.sessions import A_PAGE, managed
from nintei.courses.rosterfile import COLUMNS
from nintei.people.doors import Signed, once, roles, signed_in
from nintei.shared import cells, clock
from nintei.shared.refusals import Refused
from nintei.shared.templatetags.nintei import said


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
    """An empty roster with its headings, for a spreadsheet."""
    found = managed(request, pk)
    return _table([names[0] for names in COLUMNS.values()], (), f"roster-{found.first_on:%Y%m%d}.csv")


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    answer = HttpResponse(cells.table(headings, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
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
    number = request.GET.get("page")
    if roster.confirmed_at is None:
        judged = _judged(roster)
        sent = judged.sent
        faults = Paginator([(fault, sent.get(fault.line)) for fault in judged.faults], A_PAGE)
        page |= {"judged": judged, "faults": faults.get_page(number)}
        return render(request, "courses/roster_preview.html", page)
    counts = queries.outcomes(roster)
    page |= {"counts": counts, "rows": Paginator(queries.rows_of(roster), A_PAGE).get_page(number)}
    page["all"] = sum(counts.values())
    page["done"] = page["all"] - counts[Outcome.WAITING]
    answer = render(request, "courses/roster.html", page)
    if roster.finished_at and "HX-Request" in request.headers:
        # Whoever watched the bar sees the end of it: what became of each row.
        answer["HX-Refresh"] = "true"
    return answer


def _judged(roster: Roster) -> Judged:
    return actions.preview_roster(data=bytes(roster.content), session=roster.session, on=clock.today())


@require_safe
@signed_in
def faults(request: Signed, pk: UUID) -> HttpResponseBase:
    """Before a roster is confirmed: every fault, to mend the file by. After: the rows that were not taken, as sent."""
    roster = _mine(request, pk)
    name = f"faults-{roster.session.first_on:%Y%m%d}.csv"
    number, kana, on, minutes = (COLUMNS[key][0] for key in ("number", "kana", "on", "minutes"))
    if roster.confirmed_at:
        told = [
            row.as_sent or (row.number, row.kana, row.on, row.minutes) for row in queries.not_taken(roster)
        ]
        return _table((number, kana, on, minutes), told, name)
    judged = _judged(roster)
    sent = judged.sent
    lines = [
        (
            fault.line,
            *(sent[fault.line][1:3] if fault.line in sent else ("", "")),
            fault.column,
            said(fault.text),
        )
        for fault in judged.faults
    ]
    return _table((_("行"), number, kana, _("列"), _("どう直すか")), lines, name)


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

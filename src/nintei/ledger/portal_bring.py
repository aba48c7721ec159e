"""The holder's door for many lines at once: a table or a calendar is looked at, then logged whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from nintei.ledger import actions, intake, queries, wording
from nintei.ledger.calendarfile import events_of, is_calendar
from nintei.ledger.faults import Unusable
from nintei.ledger.forms_bring import BringForm, Events, first_values
from nintei.ledger.forms_check import lines_in
from nintei.ledger.logfile import read_log
from nintei.ledger.models import Activity
from nintei.people.doors import Signed, once, signed_in
from nintei.rules import points
from nintei.rules.edition import Edition
from nintei.shared import clock
from nintei.shared.forms import quiet
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on
from nintei.shared.wording import in_english

PLANNED = 6
EVENTS = "e"


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Signed) -> HttpResponseBase:
    if request.method == "POST" and "told" in request.POST:
        return _save(request)
    if request.method == "POST" and f"{EVENTS}-TOTAL_FORMS" in request.POST:
        return _chosen(request)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form)
    name, data = form.table()
    try:
        return _events(request, data) if is_calendar(data) else _table(request, form, name, data)
    except Unusable as unusable:
        language = "en" if in_english() else "ja"
        wrong = [intake.Wrong(f.row, f.column, f.sentence(language)) for f in unusable.faults]
        return _ask(request, form, wrong=wrong)


def _ask(request: Signed, form: BringForm, **more: Any) -> HttpResponse:
    page = {"form": form, "edition": edition_on(clock.today()), **more}
    return render(request, "ledger/bring.html", page, status=422 if form.errors or more else 200)


def _table(request: Signed, form: BringForm, name: str, data: bytes) -> HttpResponse:
    """A table held against the log: what is new, what is there already, what is wrong."""
    told, wrong = intake.read_table(name, data, edition_on(clock.today()))
    rows = [row for row, _holder in told]
    if len(rows) > intake.MOST_ROWS:
        sentence = _("一度に記録できるのは%(most)d行までです。分けて読み込んでください。") % {
            "most": intake.MOST_ROWS
        }
        return _ask(request, form, wrong=[intake.Wrong(0, "", sentence)])
    return _look(request, rows, wrong)


def _look(request: Signed, rows: list[intake.Row], wrong: list[intake.Wrong]) -> HttpResponse:
    """What the rows would add, before anything is saved."""
    today = clock.today()
    edition = edition_on(today)
    found = intake.held_against(request.user, rows, today, edition)
    drafts = [row.draft for row in found.new]
    each = queries.preview_several(request.user, drafts, today)
    mine = list(queries.activities(request.user)) if drafts else []
    shown = [_shown(edition, row, place, each, mine) for place, row in enumerate(found.new)]
    page = {
        "edition": edition, "found": found, "rows": shown, "each": each, "told": intake.as_json(found.new),
        "wrong": sorted([*wrong, *found.wrong]), "left_out": len({x.row for x in (*wrong, *found.wrong)}),
    }  # fmt: skip
    return render(request, "ledger/bring_look.html", page)


def _shown(
    edition: Edition, row: intake.Row, place: int, each: Sequence[queries.Several], mine: list[Activity]
) -> dict[str, Any]:
    """A row with what it would count in each certification, and the lines that may be the same hours."""
    draft = row.draft
    counted = [
        queries.Counted(
            several.certification.qualification,
            several.lines[place],
            wording.because(edition, several.after, several.lines[place], draft.minutes, draft.proof),
        )
        for several in each
    ]
    return {
        "row": row,
        "days": sorted({on for on in (draft.from_on, *draft.by_day()) if on}),
        "counted": counted,
        "is_cut": any(found.is_cut and not found.is_outside for found in counted),
        "twice": queries.told_twice(edition, draft, mine),
    }


def _events(request: Signed, data: bytes) -> HttpResponse:
    today = clock.today()
    edition = edition_on(today)
    forms = Events(
        initial=first_values(events_of(data, today), edition), prefix=EVENTS, form_kwargs={"edition": edition}
    )
    return render(request, "ledger/bring_events.html", {"forms": forms, "edition": edition})


def _chosen(request: Signed) -> HttpResponse:
    """The events that somebody ticked, as rows."""
    edition = edition_on(clock.today())
    forms = Events(request.POST, prefix=EVENTS, form_kwargs={"edition": edition})
    rows = [form.row(n) for n, form in enumerate(forms, 1) if form.is_valid() and form.cleaned_data["take"]]
    if not rows or not forms.is_valid():
        nothing = _("記録する予定を選んでください") if forms.is_valid() else ""
        page = {"forms": forms, "edition": edition, "nothing": nothing}
        return render(request, "ledger/bring_events.html", page, status=422)
    return _look(request, rows, [])


def _save(request: Signed) -> HttpResponseBase:
    try:
        rows = intake.from_json(request.POST["told"])
        found = actions.bring_in(
            by=request.user.by,
            person=request.user,
            rows=rows,
            at=clock.now(),
            partial="partial" in request.POST,
        )
    except ValueError:
        return _ask(request, BringForm(), wrong=[intake.Wrong(0, "", Refused("ledger.rows_lost").sentence())])
    except Refused as refused:
        return _ask(request, BringForm(), wrong=[intake.Wrong(0, "", refused.sentence())])
    said = ngettext("%(count)d件を記録しました", "%(count)d件を記録しました", len(found.new))
    messages.success(request, said % {"count": len(found.new)})
    return redirect("ledger:index")


@require_safe
@signed_in
def what_if(request: Signed) -> HttpResponseBase:
    """What activities to come would add: all of it stands in the address, nothing is saved."""
    today = clock.today()
    edition = edition_on(today)
    forms = lines_in(request.GET, edition, PLANNED)
    for form in forms:
        form.fields["date"].label = _("活動する日")
        form.fields["proof"].label = _("受講証明書か、受講を証明できる文書を受け取る")
        if form.is_blank:
            quiet(form)
    filled = [form for form in forms if not form.is_blank]
    # One empty card at first; whoever plans more opens the others.
    number = max((n for n, form in enumerate(forms, 1) if not form.is_blank), default=1)
    page: dict[str, Any] = {"shown": forms[:number], "more": forms[number:], "shown_number": number}
    page |= {"filled": len(filled), "edition": edition, "today": today}
    if filled and all(form.is_valid() for form in filled):
        page["each"] = _imagined(request, edition, filled)
    return render(request, "ledger/what_if.html", page)


def _imagined(request: Signed, edition: Edition, filled: list[Any]) -> list[dict[str, object]]:
    from nintei.ledger.forms_check import TYPED, as_file

    try:
        log = read_log(TYPED, as_file(filled), edition)
    except Unusable as unusable:
        for fault in unusable.faults:
            filled[max(fault.row, 1) - 1].blame(fault, "en" if in_english() else "ja")
        return []
    new: list[points.Activity] = [entry.activity._replace(id=f"~{entry.row:05}") for entry in log.entries]
    found = queries.what_if(request.user, new, clock.today())
    return [
        {
            "certification": each.certification,
            "before": each.before,
            "after": each.after,
            "plan": each.plan,
            "lines": [
                (
                    line,
                    wording.because(edition, each.after, line, sum(m for _, m in new[place].sessions)),
                    new[place],
                )
                for place, line in enumerate(each.lines)
            ],
        }
        for each in found
    ]

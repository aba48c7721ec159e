"""The office's queue of cases: the desk looks at the papers, a second person decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.registry import actions, queries
from nintei.registry.case_states import Step, steps
from nintei.registry.forms import AnswerForm
from nintei.registry.models import Case
from nintei.registry.words import CASE_WORDS
from nintei.shared import clock, files
from nintei.shared.refusals import Refused

OFFICE = (Role.REGISTRAR, Role.REVIEWER, Role.DECIDER)


@require(*OFFICE)
@require_safe
def cases(request: Signed) -> HttpResponseBase:
    """What waits, the oldest first, and what was decided."""
    page = {"open": queries.open_cases(), "closed": queries.closed_cases(), "today": clock.today()}
    return render(request, "registry/cases.html", page)


@require(*OFFICE)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Signed, pk: UUID) -> HttpResponseBase:
    """One case with its papers as pictures, and the buttons that the table gives."""
    found = queries.case(pk)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, found, form.cleaned_data["answer"])
        except Refused as refused:
            form.add_error("answer" if refused.code == "registry.say_why" else None, refused.sentence())
        else:
            messages.success(request, _("記録しました"))
            return redirect("registry:case", found.pk)
    return render(request, "registry/case.html", {"case": found, "form": form, **_seen(request, found)})


def _seen(request: Signed, found: Case) -> dict[str, object]:
    actors = queries.acts_as(request.user, clock.today())
    own = found.certification.person_id == request.user.pk
    second = found.proposed_by_id == request.user.pk
    may = (
        []
        if own
        else [s for s in steps(found.state, actors) if not (second and s in (Step.GRANT, Step.DECLINE))]
    )
    return {
        "held": found.certification,
        "called": queries.registered_name(found.certification),
        "may": [str(each) for each in may],
        "is_second": second,
        "words": CASE_WORDS[found.kind],
        "today": clock.today(),
    }


def _take(request: Signed, found: Case, answer: str) -> None:
    when: dict[str, Any] = {"on": clock.today(), "at": clock.now()}
    step = request.POST.get("step", "")
    if step == Step.PROPOSE:
        actions.propose_case(actor=request.user, case=found, **when)
    elif step == Step.WITHDRAW:
        actions.withdraw_case(actor=request.user, case=found, **when)
    elif step in (Step.GRANT, Step.DECLINE):
        granted = step == Step.GRANT
        actions.decide_case(actor=request.user, case=found, granted=granted, answer=answer, **when)
    else:
        raise Http404


@require(*OFFICE)
@require_safe
def case_paper(request: Signed, pk: UUID) -> HttpResponseBase:
    """A page of a case's paper as a picture (P9)."""
    found = queries.case_file(pk, to=request.user, on=clock.today())
    if found is None:
        raise Http404
    taken = files.TakenFile(**{name: getattr(found, name) for name in files.TakenFile._fields})
    asked = request.GET.get("page", "1")
    shown = files.show(taken, int(asked)) if asked.isdecimal() else None
    if shown is None:
        raise Http404
    return shown

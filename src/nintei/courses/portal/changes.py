"""Corrections that a provider proposes of its accredited courses."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.courses import actions, forms, queries
from nintei.courses.states import State
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Signed, pk: UUID) -> HttpResponseBase:
    """An accredited course as it should be, and why."""
    found = queries.course_of(request.user, pk)
    if found is None or found.state != State.ACCREDITED:
        raise Http404
    form = forms.ChangeForm(request.POST or None, edition(clock.today()), found)
    only_reckon = "reckon" in request.POST
    if request.method == "POST" and form.is_valid() and not only_reckon:
        told = {"draft": form.draft(), "reason": form.cleaned_data["reason"]}
        try:
            actions.propose_change(actor=request.user, course=found, at=clock.now(), **told)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("訂正を審査に出しました。認められるまで、いまの内容のままです"))
            return redirect("courses:provider_course", pk)
    page = {"form": form, "course": found}
    page["reckoned"] = forms.reckoned(request.POST.get("timetable", form.initial["timetable"]))
    status = 422 if form.errors and not only_reckon else 200
    return render(request, "courses/change_form.html", page, status=status)


@require_POST
@signed_in
@once
def withdraw(request: Signed, pk: UUID) -> HttpResponseBase:
    """Take a proposed correction back."""
    found = queries.change_of(request.user, pk)
    if found is None:
        raise Http404
    try:
        actions.withdraw_change(by=request.user.by, change=found, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, _("訂正を取り下げました"))
    return redirect("courses:provider_course", found.course_id)

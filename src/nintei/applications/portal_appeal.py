"""The applicant's door after a refusal: appeal, within the period that the association has set."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.applications import actions, queries
from nintei.applications.forms.cases import AppealForm
from nintei.applications.models import Application
from nintei.applications.queries import cases
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock, files
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    application = cases.own_refused(request.user, pk)
    if application is None:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AppealForm(*sent)
    if form.is_bound and form.is_valid() and _appeal(request, application, form):
        messages.success(request, _("不服の申立てを送りました"))
        return redirect("applications:apply", qualification=application.qualification)
    decision, today = queries.decision_of(application), clock.today()
    page = {"form": form, "application": application, "decision": decision, "edition": edition(today)}
    page |= {"way": cases.way_to_appeal(application, today), "today": today}
    page |= {"refused_for": queries.refused_for(decision) if decision else []}
    return render(request, "applications/appeal.html", page, status=422 if form.errors else 200)


def _appeal(request: Signed, application: Application, form: AppealForm) -> bool:
    paper = form.cleaned_data["paper"]
    try:
        taken = [files.take_in(paper)] if paper else []
        actions.appeal(
            actor=request.user,
            application=application,
            words=form.cleaned_data["words"],
            files=taken,
            on=clock.today(),
            at=clock.now(),
        )
    except Refused as refused:
        form.add_error("paper" if refused.code.startswith("files.") else None, refused.sentence())
        return False
    return True


@require_safe
@signed_in
def file(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    """A paper of one's own appeal."""
    found = cases.own_reopening_file(request.user, pk)
    if found is None:
        raise Http404
    return files.serve(files.TakenFile(**cases.columns(found)))

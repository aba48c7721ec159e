"""The office's door to forms (C) that came by post: found by their code, keyed in with their scan."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.experience import actions, queries
from nintei.experience.attestforms import LineForm, SignForm, line_forms
from nintei.experience.models import AttestationRequest, RequestState
from nintei.experience.officeforms import CodeForm, PaperForm
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock, files
from nintei.shared.forms import summary
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@require(Role.CONTRACTOR, Role.REVIEWER)
@require_safe
def find(request: Signed) -> HttpResponseBase:
    """Type the code of a form; the code alone opens it, whoever's case it is."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        found = queries.paper_of(form.cleaned_data["code"])
        if found and found.person_id != request.user.pk:
            return redirect("experience:paper_entry", code=found.code)
        form.add_error("code", Refused("experience.no_such_paper").sentence())
    return render(request, "experience/paper_find.html", {"form": form}, status=422 if form.errors else 200)


@require(Role.CONTRACTOR, Role.REVIEWER)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: Signed, code: str) -> HttpResponseBase:
    found, today = queries.paper_of(code), clock.today()
    if found is None or found.person_id == request.user.pk:
        raise Http404
    data = request.POST if request.method == "POST" else None
    lines = line_forms(data, queries.asked_lines(found, today), edition(today))
    sign, about = SignForm(data, lines=lines), PaperForm(data, request.FILES if data else None)
    page: dict[str, Any] = {
        "asked": found,
        "lines": lines,
        "sign": sign,
        "about": about,
        "today": today,
        "edition": edition(today),
    }
    page |= {"is_open": found.state == RequestState.OPEN, "statements": found.statements.all()}
    if data is not None:
        told: list[forms.Form] = [*lines, sign, about]
        if all(form.is_valid() for form in told) and _kept(request, found, lines, sign, about):
            return redirect("experience:paper_entry", code=found.code)
        page["errors"] = [line for form in told for line in summary(form)]
    return render(request, "experience/paper_entry.html", page, status=422 if page.get("errors") else 200)


def _kept(
    request: Signed, found: AttestationRequest, lines: list[LineForm], sign: SignForm, about: PaperForm
) -> bool:
    days = about.cleaned_data
    try:
        scan = files.take_in(days["scan"])
        actions.enter_paper_statement(
            actor=request.user,
            request_id=found.pk,
            said=[line.said() for line in lines],
            signed_name=sign.cleaned_data["name"],
            signed_on=days["signed_on"],
            arrived_on=days["arrived_on"],
            scan=scan,
            at=clock.now(),
            on=clock.today(),
        )
    except Refused as refused:
        about.add_error("scan" if refused.code.startswith("files.") else None, refused.sentence())
        return False
    messages.success(request, _("用紙の内容を記録しました"))
    return True


@require(Role.CONTRACTOR, Role.REVIEWER, Role.DECIDER)
@require_safe
def scan(request: Signed, scan: uuid.UUID, page: int) -> HttpResponseBase:
    """A page of the scan of a form, as a picture (P9)."""
    found = queries.scan(scan)
    if found is None or found.request.person_id == request.user.pk:
        raise Http404
    taken = files.TakenFile(found.sha256, found.kind, found.size, found.pages, found.file_name)
    shown = files.show(taken, page)
    if shown is None:
        raise Http404
    return shown

"""An applicant's exam passes: what is known, claiming one by number and birth date, handing in a copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.people.doors import Signed, once, signed_in
from nintei.registry import actions, queries
from nintei.registry.forms import ClaimForm, CopyForm
from nintei.registry.models import ReportState
from nintei.rules.dates import report_use
from nintei.shared import clock, files
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition
from nintei.shared.templatetags.nintei import said


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def passes(request: Signed) -> HttpResponseBase:
    """The reports that are mine, each with its last usable day; a form to claim one, a form for a copy."""
    sent = request.POST if request.method == "POST" else None
    is_copy = sent is not None and sent.get("form") == "copy"
    form = ClaimForm(None if is_copy else sent)
    copy_form = _copy_form(request, is_copy)
    if is_copy and copy_form.is_valid() and _hand_in(request, copy_form):
        return redirect("registry:passes")
    if not is_copy and form.is_valid():
        try:
            actions.claim_report(by=request.user.by, person=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("number", refusal.sentence())
        else:
            messages.success(request, _("試験結果レポートを、あなたのものとして結び付けました"))
            return redirect("registry:passes")
    return render(request, "registry/passes.html", {"form": form, "copy_form": copy_form, **_shown(request)})


def _copy_form(request: Signed, is_sent: bool) -> CopyForm:
    book = edition(clock.today())
    exams = [(q.code, f"{said(q.name)} {q.code}") for q in book.qualifications.values() if q.certified]
    return CopyForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        exams=exams,
        prefix="copy",
        initial={"name": request.user.name},
    )


def _hand_in(request: Signed, form: CopyForm) -> bool:
    told: dict[str, Any] = dict(form.cleaned_data)
    try:
        taken = files.take_in(told.pop("paper"))
        report = actions.hand_in_copy(
            by=request.user.by,
            person=request.user,
            taken=taken,
            on=clock.today(),
            at=clock.now(),
            **told,
        )
    except Refused as refused:
        form.add_error("paper" if refused.code.startswith("files.") else None, refused.sentence())
        return False
    if report.state == ReportState.CONFIRMED:
        messages.success(request, _("試験結果レポートを、あなたのものとして結び付けました"))
    else:
        messages.success(request, _("レポートの写しを送りました。事務局が確かめます"))
    return True


def _shown(request: Signed) -> dict[str, object]:
    on = clock.today()
    rules = edition(on)
    mine = queries.passes_of(request.user).prefetch_related("copies")
    uses = [
        (
            report,
            report_use(rules, report.issued_on, on, report.exam, passed=report.passed),
            rules.qualifications.get(report.exam),
        )
        for report in mine
    ]
    declined = queries.declined_copies(request.user)
    return {"reports": uses, "declined": declined, "edition": rules, "today": on}


@signed_in
@require_safe
def copy(request: Signed, pk: UUID) -> HttpResponseBase:
    """The copy of a report: the file for whose it is, a page of it as a picture for whoever checks it (P9)."""
    found = queries.copy_file(pk, to=request.user, on=clock.today())
    if found is None:
        raise Http404
    taken = files.TakenFile(**{name: getattr(found, name) for name in files.TakenFile._fields})
    if found.exam_pass.person_id == request.user.pk:
        return files.serve(taken)
    asked = request.GET.get("page", "1")
    shown = files.show(taken, int(asked)) if asked.isdecimal() else None
    if shown is None:
        raise Http404
    return shown

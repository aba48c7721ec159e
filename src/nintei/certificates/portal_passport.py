"""A holder's CPD passports: choose what goes in, take the files away, delete."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.certificates import queries
from nintei.certificates.forms import BringForm, PassportForm
from nintei.certificates.models import PassportPart
from nintei.certificates.passport import actions
from nintei.people.doors import Signed, once, signed_in
from nintei.registry import queries as registry
from nintei.shared import clock
from nintei.shared.files import serve
from nintei.shared.refusals import Refused


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Signed) -> HttpResponseBase:
    """The form, and the passports there are."""
    first = {"parts": PassportPart.values, "language": "en" if get_language() == "en" else "ja"}
    form = PassportForm(request.POST or None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            actions.ask(by=request.user.by, person=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("パスポートを作っています。数分でできます"))
            return redirect("certificates:passport")
    page = {
        "form": form,
        "passports": list(queries.passports(request.user)),
        "held": registry.certifications(request.user),
        "words": dict(PassportPart.choices),
    }
    return render(request, "certificates/passport.html", page, status=422 if form.errors else 200)


@signed_in
@require_safe
def download(request: Signed, passport_id: UUID, kind: str) -> HttpResponseBase:
    """The passport as PDF or JSON; somebody else's does not exist."""
    passport = queries.passport_of(request.user, passport_id)
    file = queries.passport_file(passport) if passport else None
    if passport is None or file is None or kind not in ("pdf", "json"):
        raise Http404
    if kind == "pdf":
        return serve(file)
    text = json.dumps(passport.credential, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/vc")
    response["Content-Disposition"] = f'attachment; filename="{passport.number}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponseBase:
    """Another association's passport, read in memory: one that would not fit there is not taken in."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _bring(request)


@csrf_protect
@signed_in
@once
def _bring(request: Signed) -> HttpResponseBase:
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        try:
            made = actions.bring(
                by=request.user.by, person=request.user, data=data, on=clock.today(), at=clock.now()
            )
        except Refused as refused:
            form.add_error("file", refused.sentence())
        else:
            said = _("下書きができました（%(n)d件）。まだ数えていません")
            messages.success(request, said % {"n": made.activities})
            return redirect("certificates:passport_bring")
    page = {"form": form, "brought": queries.brought(request.user)}
    return render(request, "certificates/passport_bring.html", page, status=422 if form.errors else 200)


@require_POST
@signed_in
@once
def delete(request: Signed, passport_id: UUID) -> HttpResponseBase:
    passport = queries.passport_of(request.user, passport_id)
    if passport is None:
        raise Http404
    actions.delete(by=request.user.by, passport=passport, at=clock.now())
    messages.success(request, _("パスポートを削除しました"))
    return redirect("certificates:passport")

"""The applicant's door to paper and to their own data: forms to print, everything to take home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nintei.applications import queries
from nintei.applications.archive import archive
from nintei.applications.models import Application
from nintei.applications.printing import forms_pdf
from nintei.people.doors import Signed, signed_in
from nintei.shared import clock
from nintei.shared.paper import CannotPrint


@require_safe
@signed_in
def forms(request: Signed, qualification: str) -> HttpResponseBase:
    """The forms (A), (B) and (D) filled in."""
    return _file(request, qualification, forms_pdf, "application/pdf", "forms.pdf")


@require_safe
@signed_in
def everything(request: Signed, qualification: str) -> HttpResponseBase:
    """All that is kept of the application, as a ZIP."""
    return _file(request, qualification, archive, "application/zip", "application.zip")


Made = Callable[[Application, date, datetime], bytes]


def _file(request: Signed, qualification: str, make: Made, kind: str, name: str) -> HttpResponseBase:
    application = queries.own(request.user, qualification)
    if application is None:
        raise Http404
    try:
        made = make(application, clock.today(), clock.now())
    except CannotPrint:
        messages.error(
            request,
            _("書類にできない文字があります。絵文字などがあれば、職歴や氏名から消してください。"),
            extra_tags="bad",
        )
        return redirect("applications:apply", qualification=qualification)
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{qualification}-{name}"'
    response["Cache-Control"] = "private, no-store"
    return response

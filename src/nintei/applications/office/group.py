"""The office's door to organisations: enter one, say who acts for it, end that."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.applications import actions
from nintei.applications.forms.group import OrganisationForm
from nintei.applications.queries import group as groups
from nintei.people import queries as people
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused

DESK = (Role.CONTRACTOR, Role.REVIEWER, Role.REGISTRAR)


@require(*DESK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: Signed) -> HttpResponseBase:
    """Every organisation with its contacts."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _found(request, form):
        messages.success(request, _("団体と担当者を登録しました"))
        return redirect("applications:organisations")
    page = {"form": form, "rows": groups.organisations()}
    return render(request, "applications/organisations.html", page, status=422 if form.errors else 200)


def _found(request: Signed, form: OrganisationForm) -> bool:
    contact = people.person_by_email(form.cleaned_data["email"])
    if contact is None:
        wrong = _("このアドレスの人は、まだ登録していません。先に登録してもらってください")
        form.add_error("email", wrong)
        return False
    try:
        actions.found_organisation(
            by=request.user.by,
            name=form.cleaned_data["name"],
            contact=contact,
            on=clock.today(),
            at=clock.now(),
        )
    except Refused as refused:
        form.add_error("name", refused.sentence())
        return False
    return True


@require_POST
@require(*DESK)
@once
def end_contact(request: Signed, pk: int) -> HttpResponseBase:
    """The contact acts for the organisation no more from tomorrow."""
    grant = groups.contact_grant(pk)
    if grant is None:
        raise Http404
    actions.end_contact(by=request.user.by, grant=grant, on=clock.today(), at=clock.now())
    messages.success(request, _("担当を終えました"))
    return redirect("applications:organisations")

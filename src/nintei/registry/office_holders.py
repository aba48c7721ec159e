"""The office's file of early holders, and the employers who may ask about people who said yes to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.registry import actions, queries
from nintei.registry.actions import HolderImport
from nintei.registry.forms import EmployerForm, HolderFileForm
from nintei.shared import clock
from nintei.shared.handing import show_once
from nintei.shared.refusals import Refused


@require(Role.REGISTRAR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def holders(request: Signed) -> HttpResponseBase:
    """Look into a file of early holders, then enter them: the file is chosen again, so that none lies about."""
    form = HolderFileForm(request.POST or None, request.FILES or None)
    seen: HolderImport | None = None
    if request.method == "POST" and form.is_valid():
        data, name = form.cleaned_data["file"].read(), form.cleaned_data["file"].name
        at = clock.now()
        seen = actions.preview_holders(data=data, on=at.date())
        partial = form.cleaned_data["partial"]
        if request.POST.get("what") == "enter" and (partial or not seen.faults):
            done = actions.import_holders(
                by=request.user.by, data=data, name=name, on=at.date(), at=at, partial=partial
            )
            words = _("{new}件を名簿に登録しました（登録済み{known}件、除いた誤り{left}件）")
            told = words.format(new=len(done.new), known=done.known, left=len(done.faults))
            messages.success(request, told)
            return redirect("registry:holders")
    return render(request, "registry/holders.html", {"form": form, "seen": seen})


@require(Role.REGISTRAR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def employers(request: Signed) -> HttpResponseBase:
    """Employers with the number of people who said yes; entering one."""
    form = EmployerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.enter_employer(
            actor=request.user, name=form.cleaned_data["name"], on=clock.today(), at=clock.now()
        )
        _show_token(request, made)
        return redirect("registry:employers")
    return render(request, "registry/employers.html", {"form": form, "employers": queries.employers()})


@require_POST
@require(Role.REGISTRAR)
@once
def employer_step(request: Signed, pk: UUID) -> HttpResponseBase:
    """A new token for an employer, or the end of its asking."""
    employer = queries.employer(pk)
    if employer is None:
        raise Http404
    told: dict[str, Any] = {
        "actor": request.user,
        "employer": employer,
        "on": clock.today(),
        "at": clock.now(),
    }
    try:
        if request.POST.get("step") == "token":
            _show_token(request, actions.renew_token(**told))
        else:
            actions.end_employer(**told)
            messages.success(request, _("この会社への公開を終えました"))
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("registry:employers")


def _show_token(request: Signed, made: actions.Entered) -> None:
    """Once, on the next page: only its hash is kept."""
    words = _("{name}（{code}）のトークンです。いま一度だけ示します。会社に安全に渡してください。")
    show_once(request, words.format(name=made.employer.name, code=made.employer.code), made.token)

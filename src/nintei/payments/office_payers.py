"""The accountant's list of who may pay for whom: agreements with companies, and payers that are known."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.payments import actions, queries
from nintei.payments.forms import AgreementForm
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused


@require(Role.ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Signed) -> HttpResponseBase:
    """What is agreed and what is known; a POST keeps another agreement."""
    form = AgreementForm(request.POST or None, initial={"agreed_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            return _agree(request, form)
        except Refused as refusal:
            form.add_error(None, refusal.sentence())
    agreements, payers = list(queries.standing_agreements()), list(queries.known_payers())
    names = queries.who([*(each.by for each in agreements), *(each.by for each in payers)])
    page = {"form": form, "agreements": agreements, "payers": payers, "names": names}
    return render(request, "payments/payers.html", page, status=422 if form.errors else 200)


def _agree(request: Signed, form: AgreementForm) -> HttpResponseBase:
    said = form.cleaned_data
    actions.agree(
        by=request.user.by,
        actor=request.user,
        payer_name=said["payer_name"],
        fees=said["people"],
        note=said["note"],
        agreed_on=said["agreed_on"],
        at=clock.now(),
    )
    messages.success(
        request, _("取り決めを書き留めました。この名義でちょうどの額が届くと、全員分を消し込みます。")
    )
    return redirect("payments:payers")


@require(Role.ACCOUNTANT)
@once
@require_POST
def end(request: Signed, pk: UUID) -> HttpResponseBase:
    """Expect a company's transfer no longer."""
    if queries.agreement(pk) is None:
        raise Http404
    try:
        actions.end_agreement(by=request.user.by, actor=request.user, agreement=pk, at=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.success(request, _("取り決めを終えました。"))
    return redirect("payments:payers")


@require(Role.ACCOUNTANT)
@once
@require_POST
def forget(request: Signed, pk: UUID) -> HttpResponseBase:
    """Settle nothing more by a payer's name."""
    if queries.known_payer(pk) is None:
        raise Http404
    try:
        actions.forget_payer(by=request.user.by, actor=request.user, payer=pk, at=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.success(request, _("この名義を忘れました。もう、この名義では消し込みません。"))
    return redirect("payments:payers")

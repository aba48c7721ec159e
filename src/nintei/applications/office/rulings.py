"""The deciders' door: taking a decision up again, giving a fee back, and the text of the pledge."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.applications import actions, queries
from nintei.applications.forms.cases import PledgeTextForm, ReopenForm
from nintei.applications.queries import cases
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused


@require_POST
@require(Role.DECIDER)
@once
def reopen(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    """Take a decided case up again, with reasons."""
    old = queries.in_office(pk, request.user, clock.today())
    if old is None:
        raise Http404
    form = ReopenForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        row = actions.reopen(
            actor=request.user, application=old, words=words, on=clock.today(), at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
        return redirect("applications:case", pk=pk)
    messages.success(request, _("決定の見直しを始めました"))
    return redirect("applications:case", pk=row.pk)


@require_POST
@require(Role.REVIEWER, Role.DECIDER)
@once
def give_back(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    """Start the refund of a refused application's fee."""
    row = queries.in_office(pk, request.user, clock.today())
    if row is None:
        raise Http404
    try:
        refund = actions.give_fee_back(actor=request.user, application=row, on=clock.today(), at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        paid = _("手数料を返すことにしました。会計担当が、振込先と承認を求めます。")
        messages.success(request, paid if refund else _("手数料は、もう求めません。"))
    return redirect("applications:case", pk=pk)


@require(Role.DECIDER, Role.BOARD)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_texts(request: Signed) -> HttpResponseBase:
    """Every version of the pledge with its hashes; a new one is published, none is changed."""
    sent = request.POST if request.method == "POST" else None
    form = PledgeTextForm(sent, today=clock.today(), initial={"from_on": clock.today()})
    if form.is_bound and form.is_valid():
        if cases.pledge_text_of(form.cleaned_data["version"].strip()):
            taken = Refused("applications.pledge_version_taken", version=form.cleaned_data["version"])
            form.add_error("version", taken.sentence())
        else:
            actions.publish_pledge_text(by=request.user.by, at=clock.now(), **_plain(form.cleaned_data))
            messages.success(request, _("宣誓の本文を公開しました"))
            return redirect("applications:pledge_texts")
    page = {"form": form, "texts": cases.pledge_texts(), "today": clock.today()}
    return render(request, "applications/pledge_texts.html", page, status=422 if form.errors else 200)


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    """Browsers send CR LF: the hash is of the lines as they are shown."""
    texts = {key: str(said[key]).replace("\r\n", "\n").strip() for key in ("ja", "en", "version")}
    return {**said, **texts}

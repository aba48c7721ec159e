"""The holder's door to a renewal: what is still missing, what will be claimed, file, amend, take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.applications import actions, pages, queries, renewal_pages, states
from nintei.applications.forms.applicant import OnlyVersionForm, PledgeForm
from nintei.applications.models import Application
from nintei.applications.portal_answers import asked_page
from nintei.applications.states import State
from nintei.ledger import queries as ledger
from nintei.ledger.queries import Home, Standing
from nintei.people.doors import Signed, once, signed_in
from nintei.rules import decisions
from nintei.shared import clock
from nintei.shared.refusals import Refused


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: Signed) -> HttpResponseBase:
    home = ledger.home(request.user, clock.today())
    asked = (request.POST if request.method == "POST" else request.GET).getlist("certification")
    chosen = _chosen(asked, home.standings)
    if request.method == "POST":
        return _file(request, chosen)
    page: dict[str, Any] = {"home": home, "edition": home.edition, "due": home.due}
    page |= _page(request, home, chosen[0]) if len(chosen) == 1 else _pledge(home)
    return render(request, "applications/renewal/renew.html", page)


def _chosen(asked: Sequence[str], standings: Sequence[Standing]) -> list[Standing]:
    """The certifications that are asked for, or the only one; none where one must choose first."""
    found = [each for each in standings if str(each.certification.pk) in asked]
    if len(found) < len(set(asked) - {""}):
        raise Http404
    return found or (list(standings) if len(standings) == 1 else [])


def _page(request: Signed, home: Home, standing: Standing) -> dict[str, Any]:
    application = queries.renewal_of(request.user, standing.term)
    page = renewal_pages.page(home, standing, application) | {"standing": standing}
    page |= {} if application else _pledge(home)
    returned = application and application.state == State.RETURNED
    return page | (asked_page(application) if application and returned else {})


def _pledge(home: Home) -> dict[str, Any]:
    """The pledge to sign with a renewal, or with several in one go, where the rulebook asks for one (AMB-A9)."""
    if decisions.PLEDGE not in decisions.renewal_asks(home.edition):
        return {}
    text = queries.pledge_text(clock.today())
    return {"text": text, "form": PledgeForm(initial={"text_version": text.version if text else ""})}


def _file(request: Signed, chosen: list[Standing]) -> HttpResponseBase:
    if not chosen:
        raise Http404
    certifications = [each.certification for each in chosen]
    try:
        actions.file_renewals(
            person=request.user,
            certifications=certifications,
            on=clock.today(),
            at=clock.now(),
            signed=_signed(request),
        )
    except Refused as refused:
        # The page that follows says the same with its dates; nothing was filed.
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        one = _("更新を申請しました。決まるまで資格は続きます")
        many = _("まとめて更新を申請しました。決まるまで資格は続きます")
        messages.success(request, one if len(chosen) == 1 else many)
    return _back(chosen[0].certification.pk if len(chosen) == 1 else None)


def _signed(request: Signed) -> actions.Signed | None:
    form = PledgeForm(request.POST)
    if not form.is_valid():
        return None
    said = form.cleaned_data
    return actions.Signed(said["text_version"], said["signed_name"], (get_language() or "ja")[:2])


def _back(certification: UUID | None) -> HttpResponseBase:
    path = reverse("applications:renew")
    return redirect(f"{path}?{urlencode({'certification': certification})}" if certification else path)


def _own(request: Signed, pk: UUID) -> Application:
    row = queries.own_renewal(request.user, pk)
    if row is None or row.certification_id is None:
        raise Http404
    return row


@signed_in
@once
@require_POST
def amend(request: Signed, pk: UUID) -> HttpResponseBase:
    """Claim the log of today in a renewal that was filed."""
    row, form = _own(request, pk), OnlyVersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    try:
        actions.amend_renewal(
            person=request.user, application=row, version=version, on=clock.today(), at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, _("いまの記録で申請し直しました"))
    return _back(row.certification_id)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Signed, pk: UUID) -> HttpResponseBase:
    """Take a renewal back, having read until when it can be filed again and what lapse means."""
    row = _own(request, pk)
    if states.Event.WITHDRAW not in states.events(row.state, frozenset({states.Actor.APPLICANT})):
        raise Http404
    first = {"version": row.version}
    form = OnlyVersionForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw(
                person=request.user,
                application=row,
                on=clock.today(),
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("更新の申請を取り下げました"))
            return _back(row.certification_id)
    home = ledger.home(request.user, clock.today())
    found = [each for each in home.standings if each.certification.pk == row.certification_id]
    page = {"form": form, "application": row, "edition": home.edition, "standing": found[0]}
    page |= pages.if_withdrawn(row, home.edition)
    return render(request, "applications/renewal/withdraw.html", page, status=422 if form.errors else 200)

"""The holder's door to a renewal: what is still missing, what will be claimed, file, and how it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nintei.applications import actions, queries, words
from nintei.applications.models import Application, Kind
from nintei.applications.portal_answers import asked_page
from nintei.applications.states import State
from nintei.ledger import queries as ledger
from nintei.people.doors import Signed, once, signed_in
from nintei.rules.dates import WindowReason, renewed_term
from nintei.rules.decisions import renewal
from nintei.shared import clock
from nintei.shared.refusals import Refused


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: Signed) -> HttpResponseBase:
    home = ledger.home(request.user, clock.today())
    standing = _chosen(request, home.standings)
    if request.method == "POST":
        return _file(request, standing)
    page = {"home": home, "edition": home.edition, "standing": standing}
    return render(request, "ledger/renew.html", page | (_page(request, home, standing) if standing else {}))


def _chosen(request: Signed, standings: tuple[ledger.Standing, ...]) -> ledger.Standing | None:
    """The certification that is asked for, or the only one; None where one must choose first."""
    asked = request.POST.get("certification") or request.GET.get("certification", "")
    found = [each for each in standings if str(each.certification.pk) == asked]
    if asked and not found:
        raise Http404
    if found:
        return found[0]
    return standings[0] if len(standings) == 1 else None


def _file(request: Signed, standing: ledger.Standing | None) -> HttpResponseBase:
    if standing is None:
        raise Http404
    try:
        actions.file_renewal(
            person=request.user, certification=standing.certification, on=clock.today(), at=clock.now()
        )
    except Refused as refused:
        # The page that follows says the same with its dates; nothing was filed.
        messages.error(request, refused.sentence())
    else:
        messages.success(request, _("更新を申請しました。決まるまで資格は続きます"))
    return redirect(f"{request.path}?certification={standing.certification.pk}")


def _page(request: Signed, home: ledger.Home, standing: ledger.Standing) -> dict[str, Any]:
    edition, expiry = home.edition, standing.term.ends_on
    entries = ledger.entries_of(edition, [entry.activity for entry in home.entries], standing)
    inside = [entry for entry in entries if not entry.is_outside]
    points = standing.balance
    judged = renewal(edition, expiry, standing.on, points.total, points.unmet)
    application = _application(request, standing)
    return {
        "judged": judged,
        "is_early": judged.window.reason == WindowReason.TOO_EARLY,
        "is_late": judged.window.reason in (WindowReason.TOO_LATE, WindowReason.EXPIRED),
        "waits": words.waits(application, request.user) if application else "",
        "next_term": renewed_term(edition, expiry),
        "unset": [
            edition.unset[key]
            for key in ("pledge_text", "renewal_fee", "renewal_manual")
            if key in edition.unset
        ],
        "entries": inside,
        "left_out": len(entries) - len(inside),
        "application": application,
    } | (asked_page(application) if application and application.state == State.RETURNED else {})


def _application(request: Signed, standing: ledger.Standing) -> Application | None:
    """The renewal filed for the present validity."""
    term = str(standing.term.pk)
    mine = queries.of_person(request.user)
    filed = [each for each in mine if each.kind == Kind.RENEWAL and each.claim.get("term") == term]
    return filed[0] if filed else None

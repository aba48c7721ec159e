"""A member's home: the renewal of what somebody holds, or what one can do who holds nothing."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nintei.ledger import queries as ledger
from nintei.people.doors import Signed, signed_in
from nintei.shared import clock


@require_safe
@signed_in
def home(request: Signed) -> HttpResponseBase:
    shown = ledger.home(request.user, clock.today())
    page = {"home": shown, "edition": shown.edition, "renew_url": reverse("applications:renew")}
    return render(request, "ledger/home.html" if shown.standings else "site/my.html", page)

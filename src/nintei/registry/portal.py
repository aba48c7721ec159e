"""An applicant's exam passes: what is known, and claiming one by number and birth date."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nintei.people.doors import Signed, once, signed_in
from nintei.registry import actions, queries
from nintei.registry.forms import ClaimForm
from nintei.rules.dates import report_use
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def passes(request: Signed) -> HttpResponseBase:
    """The reports that are mine, each with its last usable day, and a form to claim another."""
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim_report(by=request.user.by, person=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("number", refusal.sentence())
        else:
            messages.success(request, _("試験結果レポートを、あなたのものとして結び付けました"))
            return redirect("registry:passes")
    return render(request, "registry/passes.html", {"form": form, **_shown(request)})


def _shown(request: Signed) -> dict[str, object]:
    on = clock.today()
    rules = edition(on)
    mine = queries.passes_of(request.user)
    uses = [
        (
            report,
            report_use(rules, report.issued_on, on, report.exam, passed=report.passed),
            rules.qualifications.get(report.exam),
        )
        for report in mine
    ]
    return {"reports": uses, "edition": rules, "today": on}

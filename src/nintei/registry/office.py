"""The office's registry: importing exam results, and looking somebody up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.registry import actions, queries
from nintei.registry.forms import PassFileForm
from nintei.registry.passfile import Fault
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

OFFICE = (Role.REGISTRAR, Role.REVIEWER, Role.DECIDER)


@require(*OFFICE)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Signed) -> HttpResponseBase:
    """Certifications by number or name, and the box for a file of exam results."""
    form = PassFileForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return _import(request, form)
        except Refused as refusal:
            form.add_error("file", refusal.sentence())
            faults = refusal.data["faults"]  # type: ignore[assignment]
    words, on = request.GET.get("q", "")[:100].replace("\x00", ""), clock.today()
    found = [(c, queries.status_on(c, on), queries.current_term(c, on)) for c in queries.search(words)]
    page = {"form": form, "faults": faults, "found": found, "q": words, "edition": edition(on), "today": on}
    return render(request, "registry/office.html", page)


def _import(request: Signed, form: PassFileForm) -> HttpResponseBase:
    file, at = form.cleaned_data["file"], clock.now()
    done = actions.import_passes(by=request.user.by, data=file.read(), name=file.name, on=at.date(), at=at)
    words = _("試験結果を{new}件取り込みました（登録済み{known}件）").format(new=done.new, known=done.known)
    messages.success(request, words)
    return redirect("registry:office")

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
from nintei.registry.states import State
from nintei.registry.tablefile import Fault
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
    return render(request, "registry/office.html", {"form": form, "faults": faults, **_found(request)})


def _found(request: Signed) -> dict[str, object]:
    on, book = clock.today(), edition(clock.today())
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    code, state = request.GET.get("qualification", ""), request.GET.get("state", "")
    code = code if code in book.qualifications else ""
    state = state if state in State.values else ""
    found = queries.find(words, code, state, on)
    rows = [(c, queries.status_on(c, on), queries.current_term(c, on)) for c in found.certifications]
    codes = [each.code for each in book.qualifications.values() if each.certified]
    page = {
        "found": rows,
        "has_more": found.has_more,
        "q": words,
        "codes": codes,
        "states": State.choices[1:],
    }
    return page | {"code": code, "state": state, "edition": book, "today": on, "waiting": queries.waiting()}


def _import(request: Signed, form: PassFileForm) -> HttpResponseBase:
    file, at = form.cleaned_data["file"], clock.now()
    done = actions.import_passes(by=request.user.by, data=file.read(), name=file.name, on=at.date(), at=at)
    words = _("試験結果を{new}件取り込みました（登録済み{known}件）").format(new=done.new, known=done.known)
    messages.success(request, words)
    return redirect("registry:office")

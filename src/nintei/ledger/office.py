"""The office's doors to the log: files used twice, and windows of illness, childbirth or disaster."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.ledger import actions
from nintei.ledger.models import Relief
from nintei.ledger.queries import alike, reliefs
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.registry import queries as registry
from nintei.shared import clock, files
from nintei.shared.forms import DayField
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

LOOKERS = (Role.REVIEWER, Role.DECIDER)


class ReliefForm(forms.Form):
    """A window as the office takes it down."""

    number = forms.CharField(
        label=gettext_lazy("認定番号"), max_length=40,
        widget=forms.TextInput({"class": "input w-16", "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("事情"), choices=Relief.Kind.choices)
    from_on = DayField(label=gettext_lazy("始まりの日"))
    until_on = DayField(label=gettext_lazy("終わりの日"))
    reason = forms.CharField(
        label=gettext_lazy("理由と確かめたもの"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def clean_number(self) -> object:
        held = registry.by_number(self.cleaned_data["number"].strip())
        if held is None:
            raise forms.ValidationError(_("この番号の認定はありません"))
        return held.person


@require(*LOOKERS)
@require_safe
def evidence(request: Signed) -> HttpResponseBase:
    """Lines that show the same paper: a hint with both pages beside each other, never a verdict."""
    return render(request, "ledger/office_evidence.html", {"hints": alike.used_twice()})


@require(*LOOKERS)
@require_safe
def page(request: Signed, key: UUID, page: int) -> HttpResponseBase:
    """A page of somebody's evidence, drawn anew by us (P9)."""
    row = alike.evidence_in_use(key)
    columns = {name: getattr(row, name) for name in files.TakenFile._fields} if row else {}
    drawn = files.picture(files.TakenFile(**columns), page) if row else None
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@require(*LOOKERS)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def windows(request: Signed) -> HttpResponseBase:
    """Every window that was taken down, and the form for one more."""
    form = ReliefForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        try:
            actions.grant_relief(by=request.user.by, person=said.pop("number"), at=clock.now(), **said)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("期間を書き留めました"))
            return redirect("ledger:windows")
    book = edition(clock.today())
    told = {
        "form": form,
        "reliefs": reliefs.all_reliefs(),
        "unset": None if book.points.relief else book.unset.get("hardship_windows"),
        "rule": book.points.relief,
        "edition": book,
    }
    return render(request, "ledger/office_windows.html", told, status=422 if form.errors else 200)


@require(*LOOKERS)
@require_POST
@once
def end_window(request: Signed, key: UUID) -> HttpResponseBase:
    row = reliefs.relief(key)
    if row is None:
        raise Http404
    try:
        actions.end_relief(
            by=request.user.by, relief=row, reason=request.POST.get("reason", ""), at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, _("期間を取り消しました"))
    return redirect("ledger:windows")

"""The office's door to what people ask of their data: corrections by one, erasures by two (P7, P14)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from nintei.people import actions, queries
from nintei.people.doors import Signed, once, require
from nintei.people.models import DataRequest, Role
from nintei.shared import clock
from nintei.shared.refusals import Refused

KEEPERS = (Role.REGISTRAR, Role.DECIDER)


class AnswerForm(forms.Form):
    """What is said to whoever asked."""

    answer = forms.CharField(
        label=gettext_lazy("ご本人への答え"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


@require(*KEEPERS)
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """What waits, the oldest first."""
    waiting = [(row, AnswerForm(auto_id=f"{row.pk}-%s")) for row in queries.waiting_requests()]
    return render(request, "people/office_data.html", {"waiting": waiting})


@require_POST
@require(*KEEPERS)
@once
def settle(request: Signed, pk: UUID) -> HttpResponseBase:
    """Answer a correction, decline, propose an erasure, or as the second person carry it out."""
    row = queries.request(pk)
    if row is None:
        raise Http404
    form = AnswerForm(request.POST)
    words = form.cleaned_data["answer"] if form.is_valid() else ""
    try:
        said = _do(request, row, request.POST.get("do", ""), words)
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, said)
    return redirect("people:office_data")


def _do(request: Signed, row: DataRequest, what: str, words: str) -> str:
    actor, on, at = request.user, clock.today(), clock.now()
    if what == "propose":
        actions.propose_erasure(actor=actor, request=row, on=on, at=at)
        return _("二人目の同意を待っています")
    if what == "erase":
        done = actions.erase(actor=actor, request=row, on=on, at=at)
        return str(_("消去しました。記録の中身%(leaves)s件、ファイル%(files)s件") % done.removed)
    is_done = what == "done"
    actions.settle_request(actor=actor, request=row, done=is_done, answer=words, on=on, at=at)
    return _("直したことを伝えました") if is_done else _("応じられないことを伝えました")

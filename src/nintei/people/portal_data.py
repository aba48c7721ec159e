"""A person's own data: what is kept, the whole of it as a file, a wish to correct or to erase (promise P14)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from nintei.people import actions, queries, takeaway, wording
from nintei.people.doors import Signed, once, signed_in
from nintei.people.models import RequestKind
from nintei.shared import clock
from nintei.shared.refusals import Refused


class CorrectForm(forms.Form):
    """What is wrong, and how it should be."""

    words = forms.CharField(
        label=gettext_lazy("どこが、どう違いますか"),
        help_text=gettext_lazy("氏名と生年月日は、プロフィールのページでご自分で直せます。"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("どこが、どう違うかを書いてください。")},
    )


class EraseForm(forms.Form):
    """A wish that cannot be taken back once it is carried out."""

    sure = forms.BooleanField(
        label=gettext_lazy("消した記録は元に戻せず、認定の確認にも出なくなることを、わかっています"),
        error_messages={"required": gettext_lazy("元に戻せないことを確かめて、しるしを付けてください。")},
    )
    words = forms.CharField(
        label=gettext_lazy("事務局に伝えたいこと"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


@signed_in
@require_safe
def index(request: Signed) -> HttpResponseBase:
    return _page(request, CorrectForm(prefix="correct"), EraseForm(prefix="erase"))


def _page(request: Signed, correct: forms.Form, erase: forms.Form, status: int = 200) -> HttpResponseBase:
    found = queries.holdings(request.user)
    rooms: dict[str, int] = {}
    for each in found:
        rooms[each.table.room] = rooms.get(each.table.room, 0) + each.rows
    kept = {name for each in found for name in each.classes}
    page: dict[str, Any] = {
        "rooms": [(wording.ROOMS[room], count) for room, count in rooms.items()],
        "classes": [words for name, words in wording.CLASSES.items() if name in kept],
        "requests": queries.requests_of(request.user),
        "correct": correct,
        "erase": erase,
    }
    return render(request, "people/data.html", page, status=status)


@signed_in
@require_safe
def record(request: Signed) -> HttpResponseBase:
    """The whole record as a ZIP file."""
    at = clock.now()
    name = f"nintei-{at:%Y%m%d}.zip"
    answer = FileResponse(takeaway.record_of(request.user, at), as_attachment=True, filename=name)
    answer["Content-Type"], answer["Cache-Control"] = "application/zip", "private, no-store"
    return answer


@require_POST
@signed_in
@once
def ask(request: Signed, kind: str) -> HttpResponseBase:
    """Ask the office to correct or to erase."""
    wanted = RequestKind(kind)
    correct = CorrectForm(request.POST if wanted == RequestKind.CORRECT else None, prefix="correct")
    erase = EraseForm(request.POST if wanted == RequestKind.ERASE else None, prefix="erase")
    form = correct if wanted == RequestKind.CORRECT else erase
    if not form.is_valid():
        return _page(request, correct, erase, status=422)
    person, words = request.user, form.cleaned_data["words"]
    try:
        actions.ask_about_data(by=person.by, person=person, kind=wanted, words=words, at=clock.now())
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return _page(request, correct, erase, status=422)
    messages.success(request, _("事務局に伝えました。答えは、このページに出ます"))
    return redirect("people:data")

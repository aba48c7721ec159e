"""The applicant's door to what the office asks: each thing answered by itself, then the case sent again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.applications import actions, queries
from nintei.applications.forms.answer import AnswerForm
from nintei.applications.models import Application, AskedItem, Kind
from nintei.applications.reasons import Reason, Use, reason
from nintei.applications.states import State
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock, files
from nintei.shared.refusals import Refused


def asked_page(application: Application) -> dict[str, Any]:
    """What the applicant is asked now, each with its answer, and how many have none yet."""
    rows = [
        (item, _reason(item), _answer_of(item)) for item in queries.asked(application) if not item.closed_on
    ]
    left = sum(answer is None for _item, _reason, answer in rows)
    return {"items": rows, "left": left, "can_send": not left and application.state == State.RETURNED}


def _reason(item: AskedItem) -> Reason | None:
    return reason(Use.ASK, item.reason)


def _answer_of(item: AskedItem) -> object | None:
    return getattr(item, "answer", None)


def _home(application: Application) -> HttpResponseBase:
    """The page of the case: what is asked stands at its top."""
    if application.kind == Kind.FIRST:
        return redirect("applications:apply", qualification=application.qualification)
    return redirect("applications:renew")


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Signed, pk: UUID) -> HttpResponseBase:
    item = queries.own_item(request.user, pk)
    if item is None:
        raise Http404
    given = _answer_of(item)
    first = {"words": getattr(given, "words", "")}
    form = AnswerForm(
        request.POST if request.method == "POST" else None, request.FILES or None, initial=first
    )
    if form.is_bound and form.is_valid() and _answered(request, item, form):
        return _home(item.application)
    page = {"form": form, "item": item, "reason": _reason(item), "application": item.application}
    return render(request, "applications/answer.html", page, status=422 if form.errors else 200)


def _answered(request: Signed, item: AskedItem, form: AnswerForm) -> bool:
    try:
        taken = [files.take_in(upload) for upload in request.FILES.getlist("attached")]
        actions.answer_item(
            person=request.user,
            item=item,
            words=form.cleaned_data["words"],
            files=taken,
            on=clock.today(),
            at=clock.now(),
        )
    except Refused as refused:
        form.add_error("attached" if refused.code.startswith("files.") else "words", refused.sentence())
        return False
    messages.success(request, _("答えを保存しました"))
    return True


@require_safe
@signed_in
def answer_file(request: Signed, pk: int) -> HttpResponseBase:
    kept = queries.own_item_file(request.user, pk)
    if kept is None:
        raise Http404
    return files.serve(files.TakenFile(**{name: getattr(kept, name) for name in files.TakenFile._fields}))


@signed_in
@once
@require_POST
def remove_answer_file(request: Signed, pk: int) -> HttpResponseBase:
    kept = queries.own_item_file(request.user, pk)
    if kept is None:
        raise Http404
    try:
        actions.remove_item_file(person=request.user, file=kept, on=clock.today(), at=clock.now())
        messages.success(request, _("ファイルを外しました"))
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("applications:answer", pk=kept.item_id)


@signed_in
@once
@require_POST
def send_again(request: Signed, pk: UUID) -> HttpResponseBase:
    application = queries.own_case(request.user, pk)
    if application is None:
        raise Http404
    version = request.POST.get("version", "")
    try:
        actions.submit(
            person=request.user,
            application=application,
            version=int(version) if version.isdecimal() else None,
            understood=False,  # what came back was understood when it was first sent
            on=clock.today(),
            at=clock.now(),
        )
        messages.success(request, _("答えを送りました"))
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return _home(application)

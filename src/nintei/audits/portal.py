"""The audited holder's door: what is asked, line by line, by when; more time, conflicts, appeal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.audits import actions, forms, queries, words
from nintei.audits.models import Audit, AuditLine, PleaKind
from nintei.audits.states import Actor, Event, State, following
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock, files, wording
from nintei.shared.refusals import Refused


@signed_in
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """A person's audits, and their tickets in the frames, drawn or not."""
    page = {
        "audits": queries.of_person(request.user),
        "tickets": queries.tickets_of(request.user),
        "today": clock.today(),
    }
    return render(request, "audits/mine.html", page)


@signed_in
@require_safe
def audit(request: Signed, pk: UUID) -> HttpResponseBase:
    """One audit: what is asked of each line, what was answered, the result."""
    found = _own(request, pk)
    rows, today = queries.lines(found), clock.today()
    open_lines = {line.pk for line in queries.open_lines(found)}
    ruled = queries.standing_ruling(found)
    page: dict[str, Any] = {
        "audit": found,
        "lines": [(line, line.pk in open_lines, queries.may_answer(found, line, today)) for line in rows],
        "left": len(open_lines),
        "may_send": found.state == State.ASKED and today <= found.due_on,
        "may_plead": following(found.state, Event.PLEAD, Actor.HOLDER) is not None,
        "pleas": list(found.pleas.all()),
        "ruled": ruled,
        "struck": queries.struck(found, ruled.proposal) if ruled else [],
        "may_appeal": queries.may_appeal(found, ruled, today),
        "kept_until": queries.kept_until(found, today),
        "today": today,
    }
    return render(request, "audits/audit.html", page)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Signed, pk: UUID, ordinal: int) -> HttpResponseBase:
    """One line: the documents its category wants, what was shown, and the answer."""
    found = _own(request, pk)
    row = _line(found, ordinal)
    offered, on = queries.offer(found, row), clock.today()
    first = {"words": row.words, "as_other": row.as_other, "nothing": row.nothing}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.AnswerForm(*sent, initial=first, offer=_offer(offered))
    if form.is_bound and form.is_valid() and _answered(request, row, form):
        return redirect("audits:audit", pk=found.pk)
    on_scales = queries.weighing(found.application)
    category = on_scales.edition.categories[row.told["category"]]
    page = {
        "audit": found,
        "line": row,
        "form": form,
        "category": category,
        "options": [[words.needed(name) for name in each.shows] for each in category.evidence],
        "cite": category.conditions.get("evidence"),
        "edition": on_scales.edition,
        "in_log": queries.in_log(row),
        "may_change": queries.may_answer(found, row, on),
        "asked": queries.asked_about(row),
        "today": on,
    }
    return render(request, "audits/line.html", page, status=422 if form.errors else 200)


def _offer(offered: tuple[str, Any] | None) -> str:
    if offered is None:
        return ""
    code, points = offered
    return _("受講を証明する書類がないので、「{code}」として数えてもらう（{points}ポイント）").format(
        code=code, points=wording.points(points)
    )


def _answered(request: Signed, row: AuditLine, form: forms.AnswerForm) -> bool:
    try:
        taken = [files.take_in(upload) for upload in request.FILES.getlist("attached")]
        actions.answer_line(
            actor=request.user,
            line=row,
            words=form.cleaned_data["words"],
            as_other=form.cleaned_data.get("as_other", False),
            nothing=form.cleaned_data["nothing"],
            files=taken,
            on=clock.today(),
            at=clock.now(),
        )
    except Refused as refused:
        form.add_error("attached" if refused.code.startswith("files.") else None, refused.sentence())
        return False
    messages.success(request, _("答えを保存しました。全部に答えたら、送ってください"))
    return True


@signed_in
@once
@require_POST
def send(request: Signed, pk: UUID) -> HttpResponseBase:
    found = _own(request, pk)
    version = request.POST.get("version", "")
    try:
        actions.send(
            actor=request.user,
            audit=found,
            version=int(version) if version.isdecimal() else None,
            on=clock.today(),
            at=clock.now(),
        )
        messages.success(request, _("回答を送りました。結果はお知らせします"))
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("audits:audit", pk=found.pk)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def plead(request: Signed, pk: UUID) -> HttpResponseBase:
    """Ask for more time or an exemption, or say that somebody of the office should not check."""
    found = _own(request, pk)
    office = queries.office_people(clock.today())
    form = forms.PleaForm(request.POST or None, office=office)
    if form.is_bound and form.is_valid():
        told, about = form.cleaned_data, form.cleaned_data["about"]
        try:
            actions.plead(
                actor=request.user,
                audit=found,
                kind=PleaKind(told["kind"]),
                words=told["words"],
                until_on=told["until_on"],
                about=next((each for each in office if str(each.pk) == about), None),
                on=clock.today(),
                at=clock.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("申し出を送りました。返事はお知らせします"))
            return redirect("audits:audit", pk=found.pk)
    page = {"audit": found, "form": form, "today": clock.today()}
    return render(request, "audits/plead.html", page, status=422 if form.errors else 200)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: Signed, pk: UUID) -> HttpResponseBase:
    """Contest the result; other people look at it."""
    found = _own(request, pk)
    ruled, today = queries.standing_ruling(found), clock.today()
    form = forms.WordsForm(request.POST or None, label=_("どこが違うと思いますか"))
    if form.is_bound and form.is_valid():
        try:
            actions.appeal(
                actor=request.user, audit=found, words=form.cleaned_data["words"], on=today, at=clock.now()
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("不服の申立てを送りました"))
            return redirect("audits:audit", pk=found.pk)
    page = {"audit": found, "form": form, "ruled": ruled, "today": today}
    page["may_appeal"] = queries.may_appeal(found, ruled, today)
    return render(request, "audits/appeal.html", page, status=422 if form.errors else 200)


@signed_in
@require_safe
def paper(request: Signed, pk: UUID, sha256: str) -> HttpResponseBase:
    """A document of one's own audit, as it was sent."""
    file = queries.paper(_own(request, pk), sha256)
    if file is None:
        raise Http404
    return files.serve(file)


@signed_in
@once
@require_POST
def remove(request: Signed, pk: UUID) -> HttpResponseBase:
    kept = queries.own_file(request.user, pk)
    if kept is None:
        raise Http404
    try:
        actions.remove_file(actor=request.user, file=kept, on=clock.today(), at=clock.now())
        messages.success(request, _("書類を外しました"))
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("audits:line", pk=kept.line.audit_id, ordinal=kept.line.ordinal)


def _own(request: Signed, pk: UUID) -> Audit:
    found = queries.own(request.user, pk)
    if found is None:
        raise Http404
    return found


def _line(found: Audit, ordinal: int) -> AuditLine:
    row = next((each for each in queries.lines(found) if each.ordinal == ordinal), None)
    if row is None:
        raise Http404
    return row

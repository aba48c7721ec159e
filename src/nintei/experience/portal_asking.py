"""The applicant's door to their attestors: ask by mail or on paper, ask for the rest, send again, ask another."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.experience import actions, papers, queries
from nintei.experience.forms import AskForm, AskOnPaperForm, AttestorForm
from nintei.experience.models import AttestationRequest, Channel
from nintei.experience.queries import PostCase, cover
from nintei.experience.seen import seen_in
from nintei.experience.traces import leave_trace
from nintei.experience.wording import place
from nintei.people.doors import Signed, once, signed_in
from nintei.rules.edition import Edition
from nintei.shared import clock
from nintei.shared.paper import CannotPrint
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

MAIL, PAPER = "mail", "paper"


def book_of(qualification: str) -> Edition:
    """Today's edition; a qualification without certification has no such page."""
    book = edition(clock.today())
    if qualification not in book.qualifications or not book.qualifications[qualification].certified:
        raise Http404
    return book


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def attestors(request: Signed, qualification: str) -> HttpResponseBase:
    book, today = book_of(qualification), clock.today()
    case = queries.case(request.user, today)
    free = [row for row in case.posts if not row.attested and row.waiting is None]
    by_mail, on_paper = _forms(request, free)
    sent = on_paper if on_paper.is_bound else by_mail
    if sent.is_bound and sent.is_valid() and _asked(request, sent, qualification):
        return redirect("experience:attestors", qualification=qualification)
    page = {"form": by_mail, "paper_form": on_paper, "case": case, "free": free, "today": today}
    page |= {"edition": book, "qualification": book.qualifications[qualification]}
    page |= {"strips": [cover.strip(row) for row in case.posts], "is_paper": on_paper.is_bound}
    return render(request, "experience/attestors.html", page, status=422 if sent.errors else 200)


def _forms(request: Signed, free: list[PostCase]) -> tuple[AskForm, AskOnPaperForm]:
    choices = [(str(row.post.pk), _label(row)) for row in free]
    told, how = request.POST if request.method == "POST" else None, request.POST.get("how", MAIL)
    common: dict[str, Any] = {"posts": choices, "chosen": request.GET.get("rest", "")}
    on_paper = AskOnPaperForm(told if how == PAPER else None, auto_id="paper_%s", **common)
    return AskForm(told if how != PAPER else None, **common), on_paper


def _label(row: PostCase) -> str:
    """A post to tick; of one that is vouched for in part, the days that are left."""
    name = format_html('<span lang="ja">{}</span>', place(row.post))
    if not row.answered:
        return name
    left = _("、").join(cover.piece_in_months(piece) for piece in row.uncovered)
    return format_html("{} {}", name, _("（残り %(left)s）") % {"left": left})


def _asked(request: Signed, form: forms.Form, qualification: str) -> bool:
    """Ask by mail or on paper; a refusal is told on the page."""
    said = dict(form.cleaned_data)
    at, on = clock.now(), clock.today()
    ids = [uuid.UUID(key) for key in said.pop("posts")]
    common = {"by": request.user.by, "person": request.user, "post_ids": ids, "at": at, "on": on, **said}
    common |= {"qualification": qualification}
    try:
        if isinstance(form, AskOnPaperForm):
            actions.ask_on_paper(**common)
            messages.success(request, _("用紙を用意しました。印刷して渡してください"))
            return True
        asked = actions.ask_attestor(**common)
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return False
    leave_trace(by=request.user.by, person=request.user, seen=seen_in(request), at=at, on=on)
    messages.success(request, _("%(name)sさんにメールを送りました") % {"name": asked.attestor_name})
    return True


@signed_in
@once
@require_POST
def remind(request: Signed, qualification: str, asked: uuid.UUID) -> HttpResponseBase:
    def act() -> None:
        actions.remind(
            by=request.user.by, person=request.user, request_id=asked, at=clock.now(), on=clock.today()
        )

    return _done(request, qualification, act, _("もう一度メールを送りました"))


@signed_in
@once
@require_POST
def withdraw(request: Signed, qualification: str, asked: uuid.UUID) -> HttpResponseBase:
    def act() -> None:
        actions.withdraw_request(by=request.user.by, person=request.user, request_id=asked, at=clock.now())

    return _done(request, qualification, act, _("お願いを取り消しました"))


def _done(request: Signed, qualification: str, act: Callable[[], None], told: str) -> HttpResponseBase:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, told)
    return redirect("experience:attestors", qualification=qualification)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: Signed, qualification: str, asked: uuid.UUID) -> HttpResponseBase:
    book, old = book_of(qualification), _own(request, asked)
    form = AttestorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.replace_attestor(
                by=request.user.by, person=request.user, request_id=asked, at=clock.now(), on=clock.today(),
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("前のお願いを取り消し、新しい方にメールを送りました"))
            return redirect("experience:attestors", qualification=qualification)
    page = {
        "form": form,
        "old": old,
        "back": reverse("experience:attestors", args=[qualification]),
        "qualification": book.qualifications[qualification],
    }
    return render(request, "experience/replace.html", page, status=422 if form.errors else 200)


def _own(request: Signed, asked: uuid.UUID) -> AttestationRequest:
    mine = queries.own_asked(request.user, asked)
    if mine is None:
        raise Http404
    return mine


@signed_in
@require_safe
def form_c(request: Signed, qualification: str, asked: uuid.UUID) -> HttpResponseBase:
    """Form (C) to print, for the one attestor it was made for."""
    book, mine = book_of(qualification), _own(request, asked)
    if mine.channel != Channel.PAPER:
        raise Http404
    try:
        pdf = papers.form_c(mine, book, clock.today(), clock.now())
    except CannotPrint:
        messages.error(request, Refused("experience.cannot_print").sentence(), extra_tags="bad")
        return redirect("experience:attestors", qualification=qualification)
    return papers.attachment(pdf, "form-c.pdf")

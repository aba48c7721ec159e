"""The applicant's door: one page from the first line to the decision, a pledge, a check before sending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nintei.applications import actions, pages, queries, states, todo, words
from nintei.applications.forms.applicant import OnlyVersionForm, PledgeForm, SendForm
from nintei.applications.gaps import FORM_D, gap_words, is_asked, missing_parts
from nintei.applications.models import Application
from nintei.applications.pace import attestors_pace, pace
from nintei.applications.portal_answers import asked_page
from nintei.applications.queries.giving_back import giving_back
from nintei.experience import queries as experience
from nintei.experience.queries.halves import halves_of
from nintei.experience.queries.timeline import drawings
from nintei.experience.queries.verdict import standing
from nintei.payments import queries as fees
from nintei.people.doors import Signed, once, signed_in
from nintei.registry import queries as registry
from nintei.rules.edition import Edition
from nintei.rules.fees import keeps_after_acceptance
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


def _book(qualification: str) -> Edition:
    book = edition(clock.today())
    if qualification not in book.qualifications or not book.qualifications[qualification].certified:
        raise Http404
    return book


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Signed, qualification: str) -> HttpResponseBase:
    book = _book(qualification)
    application = queries.own(request.user, qualification)
    if request.method == "POST":
        return _start(request, qualification)
    page: dict[str, Any] = {"qualification": book.qualifications[qualification], "edition": book}
    if application is None:
        page |= {"report": registry.pass_of(request.user, qualification)}
        page |= {"held": registry.certification_of(request.user, qualification)}
        return render(request, "applications/start.html", page)
    page |= {"application": application}
    if application.state in states.EDITABLE:
        return render(request, "applications/apply.html", page | _draft_page(application, book))
    return render(request, "applications/sent.html", page | _sent_page(application, book))


def _start(request: Signed, qualification: str) -> HttpResponseBase:
    try:
        actions.start(person=request.user, qualification=qualification, on=clock.today(), at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("applications:apply", qualification=qualification)


def _draft_page(application: Application, book: Edition) -> dict[str, Any]:
    today = clock.today()
    case = experience.case(application.person, today)
    told = standing(book, application.qualification, case, today)
    report, gaps = queries.report_for(application), missing_parts(application, today, case)
    halves, text = halves_of(application.person), queries.pledge_text(today)
    desk = todo.Desk(application, case, report, gaps, halves, text is not None, today)
    lines = todo.tasks(desk)
    page: dict[str, Any] = {"case": case, "standing": told, "report": report, "today": today, "tasks": lines}
    page |= {"halves": halves, "ready": lines[-1].url != ""}
    page |= {"others": pages.others(application, case, book, today)}
    page |= asked_page(application) if application.state == states.State.RETURNED else {}
    page |= {"drawings": drawings(case.posts, told.claimed, told.attested)}
    page |= {"legend": sorted({key for row in case.posts for key in row.fields})}
    page |= {"done": sum(task.is_done for task in lines), "gaps": gap_words(gaps)}
    parts = {part.code: part for part in queries.verdict(application, today, case).parts}
    page |= {
        "parts": parts,
        "report_notes": words.open_notes(parts["exam_pass"]) if "exam_pass" in parts else {},
    }
    page |= {"pledge": pages.own_pledge(application), "attestors_pace": attestors_pace(case, today)}
    if report and report.passed and report.exam == application.qualification:
        page |= {"before": pages.before_fee(book, application, report, today)}
    return page


def _sent_page(application: Application, book: Edition) -> dict[str, Any]:
    today = clock.today()
    fee = fees.fee_for(application.reference)
    decision = queries.decision_of(application)
    page: dict[str, Any] = {"fee": fee, "today": today}
    page |= {
        "settled": fee is not None and fees.is_settled(fee),
        "waits": words.waits(application, application.person),
    }
    page["decision"] = decision
    page |= {"pace": pace(application, today), "steps": _steps(application)}
    page |= {"blocks": words.blocks(queries.verdict(application, today), queries.facts(application, today))}
    page |= {"can_withdraw": states.Event.WITHDRAW in _events(application)}
    page |= {"cite_refund": book.fees.cites.get("refundable_after_acceptance")}
    page |= {"back": giving_back(application, today)}
    if decision:
        page |= {"refused_for": queries.refused_for(decision)}
    return page


def _events(application: Application) -> tuple[states.Event, ...]:
    return states.events(application.state, frozenset({states.Actor.APPLICANT}))


def _steps(application: Application) -> dict[str, Any]:
    """The four steps after sending, and the one that is current."""
    current = {
        states.State.SUBMITTED: 2,
        states.State.ACCEPTED: 3,
        states.State.IN_REVIEW: 3,
        states.State.ON_HOLD: 3,
        states.State.RECOMMENDED: 4,
    }.get(states.State(application.state), 5)
    names = [(_("送る"), ""), (_("手数料を払う"), ""), (_("審査"), ""), (_("決定"), "")]
    return {"items": names, "current": current}


def _own_draft(request: Signed, qualification: str) -> Application:
    application = queries.own(request.user, qualification)
    if application is None or application.state not in states.EDITABLE:
        raise Http404
    return application


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: Signed, qualification: str) -> HttpResponseBase:
    book, application = _book(qualification), _own_draft(request, qualification)
    if not is_asked(book, FORM_D):
        raise Http404
    text, signed = queries.pledge_text(clock.today()), queries.pledge_of(application)
    first = {"text_version": text.version if text else ""}
    form = PledgeForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            actions.sign_pledge(
                person=request.user,
                application=application,
                text_version=form.cleaned_data["text_version"],
                signed_name=form.cleaned_data["signed_name"],
                language=(get_language() or "ja")[:2],
                on=clock.today(),
                at=clock.now(),
            )
        except Refused as refused:
            form.add_error("signed_name", refused.sentence())
        else:
            messages.success(request, _("宣誓に署名しました"))
            return redirect("applications:apply", qualification=qualification)
    page: dict[str, Any] = {"form": form, "text": text, "signed": signed, "edition": book}
    page |= {"application": application}
    page |= {"qualification": book.qualifications[qualification]}
    page |= {"criterion": next(c for c in book.procedure.criteria if c.code == "pledge")}
    return render(request, "applications/pledge.html", page, status=422 if form.errors else 200)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Signed, qualification: str) -> HttpResponseBase:
    book, application = _book(qualification), _own_draft(request, qualification)
    sent, first = request.POST if request.method == "POST" else None, {"version": application.version}
    form = SendForm(sent, initial=first, keeps=keeps_after_acceptance(book))
    if form.is_bound and form.is_valid():
        try:
            actions.submit(
                person=request.user,
                application=application,
                on=clock.today(),
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("申請を送りました"))
            return redirect("applications:apply", qualification=qualification)
    page = {"form": form, "application": application, "edition": book}
    page |= {"qualification": book.qualifications[qualification]} | _draft_page(application, book)
    return render(request, "applications/check.html", page, status=422 if form.errors else 200)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Signed, qualification: str) -> HttpResponseBase:
    book, application = _book(qualification), queries.own(request.user, qualification)
    if application is None or states.Event.WITHDRAW not in _events(application):
        raise Http404
    first = {"version": application.version}
    form = OnlyVersionForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw(
                person=request.user,
                application=application,
                on=clock.today(),
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("申請を取り下げました"))
            return redirect("applications:apply", qualification=qualification)
    page = {"form": form, "application": application, "edition": book}
    page |= {"qualification": book.qualifications[qualification]}
    page |= pages.if_withdrawn(application, book)
    return render(request, "applications/withdraw.html", page, status=422 if form.errors else 200)

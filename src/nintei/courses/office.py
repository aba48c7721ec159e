"""The committee's doors: what waits, one organisation or course, and corrections that met a claimed line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.courses import actions, forms, queries
from nintei.courses.models import Course, Provider
from nintei.courses.states import Actor, Event, State, events
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

COMMITTEE = (Role.REVIEWER, Role.DECIDER)


@require(*COMMITTEE)
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """What waits for the committee, and everything that is on the list."""
    words, on = request.GET.get("q", "")[:100].replace("\x00", ""), clock.today()
    page = {
        "waiting": queries.waiting(),
        "listed": list(queries.accredited(on, words)[:200]),
        "providers": list(queries.listed_providers()),
        "q": words,
        "today": on,
    }
    return render(request, "courses/office.html", page)


@require(*COMMITTEE)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def host(request: Signed) -> HttpResponseBase:
    """A course that the association holds itself."""
    today = clock.today()
    form = forms.HostedForm(
        request.POST or None,
        edition(today),
        initial={"from_on": today, "organiser": queries.last_organiser()},
    )
    only_reckon = "reckon" in request.POST
    if request.method == "POST" and form.is_valid() and not only_reckon:
        told = {"organiser": form.cleaned_data["organiser"], "draft": form.draft()}
        try:
            made = actions.host_course(actor=request.user, on=today, at=clock.now(), **told)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("研修を一覧に加えました"))
            return redirect("courses:provider_course", made.pk)
    page = {"form": form, "reckoned": forms.reckoned(request.POST.get("timetable", ""))}
    return render(request, "courses/host.html", page, status=422 if form.errors and not only_reckon else 200)


@require(*COMMITTEE)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def course(request: Signed, pk: UUID) -> HttpResponseBase:
    """One course: what the provider says, and what the committee may rule."""
    found = queries.office_course(pk)
    if found is None:
        raise Http404
    return _case(request, found)


@require(*COMMITTEE)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Signed, pk: UUID) -> HttpResponseBase:
    """An accredited course, corrected by the committee; whoever attended is told."""
    found = queries.office_course(pk)
    if found is None or found.state != State.ACCREDITED:
        raise Http404
    on = clock.today()
    form = forms.ChangeForm(request.POST or None, edition(on), found)
    only_reckon = "reckon" in request.POST
    if request.method == "POST" and form.is_valid() and not only_reckon:
        told = {"draft": form.draft(), "reason": form.cleaned_data["reason"]}
        try:
            actions.change_course(actor=request.user, course=found, on=on, at=clock.now(), **told)
            actions.reflow(by=request.user.by, course=found.pk, at=clock.now(), most=actions.FEW)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("研修を直しました。受講した方に知らせます"))
            return redirect("courses:office_course", pk)
    page = {"form": form, "course": found, "is_office": True}
    page["reckoned"] = forms.reckoned(request.POST.get("timetable", form.initial["timetable"]))
    status = 422 if form.errors and not only_reckon else 200
    return render(request, "courses/change_form.html", page, status=status)


@require(*COMMITTEE)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def office_change(request: Signed, pk: UUID) -> HttpResponseBase:
    """A correction that a provider proposes: what was and is to be, accepted or refused with a reason."""
    found = queries.change(pk)
    if found is None:
        raise Http404
    on = clock.today()
    form = forms.RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"accepted": "accept" in request.POST, "reason": form.cleaned_data["reason"]}
        try:
            actions.rule_on_change(actor=request.user, change=found, on=on, at=clock.now(), **told)
            actions.reflow(by=request.user.by, course=found.course_id, at=clock.now(), most=actions.FEW)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("記録しました。提供者に知らせます"))
            return redirect("courses:office")
    page = {"change": found, "form": form, "edition": edition(on)}
    return render(request, "courses/office_change.html", page, status=422 if form.errors else 200)


@require(*COMMITTEE)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: Signed, pk: UUID) -> HttpResponseBase:
    """One organisation."""
    found = queries.office_provider(pk)
    if found is None:
        raise Http404
    return _case(request, found)


def _case(request: Signed, thing: Course | Provider) -> HttpResponseBase:
    made = _forms(request, thing)
    event = request.POST.get("event", "")
    if request.method == "POST":
        if event not in made:
            messages.error(request, _too_late(thing), extra_tags="bad")
            return redirect(request.path)
        form = made[event]
        if form.is_valid():
            try:
                _rule(request, thing, Event(event), form)
            except Refused as refused:
                form.add_error(None, refused.sentence())
            else:
                messages.success(request, _("記録しました。提供者に知らせます"))
                return redirect("courses:office")
    on = clock.today()
    page: dict[str, Any] = {"thing": thing, "forms": made, "edition": edition(on), "today": on}
    page["unset"] = edition(on).unset.get("accreditation_criteria")
    if isinstance(thing, Course):
        page |= {"changes": list(queries.changes_of(thing)), "reflows": queries.reflows(thing)}
    name = "courses/office_course.html" if isinstance(thing, Course) else "courses/office_provider.html"
    bad = any(form.errors for form in made.values())
    return render(request, name, page, status=422 if bad else 200)


def _too_late(thing: Course | Provider) -> str:
    return Refused("courses.may_not_happen", state=thing.get_state_display()).sentence()


def _forms(request: Signed, thing: Course | Provider) -> dict[str, Any]:
    """The forms of what the committee may do now; the one that was sent is bound."""
    contact = thing.contact if isinstance(thing, Provider) else thing.offered_by and thing.offered_by.contact
    if contact == request.user:
        return {}
    made: dict[str, Any] = {}
    for event in events(thing.state, Actor.COMMITTEE):
        data = request.POST if request.POST.get("event") == event else None
        dated = event == Event.END and isinstance(thing, Course)
        made[str(event)] = (forms.EndForm if dated else forms.RulingForm)(data, auto_id=f"{event}_%s")
    return made


def _rule(request: Signed, thing: Course | Provider, event: Event, form: Any) -> None:
    told: dict[str, Any] = {"actor": request.user, "reason": form.cleaned_data["reason"]}
    told |= {"on": clock.today(), "at": clock.now()}
    if isinstance(thing, Provider):
        actions.rule_on_provider(provider=thing, event=event, **told)
    elif event == Event.END:
        actions.end_course(course=thing, from_on=form.cleaned_data["from_on"], **told)
        actions.reflow(by=request.user.by, course=thing.pk, at=clock.now(), most=actions.FEW)
    else:
        actions.rule_on_course(course=thing, event=event, **told)


@require(*COMMITTEE)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Signed, pk: UUID) -> HttpResponseBase:
    """A correction that would have changed a claimed line: what it says, and what the office did."""
    held = queries.held_correction(pk)
    if held is None:
        raise Http404
    form = forms.NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on, at = clock.today(), clock.now()
        actions.settle_correction(actor=request.user, held=held, note=form.cleaned_data["note"], on=on, at=at)
        messages.success(request, _("記録しました"))
        return redirect("courses:office")
    page = {"held": held, "form": form}
    return render(request, "courses/correction.html", page, status=422 if form.errors else 200)

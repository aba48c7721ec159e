"""An organisation and its courses: written down, proposed, followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.courses import actions, forms, queries
from nintei.courses.models import Course, Provider
from nintei.courses.states import Actor, Event, State, events
from nintei.people.doors import Signed, once, roles, signed_in
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@require_safe
@signed_in
def index(request: Signed) -> HttpResponseBase:
    """The organisation of whoever asks, with its courses; or what it takes to become one."""
    mine = queries.provider_of(request.user)
    page: dict[str, Any] = {"provider": mine, "today": clock.today()}
    if mine is not None:
        page["courses"] = list(queries.courses_of(mine))
        page["rulings"] = list(mine.rulings.order_by("-made_at")[:1])
        page["events"] = events(mine.state, Actor.PROVIDER)
    return render(request, "courses/provider.html", page)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Signed) -> HttpResponseBase:
    """The organisation's own words, as a draft; sending it to the committee is a button on the next page."""
    mine = queries.provider_of(request.user)
    form = forms.ProviderForm(request.POST or None, initial=_provider_initial(mine))
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_provider(
                by=request.user.by,
                contact=request.user,
                on=clock.today(),
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("団体のことを書き留めました"))
            return redirect("courses:provider")
    page = {"form": form, "provider": mine}
    return render(request, "courses/provider_form.html", page, status=422 if form.errors else 200)


def _provider_initial(mine: Provider | None) -> dict[str, object]:
    return {name: getattr(mine, name) for name in forms.ProviderForm.base_fields} if mine else {}


@require_POST
@signed_in
@once
def step(request: Signed, event: str, pk: UUID | None = None) -> HttpResponseBase:
    """Propose or withdraw the organisation, or one of its courses."""
    thing = queries.course_of(request.user, pk) if pk else queries.provider_of(request.user)
    verb = STEPS.get((type(thing).__name__, event))
    if thing is None or verb is None:
        raise Http404
    try:
        verb(thing, {"by": request.user.by, "on": clock.today(), "at": clock.now()})
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        done = {Event.PROPOSE: _("審査に出しました"), Event.WITHDRAW: _("取り下げました")}
        messages.success(request, done[Event(event)])
    return redirect("courses:provider_course", pk) if pk else redirect("courses:provider")


STEPS: dict[tuple[str, str], Callable[[Any, dict[str, Any]], object]] = {
    ("Provider", "propose"): lambda thing, told: actions.propose_provider(provider=thing, **told),
    ("Provider", "withdraw"): lambda thing, told: actions.withdraw_provider(provider=thing, **told),
    ("Course", "propose"): lambda thing, told: actions.propose_course(course=thing, **told),
    ("Course", "withdraw"): lambda thing, told: actions.withdraw_course(course=thing, **told),
}


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request: Signed) -> HttpResponseBase:
    """A course of an accredited organisation, as a draft."""
    mine = queries.provider_of(request.user)
    if mine is None or mine.state != State.ACCREDITED:
        raise Http404
    return _course_form(request, mine, None)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def edit_course(request: Signed, pk: UUID) -> HttpResponseBase:
    """A draft, or a course that was returned."""
    found = queries.course_of(request.user, pk)
    if found is None or found.offered_by is None:
        raise Http404
    return _course_form(request, found.offered_by, found)


def _course_form(request: Signed, provider: Provider, course: Course | None) -> HttpResponseBase:
    today = clock.today()
    rules = edition(today)
    form = forms.CourseForm(
        request.POST or None, rules, initial=forms.course_initial(course) if course else {"from_on": today}
    )
    only_reckon = "reckon" in request.POST
    if request.method == "POST" and form.is_valid() and not only_reckon:
        try:
            saved = actions.save_course(
                by=request.user.by,
                provider=provider,
                draft=form.draft(),
                on=today,
                at=clock.now(),
                course=course,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("研修を書き留めました"))
            return redirect("courses:provider_course", saved.pk)
    page: dict[str, Any] = {"form": form, "course": course, "edition": rules}
    page["unset"] = rules.unset.get("accreditation_criteria")
    page["reckoned"] = forms.reckoned(
        request.POST.get("timetable", "") or (course.timetable if course else "")
    )
    status = 422 if form.errors and not only_reckon else 200
    return render(request, "courses/course_form.html", page, status=status)


@require_safe
@signed_in
def course(request: Signed, pk: UUID) -> HttpResponseBase:
    """A course as whoever runs it sees it: where it stands, what was ruled, its sessions."""
    found = queries.managed_course(request.user, roles(request), pk)
    if found is None:
        raise Http404
    mine = found.offered_by is not None
    page = {
        "course": found,
        "edition": edition(clock.today()),
        "sessions": list(found.sessions.order_by("-first_on")),
        "rulings": list(found.rulings.order_by("-made_at")),
        "changes": list(queries.changes_of(found)),
        "reflows": queries.reflows(found),
        "events": events(found.state, Actor.PROVIDER) if mine else (),
        "today": clock.today(),
    }
    return render(request, "courses/provider_course.html", page)

"""Sessions: announced, corrected, and the codes handed out at the venue."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.courses import actions, forms, printing, queries
from nintei.courses.models import CourseSession
from nintei.courses.states import State
from nintei.people.doors import Signed, once, roles, signed_in
from nintei.shared import clock, wording
from nintei.shared.refusals import Refused

A_PAGE = 50


def managed(request: Signed, pk: UUID) -> CourseSession:
    """A session that whoever asks manages; what is not theirs is not there."""
    found = queries.session_of(request.user, roles(request), pk)
    if found is None:
        raise Http404
    return found


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: Signed, pk: UUID) -> HttpResponseBase:
    """Announce a session of an accredited course."""
    course = queries.managed_course(request.user, roles(request), pk)
    if course is None or course.state != State.ACCREDITED:
        raise Http404
    form = forms.SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_session(
                by=request.user.by, course=course, at=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("開催を加えました。研修の一覧に載ります"))
            return redirect("courses:session", opened.pk)
    page = {"form": form, "course": course}
    return render(request, "courses/session_form.html", page, status=422 if form.errors else 200)


@require_safe
@signed_in
def session(request: Signed, pk: UUID) -> HttpResponseBase:
    """A session: its days, who attended, the roster, the codes."""
    found = managed(request, pk)
    return render(request, "courses/session.html", session_page(request, found))


def session_page(request: Signed, found: CourseSession, **more: Any) -> dict[str, Any]:
    """What the page of a session shows, whatever form it was sent with."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    who = Paginator(queries.attendances(found, words), A_PAGE).get_page(request.GET.get("page"))
    codes = queries.codes(found)
    days = [(row.day, wording.day(row.on)) for row in codes]
    page: dict[str, Any] = {
        "session": found,
        "course": found.course,
        "attended": queries.attended(found, who),
        "who": who,
        "asked": urlencode({"q": words}) if words else "",
        "q": words,
        "rosters": list(queries.rosters(found)),
        "codes": codes,
        "roster_form": forms.RosterForm(),
        "seats_form": forms.SeatsForm(None, days),
        "revisions": list(found.revisions.all()),
        "reflows": queries.reflows(found.course, found),
        "today": clock.today(),
    }
    return page | more


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: Signed, pk: UUID) -> HttpResponseBase:
    """Correct the days or the place; whoever attended is told."""
    found = managed(request, pk)
    form = forms.RevisionForm(request.POST or None, initial=_initial(found), held=found)
    if request.method == "POST" and form.is_valid():
        try:
            waiting = actions.revise_session(by=request.user.by, session=found, at=clock.now(), **form.told())
            reached = actions.reflow(
                by=request.user.by, course=found.course_id, at=clock.now(), most=actions.FEW
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _told(waiting, reached))
            return redirect("courses:session", pk)
    page = {"form": form, "session": found, "course": found.course}
    return render(request, "courses/session_form.html", page, status=422 if form.errors else 200)


def _told(waiting: int, reached: int) -> str:
    if not waiting:
        return _("開催を直しました")
    if reached < waiting:
        return _("開催を直しました。受講した方の記録に、順に反映しています")
    words = ngettext(
        "開催を直し、受講した%(n)d人の記録に反映しました",
        "開催を直し、受講した%(n)d人の記録に反映しました",
        waiting,
    )
    return words % {"n": waiting}


def _initial(session: CourseSession) -> dict[str, object]:
    lines = [" ".join([day["on"], _times(day)]) for day in session.days]
    free = {} if session.days else {"first_on": session.first_on, "last_on": session.last_on}
    return {"days": "\n".join(lines), "place": session.place, **free}


def _times(day: dict[str, Any]) -> str:
    if "begins" not in day:
        return f"{day['minutes']}分"
    rest = f" 休憩 {day['rest']}分" if day["rest"] else ""
    return f"{day['begins']}-{day['ends']}{rest}"


@require_POST
@signed_in
@once
def issue(request: Signed, pk: UUID) -> HttpResponseBase:
    """Make attendance codes for the seats of a day."""
    found = managed(request, pk)
    days = [(row.day, wording.day(row.on)) for row in queries.codes(found)]
    form = forms.SeatsForm(request.POST, days)
    if form.is_valid():
        try:
            actions.issue_codes(by=request.user.by, session=found, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("受講コードを作りました"))
            return redirect("courses:session", pk)
    return render(request, "courses/session.html", session_page(request, found, seats_form=form), status=422)


@require_safe
@signed_in
def codes_sheet(request: Signed, pk: UUID, day: int) -> HttpResponseBase:
    """The unused codes of a day as a printed sheet, one a seat."""
    found = managed(request, pk)
    codes = queries.unused_codes(found, day) if day < len(found.days) else ()
    if not codes:
        raise Http404
    made = printing.code_sheet(found, codes, clock.now())
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="codes-{codes[0].opens_at:%Y%m%d}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@signed_in
def screen(request: Signed, pk: UUID, day: int) -> HttpResponseBase:
    """The next unused code, large, for a screen at the venue: the page shows the one after it once it is used."""
    found = managed(request, pk)
    codes = queries.unused_codes(found, day) if day < len(found.days) else ()
    page: dict[str, Any] = {"session": found, "course": found.course, "day": day, "left": len(codes)}
    if codes:
        url = printing.address_of(codes[0])
        page |= {"code": codes[0], "qr": mark_safe(printing.qr_for_screen(url)), "url": url}  # noqa: S308  our own SVG
    return render(request, "courses/screen.html", page)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Signed, pk: UUID) -> HttpResponseBase:
    """Correct how long one person attended, or take it back."""
    found = queries.attendance_of(request.user, roles(request), pk)
    if found is None:
        raise Http404
    part = next(iter(found.revision.parts), {"minutes": None})
    form = forms.CorrectionForm(request.POST or None, initial={"minutes": part["minutes"]})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_attendance(
                by=request.user.by, attendance=found.attendance, at=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("訂正しました。受講した方に知らせます"))
            return redirect("courses:session", found.attendance.session_id)
    page = {"form": form, "found": found, "session": found.attendance.session}
    return render(request, "courses/correct.html", page, status=422 if form.errors else 200)

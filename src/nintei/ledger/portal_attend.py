"""The holder's door to an attendance code: what it confirms, what it adds, and one button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nintei.courses import actions, queries
from nintei.courses.models import SeatCode
from nintei.ledger import crediting
from nintei.ledger import queries as log
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Proof
from nintei.people.doors import Signed, once, signed_in
from nintei.people.models import Person
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: Signed, token: str) -> HttpResponseBase:
    """Where the QR leads: look, then confirm. A code that is not ours says so and nothing else."""
    code = queries.code_behind(token)
    if code is None:
        return render(request, "ledger/attend.html", {"unknown": True}, status=404)
    refusal = ""
    if request.method == "POST":
        try:
            attendance = actions.redeem(by=request.user.by, person=request.user, code=code, at=clock.now())
        except Refused as refused:
            refusal = refused.sentence()
        else:
            messages.success(request, _("受講を記録しました"))
            return redirect("ledger:line", attendance.pk)
    page = _page(request.user, code) | {"refusal": refusal}
    return render(request, "ledger/attend.html", page, status=422 if refusal else 200)


def _page(person: Person, code: SeatCode) -> dict[str, Any]:
    """What a code would add for this person; whether somebody used it already, and whether that was them."""
    course, counted, today = code.session.course, queries.minutes_of_code(code), clock.today()
    used = queries.redemption_of(code)
    page: dict[str, Any] = {"code": code, "course": course, "counted": counted, "today": today}
    page |= {"edition": edition_on(today), "used": used}
    if used and used.attendance.person_id == person.pk:
        page["line"] = used.attendance_id
    elif counted and not used:
        page["previews"] = log.preview(person, _draft(code, counted), today)
    return page


def _draft(code: SeatCode, counted: tuple[Any, int]) -> Draft:
    course = code.session.course
    category = crediting.category_of_courses(edition_on(clock.today())) or ""
    return Draft(
        category=category, title=course.title, sessions=(counted,), organiser=course.provider,
        proof=Proof.CERTIFICATE, course=course.pk,
    )  # fmt: skip

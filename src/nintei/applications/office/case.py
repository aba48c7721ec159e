"""The page of one case: papers left, findings right, history below, and what this person may do now."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nintei.applications import queries, words
from nintei.applications.documents import documents, opened
from nintei.applications.models import Application, Kind
from nintei.applications.office import DESK
from nintei.applications.office.doing import DO, Looked, bound, look, made_for
from nintei.applications.office.queue import lanes
from nintei.applications.queries import Wanted, cases
from nintei.experience import queries as experience
from nintei.experience.queries.timeline import drawings
from nintei.experience.queries.verdict import standing
from nintei.journal import queries as journal
from nintei.people.doors import Signed, once, require, roles
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition
from nintei.shared.workdays import workdays

Forms = dict[str, forms.Form]


@require(*DESK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    today = clock.today()
    application = queries.in_office(pk, request.user, today)
    if application is None:
        raise Http404
    seen = look(application)
    offered = made_for(request, application, seen)
    if request.method != "POST":
        return render(request, "applications/case.html", _page(request, application, seen, offered))
    event = request.POST.get("event", "")
    if event not in DO:
        raise Http404
    if event not in offered:
        return _too_late(request, application)
    if _done(request, application, event, offered, seen):
        return redirect(request.get_full_path())
    status = 200 if "more" in request.POST else 422
    page = _page(request, application, seen, offered)
    return render(request, "applications/case.html", page, status=status)


def _done(request: Signed, application: Application, event: str, offered: Forms, seen: Looked) -> bool:
    """Whether what was sent has happened; otherwise its form says why not, or has grown by a line."""
    form = offered[event]
    if "more" in request.POST:
        offered[event] = bound(request, application, event, seen, grown=True)
        return False
    if not form.is_valid():
        return False
    try:
        messages.success(request, DO[event](request, application, form))
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return False
    return True


def _too_late(request: Signed, application: Application) -> HttpResponseBase:
    """The button was pressed on a page that somebody else has overtaken."""
    messages.error(request, Refused("applications.changed_meanwhile").sentence(), extra_tags="bad")
    return redirect("applications:case", pk=application.pk)


def _page(request: Signed, application: Application, seen: Looked, offered: Forms) -> dict[str, Any]:
    today, judged = clock.today(), seen.judged
    page = lanes(request, Wanted.told(request.GET.dict()))
    page |= {"application": application, "judged": judged, "today": today, "forms": offered}
    page |= {"blocks": words.for_office(judged, seen.told), "look": words.to_look_at(judged)}
    page |= {"days": workdays(application.state_since_on, today), "edition": edition(judged.day)}
    page |= {"waits": words.waits(application, request.user), "history": _history(application)}
    page |= {"own": application.person_id == request.user.pk}
    return page | _judged(application) | _beside(application) | _papers(request, application, seen)


def _judged(application: Application) -> dict[str, Any]:
    """What people have said of the case so far."""
    decision = queries.decision_of(application)
    return {
        "review": queries.latest_review(application),
        "decision": decision,
        "refused_for": queries.refused_for(decision) if decision else [],
        "appeal_until": cases.appeal_until(decision) if decision else None,
    }


def _beside(application: Application) -> dict[str, Any]:
    """What the desk has kept about a case."""
    return {
        "asked": queries.asked(application),
        "held": queries.standing_hold(application),
        "notes": queries.notes(application),
        "calls": queries.calls(application),
    }


def _papers(request: Signed, application: Application, seen: Looked) -> dict[str, Any]:
    """Every paper in a tab; of a first application also who vouches for what, with the time line."""
    pledge, book = queries.pledge_of(queries.origin(application)), edition(seen.judged.day)
    papers = documents(application, seen.told, pledge, queries.papers(application), book)
    number = opened(papers, request.GET.get("doc", ""))
    page = {"docs": papers, "doc_number": number, "open_doc": papers[number] if papers else None}
    page |= {"pledge": pledge}
    if application.kind == Kind.FIRST and application.submitted_on:
        page |= _experience(request, application, seen)
    return page


def _history(application: Application) -> list[tuple[object, str, dict[str, Any]]]:
    entries = journal.history(application.reference)
    names = queries.names_of(words.people_in(entry.actor for entry in entries))
    return [
        (entry.at, words.told(entry.verb, entry.actor, names, entry.data), entry.data) for entry in entries
    ][::-1]


def _experience(request: Signed, application: Application, seen: Looked) -> dict[str, Any]:
    """Experience up to the day of application, with what was signed until today; hints are not for one's own."""
    book, day = edition(seen.judged.day), seen.judged.day
    away = queries.away(application)
    found = experience.file_of(application.person, clock.today(), day, away)
    told = standing(book, application.qualification, found.case, day)
    page: dict[str, Any] = {"drawings": drawings(found.case.posts, told.claimed, told.attested)}
    page |= {"came": queries.statements_since(application, clock.today())}
    page |= {"leaves": queries.subtracted(application)}
    if application.person_id == request.user.pk:
        return page
    parts = experience.page_of(found, roles(request))
    return page | parts | {"edition": book, "back": request.get_full_path()}

"""The office's door: the queue of cases and the page of one case. Nothing is decided by a machine alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from nintei.applications import actions, queries, states, words
from nintei.applications.actions import MarkSaid
from nintei.applications.documents import documents, opened
from nintei.applications.forms import DecideForm, MarksForm, OnlyVersionForm, WordsForm
from nintei.applications.judging import Judgement
from nintei.applications.models import Application, Kind, Outcome
from nintei.applications.states import Event
from nintei.applications.workdays import workdays
from nintei.experience import queries as experience
from nintei.experience.queries.timeline import drawings
from nintei.experience.queries.verdict import standing
from nintei.journal import queries as journal
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

DESK = (Role.CONTRACTOR, Role.REVIEWER, Role.DECIDER)

TABS = {
    "all": gettext_lazy("すべて"),
    "mine": gettext_lazy("あなた"),
    "free": gettext_lazy("担当なし"),
    "others": gettext_lazy("相手待ち"),
    "decision": gettext_lazy("決定待ち"),
}


@require(*DESK)
@require_safe
def queue(request: Signed) -> HttpResponseBase:
    return render(request, "applications/queue.html", _queue(request))


def _queue(request: Signed) -> dict[str, Any]:
    tab = request.GET.get("tab", "all")
    tab = tab if tab in TABS else "all"
    counts = queries.counts(request.user)
    tabs = [(key, word, counts[key], key == tab) for key, word in TABS.items()]
    rows = [
        (row, words.waits(row.application, request.user))
        for row in queries.queue(request.user, clock.today(), tab)
    ]
    return {"tabs": tabs, "rows": rows, "tab": tab}


@require(*DESK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    today = clock.today()
    application = queries.in_office(pk, request.user, today)
    if application is None:
        raise Http404
    judged = queries.verdict(application, today)
    forms_by_event = _forms(request, application, judged)
    event = request.POST.get("event", "")
    if request.method == "POST" and event in forms_by_event:
        form = forms_by_event[Event(event)]
        if form.is_valid():
            try:
                DO[Event(event)](request, application, form)
            except Refused as refused:
                form.add_error(None, refused.sentence())
            else:
                return redirect("applications:case", pk=pk)
        return render(
            request, "applications/case.html", _page(request, application, judged, forms_by_event), status=422
        )
    if request.method == "POST":
        return _too_late(request, application, event)
    return render(request, "applications/case.html", _page(request, application, judged, forms_by_event))


def _too_late(request: Signed, application: Application, event: str) -> HttpResponseBase:
    """The button was pressed on a page that somebody else has overtaken."""
    if event not in Event.values:
        raise Http404
    messages.error(request, Refused("applications.changed_meanwhile").sentence(), extra_tags="bad")
    return redirect("applications:case", pk=application.pk)


def _forms(request: Signed, application: Application, judged: Judgement) -> dict[Event, forms.Form]:
    """The forms of what this person may do now; the one that was sent is bound."""
    mine = queries.actors(application, request.user, clock.today())
    first = {"version": application.version}
    made: dict[Event, forms.Form] = {}
    for event in states.events(application.state, mine):
        if event not in DO:
            continue
        data = request.POST if request.POST.get("event") == event else None
        common: dict[str, Any] = {"initial": first, "auto_id": f"{event}_%s"}
        if event in (Event.ASK, Event.SEND_BACK):
            made[event] = WordsForm(data, **common)
        elif event == Event.RECOMMEND:
            made[event] = MarksForm(data, judged=judged, **common)
        elif event in (Event.CERTIFY, Event.REFUSE):
            made[event] = DecideForm(data, judged=judged, **common)
        else:
            made[event] = OnlyVersionForm(data, **common)
    return made


def _common(request: Signed, application: Application, form: Any) -> dict[str, Any]:
    when = {"on": clock.today(), "at": clock.now()}
    return {"actor": request.user, "application": application, "version": form.cleaned_data["version"]} | when


def _take_up(request: Signed, application: Application, form: Any) -> None:
    actions.take_up(**_common(request, application, form))
    messages.success(request, _("あなたが審査の担当です"))


def _recommend(request: Signed, application: Application, form: Any) -> None:
    said = form.cleaned_data
    codes = [part.code for part in form.judged.parts]
    marks = [MarkSaid(code, said[f"mark_{code}"], said[f"why_{code}"]) for code in codes]
    actions.recommend(**_common(request, application, form), marks=marks, notes=said["notes"])
    messages.success(request, _("決定へ進めました"))


def _return(request: Signed, application: Application, form: Any) -> None:
    asked = [actions.ItemSaid("other", form.cleaned_data["words"])]
    actions.ask_items(**_common(request, application, form), items=asked)
    messages.success(request, _("ご本人に差し戻しました"))


def _send_back(request: Signed, application: Application, form: Any) -> None:
    actions.send_back(**_common(request, application, form), words=form.cleaned_data["words"])
    messages.success(request, _("審査へ戻しました"))


def _decide(outcome: str, first: Promise, renewal: Promise) -> Callable[[Signed, Application, Any], None]:
    def decide(request: Signed, application: Application, form: Any) -> None:
        reasons, said = form.reasons(), form.cleaned_data["words"]
        common = _common(request, application, form)
        actions.decide(**common, outcome=outcome, reasons=reasons, words=said)
        messages.success(request, str(renewal if application.kind == Kind.RENEWAL else first))

    return decide


DO: dict[Event, Callable[[Signed, Application, Any], None]] = {
    Event.TAKE_UP: _take_up,
    Event.RECOMMEND: _recommend,
    Event.ASK: _return,
    Event.SEND_BACK: _send_back,
    Event.CERTIFY: _decide(
        Outcome.CERTIFIED, gettext_lazy("認定しました"), gettext_lazy("認定を更新しました")
    ),
    Event.REFUSE: _decide(
        Outcome.REFUSED, gettext_lazy("不認定としました"), gettext_lazy("更新を認めませんでした")
    ),
}


def _page(
    request: Signed, application: Application, judged: Judgement, forms_by_event: dict[Event, forms.Form]
) -> dict[str, Any]:
    today = clock.today()
    entries = journal.history(application.reference)
    names = queries.names_of(words.people_in(entry.actor for entry in entries))
    history = [(entry.at, words.told(entry.verb, entry.actor, names), entry.data) for entry in entries]
    page = _queue(request) | {"application": application, "judged": judged, "today": today}
    told = queries.facts(application, today)
    page |= {
        "blocks": words.for_office(judged, told),
        "look": words.to_look_at(judged),
        "history": history[::-1],
    }
    page |= {
        "days": workdays(application.state_since_on, today),
        "waits": words.waits(application, request.user),
    }
    page |= {"forms": {str(event): form for event, form in forms_by_event.items()}}
    page |= {"review": queries.latest_review(application), "decision": queries.decision_of(application)}
    page |= {"edition": edition(judged.day), "pledge": queries.pledge_of(queries.origin(application))}
    papers = documents(application, page["pledge"])
    number = opened(papers, request.GET.get("doc", ""))
    page |= {"docs": papers, "doc_number": number, "open_doc": papers[number] if papers else None}
    page |= {"own": application.person_id == request.user.pk}
    if application.kind == Kind.FIRST and application.submitted_on:
        page |= _drawn(application, judged)
    return page


def _drawn(application: Application, judged: Judgement) -> dict[str, Any]:
    """The time line of the posts as they were handed in."""
    found = experience.case(application.person, judged.day)
    told = standing(edition(judged.day), application.qualification, found, judged.day)
    return {"drawings": drawings(found.posts, told.claimed, told.attested)}

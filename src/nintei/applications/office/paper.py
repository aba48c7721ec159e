"""The office's door to applications on paper: key in, scan, ask for what is missing, complete."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.applications import actions
from nintei.applications.forms.cases import (
    KeyInForm,
    PaperPledgeForm,
    PaperPostForm,
    PaperReportForm,
    ScanForm,
    StepForm,
)
from nintei.applications.gaps import gap_words, missing_parts
from nintei.applications.models import Application
from nintei.applications.queries import cases, pledge_of, report_for
from nintei.experience import actions as experience_actions
from nintei.experience import queries as experience
from nintei.people import actions as people_actions
from nintei.people import queries as people
from nintei.people.doors import Signed, once, require
from nintei.people.models import Person, Role
from nintei.registry import actions as registry
from nintei.shared import clock, files
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

DESK = (Role.CONTRACTOR, Role.REVIEWER)
LOOK = (*DESK, Role.DECIDER)
FOUND = 20


@require(*DESK)
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """Cases from paper that lack something; those whose period has ended come first."""
    rows = [(line, gap_words(line.gaps)) for line in cases.paper_cases(clock.today())]
    return render(request, "applications/paper_list.html", {"rows": rows, "today": clock.today()})


@require(*DESK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def key_in(request: Signed) -> HttpResponseBase:
    """A new case from paper, for somebody who has a file or for somebody new."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    found = list(people.people_called(words)[:FOUND]) if words.strip() else []
    known = [(str(person.pk), _told(person)) for person in found]
    book, today = edition(clock.today()), clock.today()
    sent = request.POST if request.method == "POST" else None
    form = KeyInForm(sent, book=book, people=known, initial={"arrived_on": today, "known": ""})
    if form.is_bound and form.is_valid():
        try:
            row = _key_in(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("第%(number)s号として受け付けました") % {"number": row.number})
            return redirect("applications:paper", pk=row.pk)
    page = {"form": form, "q": words, "found": found}
    return render(request, "applications/paper_new.html", page, status=422 if form.errors else 200)


def _told(person: Person) -> str:
    born = f"　{person.born_on:%Y-%m-%d}" if person.born_on else ""
    return f"{person.name} {person.kana}{born}　{person.email or _('メールなし')}"


def _key_in(request: Signed, said: dict[str, Any]) -> Application:
    at, today = clock.now(), clock.today()
    if said["known"]:
        person = people.person(said["known"])
        if person is None:
            raise Http404
    else:
        new = {field: said[field] for field in ("name", "kana", "born_on", "postal_address")}
        person = people_actions.enter_person(by=request.user.by, language="ja", at=at, **new)
    days = {"arrived_on": said["arrived_on"], "postmark_on": said["postmark_on"]}
    return actions.key_in(
        actor=request.user, person=person, qualification=said["qualification"], on=today, at=at, **days
    )


@require(*DESK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    """One case from paper: scans, what they say, what is missing, and the next step."""
    application = cases.paper_case(pk)
    if application is None:
        raise Http404
    made = _forms(request, application)
    what = request.POST.get("what", "")
    if request.method == "POST" and what in made:
        form = made[what]
        if form.is_valid() and _done(request, application, what, form):
            leaves = what in ("complete", "turn_away")
            return redirect("applications:case" if leaves else "applications:paper", pk=pk)
        return render(request, "applications/paper_case.html", _page(application, made), status=422)
    return render(request, "applications/paper_case.html", _page(application, made))


def _forms(request: Signed, application: Application) -> dict[str, forms.Form]:
    """Every form of the page; the one that was sent is bound."""
    book = edition(clock.today())
    versions = [text.version for text, _ja, _en in cases.pledge_texts()]
    kinds: dict[str, Callable[..., forms.Form]] = {
        "scan": lambda *a, **k: ScanForm(*a, book=book, **k),
        "report": PaperReportForm,
        "post": lambda *a, **k: PaperPostForm(*a, book=book, **k),
        "pledge": lambda *a, **k: PaperPledgeForm(*a, versions=versions, **k),
        "missing": StepForm,
        "complete": StepForm,
        "turn_away": StepForm,
    }
    name, version = application.person.name, application.version
    first = {"name": name, "signed_name": name, "version": version}
    made = {}
    for what, kind in kinds.items():
        sent = request.method == "POST" and request.POST.get("what") == what
        data = (request.POST, request.FILES) if sent else (None, None)
        made[what] = kind(*data, auto_id=f"{what}_%s", initial=first)
    return made


def _done(request: Signed, application: Application, what: str, form: forms.Form) -> bool:
    try:
        DO[what](request, application, form.cleaned_data)
    except Refused as refused:
        on_file = refused.code.startswith("files.") and "paper" in form.fields
        form.add_error("paper" if on_file else None, refused.sentence())
        return False
    messages.success(request, _("記録しました"))
    return True


def _scan(request: Signed, application: Application, said: dict[str, Any]) -> None:
    taken = files.take_in(said["paper"])
    actions.add_scan(application=application, form=said["form"], taken=taken, **_who(request))


def _report(request: Signed, application: Application, said: dict[str, Any]) -> None:
    taken = files.take_in(said["paper"])
    actions.add_scan(application=application, form="report_copy", taken=taken, **_who(request))
    told = {key: said[key] for key in ("number", "issued_on", "name")}
    registry.hand_in_copy(
        by=request.user.by,
        person=application.person,
        exam=application.qualification,
        taken=taken,
        on=clock.today(),
        at=clock.now(),
        **told,
    )


def _post(request: Signed, application: Application, said: dict[str, Any]) -> None:
    experience_actions.save_post(
        by=request.user.by,
        person=application.person,
        organisation=said["organisation"],
        department=said["department"],
        started_on=said["started_on"],
        ended_on=said["ended_on"],
        fields=dict.fromkeys(said["fields_of_practice"], ""),
        on=clock.today(),
        at=clock.now(),
    )


def _pledge(request: Signed, application: Application, said: dict[str, Any]) -> None:
    text = cases.pledge_text_of(said["version"])
    if text is None:
        raise Refused("applications.no_pledge_text")
    signed = {"signed_name": said["signed_name"], "signed_on": said["signed_on"]}
    actions.enter_pledge(application=application, text=text, **signed, **_who(request))


def _missing(request: Signed, application: Application, said: dict[str, Any]) -> None:
    actions.ask_for_missing(application=application, **said, **_who(request))


def _complete(request: Signed, application: Application, said: dict[str, Any]) -> None:
    actions.complete(application=application, version=said["version"], **_who(request))


def _turn_away(request: Signed, application: Application, said: dict[str, Any]) -> None:
    actions.turn_away(application=application, **said, **_who(request))


def _who(request: Signed) -> dict[str, Any]:
    return {"actor": request.user, "on": clock.today(), "at": clock.now()}


DO: dict[str, Callable[[Signed, Application, dict[str, Any]], None]] = {
    "scan": _scan,
    "report": _report,
    "post": _post,
    "pledge": _pledge,
    "missing": _missing,
    "complete": _complete,
    "turn_away": _turn_away,
}


def _page(application: Application, made: dict[str, forms.Form]) -> dict[str, Any]:
    today = clock.today()
    gaps = missing_parts(application, today)
    book = edition(today)
    names = {form.code: form.name for form in book.procedure.forms}
    scans = [(scan, names.get(scan.form)) for scan in cases.scans(application)]
    page: dict[str, Any] = {"application": application, "paper": application.paper, "forms": made}
    page |= {"scans": scans, "today": today, "edition": book, "pledge": pledge_of(application)}
    page |= {"gaps": gap_words(gaps), "report": report_for(application)}
    page |= {"report_note": cases.report_note(application), "fields": book.fields}
    page |= {"postmark_would_do": cases.postmark_would_do(application)}
    return page | {"posts": experience.case(application.person, today).posts}

"""The office's door to a file of experience: attestors, hints, what stands in for months, and forms from paper.

A case's page shows the same parts (`experience/parts/file_*.html`); their buttons lead here and back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.experience import actions, queries
from nintei.experience.forms import AttestorForm
from nintei.experience.officeforms import GrantForm
from nintei.experience.papers import taken
from nintei.experience.queries import File
from nintei.people.doors import Signed, once, require, roles
from nintei.people.models import Person, Role
from nintei.shared import clock, files
from nintei.shared.refusals import Refused

DESK = (Role.CONTRACTOR, Role.REVIEWER)
SEEING = (*DESK, Role.DECIDER)


@require(*SEEING)
@require_safe
def file(request: Signed, person: uuid.UUID) -> HttpResponseBase:
    page = queries.page_of(_file(request, person), roles(request))
    return render(request, "experience/file.html", page)


def _file(request: Signed, person: uuid.UUID) -> File:
    """The file of somebody who handed something in, and of nobody's own."""
    found = queries.file_for_office(person, clock.today())
    if found is None or found.person.pk == request.user.pk:
        raise Http404
    return found


@require(*DESK)
@once
@require_POST
def remind(request: Signed, person: uuid.UUID, asked: uuid.UUID) -> HttpResponseBase:
    whose = _file(request, person).person

    def act() -> None:
        actions.remind(by=request.user.by, person=whose, request_id=asked, at=clock.now(), on=clock.today())

    return _done(request, whose, act, _("もう一度メールを送りました"))


@require(*DESK)
@once
@require_POST
def withdraw(request: Signed, person: uuid.UUID, asked: uuid.UUID) -> HttpResponseBase:
    whose = _file(request, person).person

    def act() -> None:
        actions.withdraw_request(by=request.user.by, person=whose, request_id=asked, at=clock.now())

    return _done(request, whose, act, _("お願いを取り消しました"))


@require(Role.REVIEWER)
@once
@require_POST
def grant(request: Signed, person: uuid.UUID, claim: uuid.UUID) -> HttpResponseBase:
    found, form = _file(request, person), GrantForm(request.POST)
    if claim not in {each.claim.pk for each in found.substitutions}:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("月数と理由を書いてください"), extra_tags="bad")
        return redirect(_back(request, found.person))

    def act() -> None:
        actions.grant_substitution(
            actor=request.user, claim_id=claim, at=clock.now(), on=clock.today(), **form.cleaned_data
        )

    return _done(request, found.person, act, _("月数を記録しました"))


def _done(request: Signed, whose: Person, act: Callable[[], None], told: str) -> HttpResponseBase:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, told)
    return redirect(_back(request, whose))


def _back(request: Signed, whose: Person) -> str:
    """Where the button stood: a page of ours, else the file."""
    back = request.POST.get("back", "") or request.GET.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("experience:file", args=[whose.pk])


@require(*DESK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: Signed, person: uuid.UUID, asked: uuid.UUID) -> HttpResponseBase:
    whose = _file(request, person).person
    old = queries.own_asked(whose, asked)
    if old is None:
        raise Http404
    form, back = AttestorForm(request.POST if request.method == "POST" else None), _back(request, whose)
    if form.is_bound and form.is_valid():
        try:
            actions.replace_attestor(
                by=request.user.by, person=whose, request_id=asked, at=clock.now(), on=clock.today(),
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("前のお願いを取り消し、新しい方にメールを送りました"))
            return redirect(back)
    page = {"form": form, "old": old, "back": back}
    return render(request, "experience/replace.html", page, status=422 if form.errors else 200)


@require(*SEEING)
@require_safe
def evidence(request: Signed, file: uuid.UUID, page: int) -> HttpResponseBase:
    """A page of the evidence of a substitution, as a picture: the office never gets the file itself (P9)."""
    found = queries.evidence(file)
    if found is None:
        raise Http404
    _file(request, found.substitution.person_id)
    shown = files.show(taken(found), page)
    if shown is None:
        raise Http404
    return shown


@require(*SEEING)
@require_safe
def drawn(request: Signed, drawn: uuid.UUID) -> HttpResponseBase:
    """A drawn signature as pixels; the file itself reaches no browser of the office's (P9)."""
    found = queries.drawn(drawn)
    if found is None:
        raise Http404
    _file(request, found.request.person_id)
    pixels = files.picture(taken(found), 1)
    if pixels is None:
        raise Http404
    return HttpResponse(pixels, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

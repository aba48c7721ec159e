"""The demo's own pages: people to become, the mailbox, the calendar. Outside demo mode they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from nintei.notices import queries as letters
from nintei.people import actions, queries
from nintei.people.doors import once
from nintei.people.models import Role
from nintei.shared import clock
from nintei.site import parts_sample
from nintei.site.cast import CAST as PARTS
from nintei.site.demo import bank
from nintei.site.demo.people import CAST
from nintei.site.demo_forms import CalendarForm
from nintei.site.office import STAFF

View = Callable[..., HttpResponseBase]


def in_demo(view: View) -> View:
    """Outside demo mode there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _page(request: HttpRequest, form: CalendarForm) -> HttpResponseBase:
    on = clock.today()
    known = queries.people_with_roles([c.email for c in CAST], on=on)
    cast = [
        {"person": person, "roles": roles, "part": PARTS[person.email.partition("@")[0]]}
        for person, roles in known
    ]
    return render(
        request,
        "site/demo.html",
        {"cast": cast, "form": form, "letters": letters.mailbox(most=5), "today": on},
    )


@in_demo
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    return _page(request, CalendarForm(initial={"day": clock.today()}))


@in_demo
@require_POST
def become(request: HttpRequest) -> HttpResponseBase:
    """Sign in as one of the cast; only they can be become, and only here."""
    email = request.POST.get("email", "")
    person = queries.person_by_email(email) if email in {c.email for c in CAST} else None
    if not person:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(_home_of(queries.roles_of(person, on=clock.today())))


def _home_of(roles: AbstractSet[Role]) -> str:
    """Where somebody works: a provider has a role too, and no business in the office."""
    if roles & set(STAFF):
        return "site:office"
    return "courses:provider" if Role.PROVIDER in roles else "site:my"


@in_demo
@require_POST
@once
def set_day(request: HttpRequest) -> HttpResponseBase:
    by = getattr(request.user, "by", "system")
    if request.POST.get("back"):
        actions.set_demo_day(by=by, day=None, at=clock.now())
        return redirect("demo:index")
    form = CalendarForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    actions.set_demo_day(by=by, day=form.cleaned_data["day"], at=clock.now())
    return redirect("demo:index")


@in_demo
@require_safe
def mail(request: HttpRequest) -> HttpResponseBase:
    return render(request, "site/mail.html", {"letters": letters.mailbox()})


@in_demo
@require_safe
def letter(request: HttpRequest, letter: UUID) -> HttpResponseBase:
    found = letters.letter(letter)
    if not found:
        raise Http404
    return render(request, "site/letter.html", {"letter": found})


@in_demo
def parts(request: HttpRequest) -> HttpResponseBase:
    return render(request, "site/parts.html", parts_sample.page(request.POST or None))


@in_demo
@require_safe
def bank_statement(request: HttpRequest) -> HttpResponseBase:
    """The bank's file of the day, to be dropped on the accountant's page."""
    on = clock.today()
    name = f'attachment; filename="meisai-{on:%m%d}.txt"'
    file = bank.statement_of_the_day(on)
    return HttpResponse(file, content_type="application/octet-stream", headers={"Content-Disposition": name})

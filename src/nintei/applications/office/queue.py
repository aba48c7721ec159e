"""The queues: find a case, see how long it waits, give several to somebody, remind, keep a search."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from nintei.applications import actions, queries, words
from nintei.applications.models import Kind
from nintei.applications.office import DESK
from nintei.applications.queries import Page, Wanted
from nintei.people.doors import Signed, once, require
from nintei.people.models import Person
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@require(*DESK)
@require_safe
def queue(request: Signed) -> HttpResponseBase:
    wanted = Wanted.told(request.GET.dict())
    page = lanes(request, wanted)
    today = clock.today()
    page |= {"colleagues": queries.colleagues(today), "filters": queries.saved_filters(request.user)}
    page |= {"levels": page["found"].levels, "kinds": Kind.choices}
    page |= {"qualifications": [q.code for q in edition(today).qualifications.values() if q.certified]}
    return render(request, "applications/queue.html", page)


def lanes(request: Signed, wanted: Wanted) -> dict[str, Any]:
    """The lanes with their counts, and the rows of the one that is looked at: on this page and beside a case."""
    found = queries.queue(request.user, clock.today(), wanted)
    tabs = [
        (wanted.query(lane=lane if lane != "all" else ""), word, found.counts[lane], lane == wanted.lane)
        for lane, word in queries.LANE_WORDS.items()
    ]
    rows = [(row, words.waits(row.application, request.user)) for row in found.rows]
    page = {
        "wanted": wanted,
        "found": found,
        "tabs": tabs,
        "further": queries.further(),
        "rows": rows,
        "query": wanted.query(),
    }
    return page | {"lane_word": queries.LANE_WORDS[wanted.lane], "turn": _turn(found)}


def _turn(found: Page) -> dict[str, str]:
    """The ways to the page before and the page after."""
    number, query = found.wanted.page, found.wanted.query
    ways = {"before": number - 1 if number > 1 else 0, "after": number + 1 if number < found.pages else 0}
    return {name: query(page=to) for name, to in ways.items() if to}


@require(*DESK)
@once
@require_POST
def many(request: Signed) -> HttpResponseBase:
    """What may safely be done with several cases: give them to somebody, or remind who is waited for."""
    chosen = queries.chosen(request.POST.getlist("case"), request.user, clock.today())
    back = redirect(f"{reverse('applications:queue')}?{Wanted.told(request.POST.dict()).query()}")
    if not chosen:
        messages.error(request, _("申請を1件以上選んでください。"), extra_tags="bad")
        return back
    try:
        done = _remind(request, chosen) if request.POST.get("do") == "remind" else _assign(request, chosen)
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, done)
    return back


def _assign(request: Signed, chosen: list[Any]) -> str:
    to = _colleague(request.POST.get("to", ""))
    number = actions.assign_many(
        actor=request.user, applications=chosen, to=to, on=clock.today(), at=clock.now()
    )
    said = ngettext("%(n)d件を%(name)sさんの担当にしました", "%(n)d件を%(name)sさんの担当にしました", number)
    return words.fill(said % {"n": number, "name": "%(name)s"}, name=to.name)


def _colleague(pk: str) -> Person:
    to = next((each for each in queries.colleagues(clock.today()) if str(each.pk) == pk), None)
    if to is None:
        raise Refused("applications.assign_whom")
    return to


def _remind(request: Signed, chosen: list[Any]) -> str:
    number = actions.remind_many(actor=request.user, applications=chosen, on=clock.today(), at=clock.now())
    said = ngettext("%(n)d人にメールを送りました", "%(n)d人にメールを送りました", number)
    return said % {"n": number}


@require(*DESK)
@once
@require_POST
def keep(request: Signed) -> HttpResponseBase:
    """Keep the search that is on the page under a name, or forget one."""
    query = Wanted.told(request.POST.dict()).query()
    try:
        if forget := request.POST.get("forget", ""):
            saved = (
                queries.saved_filters(request.user)
                .filter(pk=int(forget) if forget.isdecimal() else 0)
                .first()
            )
            if saved is None:
                raise Http404
            actions.drop_filter(actor=request.user, saved=saved)
        else:
            actions.save_filter(actor=request.user, name=request.POST.get("name", ""), query=query)
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect(f"{reverse('applications:queue')}?{query}")

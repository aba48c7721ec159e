"""A holder's links to show a certification, and the page that a stranger sees by one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.certificates.forms import LinkForm
from nintei.certificates.sharing import actions, queries
from nintei.people.doors import Signed, once, signed_in
from nintei.registry import queries as registry
from nintei.shared import clock
from nintei.shared.asking import is_too_often
from nintei.shared.handing import show_once
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

USUAL = timedelta(days=30)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: Signed) -> HttpResponseBase:
    """My links with how often each was opened, and a form to make one."""
    today = clock.today()
    held = registry.certifications(request.user)
    form = LinkForm(
        request.POST or None, held=held, initial={"until_on": today + USUAL, "shows": ["name", "validity"]}
    )
    if request.method == "POST" and form.is_valid() and _make(request, form):
        return redirect("certificates:links")
    page = {"form": form, "held": held, "links": queries.links_of(request.user, today), "today": today}
    return render(request, "certificates/links.html", page)


def _make(request: Signed, form: LinkForm) -> bool:
    said = form.cleaned_data
    held = {str(each.pk): each for each in registry.certifications(request.user)}
    try:
        made = actions.make_link(
            by=request.user.by, certification=held[said["certification"]], shows=frozenset(said["shows"]),
            label=said["label"], until_on=said["until_on"], on=clock.today(), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return False
    address = f"{settings.BASE_URL}{reverse('certificates:shared', args=[made.token])}"
    show_once(
        request,
        _("リンクを作りました。いま一度だけ示します。コピーして、見せたい人に渡してください。"),
        address,
    )
    return True


@require_POST
@signed_in
@once
def revoke(request: Signed, pk: UUID) -> HttpResponseBase:
    """Take a link back."""
    link = queries.own_link(request.user, pk)
    if link is None:
        raise Http404
    actions.revoke_link(by=request.user.by, link=link, at=clock.now())
    messages.success(request, _("リンクを取り消しました。もう開けません"))
    return redirect("certificates:links")


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What the holder shows by a link. Revoked, expired and never made: the same answer."""
    if is_too_often(request):
        return _unseen(render(request, "429.html", status=429))
    today = clock.today()
    link = queries.behind(token, today)
    answer = queries.shown(link, today) if link else None
    if link is None or answer is None:
        return _unseen(render(request, "certificates/shared.html", {}, status=404))
    actions.count_opening(by="", link=link)
    rules = edition(today)
    page = {"answer": answer, "on": today, "today": today, "at": clock.now(), "edition": rules, "link": link}
    page["qualification"] = rules.qualifications[answer.qualification]
    return _unseen(render(request, "certificates/shared.html", page))


def _unseen(response: HttpResponse) -> HttpResponse:
    """Found by no search engine, kept nowhere, and told to nobody as the page somebody came from."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response

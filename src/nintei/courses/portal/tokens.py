"""The organisation's tokens: made on a page that shows one once, ended by a button."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.courses import actions, forms, queries, tokens
from nintei.courses.models import Provider
from nintei.courses.states import State
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock
from nintei.shared.refusals import Refused


def _mine(request: Signed) -> Provider:
    """The organisation of whoever asks, once it is or was accredited."""
    mine = queries.provider_of(request.user)
    if mine is None or mine.state not in (State.ACCREDITED, State.ENDED):
        raise Http404
    return mine


@require_safe
@signed_in
def index(request: Signed) -> HttpResponseBase:
    """Which programs may send attendance."""
    mine = _mine(request)
    page: dict[str, Any] = {
        "provider": mine,
        "tokens": list(queries.tokens_of(mine)),
        "base": settings.BASE_URL,
    }
    page["may_make"] = mine.state == State.ACCREDITED
    return render(request, "courses/tokens.html", page)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Signed) -> HttpResponseBase:
    """Show a token that nobody has seen before; it lets nobody in until the form comes back."""
    mine = _mine(request)
    if mine.state != State.ACCREDITED:
        raise Http404
    whose = str(request.user.pk)
    token = tokens.opened(request.POST.get("sealed", ""), whose)
    form = forms.TokenForm(request.POST or None)
    if form.is_bound and form.is_valid() and token is None:
        form.add_error(None, Refused("courses.token_not_ours").sentence())
    if token and form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        actions.make_token(by=request.user.by, provider=mine, name=name, token=token, at=clock.now())
        messages.success(request, _("トークンが使えるようになりました"))
        return redirect("courses:tokens")
    token = token or tokens.fresh()
    page = {"form": form, "token": token, "sealed": tokens.sealed(token, whose), "provider": mine}
    answer = render(request, "courses/token_form.html", page, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@signed_in
@once
def end(request: Signed, pk: UUID) -> HttpResponseBase:
    """Let nobody in by this token any more."""
    found = queries.token_of(_mine(request), pk)
    if found is None:
        raise Http404
    actions.end_token(by=request.user.by, token=found, at=clock.now())
    messages.success(request, _("トークンを止めました。もう使えません"))
    return redirect("courses:tokens")

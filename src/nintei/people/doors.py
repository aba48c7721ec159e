"""What every door needs: who may enter, and that one request has one effect.

`signed_in` and `require(role…)` guard a view; `once` answers identical POSTs once (promise P2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from nintei.people import queries
from nintei.people.models import OnceKey, Person, Role
from nintei.shared import clock

P = ParamSpec("P")


class Signed(HttpRequest):
    """A request by somebody who signed in."""

    user: Person


AnyView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
SignedView = Callable[Concatenate[Signed, P], HttpResponseBase]


def roles(request: HttpRequest) -> frozenset[Role]:
    """The roles of who is asking, on the office's day; asked from the database once a request."""
    if not request.user.is_authenticated:
        return frozenset()
    kept: frozenset[Role] | None = getattr(request, "_nintei_roles", None)
    if kept is None:
        kept = queries.roles_of(request.user, on=clock.today())
        request._nintei_roles = kept  # type: ignore[attr-defined]
    return kept


def signed_in(view: SignedView[P]) -> AnyView[P]:
    """Only for people with an account; others are asked to sign in and come back here."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def require(*wanted: Role) -> Callable[[SignedView[P]], AnyView[P]]:
    """Only for people who hold one of these roles today; others get 403."""

    def guard(view: SignedView[P]) -> AnyView[P]:
        @wraps(view)
        def guarded(request: Signed, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if roles(request).isdisjoint(wanted):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return guard


def once(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """One effect for any number of identical POSTs (promise P2); its form carries `{% once %}`.

    The first request runs in a transaction with its key; the others wait for it and get the same redirect.
    A POST that ends in anything but a redirect leaves nothing behind: its transaction is rolled back.
    Put it inside `signed_in` or `require`, so that only those who may enter can ask.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            key, is_new = OnceKey.objects.get_or_create(digest=_digest(request), defaults={"at": clock.now()})
            if not is_new:
                return HttpResponseRedirect(key.answer)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                OnceKey.objects.filter(pk=key.pk).update(answer=response.url)
            else:
                transaction.set_rollback(True)
        return response

    return answered


def _digest(request: HttpRequest) -> bytes:
    """What makes two requests identical: the form's key, the sender, the address, and every field and file."""
    key = request.POST.get("once", "")
    if not 16 <= len(key) <= 64:
        raise BadRequest("The form has no key. Open the page again and send it from there.")
    parts = [key, str(request.user.pk or ""), request.path]
    for name in sorted(set(request.POST) - {"csrfmiddlewaretoken", "once"}):
        parts += [name, *request.POST.getlist(name)]
    for name in sorted(request.FILES):
        parts += [name, *(_file_digest(file) for file in request.FILES.getlist(name))]
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).digest()


def _file_digest(file: UploadedFile[Any]) -> str:
    digest = hashlib.sha256((file.name or "").encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


__all__ = ["Signed", "once", "require", "roles", "signed_in"]

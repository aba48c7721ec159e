"""Doors for drafts: begin from a file, take what another app shares, look at what was read, delete."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.ledger import actions, arriving, queries
from nintei.ledger.models import Jotting
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock, files
from nintei.shared.refusals import Refused

MOST_FILES = 5
OURS = ("none", "same-origin")
"""What a browser says of a request that no other site made: the sharing of an app, or our own page."""


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: Signed) -> HttpResponseBase:
    """Begin with a photo or a PDF: what can be read in it stands in the form already, to be checked."""
    refused = ""
    uploads = request.FILES.getlist("evidence")
    if request.method == "POST" and uploads:
        try:
            taken = [files.take_in(upload) for upload in uploads[:MOST_FILES]]
            draft = _jot(request, Jotting.Source.FILE, taken)
        except Refused as error:
            refused = error.sentence()
        else:
            return redirect(f"{reverse('ledger:new')}?draft={draft.pk}")
    elif request.method == "POST":
        refused = _("写真かファイルを選んでください")
    page = {
        "refused": refused,
        "address": arriving.address_of(request.user),
        "reads": arriving.reads_photos(),
    }
    return render(request, "ledger/from_file.html", page, status=422 if refused else 200)


@csrf_exempt
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Signed) -> HttpResponseBase:
    """Where the share sheet of a phone sends photos and files (`share_target` of the manifest).

    It cannot carry our CSRF token. Another site's form is known by `Sec-Fetch-Site`, and gets no cookie of ours
    (SameSite=Lax) either. All that can come of it is a draft, which counts for nothing.
    """
    if request.method != "POST":
        return from_file(request)
    if request.headers.get("Sec-Fetch-Site") not in OURS:
        raise PermissionDenied
    said = {"title": request.POST.get("title", "")[:200], "detail": request.POST.get("text", "")[:4000]}
    try:
        taken = [files.take_in(upload) for upload in request.FILES.getlist("evidence")[:MOST_FILES]]
        key = "share:" + arriving.fingerprint([*(each.sha256 for each in taken), *said.values()])
        draft = _jot(request, Jotting.Source.SHARE, taken, {k: v for k, v in said.items() if v}, key)
    except Refused as refused:
        messages.error(request, refused.sentence())
        return redirect("ledger:from_file")
    if draft.closed_at:
        messages.info(request, _("同じファイルは、前に受け取っています。"))
        return redirect("ledger:line", draft.activity_id) if draft.activity_id else redirect("ledger:index")
    return redirect(f"{reverse('ledger:new')}?draft={draft.pk}")


def _jot(
    request: Signed,
    source: str,
    taken: Sequence[files.TakenFile],
    said: dict[str, str] | None = None,
    key: str = "",
) -> Jotting:
    found, seen = arriving.read(taken, request.user)
    return actions.jot_down(
        by=request.user.by, person=request.user, source=source, said={**seen, **(said or {})}, files=taken,
        found=found, at=clock.now(), source_key=key,
    )  # fmt: skip


@require_POST
@signed_in
@once
def drop(request: Signed, key: uuid.UUID) -> HttpResponseBase:
    draft = queries.jotting_of(request.user, key)
    if draft is None:
        raise Http404
    actions.delete_jotting(by=request.user.by, jotting=draft, at=clock.now())
    messages.success(request, _("下書きを削除しました"))
    return redirect("ledger:index")


@require_safe
@signed_in
def picture(request: Signed, key: uuid.UUID, file: uuid.UUID, page: int) -> HttpResponseBase:
    """A page of a draft's file, drawn anew by us (P9)."""
    draft = queries.jotting_of(request.user, key)
    row = draft.files.filter(pk=file).first() if draft else None
    drawn = (
        files.picture(files.TakenFile(row.sha256, row.kind, row.size, row.pages, row.file_name), page)
        if row
        else None
    )
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponseBase:
    """What a phone needs to keep Nintei on its home screen and to share photos into it."""
    icon = {"src": static("shared/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    files_taken = [{"name": "evidence", "accept": ["application/pdf", "image/jpeg", "image/png"]}]
    told: dict[str, Any] = {
        "name": "Nintei",
        "short_name": "Nintei",
        "id": "/",
        "lang": get_language(),
        "start_url": reverse("site:my"),
        "scope": "/",
        "display": "minimal-ui",
        "icons": [icon],
        "share_target": {
            "action": reverse("ledger:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"title": "title", "text": "text", "files": files_taken},
        },
    }
    return JsonResponse(told, content_type="application/manifest+json")

"""For anybody: a QR checked in the browser, a file checked in memory, and the lists and keys as files."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from nintei.certificates import places, queries
from nintei.certificates.forms import FileToCheck
from nintei.certificates.verifying.judging import judge
from nintei.shared import clock

KINDS = {"trust.json": "application/json", "did.json": "application/did+json", "days": "application/jwt"}
TONES = {"valid": ("ok", "shield"), "not_valid": ("bad", "x"), "unknown": ("wait", "clock")}


@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The page that a QR leads to: the same for everybody; what the QR says never comes here."""
    today = clock.today() if settings.DEMO else None
    return render(request, "certificates/qr.html", {"today": today})


@require_safe
def qr_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps that page for when the server cannot be reached."""
    return render(request, "certificates/qr-worker.js", content_type="text/javascript")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """A file is looked at in memory and kept nowhere: one that would not fit there is not taken in."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _check_file(request)


@csrf_protect
def _check_file(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    asked = request.method == "POST"
    form = FileToCheck(
        request.POST if asked else None, request.FILES if asked else None, initial={"on": today}, today=today
    )
    page: dict[str, object] = {"form": form}
    if asked and form.is_valid():
        found = judge(form.cleaned_data["file"].read(), queries.trust(), form.cleaned_data["on"])
        tone, mark = TONES[found.answer]
        page |= {"found": found, "tone": tone, "mark": mark}
    return render(request, "certificates/file.html", page)


@require_safe
def published(request: HttpRequest, name: str) -> HttpResponseBase:
    """The keys, the DID document, the list of days: files that the worker wrote."""
    return _file(places.lists_folder() / name, KINDS[name])


@require_safe
def status_list(request: HttpRequest, purpose: str, number: int) -> HttpResponseBase:
    """A Bitstring Status List."""
    return _file(places.lists_folder() / "status" / purpose / str(number), "application/vc")


def _file(path: Path, kind: str) -> HttpResponseBase:
    """A public file: any site may read it, and ask again after a minute."""
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=60"
    return response

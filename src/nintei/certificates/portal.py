"""A holder's certificates: the list, the file, and whether the public page names them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.certificates import badges, queries
from nintei.people.doors import Signed, once, signed_in
from nintei.registry import actions as registry_actions
from nintei.registry import queries as registry
from nintei.registry.models import Certification
from nintei.shared import clock
from nintei.shared.files import serve
from nintei.shared.rulebook import edition


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Signed) -> HttpResponseBase:
    """Each certification with its status, its certificates, and the holder's consent to be named."""
    mine, on = registry.certifications(request.user), clock.today()
    rules = edition(on)
    if request.method == "POST":
        return _consent(request, {str(each.pk): each for each in mine})
    papers = list(queries.certificates(request.user))
    cases = [
        {
            "certification": each,
            "qualification": rules.qualifications[each.qualification],
            "status": registry.status_on(each, on),
            "term": registry.current_term(each, on),
            "papers": [paper for paper in papers if paper.term.certification_id == each.pk],
        }
        for each in mine
    ]
    return render(request, "certificates/index.html", {"cases": cases, "edition": rules, "today": on})


def _consent(request: Signed, mine: dict[str, Certification]) -> HttpResponseBase:
    certification = mine.get(request.POST.get("certification", ""))
    if certification is None:
        raise Http404
    shows = request.POST.get("shows") == "yes"
    registry_actions.show_name(by=request.user.by, certification=certification, shows=shows, at=clock.now())
    messages.success(request, _("公開のしかたを変えました"))
    return redirect("certificates:index")


@signed_in
@require_safe
def download(request: Signed, certificate_id: UUID) -> HttpResponseBase:
    """The certificate as PDF; somebody else's does not exist."""
    certificate = queries.certificate_of(request.user, certificate_id)
    file = queries.file_of(certificate) if certificate else None
    if file is None:
        raise Http404
    return serve(file)


@signed_in
@require_safe
def badge(request: Signed, certificate_id: UUID, kind: str) -> HttpResponseBase:
    """The credential as JSON or token, or inside a picture; somebody else's does not exist."""
    certificate = queries.certificate_of(request.user, certificate_id)
    made = badges.badge(certificate, kind) if certificate else None
    if made is None:
        raise Http404
    response = HttpResponse(made.data, content_type=made.mime)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

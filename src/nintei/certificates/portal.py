"""A holder's certificates: the list, the file, and the credential in its shapes."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nintei.certificates import badges, queries, statements
from nintei.people.doors import Signed, signed_in
from nintei.registry import queries as registry
from nintei.registry.models import Certification, ExamPass
from nintei.shared import clock
from nintei.shared.files import serve
from nintei.shared.rulebook import edition


@signed_in
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """Each certification with its status and its certificates."""
    mine, on = registry.certifications(request.user), clock.today()
    rules = edition(on)
    papers = list(queries.certificates(request.user))
    cases = [
        {
            "certification": each,
            "qualification": rules.qualifications[each.qualification],
            "status": registry.status_on(each, on),
            "term": registry.current_term(each, on),
            "papers": [
                (paper, badges.profile_link(paper, _address(each)))
                for paper in papers
                if paper.term.certification_id == each.pk
            ],
        }
        for each in mine
    ]
    exams = [each.code for each in rules.qualifications.values() if not each.certified]
    passes = [
        (each, rules.qualifications[each.exam], pass_address(each))
        for each in registry.passes_to_share(request.user, exams)
    ]
    page = {"cases": cases, "passes": passes, "edition": rules, "today": on}
    return render(request, "certificates/index.html", page)


def _address(certification: Certification) -> str:
    """The page that the QR code opens."""
    path = reverse("registry:answer", args=[certification.number])
    return f"{settings.BASE_URL}{path}?id={certification.verify_id}"


@signed_in
@require_safe
def statement(request: Signed, pk: UUID) -> HttpResponseBase:
    """A pass that is the qualification itself, on paper; somebody else's does not exist."""
    found, rules = registry.own_pass(request.user, pk), edition(clock.today())
    if found is None or rules.qualifications[found.exam].certified:
        raise Http404
    response = HttpResponse(
        statements.statement(found, rules, pass_address(found), clock.now()), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.exam}-statement.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def pass_address(found: ExamPass) -> str:
    """The page that the QR code of such a pass opens."""
    path = reverse("registry:answer", args=[found.printed_number])
    return f"{settings.BASE_URL}{path}?id={found.verify_id}"


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

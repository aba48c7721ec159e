"""Mailing an attestor a link: a step inside the actions of asking."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from nintei.experience.models import AttestationRequest, Link
from nintei.experience.tokens import digest, new_token
from nintei.notices.actions import post as post_letter
from nintei.shared.rulebook import edition


def post_link(
    by: str, request: AttestationRequest, template: str, at: datetime, on: date, key: str = ""
) -> None:
    """Write the letter with a link of its own; the token is in the letter and nowhere else."""
    token = new_token()
    Link.objects.create(request=request, sha256=digest(token), made_at=at)
    context: dict[str, object] = {
        "request": request,
        "qualification": edition(on).qualifications.get(request.qualification),
        "link": address(token, request.language),
        "days_left": ((request.expires_on or on) - on).days,
    }
    post_letter(
        by=by,
        key=key or f"experience.{template}:{request.id}:{on.isoformat()}",
        template=f"experience/letters/{template}.txt",
        to_email=request.attestor_email,
        language=request.language,
        at=at,
        context=context,
    )


def address(token: str, language: str, under: str = "attest") -> str:
    """The address that a token opens, in the language of the letter."""
    return f"{settings.BASE_URL}{'/en' if language == 'en' else ''}/{under}/{token}"

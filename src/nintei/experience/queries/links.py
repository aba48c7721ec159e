"""Whose link a token is, and what was signed with it."""

from __future__ import annotations

import uuid
from datetime import date

from nintei.experience.models import AttestationRequest, AttestorBox, Channel, Link, RequestState, Statement
from nintei.experience.tokens import digest


def request_behind(token: str, on: date, *, lock: bool = False) -> AttestationRequest | None:
    """Whose link it is, whatever became of the request: a mailed link, or one out of an attestor's box."""
    requests = AttestationRequest.objects.select_related("person")
    if lock:
        requests = requests.select_for_update(of=("self",))
    secret, dot, key = token.partition(".")
    if not dot:
        return requests.filter(pk__in=Link.objects.filter(sha256=digest(token)).values("request")).first()
    box = AttestorBox.objects.filter(sha256=digest(secret), until_on__gte=on).first()
    if box is None or not _is_uuid(key):
        return None
    return requests.filter(pk=key, attestor_email=box.email, channel=Channel.LINK).first()


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def link_not_withdrawn(token: str, on: date) -> AttestationRequest | None:
    """The request of a link that is good or was used; None for one that never was, or was taken back."""
    request = request_behind(token, on)
    return request if request and request.state != RequestState.WITHDRAWN else None


def signed_with(token: str, on: date) -> tuple[Statement, ...]:
    """What was signed with a link: for the attestor, who holds it, to read again."""
    request = request_behind(token, on)
    return tuple(request.statements.select_related("post")) if request else ()

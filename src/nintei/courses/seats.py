"""Attendance codes in writing: an address that carries its own signature, so that none can be made up.

The signature is Django's (HMAC-SHA256 under the installation's secret key); what makes a code single-use is
the key of the table of redemptions.
"""

from __future__ import annotations

import base64
from uuid import UUID

from django.core import signing

_SALT = "nintei.courses.seat"


def written(code: UUID) -> str:
    """A code as it stands in the address behind a QR."""
    name = base64.urlsafe_b64encode(code.bytes).decode().rstrip("=")
    return signing.Signer(salt=_SALT, sep=".").sign(name)


def read(token: str) -> UUID | None:
    """The code behind an address, or None where the signature is not ours."""
    try:
        name = signing.Signer(salt=_SALT, sep=".").unsign(token)
        return UUID(bytes=base64.urlsafe_b64decode(f"{name}=="))
    except (signing.BadSignature, ValueError):
        return None

"""A credential to take away: JSON, token, or baked into a picture; and the line for a profile elsewhere."""

from __future__ import annotations

import json
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from nintei.certificates.credentials import baking
from nintei.certificates.models import Certificate
from nintei.certificates.printing import TYPST
from nintei.shared import paper


class Badge(NamedTuple):
    """A file to take away."""

    name: str
    mime: str
    data: bytes


def badge(certificate: Certificate, kind: str) -> Badge | None:
    """The credential as `json`, `jwt`, `png` or `svg`; None for another kind, or before it is signed."""
    if not certificate.credential or kind not in ("json", "jwt", "png", "svg"):
        return None
    name = f"{certificate.content['number']}.{kind}"
    if kind == "json":
        text = json.dumps(certificate.credential, ensure_ascii=False, indent=1)
        return Badge(name, "application/vc", text.encode())
    if kind == "jwt":
        return Badge(name, "application/vc+jwt", certificate.token.encode())
    if kind == "png":
        return Badge(name, "image/png", baking.into_png(_picture(certificate, "png"), certificate.token))
    picture = _picture(certificate, "svg").decode()
    return Badge(name, "image/svg+xml", baking.into_svg(picture, certificate.token).encode())


def profile_link(certificate: Certificate, address: str) -> str:
    """LinkedIn's own form, filled in: nothing is sent before the holder does so there."""
    starts, ends = certificate.term.starts_on, certificate.term.ends_on
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": f"{certificate.content['qualification_ja']} ({certificate.content['qualification_code']})",
        "organizationName": certificate.content["association_ja"],
        "issueYear": starts.year,
        "issueMonth": starts.month,
        "expirationYear": ends.year,
        "expirationMonth": ends.month,
        "certId": certificate.content["number"],
        "certUrl": address,
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(fields)}"


def _picture(certificate: Certificate, kind: Literal["png", "svg"]) -> bytes:
    return paper.picture(TYPST / "badge-1.typ", certificate.content, kind)

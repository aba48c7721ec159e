"""Which signs of a name no font has: why a certificate is not made."""

from __future__ import annotations

from nintei.certificates.models import Certificate
from nintei.certificates.printing import TYPST
from nintei.shared import paper


def missing(certificate: Certificate) -> str:
    """The first sign of its words that no font has, or nothing."""
    words = "".join(str(each) for each in certificate.content.values())
    try:
        paper.pdf(TYPST / "signs-1.typ", {"words": words}, certificate.intended_at)
    except paper.CannotPrint as fault:
        return fault.sign
    return ""

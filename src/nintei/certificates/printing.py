"""A certificate in type: what it says and its QR, set by the template that was intended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from nintei.shared import paper

TYPST = Path(__file__).resolve().parent / "typst"


def printed(content: Mapping[str, object], template: str, made_at: datetime) -> bytes:
    """The certificate as PDF, with its QR. The same content, template and instant give the same bytes."""
    qr = paper.qr(str(content["verify_url"]))
    return paper.pdf(TYPST / f"{template}.typ", {**content, "qr": qr}, made_at)

"""A statement of a pass: for qualifications that an exam alone gives (SV, OP, EN; MAN-表.5–8). Pure but for the fonts.

It is no certificate: nothing is certified beyond the exam, and nothing ends. The register behind the QR is what counts.
"""

from __future__ import annotations

from datetime import datetime

from nintei.certificates.printing import template_of
from nintei.certificates.words import day
from nintei.registry.models import ExamPass
from nintei.rules.edition import Edition
from nintei.shared import paper
from nintei.shared.clock import JST


def statement(found: ExamPass, edition: Edition, address: str, at: datetime) -> bytes:
    """The statement as PDF, as of an instant. Raises `paper.CannotPrint` where a sign has no glyph."""
    exam, on = edition.qualifications[found.exam], at.astimezone(JST).date()
    data = {
        "name": found.name,
        "exam_ja": f"{exam.name.ja}（{exam.code}）",
        "exam_en": f"{exam.name.en} ({exam.code})",
        "number": found.number,
        "issued_ja": day(found.issued_on),
        "issued_en": day(found.issued_on, "en"),
        "on_ja": day(on),
        "on_en": day(on, "en"),
        "association_ja": edition.name.ja,
        "association_en": edition.name.en,
        "qr": paper.qr(address),
    }
    return paper.pdf(template_of("statement-1"), data, at)

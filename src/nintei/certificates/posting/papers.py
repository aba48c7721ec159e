"""What goes into the printer: covering letters, the certificates themselves, and address labels.

The certificate is not set anew: the page that was signed is laid between the letters as it is kept, and what is
only for the paper (marks to fold at, that a copy was issued again) is printed over it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.conf import settings

from nintei.certificates.models import Envelope, Print, Sheet
from nintei.certificates.posting import layout
from nintei.certificates.printing import template_of
from nintei.certificates.words import day, marked
from nintei.shared import files, paper
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition


def together(made: Print, sheets: Sequence[Sheet]) -> bytes:
    """One file for the printer: for each sheet its letter, then the certificate. Raises `paper.CannotPrint`."""
    from pypdf import PdfReader, PdfWriter  # a tenth of the time to start, for what is seldom asked

    written = PdfReader(io.BytesIO(letters(made, sheets)))
    kept = [PdfReader(files.place_of(sheet.certificate.sha256)).pages[0] for sheet in sheets]
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in kept]
    over = PdfReader(io.BytesIO(_marks(made, sheets, sizes)))
    out = PdfWriter()
    for letter, page, mark in zip(written.pages, kept, over.pages, strict=True):
        out.add_page(letter)
        out.add_page(page).merge_page(mark)
    out.add_metadata({"/Title": f"{len(sheets)} / {made.made_at.astimezone(JST):%Y-%m-%d}"})
    file = io.BytesIO()
    out.write(file)
    return file.getvalue()


def letters(made: Print, sheets: Sequence[Sheet]) -> bytes:
    """The covering letters, one page each, addresses where the window shows them. Raises `paper.CannotPrint`."""
    data = {
        "folded": made.envelope == Envelope.FOLDED,
        "window": layout.window(settings.WINDOW).always_seen()._asdict(),
        "letters": [_letter(made, sheet) for sheet in sheets],
    }
    return paper.pdf(template_of("letter-1"), data, made.made_at)


def _letter(made: Print, sheet: Sheet) -> dict[str, object]:
    certificate = sheet.certificate
    content, language = certificate.content, certificate.term.certification.person.language
    starts, ends = (day(on, language) for on in (certificate.term.starts_on, certificate.term.ends_on))
    return {
        "language": language,
        "address": sheet.address.strip(),
        "name": content["name"],
        "number": content["number"],
        "qualification": f"{content[f'qualification_{language}']} {content['qualification_code']}",
        "validity": f"{starts} – {ends}" if language == "en" else f"{starts}から{ends}まで",
        "from": content[f"association_{language}"],
        "day": day(made.made_at.astimezone(JST).date(), language),
    }


def _marks(made: Print, sheets: Sequence[Sheet], sizes: list[tuple[float, float]]) -> bytes:
    """What is printed over each certificate, page for page."""
    on = made.made_at.astimezone(JST).date()
    pages = [
        {"width": wide, "height": high, "mark": marked(on) if sheet.is_marked else ""}
        for sheet, (wide, high) in zip(sheets, sizes, strict=True)
    ]
    data = {"folded": made.envelope == Envelope.FOLDED, "pages": pages}
    return paper.pdf(template_of("marks-1"), data, made.made_at)


def labels(made: Print, sheets: Sequence[Sheet], first: int = 1) -> bytes:
    """The addresses on label sheets, beginning at label `first` of a sheet begun before. Raises `paper.CannotPrint`."""
    sheet = layout.labels(settings.LABELS)
    data = {
        **sheet._asdict(),
        "first": min(max(first, 1), sheet.number),
        "title": "宛名 / Addresses",
        "author": edition(made.made_at.astimezone(JST).date()).name.ja,
        "labels": [
            {key: _letter(made, each)[key] for key in ("language", "address", "name", "number")}
            for each in sheets
        ],
    }
    return paper.pdf(template_of("labels-1"), data, made.made_at)

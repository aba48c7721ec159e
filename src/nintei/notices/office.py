"""The office's door to letters on paper: print them, post them, say so."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nintei.notices import actions, queries
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock, paper, wording
from nintei.shared.rulebook import edition

DESK = tuple(set(Role) - {Role.PROVIDER, Role.BOARD})
SHEET = Path(__file__).parent / "typst" / "letter.typ"


@require(*DESK)
@require_safe
def letters(request: Signed) -> HttpResponseBase:
    page = {"waiting": queries.to_post(), "posted": queries.posted()}
    return render(request, "notices/letters.html", page)


@require(*DESK)
@require_safe
def printed(request: Signed, pk: UUID) -> HttpResponseBase:
    """The letter as PDF, with the address where a window envelope shows it."""
    letter = queries.on_paper(pk)
    if letter is None or letter.to_person is None:
        raise Http404
    data = {
        "language": letter.language,
        "address": letter.to_person.postal_address,
        "name": letter.to_person.name,
        "from": _sender(letter.language),
        "day": wording.day(letter.written_at.astimezone(clock.JST).date()),
        "subject": letter.subject,
        "body": letter.body.splitlines(),
    }
    made = HttpResponse(paper.pdf(SHEET, data, letter.written_at), content_type="application/pdf")
    made["Content-Disposition"] = f'attachment; filename="letter-{letter.pk}.pdf"'
    made["Cache-Control"] = "private, no-store"
    return made


def _sender(language: str) -> str:
    name = edition(clock.today()).name
    return name.en if language == "en" else name.ja


@require_POST
@require(*DESK)
@once
def post(request: Signed, pk: UUID) -> HttpResponseBase:
    letter = queries.on_paper(pk)
    if letter is None:
        raise Http404
    actions.mark_posted(actor=request.user, letter=letter, on=clock.today(), at=clock.now())
    messages.success(request, _("投函したことを記録しました"))
    return redirect("notices:letters")

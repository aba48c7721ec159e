"""The office's door to letters on paper: print them, post them, say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nintei.notices import actions, queries
from nintei.notices.models import Letter
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock, paper, wording
from nintei.shared.rulebook import edition

DESK = tuple(set(Role) - {Role.PROVIDER, Role.BOARD})
SHEET = Path(__file__).parent / "typst" / "letter.typ"
LIST = Path(__file__).parent / "typst" / "letters.typ"
# One print; who has more prints the rest after posting these.
MOST = 200


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
    if letter is None:
        raise Http404
    return _pdf(paper.pdf(SHEET, _content(letter), letter.written_at), f"letter-{letter.pk}.pdf")


@require(*DESK)
@require_safe
def printed_all(request: Signed) -> HttpResponseBase:
    """Every letter that waits, one a page, behind the list to tick off at the post office."""
    waiting, now = list(queries.to_post()[:MOST]), clock.now()
    if not waiting:
        raise Http404
    data = {
        "language": (get_language() or "ja")[:2],
        "title": _("投函の一覧"),
        "day": wording.day(clock.today()),
        "number": ngettext("%(n)d通", "%(n)d通", len(waiting)) % {"n": len(waiting)},
        "heads": ["", _("氏名"), _("住所"), _("知らせ")],
        "rows": [_row(letter) for letter in waiting],
        "letters": [_content(letter) for letter in waiting],
        "from": _sender((get_language() or "ja")[:2]),
        "subject": _("投函の一覧"),
    }
    return _pdf(paper.pdf(LIST, data, now), f"letters-{clock.today():%Y-%m-%d}.pdf")


def _row(letter: Letter) -> list[str]:
    address = letter.to_person.postal_address if letter.to_person else ""
    return [str(letter.to_person), " ".join(address.split()), letter.subject]


def _content(letter: Letter) -> dict[str, Any]:
    assert letter.to_person is not None  # a constraint of the table
    return {
        "language": letter.language,
        "address": letter.to_person.postal_address,
        "name": letter.to_person.name,
        "from": _sender(letter.language),
        "day": wording.day(letter.written_at.astimezone(clock.JST).date()),
        "subject": letter.subject,
        "body": letter.body.splitlines(),
    }


def _pdf(data: bytes, name: str) -> HttpResponse:
    made = HttpResponse(data, content_type="application/pdf")
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    made["Cache-Control"] = "private, no-store"
    return made


def _sender(language: str) -> str:
    name = edition(clock.today()).name
    return name.en if language == "en" else name.ja


@require_POST
@require(*DESK)
@once
def post_all(request: Signed) -> HttpResponseBase:
    """Say of the letters that were ticked that they were put into the post."""
    ticked = set(request.POST.getlist("letter"))
    chosen = [letter for letter in queries.to_post()[:MOST] if str(letter.pk) in ticked]
    for letter in chosen:
        actions.mark_posted(actor=request.user, letter=letter, on=clock.today(), at=clock.now())
    said = ngettext("%(n)d通の投函を記録しました", "%(n)d通の投函を記録しました", len(chosen))
    messages.success(request, said % {"n": len(chosen)})
    return redirect("notices:letters")


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

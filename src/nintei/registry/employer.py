"""The employers' door: who opens it with a token sees the people who said yes to this employer, and nobody else."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nintei.registry import queries
from nintei.registry.forms import NumbersForm, TokenForm
from nintei.registry.models import Certification, Employer
from nintei.registry.queries.consent import digest
from nintei.registry.templatetags.registry import word
from nintei.rules.dates import RenewalWindow, Status, renewal_window
from nintei.shared import cells, clock
from nintei.shared.asking import is_too_often
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

KEY = "registry.employer"  # in the session
MOST = 500


class Seen(NamedTuple):
    """What an employer sees of one certification: the status, and the days that matter."""

    held: Certification
    name: str
    status: Status
    ends_on: date
    window: RenewalWindow


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Ask for the token; with it, the list; many numbers at once."""
    if request.method == "POST":
        if "leave" in request.POST:
            request.session.pop(KEY, None)
            return redirect("registry:employer")
        if is_too_often(request):
            return render(request, "429.html", status=429)
    employer = _employer(request)
    if employer is None:
        return _knock(request)
    today = clock.today()
    seen = look(employer, today)
    form = NumbersForm(request.POST if "numbers" in request.POST else None)
    answers = _answers(form, seen) if form.is_bound and form.is_valid() else None
    page = {"employer": employer, "staff": seen, "today": today, "form": form, "answers": answers}
    return render(request, "registry/employer.html", page)


def _knock(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST if "token" in request.POST else None)
    if form.is_bound and form.is_valid():
        token = form.cleaned_data["token"].strip()
        if queries.employer_by_token(token):
            # Only its hash lies in the session too.
            request.session[KEY] = digest(token)
            return redirect("registry:employer")
        form.add_error("token", Refused("registry.unknown_token").sentence())
    return render(request, "registry/employer_token.html", {"form": form})


def _employer(request: HttpRequest) -> Employer | None:
    """Asked anew each time: a token that was replaced opens nothing any more."""
    return queries.employer_by_digest(request.session.get(KEY, ""))


def look(employer: Employer, on: date) -> list[Seen]:
    """Who said yes to an employer, with what they are on a (JST) day and until when they can renew."""
    rules = edition(on)
    seen = []
    for held in queries.staff(employer):
        ends_on = queries.current_term(held, on).ends_on
        status, window = queries.status_on(held, on), renewal_window(rules, ends_on, on)
        seen.append(
            Seen(held, queries.registered_name(held).name, status, min(ends_on, status.valid_until), window)
        )
    return seen


def _answers(form: NumbersForm, seen: list[Seen]) -> list[tuple[str, Seen | None]]:
    """For each number what was consented to, or nothing: whether it exists is nobody's business here."""
    known = {each.held.number: each for each in seen}
    asked = [line.strip().upper()[:40] for line in form.cleaned_data["numbers"].splitlines() if line.strip()]
    return [(number, known.get(number)) for number in list(dict.fromkeys(asked))[:MOST]]


@never_cache
@require_safe
def staff_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file for a spreadsheet; no cell of it can run there (P11)."""
    employer = _employer(request)
    if employer is None:
        return _knock(request)
    headings = ("氏名", "資格", "認定番号", "状態", "有効期間の終わり", "更新の受付開始", "更新の受付終了")
    rows = [
        (
            each.name, each.held.qualification, each.held.number, word(each.status), each.ends_on,
            each.window.opens, each.window.closes,
        )
        for each in look(employer, clock.today())
    ]  # fmt: skip
    response = HttpResponse(cells.table(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="staff.csv"'
    return response

"""The employers' door: who opens it with a token sees the people who said yes to this employer, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nintei.registry import queries
from nintei.registry.forms import NumbersForm, TokenForm
from nintei.registry.models import Employer
from nintei.registry.queries import Seen
from nintei.registry.queries.consent import digest
from nintei.registry.templatetags.registry import word
from nintei.rules.dates import StatusCode
from nintei.shared import cells, clock
from nintei.shared.asking import is_too_often
from nintei.shared.refusals import Refused

KEY = "registry.employer"  # in the session
COLUMNS = (
    gettext_lazy("氏名"), gettext_lazy("資格"), gettext_lazy("認定番号"), gettext_lazy("状態"),
    gettext_lazy("有効期間の終わり"), gettext_lazy("更新の受付開始"), gettext_lazy("更新の受付終了"),
    gettext_lazy("合格の発行日"),
)  # fmt: skip


IN_FORCE = (StatusCode.VALID, StatusCode.VALID_PENDING_RENEWAL)
WORDS = {
    "": gettext_lazy("すべて"),
    "window": gettext_lazy("いま更新を受付中"),
    "valid": gettext_lazy("有効・合格済み"),
    "other": gettext_lazy("有効ではない"),
}


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
    sent = request.POST if "numbers" in request.POST else None
    form = NumbersForm(sent, initial={"on": today}, today=today)
    page: dict[str, object] = {"employer": employer, "today": today, "form": form}
    page |= _narrowed(queries.look(employer, today), request.GET.get("show", ""))
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        answers = queries.answered(employer, form.cleaned_data["numbers"], on)
        if "csv" in request.POST:
            return _answers_csv(answers, on)
        page |= {"answers": answers, "on": on}
    return render(request, "registry/employer.html", page)


def _narrowed(seen: list[Seen], show: str) -> dict[str, object]:
    """Who is shown, and the tabs with how many are behind each."""
    rows = {
        "": seen,
        "window": [each for each in seen if each.window and each.window.accepted],
        "valid": [each for each in seen if _is_in_force(each)],
        "other": [each for each in seen if not _is_in_force(each)],
    }
    show = show if show in rows else ""
    tabs = [(key, WORDS[key], len(rows[key]), key == show) for key in rows]
    return {"staff": rows[show], "tabs": tabs, "is_empty": not seen}


def _is_in_force(each: Seen) -> bool:
    """A pass has no validity that could end."""
    return each.status is None or each.status.code in IN_FORCE


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


@never_cache
@require_safe
def staff_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file for a spreadsheet; no cell of it can run there (P11)."""
    employer = _employer(request)
    if employer is None:
        return _knock(request)
    return _csv("staff", COLUMNS, [_row(each) for each in queries.look(employer, clock.today())])


def _answers_csv(answers: list[tuple[str, Seen | None]], on: date) -> HttpResponse:
    """The answers to many numbers, in the order asked; each line says as of which day."""
    nothing = str(_("答えられません"))
    rows = [
        (on, *_row(each)) if each else (on, "", "", number, nothing, "", "", "", "")
        for number, each in answers
    ]
    return _csv("answers", (_("いつの時点"), *COLUMNS), rows)


def _row(each: Seen) -> tuple[object, ...]:
    window = (each.window.opens, each.window.closes) if each.window else (None, None)
    days = (each.ends_on, *window, each.passed_on)
    return (each.name, each.qualification, each.number, word(each.status), *(day or "" for day in days))


def _csv(name: str, headings: Iterable[object], rows: list[tuple[object, ...]]) -> HttpResponse:
    response = HttpResponse(
        cells.table([str(each) for each in headings], rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response

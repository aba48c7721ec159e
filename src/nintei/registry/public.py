"""Anybody may ask whether a certification was valid on a day, if they know its number and whose it is."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nintei.registry import queries
from nintei.registry.forms import VerifyForm
from nintei.registry.queries import Question
from nintei.shared import clock
from nintei.shared.asking import is_too_often
from nintei.shared.rulebook import edition


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str = "") -> HttpResponse:
    """The question and its answer. The name goes by POST, so that it stands in no address and no server's log.

    A number alone is asked for a name, whether or not it exists; the id of a QR answers at once.
    """
    if (request.method == "POST" or "id" in request.GET) and is_too_often(request):
        return render(request, "429.html", status=429)
    today = clock.today()
    verify_id = request.GET.get("id", "")[:100].replace("\x00", "")
    if number and verify_id and request.method != "POST":
        return _answered(request, Question(number, "", verify_id, _asked_day(request, today)))
    sent = request.POST if request.method == "POST" else None
    form = VerifyForm(sent, initial={"number": number, "on": _asked_day(request, today)}, today=today)
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        return _answered(request, Question(said["number"], said["name"], "", said["on"]), form)
    return render(request, "registry/verify.html", {"form": form, "today": today})


def _answered(request: HttpRequest, asked: Question, form: VerifyForm | None = None) -> HttpResponse:
    """The answer for a question, or that nothing fits it: the same for a wrong name and a number that is none."""
    today, rules = clock.today(), edition(clock.today())
    found = queries.public_answer(asked)
    page: dict[str, object] = {
        "form": form or VerifyForm(initial={"number": asked.number, "on": asked.on}, today=today),
        "answer": found,
        "on": asked.on,
        "today": today,
        "at": clock.now(),
        "edition": rules,
        "is_by_name": bool(asked.name),
    }
    if found:
        page["qualification"] = rules.qualifications[found.qualification]
    return render(request, "registry/verify.html", page, status=200 if found else 404)


def _asked_day(request: HttpRequest, today: date) -> date:
    try:
        return min(date.fromisoformat(request.GET.get("on", "")), today)
    except ValueError:
        return today

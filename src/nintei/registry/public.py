"""Anybody may ask whether a certification was valid on a day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nintei.registry import queries
from nintei.registry.forms import VerifyForm
from nintei.shared import clock
from nintei.shared.rulebook import edition


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The question; a good one leads to the page of its number."""
    today = clock.today()
    asked = "number" in request.GET
    form = VerifyForm(request.GET if asked else None, initial={"on": today}, today=today)
    if asked and form.is_valid():
        return _to_answer(form.cleaned_data["number"], form.cleaned_data["on"], today)
    return render(request, "registry/verify.html", {"form": form, "today": today})


@require_safe
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The answer for a number: who only as the holder consented, or as their QR shows by its id."""
    today = clock.today()
    on = _asked_day(request.GET.get("on", ""), today)
    found = queries.public_answer(number=number, verify_id=request.GET.get("id", ""), on=on)
    form, rules = VerifyForm(initial={"number": number, "on": on}, today=today), edition(today)
    page: dict[str, object] = {
        "form": form,
        "answer": found,
        "on": on,
        "today": today,
        "at": clock.now(),
        "edition": rules,
    }
    if found:
        page["qualification"] = rules.qualifications[found.qualification]
    return render(request, "registry/verify.html", page, status=200 if found else 404)


def _to_answer(number: str, on: date, today: date) -> HttpResponse:
    address = reverse("registry:answer", args=[number.strip().upper()])
    return redirect(address if on == today else f"{address}?on={on.isoformat()}")


def _asked_day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today

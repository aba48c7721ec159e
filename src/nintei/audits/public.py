"""For anyone: how audits are drawn, what was committed and drawn, the script, and figures that show nobody."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nintei.audits import draw as published
from nintei.audits import queries, words
from nintei.audits.models import AuditOutcome, Draw
from nintei.shared import clock
from nintei.shared.rulebook import edition


@require_safe
def index(request: object) -> HttpResponseBase:
    """How it works, what the association set, every frame with its draws and figures."""
    on = clock.today()
    terms = queries.terms_on(on)
    page = {
        "terms": terms,
        "rules": [(rule, words.RULES[rule]) for rule in (terms.risk_rules if terms else [])],
        "unset": queries.unset(on),
        "figures": [(each, _outcomes(each)) for each in queries.figures()],
        "edition": edition(on),
        "today": on,
    }
    return render(request, "audits/index.html", page)  # type: ignore[arg-type]


def _outcomes(row: queries.Figures) -> list[tuple[str, int | None]]:
    return [(str(AuditOutcome(code).label), count) for code, count in row.outcomes.items()]


@require_safe
def draw(request: object, number: int, ordinal: int) -> HttpResponseBase:
    """One draw: what was committed when, where the seed comes from, what was drawn, how to draw it again."""
    found = _draw(number, ordinal)
    drawn = queries.drawn(found)
    page = {
        "draw": found,
        "frozen": found.frame,
        "checkpoint": queries.checkpoint_of(found),
        "root": bytes(found.checkpoint.root).hex() if found.checkpoint else "",
        "readings": queries.readings(found),
        "drawn": drawn,
        "faults": queries.faults(found),
        "others": [each for each in found.frame.draws.all() if each != found],
        "today": clock.today(),
        "now": clock.now(),
    }
    return render(request, "audits/draw.html", page)  # type: ignore[arg-type]


@require_safe
def frame(request: object, number: int) -> HttpResponseBase:
    """The frame exactly as it was hashed: pseudonymous tickets, nobody's data."""
    found = queries.frame(number)
    if found is None:
        raise Http404
    return _download(found.text, "application/json", f"frame-{number}.json")


@require_safe
def commitment(request: object, number: int, ordinal: int) -> HttpResponseBase:
    """The journal's leaf with its salt, the way to the signed checkpoint, and the seed."""
    told = queries.commitment(_draw(number, ordinal))
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="proof-{number}-{ordinal}.json"'
    return answer


@require_safe
def script(request: object) -> HttpResponseBase:
    """The very file that draws here, for anybody's Python."""
    text = Path(published.__file__).read_text("utf-8")
    return _download(text, "text/x-python; charset=utf-8", "draw.py")


def _download(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _draw(number: int, ordinal: int) -> Draw:
    found = queries.draw(number, ordinal)
    if found is None:
        raise Http404
    return found

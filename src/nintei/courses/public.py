"""The list of accredited courses, for anyone."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nintei.courses import queries
from nintei.shared import clock

A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    on = clock.today()
    pages = Paginator(queries.accredited(on, words), A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    return render(
        request, "courses/index.html", {"courses": shown, "q": words, "today": on, "count": pages.count}
    )

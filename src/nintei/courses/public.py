"""The catalogue of accredited courses, for anyone: as a page, a table, a calendar, and for machines."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nintei.courses import exports, queries
from nintei.courses.forms import SearchForm
from nintei.shared import clock
from nintei.shared.rulebook import edition

A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    form = SearchForm(request.GET, edition(on))
    wish = form.wish()
    pages = Paginator(queries.catalogue(on, wish), A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    page = {"courses": shown, "form": form, "wish": wish, "today": on, "count": pages.count}
    page |= {"edition": edition(on), "asked": asked.urlencode()}
    return render(request, "courses/index.html", page)


@require_safe
def course(request: HttpRequest, pk: UUID) -> HttpResponse:
    on = clock.today()
    found = queries.listed_course(pk, on)
    if found is None:
        raise Http404
    page = {"course": found, "edition": edition(on), "today": on, "counts": queries.is_accredited(found, on)}
    page["corrections"] = queries.corrections(found)
    return render(request, "courses/course.html", page)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    found = queries.catalogue(on, SearchForm(request.GET, edition(on)).wish())
    answer = HttpResponse(
        "\ufeff" + exports.as_csv(found, edition(on)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="courses-{on:%Y%m%d}.csv"'
    return answer


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    found = queries.catalogue(on, SearchForm(request.GET, edition(on)).wish())
    told = {"as_of": on.isoformat(), "order": "title, provider", "courses": exports.as_data(found)}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@require_safe
def as_ics(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    found = queries.catalogue(on, SearchForm(request.GET, edition(on)).wish())
    answer = HttpResponse(exports.as_ics(found, clock.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="courses.ics"'
    return answer

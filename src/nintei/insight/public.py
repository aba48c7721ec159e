"""For anybody: the figures of the first of the month, with small counts hidden; the same as a file."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nintei.insight import queries, showing
from nintei.shared import cells, clock


@require_safe
def scorecard(request: HttpRequest) -> HttpResponse:
    """The figures in tables; before the first count, that there are none yet."""
    tally = queries.published(clock.today())
    page: dict[str, object] = {"tally": tally, "small": settings.SMALL_CELL}
    if tally:
        page |= {
            "tables": showing.tables(tally.figures, settings.SMALL_CELL),
            "took": showing.took(tally.figures),
        }
    return render(request, "insight/scorecard.html", page)


@require_safe
def scorecard_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a table for a spreadsheet."""
    tally = queries.published(clock.today())
    if tally is None:
        raise Http404
    headings = [_("集計"), _("行"), _("列"), _("件数")]
    rows = showing.file_rows(showing.tables(tally.figures, settings.SMALL_CELL))
    response = HttpResponse(cells.table(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="scorecard-{tally.day}.csv"'
    return response

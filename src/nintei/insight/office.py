"""For the board and those who decide: every figure, month by month, and the newest reckoning of everybody."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nintei.applications import queries as applications
from nintei.insight import queries, showing
from nintei.people.doors import Signed, require
from nintei.people.models import Role
from nintei.shared import clock

READERS = (Role.BOARD, Role.REVIEWER, Role.DECIDER, Role.REGISTRAR)


@require(*READERS)
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """The newest count in full, what waits, the months, and how everybody would stand if they filed."""
    on = clock.today()
    tally, run = queries.latest(on), queries.newest()
    page: dict[str, object] = {"tally": tally, "today": on}
    if tally:
        waits = [(applications.state_word(state), *told) for state, told in tally.figures["waiting"].items()]
        codes = list(tally.figures["standing"])
        months = [(each.day, showing.in_force(each.figures)) for each in queries.months(on)]
        page |= {
            "tables": showing.tables(tally.figures),
            "took": showing.took(tally.figures),
            "waits": waits,
            "codes": codes,
            "months": [(day, [counts.get(code, 0) for code in codes]) for day, counts in months],
        }
    if run:
        page |= {"run": run, "outcomes": queries.outcomes(run)}
    return render(request, "insight/office.html", page)

"""Conken's points in OpenFisca-core, as one would write them there: the same totals, vectorised.

Lines are persons, holders are groups. Everything that depends on the rules is a formula; the inputs
are the columns the ledger has. OpenFisca-core is AGPL and is only measured here, never shipped.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from openfisca_core import entities, periods, taxbenefitsystems
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.variables import Variable

EACH = periods.DateUnit.YEAR
THEN = "2026"
LINE = entities.Entity("line", "lines", "A line of the ledger", "")
HOLDER = entities.GroupEntity(
    "holder", "holders", "A holder", "", roles=[{"key": "entry", "plural": "entries"}]
)
EPOCH = date(1970, 1, 1)


def _input(name: str, kind: type, entity: Any) -> type[Variable]:
    parts = {"value_type": kind, "entity": entity, "definition_period": EACH, "label": name}
    return type(name, (Variable,), parts)


def _formula(name: str, kind: type, entity: Any, formula: Any) -> type[Variable]:
    parts = {
        "value_type": kind,
        "entity": entity,
        "definition_period": EACH,
        "label": name,
        "formula": formula,
    }
    return type(name, (Variable,), parts)


def _counts_in(line: Any, period: Any) -> Any:
    claimed = line("category", period)
    return np.where((claimed <= 1) & line("no_proof", period), 2, claimed)


def _eligible(line: Any, period: Any) -> Any:
    category = line("counts_in", period)
    topic = line("topic", period)
    on, first = line("on", period), line.holder("first_day", period)
    inside = (on >= first) & (on <= line.holder("last_day", period))
    registered = line("registered", period) | (category != 0)
    field = ((topic >= 1) & (topic <= 7)) | (category == 0)
    clear = line("detail_clear", period) | (category < 2)
    return inside & registered & field & clear


def _year(line: Any, period: Any) -> Any:
    on = line("on", period)
    second, third = line.holder("second_year", period), line.holder("third_year", period)
    return (on >= second).astype(int) + (on >= third)


def _half_points(line: Any, period: Any) -> Any:
    return np.where(line("eligible", period), line("minutes", period) // 30, 0)


def _total(holder: Any, period: Any) -> Any:
    lines = holder.members
    cell = lines("counts_in", period) * 3 + lines("year", period)
    key = holder.members_entity_id * 12 + cell
    sums = np.bincount(key, weights=lines("half_points", period), minlength=holder.count * 12)
    sums = sums.reshape(-1, 4, 3)
    capped = np.minimum(np.minimum(sums[:, 1:], 10).sum(axis=2), 30)
    return sums[:, 0].sum(axis=1) + capped.sum(axis=1)


INPUTS = ("category", "topic", "minutes", "on", "registered", "no_proof", "detail_clear")
DATES = ("first_day", "second_year", "third_year", "last_day")
FORMULAS = {
    "counts_in": (int, LINE, _counts_in),
    "eligible": (bool, LINE, _eligible),
    "year": (int, LINE, _year),
    "half_points": (int, LINE, _half_points),
    "total": (int, HOLDER, _total),
}


def simulation(columns: dict[str, np.ndarray], dates: dict[str, np.ndarray]) -> Any:
    """A simulation over columns of lines (`holder` and INPUTS) and dates of holders, ready to run."""
    system = taxbenefitsystems.TaxBenefitSystem([LINE, HOLDER])
    for name in INPUTS:
        kind = bool if columns[name].dtype == bool else int
        system.add_variable(_input(name, kind, LINE))
    for name in DATES:
        system.add_variable(_input(name, int, HOLDER))
    for name, (kind, entity, formula) in FORMULAS.items():
        system.add_variable(_formula(name, kind, entity, formula))
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("line", np.arange(len(columns["holder"])))
    holders = builder.declare_entity("holder", np.arange(len(dates["first_day"])))
    builder.join_with_persons(holders, columns["holder"], np.repeat("entry", len(columns["holder"])))
    built = builder.build(system)
    for name in INPUTS:
        built.set_input(name, THEN, columns[name])
    for name in DATES:
        built.set_input(name, THEN, dates[name])
    return built


def totals(built: Any) -> np.ndarray:
    """Each holder's half points, calculated anew."""
    for name in FORMULAS:
        built.delete_arrays(name)
    result: np.ndarray = built.calculate("total", THEN)
    return result

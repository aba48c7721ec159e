"""Other readings as other editions: each option of an open reading is a change of the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from nintei.rules.conformance.given import Malformed
from nintei.rules.edition import (
    Bound,
    Edition,
    OtherOrganisation,
    Per,
    RefundKind,
    RequiredFieldRule,
    Rounding,
    Window,
    WindowReckoning,
    YearKind,
)

Change = Callable[[Edition], Edition]


def derive(edition: Edition, policy: Mapping[str, object]) -> Edition:
    """`edition` as it would be under the readings of `policy`; `Malformed` for one nobody knows."""
    for key, option in policy.items():
        edition = _read(edition, key, option)
    return edition


def _read(edition: Edition, key: str, option: object) -> Edition:
    """The edition under one reading. The reading it takes already changes nothing, whatever decides it."""
    options = POLICIES.get(key, {})
    if isinstance(option, str) and option in options:
        return options[option](edition)
    reading = edition.readings.get(f"AMB-{key}")
    taken = reading.chosen if reading else ""
    if not options and not taken:
        raise Malformed(f"unknown policy {key!r}")
    if option == taken:
        return edition
    raise Malformed(f"policy {key} has no option {option!r}; known: {', '.join(options) or taken}")


def _points(**values: Any) -> Change:
    return lambda edition: edition._replace(points=edition.points._replace(**values))


def _validity(**values: Any) -> Change:
    return lambda edition: edition._replace(validity=edition.validity._replace(**values))


def _experience(**values: Any) -> Change:
    return lambda edition: edition._replace(experience=edition.experience._replace(**values))


def _fees(**values: Any) -> Change:
    return lambda edition: edition._replace(fees=edition.fees._replace(**values))


def _each(kind: type[StrEnum], change: Callable[[StrEnum], Change]) -> dict[str, Change]:
    return {option.value: change(option) for option in kind}


def _as_written(edition: Edition) -> Edition:
    return edition


def _joint(edition: Edition) -> Edition:
    """One cap over all capped categories together, of the same height per year and per cycle (AMB-C2)."""
    caps = edition.points.caps
    joint = [
        _together([cap for cap in caps if cap.per is per]) for per in Per if any(c.per is per for c in caps)
    ]
    return _points(caps=tuple(joint))(edition)


def _together(caps: list[Bound]) -> Bound:
    """`caps` as one: all their categories, the height of the highest."""
    highest = max(caps, key=lambda cap: cap.points)
    return highest._replace(categories=frozenset().union(*(cap.categories for cap in caps)))


POLICIES: dict[str, dict[str, Change]] = {
    "C1": _each(YearKind, lambda option: _points(year_kind=option)),
    "C2": {"per_category": _as_written, "joint": _joint},
    "C3": _each(Window, lambda option: _points(window=option)),
    "C5": _each(Rounding, lambda option: _points(rounding=option)),
    "C15": {"count_for_each": _points(shared_ledger=True), "separate": _points(shared_ledger=False)},
    "E1": _each(RequiredFieldRule, lambda option: _experience(required_rule=option)),
    "E8": _each(OtherOrganisation, lambda option: _experience(other_org=option)),
    "F3": _each(RefundKind, lambda option: _fees(refund=option)),
    "V1": {
        "strictly_after": _validity(same_day_counts=False),
        "same_day": _validity(same_day_counts=True),
    },
    "V4": {
        "exclude_first_day": _validity(first_day_counts=False),
        "include_first_day": _validity(first_day_counts=True),
    },
    "V6": _each(WindowReckoning, lambda option: _validity(window_reckoning=option)),
    "V8": {
        "stay_valid": _validity(stays_valid_while_pending=True),
        "expire": _validity(stays_valid_while_pending=False),
    },
    "V10": {
        "plus_3_years": _validity(align_renewal_to_fiscal_year=False),
        "align_to_march": _validity(align_renewal_to_fiscal_year=True),
    },
}

"""Runs conformance cases: the documents as examples, one case a question with its only right answer.

The contract is `analysis.md` §5 of the domain: a case names an area, an input and what is expected; a
policy is another reading, and gives another edition, so that no evaluation knows of policies. An answer
may carry more than is expected; what is expected must be equal, numbers exactly, lists in order, `flags`
and `reasons` as sets. An area, key or value nobody knows is a failure, never a pass.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NoReturn

from nintei.rules.conformance.areas import AREAS
from nintei.rules.conformance.given import Answer, Given, Malformed
from nintei.rules.conformance.policies import derive
from nintei.rules.edition import Edition
from nintei.rules.fees import NotSet
from nintei.rules.findings import BadInput

__all__ = ["AREAS", "Answer", "Case", "Difference", "Given", "Malformed", "Verdict", "read_cases", "run"]

_CASE_KEYS = {"id", "area", "clauses", "assumes", "policy", "input", "expected", "rationale"}
_NEEDED = ("id", "area", "input", "expected")
_SETS = ("flags", "reasons")


@dataclass(frozen=True, slots=True)
class Case:
    """One case as written; numbers are int or Fraction, never float."""

    id: str
    area: str
    policy: dict[str, object]
    input: dict[str, object]
    expected: dict[str, object]


@dataclass(frozen=True, slots=True)
class Difference:
    """A key of the answer that is not as expected; `missing` where the answer has no such key."""

    key: str
    wanted: object
    got: object
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one case. `error` says why no answer could be given."""

    case: Case
    differences: tuple[Difference, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """True when the answer is as expected in every key."""
        return not self.differences and not self.error


def _exact(text: str) -> Fraction:
    number = Decimal(text)
    if abs(number.adjusted()) > 30:
        raise Malformed(f"the number {text} is out of all proportion")
    return Fraction(number)


def _refuse_constant(text: str) -> NoReturn:
    raise Malformed(f"{text} is not a number")


def read_cases(text: str) -> list[Case]:
    """The cases of a JSON file's text. `Malformed` says what is wrong with it.

    >>> [case.area for case in read_cases('[{"id": "1", "area": "points", "input": {}, "expected": {}}]')]
    ['points']
    """
    try:
        rows = json.loads(text, parse_float=_exact, parse_constant=_refuse_constant)
    except (json.JSONDecodeError, InvalidOperation) as error:
        raise Malformed(f"not JSON: {error}") from error
    except (RecursionError, ValueError) as error:
        raise Malformed(f"not usable as JSON: {error}") from error
    if not isinstance(rows, list):
        raise Malformed("must be a list of cases")
    return [_case(number, row) for number, row in enumerate(rows, 1)]


def _case(number: int, row: object) -> Case:
    if not isinstance(row, dict):
        raise Malformed(f"case {number} is no object")
    for key in _NEEDED:
        if key not in row:
            raise Malformed(f"case {number} has no {key!r}")
    unknown = sorted(key for key in row.keys() - _CASE_KEYS if not _describes(row[key]))
    if unknown:
        raise Malformed(f"case {number} has the unknown key {unknown[0]!r}")
    parts = {key: row.get(key, {}) for key in ("policy", "input", "expected")}
    for key, part in parts.items():
        if not isinstance(part, dict):
            raise Malformed(f"{key!r} of case {number} is no object")
    return Case(str(row["id"]), str(row["area"]), **parts)


def _describes(value: object) -> bool:
    """Whether a key nobody knows only describes its case: words, or a list of them (tags, authors)."""
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(each, str) for each in value)
    )


def run(case: Case, edition: Edition, areas: Mapping[str, Answer] = AREAS) -> Verdict:
    """Answer one case under `edition`, changed by the case's policy, and compare.

    `areas` may hold more than the kernel's own, for rooms that answer cases too (payments).
    """
    answer = areas.get(case.area)
    if answer is None:
        return Verdict(case, error=f"unknown area {case.area!r}")
    given = Given(case.input)
    try:
        got = answer(derive(edition, case.policy), given)
        given.end()
    except (BadInput, NotSet, Malformed) as error:
        return Verdict(case, error=f"{type(error).__name__}: {error}")
    return Verdict(case, tuple(_differences(case.expected, got)))


def _differences(expected: Mapping[str, object], got: Mapping[str, object]) -> list[Difference]:
    found = []
    for key, wanted in expected.items():
        if key not in got:
            found.append(Difference(key, wanted, None, missing=True))
        elif not _same(_as_set(key, wanted), _as_set(key, got[key])):
            found.append(Difference(key, wanted, got[key]))
    return found


def _as_set(key: str, value: object) -> object:
    return sorted(value, key=str) if key in _SETS and isinstance(value, list) else value


def _same(wanted: object, got: object) -> bool:
    """Equal in value and kind: True is not 1, and a number equals only a number."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        return wanted.keys() == got.keys() and all(_same(wanted[key], got[key]) for key in wanted)
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(_same, wanted, got))
    return isinstance(wanted, bool) == isinstance(got, bool) and wanted == got

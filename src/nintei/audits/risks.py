"""The published rules that mark a renewal as a risk, or let it leave the frame; the association chooses among them.

Each looks at the frozen claim only, so that anybody who has the claim gets the same answer. None is on before
the association has set it (`Terms`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from nintei.audits.models.terms import LeavingRule, RiskRule

Claim = Mapping[str, Any]


def _counting(claim: Claim) -> list[Mapping[str, Any]]:
    return [line for line in claim["lines"] if line["credited"] not in ("0.0", "0")]


def no_file(claim: Claim) -> bool:
    """A line that counts has no document attached."""
    return any(not line["evidence"] for line in _counting(claim))


def just_enough(claim: Claim) -> bool:
    """The points are exactly those required."""
    return bool(claim["balance"]["total"] == claim["balance"]["required"])


def marks_of(claim: Claim, rules: Collection[str], struck_before: bool) -> list[str]:
    """The rules among those chosen that mark a renewal, in the order of `RiskRule`."""
    holds = {
        RiskRule.NO_FILE: no_file(claim),
        RiskRule.JUST_ENOUGH: just_enough(claim),
        RiskRule.STRUCK_BEFORE: struck_before,
    }
    return [str(rule) for rule in RiskRule if rule in rules and holds[rule]]


def leaves(claim: Claim, rule: str) -> bool:
    """Whether a renewal leaves the frame: every line that counts had its document before the draw."""
    return rule == LeavingRule.WITH_FILES and bool(_counting(claim)) and not no_file(claim)

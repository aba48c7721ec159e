"""A judge that a worker process can load: its verdicts are refused by the database."""

from __future__ import annotations

from datetime import date

from nintei.insight.stream import Holder, Judge


def verdict(_: Holder) -> tuple[int, int, bool, str]:
    """Points below zero."""
    return -1, 2, False, "x"


def broken(rulebook: str, on: date) -> Judge:
    """The judge, for any rulebook."""
    return verdict

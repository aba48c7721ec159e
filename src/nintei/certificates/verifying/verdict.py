"""The answer: valid, not valid or unknown, with every reason and its clause. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nintei.rules.edition import Text


class Answer(StrEnum):
    """What came out."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    UNKNOWN = "unknown"


class Reason(NamedTuple):
    """One thing that was looked at: true, false, or not known; in words, with its clause where there is one."""

    key: str
    met: bool | None
    words: Text
    clause: str = ""


class Facts(NamedTuple):
    """What the certificate says of itself; nothing of it counts where the answer is not valid."""

    number: str = ""
    name: str = ""
    qualification: str = ""
    title: str = ""
    certified_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class Verdict(NamedTuple):
    """The answer for a day, the reasons in the order they were looked at, what the certificate says.

    Of a CPD passport (`kind`) *valid* means genuine: `said` is what it says of each cycle as of its own day, `inside`
    are the certifications it takes in, each judged on the day that was asked about.
    """

    answer: Answer
    on: date
    reasons: tuple[Reason, ...]
    facts: Facts
    as_of: str = ""
    kind: str = "certificate"
    said: tuple[tuple[str, str, str], ...] = ()
    inside: tuple[Verdict, ...] = ()


def verdict(on: date, reasons: list[Reason], facts: Facts, as_of: str = "") -> Verdict:
    """One thing that is false decides; one that is not known leaves the answer unknown."""
    met = [reason.met for reason in reasons]
    answer = Answer.NOT_VALID if False in met else Answer.UNKNOWN if None in met or not met else Answer.VALID
    return Verdict(answer, on, tuple(reasons), facts, as_of)

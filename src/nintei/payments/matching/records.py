"""What goes into matching, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """What may happen with the line: settle it, ask a person, or leave it unallotted."""

    MATCHED = "MATCHED"
    REVIEW = "REVIEW"
    UNMATCHED = "UNMATCHED"


class Reason(StrEnum):
    """Why; in a `Match` the weightiest comes first."""

    NUMBER_AND_NAME = "NUMBER_AND_NAME"
    KNOWN_PAYER = "KNOWN_PAYER"
    BULK = "BULK"
    BULK_AMOUNT_MISMATCH = "BULK_AMOUNT_MISMATCH"
    AMBIGUOUS = "AMBIGUOUS"
    COVERS_SEVERAL = "COVERS_SEVERAL"
    WHICH_APPLICATION = "WHICH_APPLICATION"
    NUMBER_MISMATCH = "NUMBER_MISMATCH"
    MISSING_NUMBER = "MISSING_NUMBER"
    NAME_MISSING = "NAME_MISSING"
    NAME_TRUNCATED = "NAME_TRUNCATED"
    VOICING_DIFFERS = "VOICING_DIFFERS"
    FORMER_NAME = "FORMER_NAME"
    NAME_MISMATCH = "NAME_MISMATCH"
    SAME_FAMILY = "SAME_FAMILY"
    COMPANY_NAME = "COMPANY_NAME"
    UNDERPAID = "UNDERPAID"
    OVERPAID = "OVERPAID"
    TOLERATED = "TOLERATED"
    LATE = "LATE"
    NO_CANDIDATE = "NO_CANDIDATE"


class Payer(NamedTuple):
    """A payer's name taken apart: `number` as written (leading zeros kept), `name` normalised."""

    number: str | None
    name: str


@dataclass(frozen=True, slots=True)
class OpenApplication:
    """An application that waits for its fee.

    `due` is its own amount in yen where it has one, `last_on` the last day on which it may be paid without
    a question (AMB-F4). `former_kana` are names the person bore before; `payers` are names under which
    others pay for this person, learnt from an accountant and revocable.
    """

    id: str
    person: str
    pass_number: str
    name_kana: str
    certificate_number: str = ""
    due: int | None = None
    last_on: date | None = None
    former_kana: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BulkAgreement:
    """A transfer announced by a company for several applications (MAN-ウ④.※3, AMB-F7)."""

    payer_name: str
    applications: tuple[str, ...]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Deposit:
    """A credit line of the bank: the payer as the bank prints it, whole yen, and the day it was entered."""

    payer_name: str
    amount: int
    on: date | None = None


class Match(NamedTuple):
    """What the rule says about one deposit.

    `reasons` holds everything that is not in order, weightiest first; `reason` is the first of them.
    `difference` is paid − due in yen where the amount is wrong. `score` orders suggestions (0–5): two for
    the number, two for the name (one if only nearly the same), one for the exact amount. `hints` are open
    applications of nearly that name, for a person to look at; nothing is ever settled from a hint.
    """

    status: Status
    applications: tuple[str, ...]
    reasons: tuple[Reason, ...]
    difference: int | None = None
    score: int = 0
    hints: tuple[str, ...] = ()

    @property
    def reason(self) -> Reason:
        """The weightiest reason."""
        return self.reasons[0]

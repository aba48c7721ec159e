"""The rulebook in memory: an `Edition` is what is in force on one day, ready for the kernel.

A rulebook is a folder of TOML files (`rulebooks/<id>/`), one file an edition of one document.
`load.py` reads and checks them; this file only says what the result looks like. Every value that
comes from a document carries a `Citation`; what no document says is `Unset`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from nintei.rules.words import Citation, Heading, Misprint, Option, Reading, Text, Unset

# The words behind a rule are part of this interface.
__all__ = ["Citation", "Heading", "Misprint", "Option", "Reading", "Text", "Unset"]


class YearKind(StrEnum):
    """What "one year" means for a cap or a minimum (AMB-C1)."""

    CYCLE_YEAR = "cycle_year"
    FISCAL_YEAR = "fiscal_year"
    CALENDAR_YEAR = "calendar_year"


class Window(StrEnum):
    """Which days an activity may fall on (AMB-C3)."""

    VALIDITY_TO_SUBMISSION = "validity_to_submission"
    VALIDITY_FULL = "validity_full"
    FROM_CERTIFICATION = "from_certification"


class Rounding(StrEnum):
    """What happens to time that is not a multiple of the step (AMB-C5)."""

    FLOOR = "floor"
    REFUSE = "refuse"
    ROUND_HALF_UP = "round_half_up"


class Per(StrEnum):
    """The span over which a cap or a minimum is counted."""

    YEAR = "year"
    CYCLE = "cycle"


class Unit(StrEnum):
    """What a category's rate is paid for: an hour of net time, or one item (a book, a talk)."""

    HOUR = "hour"
    ITEM = "item"


class EvidenceOption(NamedTuple):
    """One sufficient set of things a document must show at an audit (`certificate`, `attendee` …)."""

    shows: tuple[str, ...]
    name: Text


class ActivityKind(NamedTuple):
    """An example of a category that the document lists (`D2` 研修の講師)."""

    code: str
    name: Text
    cite: Citation


class Category(NamedTuple):
    """A CPD category with its conditions. `rate` is points for one `unit`.

    `effort` ranks what is proposed first to a holder who lacks points; it is advice, no rule. Without
    it, what a person can do alone (1) comes before what needs a registered course or a proof (2).
    """

    code: str
    name: Text
    short: Text
    group: Text
    rate: Fraction
    unit: Unit
    cite: Citation
    conditions: dict[str, Citation]
    needs_topic: bool = False
    needs_registered_course: bool = False
    without_proof: str | None = None
    detail_must_be_clear: bool = False
    evidence: tuple[EvidenceOption, ...] = ()
    kinds: tuple[ActivityKind, ...] = ()
    effort: int | None = None


class Bound(NamedTuple):
    """A cap (at most) or a minimum (at least) of `points` over a set of lines, per year or cycle.

    A line is under the bound when its category is in `categories` and, if `topics` is not None, its
    topic is in `topics`. The points need not be a multiple of the step.
    """

    key: str
    categories: frozenset[str]
    topics: frozenset[str] | None
    per: Per
    points: Fraction
    cite: Citation


class Hardship(StrEnum):
    """What may keep a holder from activity for a time."""

    ILLNESS = "illness"
    CHILDBIRTH = "childbirth"
    DISASTER = "disaster"


class ReliefRule(NamedTuple):
    """By how many points a renewal needs fewer for each whole month of hardship of some kinds in the cycle."""

    kinds: tuple[Hardship, ...]
    points: Fraction
    cite: Citation


class PointsRules(NamedTuple):
    """How activities become points, and how many a renewal needs."""

    step: Fraction
    rounding: Rounding
    year_kind: YearKind
    window: Window
    required: Fraction
    caps: tuple[Bound, ...]
    minimums: tuple[Bound, ...]
    min_topics: int
    carry_over: Fraction
    shared_ledger: bool
    warn_hours_a_day: int
    refuse_hours_a_day: int
    cites: dict[str, Citation]
    relief: ReliefRule | None = None


class Start(StrEnum):
    """The day a first validity begins."""

    NEXT_FISCAL_YEAR = "next_fiscal_year"
    CERTIFICATION = "certification"
    REPORT_ISSUE = "report_issue"


class WindowReckoning(StrEnum):
    """How the renewal window is counted back from the last day of validity (AMB-V6)."""

    WHOLE_MONTHS_BACK = "whole_months_back"
    LITERAL_DATES = "literal_dates"
    JAN_FEB_ALWAYS = "jan_feb_always"


class ValidityRules(NamedTuple):
    """Validity, the exam report's life, the renewal window and grace.

    `same_day_counts`: a report issued on the first day of a fiscal year starts that very day
    (AMB-V1). `first_day_counts`: the report's three years include its issue day (AMB-V4).
    `report_years` may be a part of a year, in whole months (18 months are 3/2).
    """

    start: Start
    same_day_counts: bool
    years: int
    fiscal_year_month: int
    fiscal_year_day: int
    report_years: Fraction
    first_day_counts: bool
    window_reckoning: WindowReckoning
    window_opens_months: int
    window_closes_months: int
    align_renewal_to_fiscal_year: bool
    grace_days: int
    stays_valid_while_pending: bool
    legacy_applied_until: date | None
    cites: dict[str, Citation]


class RequiredFieldRule(StrEnum):
    """Whether one required field alone must have the months, or their sum (AMB-E1)."""

    SINGLE_FIELD = "single_field"
    SUM_OF_REQUIRED = "sum_of_required"


class OtherOrganisation(StrEnum):
    """What becomes of a past post that the present employer attests (AMB-E8)."""

    REVIEW = "review_other_org"
    REFUSE = "refuse_other_org"
    ACCEPT = "accept_other_org"


class ExperienceRules(NamedTuple):
    """Work experience in months: in all, in a required field, by substitution; distinct fields."""

    total_months: int
    min_fields: int
    required_months: int
    required_rule: RequiredFieldRule
    substitution_cap_months: int
    other_org: OtherOrganisation
    cites: dict[str, Citation]


class FieldOfPractice(NamedTuple):
    """A field of practice (業務の7分野 of Conken). `key` is the number as text; codes are as printed."""

    key: str
    name: Text
    description: Text
    names_printed: dict[str, str]
    codes_printed: dict[str, tuple[str, ...]]
    areas: tuple[str, ...]
    aliases: tuple[str, ...]
    examples: tuple[Example, ...]
    cite: Citation


class Example(NamedTuple):
    """内容の例示: an illustrative, never exhaustive, example of a field. `ja` per edition as printed."""

    id: str
    name: Text
    cite: Citation


class Competency(NamedTuple):
    """A CMBOK competency item (`HR-12`); `printed` keeps the source's text where it is corrected."""

    code: str
    name: Text
    printed: str
    cite: Citation


class CompetencyArea(NamedTuple):
    """A group of competencies; `topic` is the field it belongs to, or None (PE, PC, PA)."""

    code: str
    name: Text
    heading: str
    topic: str | None
    items: tuple[Competency, ...]
    cite: Citation


class Qualification(NamedTuple):
    """A qualification. Where `certified` is False, passing the exam is the qualification."""

    code: str
    name: Text
    group: Text
    certified: bool
    required_fields: tuple[str, ...]
    cite: Citation


class Price(NamedTuple):
    """A row of the dated price list: `base` yen without tax, for a kind (`first`, `renewal` …)."""

    kind: str
    from_day: date
    base: int
    cite: Citation


class TaxRate(NamedTuple):
    """Consumption tax from a day on, exact."""

    from_day: date
    rate: Fraction
    cite: Citation


class RefundKind(StrEnum):
    """What is given back where the fee may be (AMB-F3)."""

    LESS_BANK_CHARGE = "refund_less_bank_charge"
    IN_FULL = "refund_in_full"
    NOTHING = "no_refund"


class FeeRules(NamedTuple):
    """The price list. A kind without a row is unset: the kernel refuses to name an amount."""

    prices: tuple[Price, ...]
    taxes: tuple[TaxRate, ...]
    refundable_after_acceptance: bool
    refund: RefundKind
    payer_bears_charge: bool
    bank: dict[str, str]
    cites: dict[str, Citation]


class Criterion(NamedTuple):
    """One of the certification criteria ①–④, in the order of the document."""

    mark: str
    code: str
    name: Text
    cite: Citation


class Form(NamedTuple):
    """A part of the application package (`report_copy`, `form_A` … `form_D_signed`)."""

    code: str
    name: Text
    cite: Citation


class ProcedureRules(NamedTuple):
    """Criteria, forms, addresses and notices of the application procedure."""

    criteria: tuple[Criterion, ...]
    forms: tuple[Form, ...]
    contact: dict[str, str]
    notices: tuple[Notice, ...]


class Notice(NamedTuple):
    """A sentence of the documents that software shows or obeys without computing with it."""

    key: str
    name: Text
    cite: Citation


class Edition(NamedTuple):
    """Everything in force on a day: one edition of each document of a rulebook.

    `id` names what was used (`conken:cpd-2026-01+manual-2019-10`) and is stored with every decision.
    """

    id: str
    rulebook: str
    name: Text
    documents: tuple[Document, ...]
    points: PointsRules
    categories: dict[str, Category]
    validity: ValidityRules
    experience: ExperienceRules
    fees: FeeRules
    procedure: ProcedureRules
    qualifications: dict[str, Qualification]
    fields: dict[str, FieldOfPractice]
    areas: dict[str, CompetencyArea]
    settings: dict[str, object]
    unset: dict[str, Unset]
    misprints: tuple[Misprint, ...]
    citations: dict[str, Citation]
    readings: dict[str, Reading]
    headings: tuple[Heading, ...] = ()
    notes: tuple[Text, ...] = ()


class Document(NamedTuple):
    """One edition of one document: which file, in force from which day."""

    id: str
    code: str
    title: Text
    edition: Text
    in_force_from: date

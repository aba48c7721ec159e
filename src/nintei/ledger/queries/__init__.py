"""What may be asked of the log, and the bridge to the kernel: rows become the kernel's records.

The lines of a person with sessions, course and evidence take the same few queries however many there are.
"""

from nintei.ledger.queries.claims import (
    claim_for,
    claim_of,
    claimed_among,
    claims_before,
    fingerprint,
    struck_from,
    thaw,
)
from nintei.ledger.queries.home import (
    Entry,
    Home,
    Standing,
    entries_of,
    home,
    standing_of,
)
from nintei.ledger.queries.lines import (
    activities,
    activities_for_rules,
    activity_of,
    as_rules,
    competencies,
    course_named,
    evidence_of,
    rules_id,
)
from nintei.ledger.queries.worth import (
    Preview,
    balance,
    balance_told,
    decimal,
    freeze,
    long_days,
    plan,
    preview,
)

__all__ = [
    "Entry",
    "Home",
    "Preview",
    "Standing",
    "activities",
    "activities_for_rules",
    "activity_of",
    "as_rules",
    "balance",
    "balance_told",
    "claim_for",
    "claim_of",
    "claimed_among",
    "claims_before",
    "competencies",
    "course_named",
    "decimal",
    "entries_of",
    "evidence_of",
    "fingerprint",
    "freeze",
    "home",
    "long_days",
    "plan",
    "preview",
    "rules_id",
    "standing_of",
    "struck_from",
    "thaw",
]

"""What may be asked of the log, and the bridge to the kernel: rows become the kernel's records.

The lines of a person with sessions, course and evidence take the same few queries however many there are.
"""

from nintei.ledger.queries.claims import (
    claim_for,
    claim_of,
    claimed_among,
    claims_before,
    evidence_claimed,
    fingerprint,
    struck_from,
    thaw,
)
from nintei.ledger.queries.home import (
    Counted,
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
    drafted,
    evidence_of,
    jotting_of,
    jottings,
    lines_on,
    rules_id,
)
from nintei.ledger.queries.population import balances, shortfalls
from nintei.ledger.queries.several import Several, preview_several, what_if
from nintei.ledger.queries.twice import How, Twice, doubles, told_twice
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
    "Counted",
    "Entry",
    "Home",
    "How",
    "Preview",
    "Several",
    "Standing",
    "Twice",
    "activities",
    "activities_for_rules",
    "activity_of",
    "as_rules",
    "balance",
    "balance_told",
    "balances",
    "claim_for",
    "claim_of",
    "claimed_among",
    "claims_before",
    "competencies",
    "course_named",
    "decimal",
    "doubles",
    "drafted",
    "entries_of",
    "evidence_claimed",
    "evidence_of",
    "fingerprint",
    "freeze",
    "home",
    "jotting_of",
    "jottings",
    "lines_on",
    "long_days",
    "plan",
    "preview",
    "preview_several",
    "rules_id",
    "shortfalls",
    "standing_of",
    "struck_from",
    "thaw",
    "told_twice",
    "what_if",
]

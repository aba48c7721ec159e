"""What may be asked about posts and attestations: cases, how they weigh, lengths in words, the time line."""

from nintei.experience.queries.cases import (
    Case,
    ClaimedLine,
    PostCase,
    as_claimed,
    case,
    claimed_lines,
    for_rules,
    freeze,
    post_of,
    posts_for_rules,
    signed_with,
    thaw,
)

__all__ = [
    "Case",
    "ClaimedLine",
    "PostCase",
    "as_claimed",
    "case",
    "claimed_lines",
    "for_rules",
    "freeze",
    "post_of",
    "posts_for_rules",
    "signed_with",
    "thaw",
]

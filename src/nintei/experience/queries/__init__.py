"""What may be asked about posts and attestations: cases, how they weigh, lengths in words, the time line."""

from nintei.experience.queries.cases import (
    AskedLine,
    Away,
    Case,
    PostCase,
    as_claimed,
    asked_lines,
    case,
    for_rules,
    freeze,
    leaves_of,
    post_of,
    posts_for_rules,
    thaw,
    with_statements,
)
from nintei.experience.queries.file import (
    File,
    file_for_office,
    file_of,
    open_when,
    own_asked,
    page_of,
    paper_of,
    scan,
)
from nintei.experience.queries.hints import Hint, hints
from nintei.experience.queries.links import request_behind, signed_with
from nintei.experience.queries.substitution import (
    Claimed,
    evidence,
    frozen_substitution,
    substitutions,
)
from nintei.experience.queries.waiting import half_answer, in_box, waiting_for

__all__ = [
    "AskedLine",
    "Away",
    "Case",
    "Claimed",
    "File",
    "Hint",
    "PostCase",
    "as_claimed",
    "asked_lines",
    "case",
    "evidence",
    "file_for_office",
    "file_of",
    "for_rules",
    "freeze",
    "frozen_substitution",
    "half_answer",
    "hints",
    "in_box",
    "leaves_of",
    "open_when",
    "own_asked",
    "page_of",
    "paper_of",
    "post_of",
    "posts_for_rules",
    "request_behind",
    "scan",
    "signed_with",
    "substitutions",
    "thaw",
    "waiting_for",
    "with_statements",
]

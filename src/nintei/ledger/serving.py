"""For which renewal a line is used, where a rulebook lets an activity count for one qualification only (AMB-C15)."""

from __future__ import annotations

from nintei.rules.edition import Edition


def choices(edition: Edition) -> tuple[str, ...]:
    """The qualifications of which a line serves one; none where every line counts for each."""
    if edition.points.shared_ledger:
        return ()
    return tuple(each.code for each in edition.qualifications.values() if each.certified)


def implied(edition: Edition) -> str:
    """The qualification that a line serves without asking, where there is only one; else empty."""
    found = choices(edition)
    return found[0] if len(found) == 1 else ""

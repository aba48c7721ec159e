"""`nintei replay [CASE]`: compute decisions again from what was stored, and compare every paper with its hash (P3)."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nintei.applications.models import Decision

DESCRIPTION = {
    "ja": "決定を、残した事実から計算し直し、書類のハッシュと比べる。申請の番号がなければ、すべて。",
    "en": "Compute decisions again from what was stored and compare the papers' hashes; all without CASE.",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(
        "replay", help=DESCRIPTION["en"], description=" ".join(DESCRIPTION.values())
    )
    parser.add_argument(
        "case", metavar="CASE", nargs="?", help="the number of one application, such as 2026-0001"
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """0 when all comes out as it was decided, 1 when something does not, 2 for a case without a decision."""
    from nintei.site import ready

    with ready.django_ready():
        from nintei.applications.models import Decision

        rows = Decision.objects.filter(application__person__erased_at=None).select_related("application")
        rows = rows.order_by("decided_at", "pk")
        if args.case is not None:
            rows = rows.filter(application__number=args.case)
            if not rows.exists():
                print(f"{args.case}: 決定がありません / no decision", file=sys.stderr)
                return 2
        checked = different = 0
        for decision in rows.iterator(200):
            checked += 1
            different += not _tell(decision, in_full=args.case is not None)
        print(f"{checked - different} same, {different} different")
        return 1 if different else 0


def _tell(decision: Decision, *, in_full: bool) -> bool:
    """Whether a decision comes out the same; what does not is printed, of a single case everything is."""
    from nintei.applications import queries

    whole = queries.is_whole(decision)
    if whole and not in_full:
        return True
    number = decision.application.number
    print(
        f"{number} {decision.outcome} {decision.decided_on} {decision.edition}: {'same' if whole else 'DIFFERENT'}"
    )
    for one in queries.replay(decision):
        print(f"  {one.where}: stored {one.stored}, computed {one.computed}")
    for proof in queries.proofs(decision):
        if in_full or not proof.is_whole:
            print(f"  {proof.what} {proof.sha256} {'same' if proof.is_whole else 'DIFFERENT'}")
    if queries.evidence_hashes(decision.facts) != list(decision.evidence):
        print("  the list of hashes is not that of the facts")
    return whole

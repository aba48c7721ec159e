"""Files that are used twice: by the same bytes, or by pages that look the same. Hints for the office, no verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from nintei.ledger.models import Activity, Alike, Evidence

MOST = 200


@dataclass(frozen=True, slots=True)
class Use:
    """A file where it is used, and the page that is meant."""

    evidence: Evidence
    page: int


@dataclass(frozen=True, slots=True)
class Hint:
    """Lines that show the same paper. `permille` is how alike the pages are; 1000 means the same bytes."""

    uses: tuple[Use, ...]
    permille: int

    @property
    def same_bytes(self) -> bool:
        """Whether it is one and the same file."""
        return self.permille == 1000

    @property
    def people(self) -> int:
        """How many people use it."""
        return len({use.evidence.activity.person_id for use in self.uses})


def used_twice() -> list[Hint]:
    """Every file in use by two lines or more, then every two files that look alike; at most 200 of each."""
    live = _live()
    again = live.values("sha256").annotate(lines=Count("activity", distinct=True)).filter(lines__gt=1)
    same = list(again.order_by("sha256").values_list("sha256", flat=True)[:MOST])
    alike = list(Alike.objects.order_by("-found_at", "pk")[:MOST])
    wanted = {*same, *(each.one for each in alike), *(each.other for each in alike)}
    uses: dict[str, list[Evidence]] = defaultdict(list)
    for row in live.filter(sha256__in=wanted).select_related("activity__person").order_by("added_at", "pk"):
        uses[row.sha256].append(row)
    hints = [Hint(tuple(Use(each, 1) for each in uses[sha256]), 1000) for sha256 in same]
    return [*hints, *(hint for each in alike if (hint := _pair(each, uses)))]


def _pair(alike: Alike, uses: dict[str, list[Evidence]]) -> Hint | None:
    """Two files that look alike, where both are in use, and not by one and the same line."""
    pairs = [(Use(each, alike.one_page), alike.one) for each in uses.get(alike.one, [])]
    pairs += [(Use(each, alike.other_page), alike.other) for each in uses.get(alike.other, [])]
    lines = {use.evidence.activity_id for use, _sha in pairs}
    files = {sha for _use, sha in pairs}
    if len(lines) < 2 or len(files) < 2:
        return None
    return Hint(tuple(use for use, _sha in pairs), min(alike.permille, 999))


def evidence_in_use(key: UUID) -> Evidence | None:
    """A file of any line, for whoever may look at the hints."""
    return _live().filter(pk=key).first()


def is_elsewhere(shas: Sequence[str], activity: Activity) -> bool:
    """Whether another line of the same person has one of these files: told to its owner at entry."""
    mine = _live().filter(sha256__in=shas, activity__person=activity.person_id)
    return mine.exclude(activity=activity).exists()


def _live() -> QuerySet[Evidence]:
    return Evidence.objects.filter(Q(removed_at=None) & Q(activity__withdrawn_at=None))

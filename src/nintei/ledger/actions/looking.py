"""How pages look is kept once a file, and compared with all that were kept before: hints for the office."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from nintei.ledger import prints
from nintei.ledger.models import Alike, PagePrint
from nintei.shared import files

LOOKED = 0
"""The page number that says that a file was looked at, whatever was found on its pages."""
MOST_NEAR = 2000
NEAR = """
SELECT sha256, page, fine FROM ledger_pageprint
WHERE sha256 <> %s AND page > 0 AND octet_length(fine) = %s AND bit_count((coarse # %s)::bit(64)) <= %s
ORDER BY bit_count((coarse # %s)::bit(64)) LIMIT %s
"""


def look_at(*, kind: str, sha256: str, at: datetime) -> int:
    """Print the pages of a file and note the files that look alike; how many were found. The second time, nothing.

    No leaf: what is kept says nothing of anybody, and can be made again from the files.
    """
    if PagePrint.objects.filter(sha256=sha256).exists():
        return 0
    place: Path = files.place_of(sha256)
    found = prints.prints_of(kind, place) if place.exists() else []
    with transaction.atomic():
        rows = [PagePrint(sha256=sha256, page=LOOKED, coarse=0, fine=b"")]
        rows += [
            PagePrint(sha256=sha256, page=each.page, coarse=each.coarse, fine=each.fine) for each in found
        ]
        PagePrint.objects.bulk_create(rows, ignore_conflicts=True)
        best = _best(sha256, found)
        Alike.objects.bulk_create(
            (
                _alike(sha256, page, other, theirs, likeness, at)
                for other, (page, theirs, likeness) in best.items()
            ),
            ignore_conflicts=True,
        )
    return len(best)


def _best(sha256: str, found: list[prints.Print]) -> dict[str, tuple[int, int, float]]:
    """For each file that looks alike: the pages that are most alike, and how much."""
    best: dict[str, tuple[int, int, float]] = {}
    for mine in found:
        with connection.cursor() as cursor:
            cursor.execute(NEAR, [sha256, prints.SIZE, mine.coarse, prints.FAR, mine.coarse, MOST_NEAR])
            near = (((other, page), bytes(fine)) for other, page, fine in cursor)
            for (other, page), likeness in prints.alikes(mine.fine, near):
                if likeness > best.get(other, (0, 0, 0.0))[2]:
                    best[other] = mine.page, page, likeness
    return best


def _alike(mine: str, page: int, other: str, theirs: int, likeness: float, at: datetime) -> Alike:
    """The pair in the order of their names, so that it is kept once."""
    (one, one_page), (two, two_page) = sorted([(mine, page), (other, theirs)])
    permille = round(likeness * 1000)
    return Alike(one=one, one_page=one_page, other=two, other_page=two_page, permille=permille, found_at=at)

"""Bank lines: what came in, and how much of it is still nobody's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from nintei.payments.matching import plain
from nintei.payments.models import (
    BankFile,
    BankLine,
    DroppedFile,
    ImportRun,
    Match,
    MatchPart,
    MatchUndo,
    RefundPart,
    RefundState,
    WriteOff,
)

SHOWN = 200
A_PAGE = 100


def _measured() -> QuerySet[BankLine, Any]:
    """Lines with `left`: the yen that no standing match, no refund and no write-off has taken."""
    # Straight to the undo, past the match: asked for every line there is, so that no plan may read a table for each.
    undone = MatchUndo.objects.filter(match=OuterRef("match_id"))
    taken = (
        MatchPart.objects.filter(~Exists(undone), line=OuterRef("pk"))
        .values("line")
        .annotate(yen=Sum("amount"))
        .values("yen")
    )
    returned = (
        RefundPart.objects.filter(line=OuterRef("pk"))
        .exclude(refund__state=RefundState.DROPPED)
        .values("line")
        .annotate(yen=Sum("amount"))
        .values("yen")
    )
    written_off = (
        WriteOff.objects.filter(line=OuterRef("pk"), undo=None)
        .values("line")
        .annotate(yen=Sum("amount"))
        .values("yen")
    )
    yen = _or_zero(taken) + _or_zero(returned) + _or_zero(written_off)
    return BankLine.objects.annotate(left=F("amount") - yen)  # type: ignore[no-redef]


def _or_zero(sums: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(sums, output_field=BigIntegerField()), Value(0))


def open_lines() -> QuerySet[BankLine, Any]:
    """Lines that still hold money (`left` yen), oldest first."""
    return _measured().filter(left__gt=0).order_by("value_on", "pk")  # type: ignore[misc]  # annotated above


def with_parts() -> QuerySet[BankLine, Any]:
    """All lines with `left`, in `standing` the parts that matches have taken, in `gone` what was written off."""
    gone = Prefetch("write_offs", WriteOff.objects.filter(undo=None), "gone")
    parts = MatchPart.objects.filter(match__undo=None).select_related("match__fee__person").order_by("pk")
    taken = Prefetch("parts", parts, "standing")
    return _measured().select_related("file").prefetch_related(taken, gone)  # type: ignore[no-redef]


def lines_of(file: BankFile) -> QuerySet[BankLine, Any]:
    """The lines a file brought, in its order, each with `left` and its standing parts."""
    return with_parts().filter(file=file).order_by("row")


def bank_line(pk: int) -> BankLine | None:
    """One line, with `left` and its standing parts."""
    return with_parts().filter(pk=pk).first()


def write_off(pk: UUID) -> WriteOff | None:
    """One write-off with its line, whether it stands or was taken back."""
    return WriteOff.objects.filter(pk=pk).select_related("line").first()


def match(pk: UUID) -> Match | None:
    """One match with its fee, whether it stands or was undone."""
    return Match.objects.filter(pk=pk).select_related("fee__person").first()


def bank_file(pk: int) -> BankFile | None:
    """One imported statement."""
    return BankFile.objects.filter(pk=pk).first()


def dropped_file(pk: UUID) -> DroppedFile | None:
    """A file between preview and import."""
    return DroppedFile.objects.filter(pk=pk).first()


def import_run(pk: UUID) -> ImportRun | None:
    """A long import, under way or ended."""
    return ImportRun.objects.filter(pk=pk).first()


def latest_file() -> BankFile | None:
    """The statement imported last."""
    return BankFile.objects.order_by("-imported_at", "-pk").first()


def search_lines(words: str) -> list[BankLine]:
    """Lines by payer, whole amount (11,000) or day (2026-01-15); words together narrow. At most 200."""
    found = _measured().select_related("file").order_by("-value_on", "-pk")
    for word in words.split():
        day, yen = _as_day(word), re.fullmatch(r"[0-9,]+円?", word)
        if day:
            found = found.filter(value_on=day)
        elif yen and len(word) != 4:
            found = found.filter(amount=int(re.sub(r"[,円]", "", word)))
        else:
            found = found.filter(payer_key__contains=plain(word))
    return list(found[:SHOWN])


def _as_day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def open_lines_page(page: int) -> tuple[list[BankLine], int]:
    """A page of 100 lines that still hold money, oldest first, with their file; and how many pages there are."""
    found = open_lines()
    pages = max(1, -(-found.count() // A_PAGE))
    page = min(max(1, page), pages)
    return list(found.select_related("file")[(page - 1) * A_PAGE : page * A_PAGE]), pages


@dataclass(frozen=True, slots=True)
class Undecided:
    """Money that is nobody's yet: how many lines, how many yen, since which day."""

    count: int
    yen: int
    oldest_on: date | None


def undecided() -> Undecided:
    """What all statements together still hold: one query."""
    sums = open_lines().aggregate(count=Count("pk"), yen=Sum("left"), oldest=Min("value_on"))
    return Undecided(sums["count"], sums["yen"] or 0, sums["oldest"])

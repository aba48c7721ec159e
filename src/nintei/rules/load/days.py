"""Which edition of each document is used on a day."""

from __future__ import annotations

from datetime import date

from nintei.rules.edition import Document, Text


def in_force(documents: tuple[Document, ...], on: date) -> tuple[Document, ...]:
    """Of each document the newest edition in force on the day, else the earliest known (AMB-C19)."""
    chosen: dict[str, Document] = {}
    for document in sorted(documents, key=lambda each: (each.code, each.in_force_from)):
        if document.code not in chosen or document.in_force_from <= on:
            chosen[document.code] = document
    return tuple(chosen.values())


def too_early(documents: tuple[Document, ...], on: date) -> tuple[Text, ...]:
    """A note for each edition that is used for a day before it was in force (AMB-C19)."""
    return tuple(
        Text(
            f"{each.in_force_from}より前の版は手元にありません。{each.title.ja}({each.edition.ja})を使っています。",
            f"No edition before {each.in_force_from} is at hand; "
            f"{each.title.en} ({each.edition.en}) is used.",
        )
        for each in documents
        if on < each.in_force_from
    )

"""The names people bore before, the papers that show them, and whether a paper's name is a person's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from nintei.people import names
from nintei.people.models import FormerName, NameEvidence, NameState, Person, Role
from nintei.people.queries.accounts import roles_of


def former_names(person: Person) -> list[FormerName]:
    """The names a person bore before with the papers that show them, newest first; two queries."""
    rows = FormerName.objects.filter(person=person).prefetch_related("evidence")
    return list(rows.order_by("-until_on", "-pk"))


def own_former_name(person: Person, pk: int) -> FormerName | None:
    """A person's own former name."""
    return FormerName.objects.filter(person=person, pk=pk).first()


def names_to_check() -> list[FormerName]:
    """Former names with a paper that nobody at the office has looked at, oldest paper first; two queries."""
    rows = FormerName.objects.filter(state=NameState.TOLD, evidence__isnull=False).distinct()
    return list(rows.select_related("person").prefetch_related("evidence").order_by("pk"))


def former_name(pk: int) -> FormerName | None:
    """A former name, for the office."""
    return FormerName.objects.filter(pk=pk).select_related("person").first()


def name_evidence(pk: UUID, *, to: Person, on: date) -> NameEvidence | None:
    """A paper, for the person it is of and for those who check names."""
    paper = NameEvidence.objects.filter(pk=pk).select_related("former_name").first()
    if paper is None or paper.former_name.person_id == to.pk:
        return paper
    return paper if roles_of(to, on=on) & {Role.REGISTRAR, Role.REVIEWER, Role.DECIDER} else None


class NameFit(StrEnum):
    """How a name on a paper agrees with a person's: only `OWN` and `FORMER` need no person to look."""

    OWN = "own"
    FORMER = "former"
    FORMER_UNSEEN = "former_unseen"
    OTHER = "other"


def name_fit(person: Person, name: str, kana: str) -> NameFit:
    """Whether a paper (a report, a transfer) carries a person's name, or one they bore before."""
    if _agrees(person, name, kana):
        return NameFit.OWN
    before = [f for f in former_names(person) if f.state != NameState.DECLINED and _agrees(f, name, kana)]
    if not before:
        return NameFit.OTHER
    seen = any(former.state == NameState.CONFIRMED for former in before)
    return NameFit.FORMER if seen else NameFit.FORMER_UNSEEN


def _agrees(known: Person | FormerName, name: str, kana: str) -> bool:
    """By kana where both have it (髙 and 高 are one person's), else by the name as written."""
    if known.kana and kana:
        return names.letters(known.kana) == names.letters(kana)
    return bool(name) and names.letters(known.name) == names.letters(name)


def confirmed_kana(people: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The readings of confirmed former names by person, in one query: a transfer may carry one."""
    rows = FormerName.objects.filter(person__in=set(people), state=NameState.CONFIRMED).exclude(kana="")
    found: dict[UUID, list[str]] = {}
    for owner, kana in rows.order_by("pk").values_list("person_id", "kana"):
        found.setdefault(owner, []).append(kana)
    return found

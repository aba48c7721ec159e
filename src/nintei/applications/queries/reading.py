"""Which cases the journal's subjects are: for the office's reading room."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from nintei.applications.models import Application

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def references(number: str, people: Iterable[UUID]) -> list[str]:
    """The journal's names of the case with this number and of all cases of some people."""
    asked = Q(person__in=list(people)) | (Q(number=number) if number else Q())
    return [row.reference for row in Application.objects.filter(asked).only("pk")]


def numbers(subjects: Iterable[str]) -> dict[str, tuple[UUID, str]]:
    """Key and number (empty for a draft) of each case that the journal names so. One query."""
    keys = [subject.partition(":")[2] for subject in subjects]
    known = [key for key in keys if KEY.fullmatch(key)]
    rows = Application.objects.filter(pk__in=known).values_list("pk", "number")
    return {f"application:{pk}": (pk, number or "") for pk, number in rows}

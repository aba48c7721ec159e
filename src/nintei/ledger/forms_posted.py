"""What a browser posted of the log's form: kept for a draft, put back, or changed by one of its buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from nintei.ledger.forms import MOST_DAYS, PREFIX

KEPT = re.compile(
    r"(?:title|group|category|course|proof|topic|organiser|competency|detail|items|serves|from_on_(?:year|month|day)"
    r"|s-\d{1,2}-(?:on_(?:year|month|day)|hours|minutes|begins)|s-(?:TOTAL|INITIAL)_FORMS)"
)
"""The boxes of the form that a draft keeps."""


def kept_words(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed into the form, for a draft."""
    return {name: str(data[name])[:4000] for name in data if KEPT.fullmatch(name) and str(data[name]).strip()}


def as_posted(said: Mapping[str, str]) -> QueryDict:
    """What a draft keeps, as if it had just been typed."""
    data = QueryDict(mutable=True)
    data.update({"group": "0", "proof": "certificate", f"{PREFIX}-TOTAL_FORMS": "1"})
    data.update({f"{PREFIX}-INITIAL_FORMS": "0"})
    for name, value in said.items():
        data[name] = value
    return data


def suggested(data: MultiValueDict[str, str]) -> MultiValueDict[str, str]:
    """A posted form in which a suggested field or competency was taken up."""
    changed = data.copy()
    for name in ("topic", "competency"):
        if taken := changed.get(f"take_{name}"):
            changed[name] = taken
    return changed


def with_more_rows(data: MultiValueDict[str, str], prefix: str) -> MultiValueDict[str, str]:
    """A posted form with one more row for a day."""
    changed = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    changed[name] = str(min(max(_number(changed.get(name)), 1) + 1, MOST_DAYS))
    return changed


def stepped(data: MultiValueDict[str, str], prefix: str, by: int) -> MultiValueDict[str, str]:
    """A posted form whose first time is longer or shorter by some minutes, never below nothing."""
    changed = data.copy()
    names = f"{prefix}-0-hours", f"{prefix}-0-minutes"
    hours, rest = (_number(changed.get(name)) for name in names)
    length = min(max(hours * 60 + rest + by, 0), 500 * 60)
    changed[names[0]], changed[names[1]] = str(length // 60), str(length % 60)
    return changed


def _number(words: object) -> int:
    """A small whole number that somebody typed, or 0."""
    return int(str(words)) if re.fullmatch(r"[0-9]{1,5}", str(words)) else 0

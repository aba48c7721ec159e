"""What an attestor says, before it is signed: plain records between the door and the action."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Said:
    """The answer about one post. For `differs`, the days and fields the attestor can confirm."""

    post: uuid.UUID
    answer: str
    from_on: date | None = None
    until_on: date | None = None
    fields: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """When and as what the attestor supervised there; `until` None: they still do (MAN-ウ②.5–7)."""

    since: date | None = None
    until: date | None = None
    role: str = ""
    was_there: bool = True
    belongs_still: bool = False

"""What an attestor says, before it is signed: plain records between the door and the action."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from nintei.people.models import Person
from nintei.shared.files import TakenFile


@dataclass(frozen=True, slots=True)
class Tenure:
    """When and as what the attestor supervised there; `until` None: they still do (MAN-ウ②.5–7)."""

    since: date | None = None
    until: date | None = None
    role: str = ""
    was_there: bool = True
    belongs_still: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The answer about one post. For `differs`, the days and fields the attestor can confirm.

    `tenure` is theirs at this post; None: the one that is given for all posts.
    """

    post: uuid.UUID
    answer: str
    from_on: date | None = None
    until_on: date | None = None
    fields: tuple[str, ...] = ()
    comment: str = ""
    tenure: Tenure | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when, in what language; for a paper also when it arrived and who of the office keyed it in.

    `drawn` is the picture of a signature drawn beside the typed name.
    """

    name: str
    language: str
    on: date
    at: datetime
    arrived_on: date | None = None
    keyed_by: Person | None = None
    drawn: TakenFile | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """A leave as the applicant tells it; without an end it goes on."""

    from_on: date
    until_on: date | None = None
    reason: str = ""

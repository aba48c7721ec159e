"""Posts that somebody only tells us, without an account: the same weighing, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from nintei.experience.models import Post, Precision
from nintei.experience.queries.cases import Case, PostCase
from nintei.experience.queries.coverage import Stretch
from nintei.people.models import Person
from nintei.rules.experience import AttestedBy


@dataclass(frozen=True, slots=True)
class Told:
    """A post as told; `ended_on` None is the present one. `fields` maps a field's key to what was done."""

    organisation: str
    started_on: date
    ended_on: date | None
    fields: Mapping[str, str] = field(default_factory=dict)
    department: str = ""
    role: str = ""
    precision: str = Precision.DAY

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two posts the same: where, when, and in which fields."""
        return (self.organisation, self.department, self.started_on, self.ended_on, frozenset(self.fields))


def imagined(told: Iterable[Told], on: date) -> Case:
    """A case on a day as if every word of it were attested. Posts that begin later are left out."""
    rows = tuple(_row(each, on) for each in sorted(told, key=lambda each: each.started_on))
    return Case(Person(), on, tuple(row for row in rows if row.start <= on), ())


def _row(told: Told, on: date) -> PostCase:
    post = Post(
        organisation=told.organisation,
        department=told.department,
        role=told.role,
        started_on=told.started_on,
        ended_on=told.ended_on,
    )
    end = min(told.ended_on or on, on)
    fields = frozenset(told.fields)
    whole = Stretch(told.started_on, end, fields, AttestedBy.SUPERVISOR_THERE)
    return PostCase(post, told.started_on, end, tuple(sorted(fields)), (whole,), (), (), (), None)

"""The posting list: what is where, what stands in the way, and what was printed together.

Every function asks a number of queries that does not grow with the papers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy

from nintei.applications import queries as applications
from nintei.certificates.models import Certificate, Posting, PostingStep, Print, Sheet
from nintei.certificates.states import Event, State
from nintei.journal import queries as journal
from nintei.people import queries as people
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.registry.models import StatusChange, Term

PAGE = 50
LANES = tuple(State)
# A certificate of one that was suspended, revoked or ended is not sent out.
NOT_SENT = ("suspended", "revoked", "ended")
HINTS = {
    "no_address": gettext_lazy("住所がありません"),
    "same_address": gettext_lazy("戻ってきたときと同じ住所です"),
    "newer": gettext_lazy("この後に作った認定証があります"),
    "not_held": gettext_lazy("いまは有効な認定ではありません"),
}
STOPS = ("no_address", "not_held")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see: a lane, words or numbers, a qualification, the day or batch of the decision."""

    lane: str = State.TO_POST
    words: str = ""
    qualification: str = ""
    day: date | None = None
    batch: UUID | None = None
    page: int = 1

    @classmethod
    def told(cls, given: Mapping[str, str]) -> Wanted:
        """From an address's query; whatever makes no sense there is as if it were not said."""
        lane, page = given.get("lane", ""), given.get("page", "1")
        return cls(
            lane=lane if lane in LANES else State.TO_POST,
            words=given.get("q", "").replace("\x00", "").strip()[:1000],
            qualification=given.get("qualification", "")[:10],
            day=_day(given.get("day", "")),
            batch=_uuid(given.get("batch", "")),
            page=int(page) if page.isdecimal() and 0 < int(page) <= 10_000 else 1,
        )

    def query(self, **other: object) -> str:
        """As an address's query, without the page; `other` changes parts of it."""
        told: dict[str, object] = {
            "lane": self.lane if self.lane != State.TO_POST else "",
            "q": self.words,
            "qualification": self.qualification,
            "day": self.day.isoformat() if self.day else "",
            "batch": self.batch or "",
        }
        return urlencode({name: value for name, value in (told | other).items() if value})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class Paper(NamedTuple):
    """One certificate on its way: whose, where to, and what to look at first (`hints`, keys of `HINTS`)."""

    posting: Posting
    name: str
    address: str
    hints: tuple[str, ...]
    sheets: list[Sheet]
    steps: list[PostingStep]

    @property
    def certificate(self) -> Certificate:
        """What lies in the envelope."""
        return self.posting.certificate

    @property
    def person(self) -> Person:
        """Who gets it."""
        return self.certificate.term.certification.person

    @property
    def number(self) -> str:
        """The number of the certification."""
        return self.certificate.term.certification.number

    @property
    def words(self) -> list[str]:
        """The hints as they are told."""
        return [str(HINTS[hint]) for hint in self.hints]

    @property
    def may_print(self) -> bool:
        """Whether nothing stands in the way of an envelope."""
        return not set(self.hints) & set(STOPS)

    @property
    def last_post(self) -> PostingStep | None:
        """How it left the last time."""
        return next((step for step in reversed(self.steps) if step.event == Event.POST), None)


class Page(NamedTuple):
    """A page of the list; `counts` of every lane, as narrowed."""

    wanted: Wanted
    papers: list[Paper]
    counts: dict[str, int]

    @property
    def pages(self) -> int:
        """How many pages the lane has; at least one."""
        return max(1, -(-self.counts[self.wanted.lane] // PAGE))


def listed(wanted: Wanted, on: date) -> Page:
    """The papers somebody wants to see, the longest waiting first; of those posted the newest first."""
    found = _narrowed(wanted)
    counts = _counts(found)
    first = (wanted.page - 1) * PAGE
    rows = whole(found.filter(state=wanted.lane)).order_by(*_order(wanted.lane))
    return Page(wanted, [_paper(row, on) for row in rows[first : first + PAGE]], counts)


def everything(wanted: Wanted, on: date) -> list[Paper]:
    """The same without pages: the whole lane, for a table to take away."""
    rows = whole(_narrowed(wanted).filter(state=wanted.lane)).order_by(*_order(wanted.lane))
    return [_paper(row, on) for row in rows]


def waiting() -> int:
    """How many certificates are to be posted: the one figure, wherever it is shown."""
    return Posting.objects.filter(state=State.TO_POST).count()


def keys(ids: Sequence[str]) -> list[UUID]:
    """What of these words is a key."""
    return [found for each in ids if (found := _uuid(each))]


def chosen(ids: list[UUID], on: date) -> list[Paper]:
    """The papers with these keys, in the order of the list."""
    return [_paper(row, on) for row in whole(Posting.objects.filter(pk__in=ids)).order_by(*_order(""))]


def paper(pk: UUID, on: date) -> Paper | None:
    """One certificate on its way."""
    row = whole(Posting.objects.filter(pk=pk)).first()
    return _paper(row, on) if row else None


def _order(lane: str) -> tuple[str, ...]:
    number = "certificate__term__certification__number"
    return ("-state_since_on", number) if lane == State.POSTED else ("state_since_on", number)


def whole(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """Postings with all that a row shows: five further queries for any number."""
    newer = Certificate.objects.filter(
        term=OuterRef("certificate__term"), copy__gt=OuterRef("certificate__copy")
    ).exclude(sha256="")
    held = "certificate__term__certification"
    return (
        rows.select_related(f"{held}__person")
        .prefetch_related(
            Prefetch("steps", PostingStep.objects.select_related("made_by").order_by("pk")),
            Prefetch("certificate__sheets", Sheet.objects.select_related("printed").order_by("number")),
            Prefetch(f"{held}__terms", Term.objects.order_by("starts_on")),
            Prefetch(f"{held}__changes", StatusChange.objects.order_by("effective_on", "id")),
        )
        .annotate(has_newer=Exists(newer))
    )


def _paper(row: Posting, on: date) -> Paper:
    certification = row.certificate.term.certification
    address, steps = certification.person.postal_address.strip(), list(row.steps.all())
    hints = _hints(row, address, steps)
    if registry.state_on(certification, on) in NOT_SENT:
        hints.append("not_held")
    sheets = list(row.certificate.sheets.all())
    return Paper(row, str(row.certificate.content["name"]), address, tuple(hints), sheets, steps)


def _hints(row: Posting, address: str, steps: list[PostingStep]) -> list[str]:
    hints = [] if address else ["no_address"]
    sent = next((step for step in reversed(steps) if step.event == Event.POST), None)
    if address and row.state == State.RETURNED and sent is not None and sent.address == address:
        hints.append("same_address")
    return [*hints, "newer"] if row.has_newer else hints  # type: ignore[attr-defined]


def _narrowed(wanted: Wanted) -> QuerySet[Posting]:
    rows, held = Posting.objects.all(), "certificate__term__certification"
    if wanted.words:
        rows = rows.filter(_words(wanted.words, held))
    if wanted.qualification:
        rows = rows.filter(**{f"{held}__qualification": wanted.qualification})
    if wanted.day:
        rows = rows.filter(certificate__term__decided_on=wanted.day)
    if wanted.batch:
        rows = rows.filter(certificate__term__cause__in=applications.decided_in(wanted.batch))
    return rows


def _words(words: str, held: str) -> Q:
    """A name, a part of a number, or several whole numbers."""
    several = [each.upper() for each in re.split(r"[\s、,]+", words) if each]
    if len(several) > 1 and all(any(sign.isdecimal() for sign in each) for each in several):
        return Q(**{f"{held}__number__in": several})
    on_paper = Q(certificate__content__name__icontains=words)
    called = Q(**{f"{held}__person__in": people.people_called(words)})
    return Q(**{f"{held}__number__icontains": words}) | on_paper | called


def _counts(rows: QuerySet[Posting]) -> dict[str, int]:
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return {str(lane): found.get(lane, 0) for lane in LANES}


class Unmade(NamedTuple):
    """A certificate that is not made, and whether the journal's signer has not yet signed that it is intended."""

    certificate: Certificate
    is_unsigned: bool


def unmade(before: datetime, most: int = PAGE) -> list[Unmade]:
    """Certificates that were to be made before an instant and are not: what a person has to look at (two queries)."""
    rows = Certificate.objects.filter(sha256="", intended_at__lt=before).order_by("intended_at")[:most]
    signed = next((row.size for row in journal.checkpoints(1)), 0)
    return [Unmade(each, each.leaf >= signed) for each in rows]


# --- what was printed together ----------------------------------------------------------------------


def prints(most: int = 10) -> list[Print]:
    """The newest prints, with who made them and how many sheets each has: one query."""
    rows = Print.objects.select_related("made_by").annotate(number=Count("sheets"))
    return list(rows.order_by("-made_at")[:most])


def printed(pk: UUID) -> Print | None:
    """One print with its sheets, their certificates and people: two queries."""
    sheets = Sheet.objects.select_related("certificate__term__certification__person", "certificate__posting")
    rows = Print.objects.select_related("made_by").prefetch_related(Prefetch("sheets", sheets.order_by("pk")))
    return rows.filter(pk=pk).first()

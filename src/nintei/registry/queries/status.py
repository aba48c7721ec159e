"""What a certification is: *valid on* a day, *as known at* an instant. One implementation for every page.

The registry keeps facts and the kernel judges them: rows become its records here. With `known`, only what was
recorded until then counts; without it, everything we know now.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from nintei.people.models import Person
from nintei.registry.models import Certification, HeldName, StatusChange, StatusKind, Term
from nintei.registry.numbers import spellings
from nintei.registry.states import MOVING, State
from nintei.rules import dates
from nintei.rules.dates import StatusCode
from nintei.shared.rulebook import edition

STATES = {
    StatusCode.NOT_CERTIFIED: State.NONE,
    StatusCode.CERTIFIED_NOT_STARTED: State.NOT_STARTED,
    StatusCode.VALID: State.VALID,
    StatusCode.VALID_PENDING_RENEWAL: State.PENDING,
    StatusCode.SUSPENDED: State.SUSPENDED,
    StatusCode.EXPIRED: State.LAPSED,
    StatusCode.REVOKED: State.REVOKED,
}


def whole() -> QuerySet[Certification]:
    """Certifications with their terms and changes, in two further queries for any number."""
    terms = Prefetch("terms", Term.objects.order_by("starts_on"))
    changes = Prefetch("changes", StatusChange.objects.order_by("effective_on", "id"))
    return Certification.objects.prefetch_related(terms, changes)


def certifications(person: Person) -> list[Certification]:
    """A person's certifications with their terms and changes, in two further queries for any number."""
    return list(whole().filter(person=person).order_by("certified_on", "qualification"))


def certification_of(person: Person, qualification: str) -> Certification | None:
    """The certification of a person in one qualification."""
    return whole().filter(person=person, qualification=qualification).first()


def certifications_with(terms: QuerySet[Term]) -> list[Certification]:
    """The certifications that have one of these terms, with people, terms and changes: three queries."""
    found = whole().filter(pk__in=terms.values("certification_id")).select_related("person")
    return list(found.order_by("number"))


def by_number(number: str) -> Certification | None:
    """The certification with this number, as printed: width and case of letters do not matter."""
    return whole().select_related("person").filter(number__in=spellings(number)).first()


def by_verify_id(verify_id: str) -> Certification | None:
    """The certification behind an unguessable id of a QR."""
    return whole().select_related("person").filter(verify_id=verify_id).first()


def current_term(certification: Certification, on: date, known: datetime | None = None) -> Term:
    """The term that runs on a day; before the first begins, the first; after the last, the last.

    Where nothing was known yet at `known`, the first term, which then counts for nothing (`status_on`).
    """
    terms = sorted(certification.terms.all(), key=lambda term: term.starts_on)
    seen = [term for term in terms if known is None or term.recorded_at <= known] or terms[:1]
    begun = [term for term in seen if term.starts_on <= on]
    return begun[-1] if begun else seen[0]


def is_known(certification: Certification, known: datetime | None) -> bool:
    """Whether the certification was in the register at all at an instant."""
    return known is None or any(term.recorded_at <= known for term in certification.terms.all())


def status_on(certification: Certification, on: date, known: datetime | None = None) -> dates.Status:
    """What the certification is on a (JST) day, as known at an instant, with the clauses it rests on."""
    term = current_term(certification, on, known)
    return dates.status_on(edition(on), _holding(certification, term, on, known), on)


def state_on(certification: Certification, on: date, known: datetime | None = None) -> State:
    """The same in the words of the table of states: one that was ended is told apart from one that ran out."""
    state = STATES[status_on(certification, on, known).code]
    ended = _ended_on(standing_changes(certification, known))
    return State.ENDED if state == State.LAPSED and ended is not None and ended <= on else state


def since(certification: Certification, on: date) -> date | None:
    """From which day it has been suspended, revoked or ended, as of a (JST) day; None where it is not."""
    acts = [
        each for each in standing_changes(certification) if each.kind in MOVING and each.effective_on <= on
    ]
    halted = bool(acts) and acts[-1].kind not in (StatusKind.RELEASED, StatusKind.REINSTATED)
    return acts[-1].effective_on if halted else None


def standing_changes(certification: Certification, known: datetime | None = None) -> list[StatusChange]:
    """The changes that count at an instant, in the order of their days: without what was annulled by then."""
    seen = [each for each in certification.changes.all() if known is None or each.recorded_at <= known]
    annulled = {each.annuls_id for each in seen}
    standing = [each for each in seen if each.kind != StatusKind.ANNULLED and each.pk not in annulled]
    return sorted(standing, key=lambda change: (change.effective_on, change.pk))


def _holding(
    certification: Certification, term: Term, on: date, known: datetime | None = None
) -> dates.Holding:
    changes = standing_changes(certification, known)
    ended = _ended_on(changes)
    end = term.ends_on if ended is None else min(term.ends_on, ended - timedelta(days=1))
    return dates.Holding(
        start=min(term.starts_on, end),
        end=end,
        certified_on=certification.certified_on if is_known(certification, known) else None,
        renewal=_renewal(certification, term, changes, known) if ended is None or ended > on else None,
        suspensions=_suspensions(changes),
        revoked_on=_revoked_on(changes, on),
    )


def _ended_on(changes: list[StatusChange]) -> date | None:
    """The first day on which it was no longer held."""
    return min((each.effective_on for each in changes if each.kind == StatusKind.ENDED), default=None)


def _revoked_on(changes: list[StatusChange], on: date) -> date | None:
    """Since when it is revoked on a day; None where it was reinstated by then. The kernel knows no way back."""
    revoked: date | None = None
    for change in changes:
        if change.effective_on > on:
            break
        if change.kind == StatusKind.REVOKED:
            revoked = revoked or change.effective_on
        elif change.kind == StatusKind.REINSTATED:
            revoked = None
    return revoked


def _renewal(
    certification: Certification, term: Term, changes: list[StatusChange], known: datetime | None
) -> dates.RenewalCase | None:
    """The last renewal filed during this term: still open, refused, withdrawn, or renewed by a later term.

    From the day it was withdrawn it keeps nothing valid, like one that was refused.
    """
    filed = [c for c in changes if c.kind == StatusKind.RENEWAL_FILED and c.effective_on <= term.ends_on]
    filed = [c for c in filed if c.effective_on >= term.starts_on]
    if not filed:
        return None
    case = filed[-1]
    for later in certification.terms.all():
        if later.cause == case.cause and (known is None or later.recorded_at <= known):
            return dates.RenewalCase(case.effective_on, later.decided_on, renewed=True)
    ends = (StatusKind.RENEWAL_REFUSED, StatusKind.RENEWAL_WITHDRAWN)
    ended = [c for c in changes if c.kind in ends and c.cause == case.cause]
    if ended:
        return dates.RenewalCase(case.effective_on, ended[0].effective_on, renewed=False)
    return dates.RenewalCase(case.effective_on)


def _suspensions(changes: list[StatusChange]) -> tuple[dates.Suspension, ...]:
    """The spans of suspension; the day of release is the first free one, and a reinstatement frees too."""
    spans: list[dates.Suspension] = []
    begun: date | None = None
    for change in changes:
        if change.kind == StatusKind.SUSPENDED and begun is None:
            begun = change.effective_on
        elif change.kind in (StatusKind.RELEASED, StatusKind.REINSTATED) and begun is not None:
            if change.effective_on > begun:
                spans.append(dates.Suspension(begun, change.effective_on - timedelta(days=1)))
            begun = None
    return (*spans, dates.Suspension(begun)) if begun else tuple(spans)


# --- names ------------------------------------------------------------------------------------------


class Called(NamedTuple):
    """The name under which a certification is held."""

    name: str
    kana: str
    latin: str


def registered_name(certification: Certification, known: datetime | None = None) -> Called:
    """The name in the register, as known at an instant; the person's own where none was ever entered."""
    rows = [each for each in certification.names.all() if known is None or each.recorded_at <= known]
    found: HeldName | Person = rows[-1] if rows else certification.person
    return Called(found.name, found.kana, found.latin)


# --- history ----------------------------------------------------------------------------------------


class Fact(NamedTuple):
    """One thing on record: from which day it counts, and since when it is known. `kind` names what.

    `until_on` is the last day of a validity; `words` a new name; `is_annulled` where a later record took it back.
    """

    kind: str
    effective_on: date
    recorded_at: datetime
    cause: str
    until_on: date | None = None
    words: str = ""
    is_annulled: bool = False

    @property
    def word(self) -> str:
        """What it is called, for a change of status."""
        return str(StatusKind(self.kind).label) if self.kind in StatusKind.values else ""


def history(certification: Certification) -> list[Fact]:
    """Everything on record about a certification, in the order in which it became known."""
    annulled = {each.annuls_id for each in certification.changes.all()}
    facts = [
        Fact("term", term.starts_on, term.recorded_at, term.cause, until_on=term.ends_on)
        for term in certification.terms.all()
    ]
    facts += [
        Fact(each.kind, each.effective_on, each.recorded_at, each.cause, is_annulled=each.pk in annulled)
        for each in certification.changes.all()
    ]
    facts += [
        Fact("name", each.from_on, each.recorded_at, each.cause, words=each.name)
        for each in certification.names.all()
    ]
    return sorted(facts, key=lambda fact: (fact.recorded_at, fact.effective_on))

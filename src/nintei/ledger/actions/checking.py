"""What a draft must be before it is logged or amended: the first reason against it is refused."""

from __future__ import annotations

from datetime import date

from nintei.courses import queries as courses
from nintei.ledger import queries, refusals, serving  # noqa: F401  (refusals declares the sentences)
from nintei.ledger.drafts import Draft
from nintei.ledger.models import MOST_ITEMS, Activity, Proof
from nintei.people.models import Person
from nintei.rules.edition import Edition, Unit
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on


def check_draft(*, person: Person, draft: Draft, on: date, instead_of: Activity | None = None) -> None:
    """Refuse a draft that makes no sense on a (JST) day, with the first reason found.

    Words, category, field and course by the edition of that day; days not in the future; the person's day
    no longer than 24 hours in all (AMB-C21), `instead_of` not counted.
    """
    edition = edition_on(on)
    check_words(edition, draft)
    check_days_of(edition, draft, on)
    _check_course(edition, draft)
    beside = queries.lines_on(person, draft.by_day())
    queries.long_days(draft, on, [line for line in beside if line != instead_of])


def check_words(edition: Edition, draft: Draft) -> None:
    """Refuse a draft without a title, or with words that the edition does not know."""
    if not draft.title.strip():
        raise Refused("ledger.title_missing")
    if draft.category not in edition.categories:
        raise Refused("ledger.category_unknown", category=draft.category, edition=edition.id)
    if draft.topic and draft.topic not in edition.fields:
        raise Refused("ledger.topic_unknown", topic=draft.topic)
    if not draft.topic and edition.categories[draft.category].needs_topic:
        raise Refused("ledger.topic_missing", category=draft.category)
    if draft.competency and draft.competency not in queries.competencies(edition):
        raise Refused("ledger.competency_unknown", competency=draft.competency)
    if draft.proof not in Proof.values:
        raise Refused("ledger.proof_unknown", proof=draft.proof)
    check_serves(edition, draft.serves)


def check_serves(edition: Edition, serves: str) -> None:
    """Where a line counts for one qualification only, it says for which (AMB-C15)."""
    if (served := serving.choices(edition)) and serves not in served:
        raise Refused("ledger.serves_missing", choices="、".join(served))
    if serves and not served:
        raise Refused("ledger.serves_all")


def check_days_of(edition: Edition, draft: Draft, today: date) -> None:
    """Refuse a draft without a day, with a day to come, with a period that cannot be, or with time where its
    category counts items and the other way round."""
    if not draft.sessions:
        raise Refused("ledger.no_session")
    by_item = edition.categories[draft.category].unit is Unit.ITEM
    if by_item:
        _check_items(draft)
    elif draft.items:
        raise Refused("ledger.items_not_asked", category=draft.category, items=draft.items)
    if draft.from_on is not None:
        _check_period(draft.from_on, draft)
    for on, minutes in draft.sessions:
        if on > today:
            raise Refused("ledger.day_in_future", on=on, today=today)
        if minutes < 1 and not by_item:
            raise Refused("ledger.minutes_not_positive", on=on, minutes=minutes)


def _check_items(draft: Draft) -> None:
    """Items fall on one day, so that nobody has to guess in which year they count; their time is not asked."""
    if not 1 <= draft.items <= MOST_ITEMS:
        raise Refused("ledger.items_missing", category=draft.category, items=draft.items, most=MOST_ITEMS)
    if draft.minutes:
        raise Refused("ledger.minutes_not_asked", category=draft.category, minutes=draft.minutes)
    if len(draft.by_day()) > 1 or draft.from_on:
        raise Refused("ledger.items_on_one_day", category=draft.category)


def _check_period(first: date, draft: Draft) -> None:
    """A period has one sum of hours, which its days can hold (AMB-C6, AMB-C8)."""
    if len(draft.by_day()) > 1:
        raise Refused("ledger.period_has_one_sum")
    [(last, minutes)] = draft.by_day().items()
    if first >= last:
        raise Refused("ledger.period_ends_first", first=first, last=last)
    if minutes > ((last - first).days + 1) * 24 * 60:
        raise Refused("ledger.period_too_short", first=first, last=last, minutes=minutes)


def _check_course(edition: Edition, draft: Draft) -> None:
    if not edition.categories[draft.category].needs_registered_course:
        return
    course = queries.course_named(draft.course)
    if course is None:
        raise Refused("ledger.course_missing", category=draft.category)
    for on, _ in draft.sessions:
        if not courses.is_accredited(course, on):
            raise Refused("ledger.course_not_accredited", course=course, on=on)

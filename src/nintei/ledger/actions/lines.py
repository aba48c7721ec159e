"""Lines and their evidence: log, amend, withdraw, attach, freeze.

A person's row is locked first, so that two requests of one holder cannot together pass the 24 hours of a day.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from procrastinate.contrib.django import app

from nintei.courses import queries as courses
from nintei.journal.actions import record
from nintei.ledger import queries, refusals, serving  # noqa: F401  (refusals declares the sentences)
from nintei.ledger.drafts import Draft, draft_of
from nintei.ledger.models import MOST_ITEMS, Activity, ActivitySession, Claim, Evidence, Proof
from nintei.people.models import Person
from nintei.registry.models import Certification, Term
from nintei.rules.edition import Edition, Unit
from nintei.shared.clock import JST
from nintei.shared.files import TakenFile
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on


@transaction.atomic
def log_activity(*, by: str, person: Person, draft: Draft, at: datetime) -> Activity:
    """Record an activity as claimed; what it counts is the kernel's to say.

    A day outside the cycle is taken and shown as not counting. Raises `Refused` where the draft makes no
    sense: `check_draft` lists the reasons.
    """
    lock(person)
    check_draft(person=person, draft=draft, on=at.astimezone(JST).date())
    activity = Activity.objects.create(person=person, logged_at=at, **columns_of(draft))
    _write_sessions(activity, draft)
    record(by=by, verb="ledger.log_activity", subject=f"activity:{activity.id}", at=at, data=told_of(draft))
    return activity


@transaction.atomic
def amend_activity(*, by: str, activity: Activity, draft: Draft, at: datetime) -> Activity:
    """Change an activity that no renewal has claimed; the journal keeps both readings of it."""
    lock(activity.person)
    _refuse_unless_open(activity)
    if courses.is_confirmed(activity.pk):
        raise Refused("ledger.confirmed_by_provider", provider=activity.organiser)
    check_draft(person=activity.person, draft=draft, on=at.astimezone(JST).date(), instead_of=activity)
    before = told_of(draft_of(activity))
    for name, value in columns_of(draft).items():
        setattr(activity, name, value)
    activity.save()
    activity.sessions.all().delete()
    _write_sessions(activity, draft)
    told: dict[str, object] = {"before": before, "after": told_of(draft)}
    record(by=by, verb="ledger.amend_activity", subject=f"activity:{activity.id}", at=at, data=told)
    return activity


@transaction.atomic
def withdraw_activity(*, by: str, activity: Activity, at: datetime) -> Activity:
    """Take an unclaimed activity out of the log. The row stays, so that the journal keeps its subject."""
    lock(activity.person)
    _refuse_unless_open(activity)
    activity.withdrawn_at = at
    activity.save(update_fields=["withdrawn_at"])
    told = told_of(draft_of(activity))
    record(by=by, verb="ledger.withdraw_activity", subject=f"activity:{activity.id}", at=at, data=told)
    return activity


@transaction.atomic
def attach_evidence(*, by: str, activity: Activity, taken: TakenFile, at: datetime) -> Evidence:
    """Keep a file that was taken in (P9) with an activity; also after a claim, for the audit."""
    lock(activity.person)
    if activity.evidence.filter(sha256=taken.sha256, removed_at=None).exists():
        raise Refused("ledger.same_file_again", name=taken.file_name)
    columns = {"sha256": taken.sha256, "kind": taken.kind, "size": taken.size}
    evidence = Evidence.objects.create(
        activity=activity, added_at=at, pages=taken.pages, file_name=taken.file_name, **columns
    )
    app.configure_task("ledger.look_at", queue="ledger").defer(kind=taken.kind, sha256=taken.sha256)
    told: dict[str, object] = {"name": taken.file_name, **columns}
    record(by=by, verb="ledger.attach_evidence", subject=f"activity:{activity.id}", at=at, data=told)
    return evidence


@transaction.atomic
def remove_evidence(*, by: str, evidence: Evidence, at: datetime) -> Evidence:
    """Take a file away from an unclaimed activity; what was shown to the office stays shown."""
    lock(evidence.activity.person)
    _refuse_unless_open(evidence.activity)
    evidence.removed_at = at
    evidence.save(update_fields=["removed_at"])
    told: dict[str, object] = {"sha256": evidence.sha256}
    record(by=by, verb="ledger.remove_evidence", subject=f"activity:{evidence.activity_id}", at=at, data=told)
    return evidence


@transaction.atomic
def freeze_claim(*, by: str, certification: Certification, term: Term, on: date, at: datetime) -> Claim:
    """Keep what a renewal filed on a (JST) day claims: lines, edition, balance, hash (AMB-C19, promise P3).

    One claim stands for a term: asked again, it is returned unchanged (P2) until it is released.
    """
    lock(certification.person)
    if claim := queries.claim_for(certification, term):
        return claim
    frozen = queries.freeze(certification, on)
    claim = Claim.objects.create(
        certification=certification,
        term=term,
        ordinal=1 + Claim.objects.filter(term=term).count(),
        filed_on=on,
        edition=frozen["edition"],
        lines=frozen["lines"],
        balance=frozen["balance"],
        sha256=queries.fingerprint(frozen),
        frozen_at=at,
    )
    told = frozen | {"sha256": claim.sha256, "ordinal": claim.ordinal}
    record(by=by, verb="ledger.freeze_claim", subject=f"claim:{claim.id}", at=at, data=told)
    return claim


@transaction.atomic
def tie_hours(*, by: str, activity: Activity, other: Activity, at: datetime) -> Activity:
    """Say that two lines of a log are the same hours: they count once from now on (AMB-C7).

    A line that a renewal has claimed, and one that a provider confirmed, keep what they say; the other is tied to it.
    """
    lock(activity.person)
    _refuse_unless_open(activity)
    if activity.person_id != other.person_id or activity.pk == other.pk:
        raise Refused("ledger.not_both_yours")
    key = other.same_activity or activity.same_activity or str(other.pk)
    for line in (activity, other):
        if line.same_activity != key:
            _refuse_unless_open(line)
            before, line.same_activity = line.same_activity, key
            line.save(update_fields=["same_activity"])
            told: dict[str, object] = {"before": {"same_activity": before}, "after": {"same_activity": key}}
            record(by=by, verb="ledger.tie_hours", subject=f"activity:{line.pk}", at=at, data=told)
    return activity


@transaction.atomic
def use_for(*, by: str, activity: Activity, serves: str, on: date, at: datetime) -> Activity:
    """Say for which qualification's renewal a line is used, also of one that a provider confirmed (AMB-C15).

    Raises `Refused`: `ledger.serves_missing`, `ledger.already_claimed`, `ledger.already_withdrawn`.
    """
    lock(activity.person)
    _refuse_unless_open(activity)
    _check_serves(edition_on(on), serves)
    if activity.serves != serves:
        before, activity.serves = activity.serves, serves
        activity.save(update_fields=["serves"])
        told: dict[str, object] = {"before": {"serves": before}, "after": {"serves": serves}}
        record(by=by, verb="ledger.use_for", subject=f"activity:{activity.pk}", at=at, data=told)
    return activity


@transaction.atomic
def release_claim(*, by: str, certification: Certification, term: Term, why: str, at: datetime) -> None:
    """Let go of what a renewal claimed, because it is amended or withdrawn: its lines are open again.

    The row and its leaf stay. Where nothing is claimed, nothing happens (P2).
    """
    lock(certification.person)
    claim = queries.claim_for(certification, term)
    if claim is None:
        return
    claim.released_at = at
    claim.save(update_fields=["released_at"])
    told: dict[str, object] = {"sha256": claim.sha256, "ordinal": claim.ordinal, "why": why}
    record(by=by, verb="ledger.release_claim", subject=f"claim:{claim.id}", at=at, data=told)


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
    _check_serves(edition, draft.serves)


def _check_serves(edition: Edition, serves: str) -> None:
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


def _refuse_unless_open(activity: Activity) -> None:
    activity.refresh_from_db(fields=["withdrawn_at"])
    if activity.withdrawn_at:
        raise Refused("ledger.already_withdrawn", title=activity.title)
    if claim := queries.claim_of(activity):
        raise Refused("ledger.already_claimed", title=activity.title, filed_on=claim.filed_on)


def lock(person: Person) -> None:
    """Let the other requests about this person's log wait."""
    Person.objects.select_for_update().values_list("pk").get(pk=person.pk)


def _write_sessions(activity: Activity, draft: Draft) -> None:
    ActivitySession.objects.bulk_create(sessions_of(activity, draft))


def sessions_of(activity: Activity, draft: Draft) -> list[ActivitySession]:
    """The rows of a draft's days, not yet written; the earliest time of a day is kept."""
    begins = dict(sorted(draft.begins, reverse=True))
    return [
        ActivitySession(
            activity=activity, on=on, minutes=minutes, from_on=draft.from_on, begins=begins.get(on)
        )
        for on, minutes in draft.by_day().items()
    ]


def columns_of(draft: Draft) -> dict[str, object]:
    """A draft as the columns of its row."""
    return _words_of(draft) | {"course_id": draft.course, "items": draft.items}


def _words_of(draft: Draft) -> dict[str, object]:
    names = (
        "category",
        "organiser",
        "topic",
        "competency",
        "proof",
        "detail",
        "same_activity",
        "serves",
        "source_key",
    )
    words: dict[str, object] = {name: getattr(draft, name) for name in names}
    return words | {"title": draft.title.strip()}


def told_of(draft: Draft) -> dict[str, object]:
    """A draft as the journal tells it."""
    sessions: list[object] = [
        {"on": on.isoformat(), "minutes": minutes} for on, minutes in draft.by_day().items()
    ]
    told = _words_of(draft) | {
        "course_id": str(draft.course) if draft.course else None,
        "sessions": sessions,
    }
    if draft.items:
        told["items"] = draft.items
    if not draft.serves:
        del told["serves"]
    if draft.from_on:
        told["from_on"] = draft.from_on.isoformat()
    if draft.begins:
        told["begins"] = {on.isoformat(): f"{begins:%H:%M}" for on, begins in draft.begins}
    return told

"""What may be done with posts: save one, remove one, say when one was away."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction

from nintei.experience.models import Leave, Post, PostField, Precision
from nintei.experience.queries import why_fixed
from nintei.experience.said import Away
from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.shared import wording
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

FIRST_YEAR = date(1900, 1, 1)


@transaction.atomic
def save_post(
    *,
    by: str,
    person: Person,
    at: datetime,
    on: date,
    organisation: str,
    started_on: date,
    ended_on: date | None,
    fields: Mapping[str, str],
    department: str = "",
    role: str = "",
    duties: str = "",
    precision: str = Precision.DAY,
    post_id: uuid.UUID | None = None,
) -> Post:
    """Write a post, or change one that nobody has been asked about (MAN-ウ②.4).

    `fields` maps a field's key to what was done there; `ended_on` None is the present post. By months, the
    days become the 1st and the month's last day (AMB-E7). Raises `Refused` for days in the future, before
    birth or in the wrong order, no or unknown fields, a foreign post, one asked about or attested.
    """
    if precision == Precision.MONTH:
        started_on, ended_on = started_on.replace(day=1), ended_on and min(_month_end(ended_on), on)
    _check_days(person, started_on, ended_on, on)
    _check_fields(fields, on)
    if not organisation.strip():
        raise Refused("experience.no_organisation")
    post = _open_post(person, post_id) if post_id else Post(person=person)
    post.organisation, post.department, post.role = organisation.strip(), department.strip(), role.strip()
    post.started_on, post.ended_on, post.precision = started_on, ended_on, precision
    post.duties, post.saved_at = duties.strip(), at
    post.save()
    post.fields.all().delete()
    PostField.objects.bulk_create(PostField(post=post, field=key, done=done) for key, done in fields.items())
    _record_post(by, "experience.save_post", post, at, fields=sorted(fields))
    return post


@transaction.atomic
def remove_post(*, by: str, person: Person, post_id: uuid.UUID, at: datetime) -> None:
    """Take a post out of the case; refused once it has been attested or while an attestor is asked."""
    post = _open_post(person, post_id)
    post.removed_at = at
    post.save(update_fields=["removed_at"])
    _record_post(by, "experience.remove_post", post, at)


@transaction.atomic
def save_leaves(*, by: str, person: Person, post_id: uuid.UUID, away: Iterable[Away], at: datetime) -> Post:
    """Write the leaves of a post anew: days that are not worked and do not count (AMB-E9).

    Refused as for `save_post`, and for a leave outside the post, one that ends before it begins, or two
    that overlap.
    """
    post = _open_post(person, post_id)
    leaves = sorted(away, key=lambda each: each.from_on)
    for each in leaves:
        _check_leave(post, each)
    for one, next_one in pairwise(leaves):
        if one.until_on is None or next_one.from_on <= one.until_on:
            raise Refused("experience.leaves_overlap", day=wording.day(next_one.from_on))
    post.leaves.all().delete()
    Leave.objects.bulk_create(
        Leave(post=post, from_on=each.from_on, until_on=each.until_on, reason=each.reason) for each in leaves
    )
    days = [[e.from_on.isoformat(), e.until_on and e.until_on.isoformat()] for e in leaves]
    _record_post(by, "experience.save_leaves", post, at, leaves=days)
    return post


def _check_leave(post: Post, away: Away) -> None:
    if away.until_on and away.until_on < away.from_on:
        started, ended = wording.day(away.from_on), wording.day(away.until_on)
        raise Refused("experience.leave_order", started=started, ended=ended)
    last = away.until_on or away.from_on
    if away.from_on < post.started_on or (post.ended_on and last > post.ended_on):
        raise Refused("experience.leave_outside_post", day=wording.day(away.from_on))


def _month_end(day: date) -> date:
    first = day.replace(day=28) + timedelta(days=4)
    return first - timedelta(days=first.day)


def _check_days(person: Person, started_on: date, ended_on: date | None, on: date) -> None:
    if started_on > on:
        raise Refused("experience.starts_after_today", today=wording.day(on))
    if started_on < FIRST_YEAR:
        raise Refused("experience.before_1900", started=wording.day(started_on))
    if person.born_on and started_on < person.born_on:
        started, born = wording.day(started_on), wording.day(person.born_on)
        raise Refused("experience.before_birth", started=started, born=born)
    if ended_on and ended_on > on:
        raise Refused("experience.ends_after_today", today=wording.day(on))
    if ended_on and ended_on < started_on:
        started, ended = wording.day(started_on), wording.day(ended_on)
        raise Refused("experience.ends_before_start", started=started, ended=ended)


def _check_fields(fields: Mapping[str, str], on: date) -> None:
    if not fields:
        raise Refused("experience.no_field")
    for key in fields:
        if key not in edition(on).fields:
            raise Refused("experience.unknown_field", field=key)


def _open_post(person: Person, post_id: uuid.UUID) -> Post:
    """The person's own post, locked, that nobody is asked about and nobody has attested."""
    post = Post.objects.select_for_update().filter(pk=post_id, person=person, removed_at=None).first()
    if post is None:
        raise Refused("experience.not_yours")
    if why := why_fixed(post):
        raise Refused(why)
    return post


def _record_post(by: str, verb: str, post: Post, at: datetime, **more: object) -> None:
    days = {
        "started_on": post.started_on.isoformat(),
        "ended_on": post.ended_on and post.ended_on.isoformat(),
    }
    data = {"organisation": post.organisation, "department": post.department, **days, **more}
    record(by=by, verb=verb, subject=f"post:{post.id}", at=at, data=data)

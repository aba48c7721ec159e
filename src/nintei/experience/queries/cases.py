"""What may be asked about posts and attestations; the bridge to the kernel's criterion ②."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Prefetch, QuerySet

from nintei.experience.models import (
    Answer,
    AskedPost,
    AttestationRequest,
    Post,
    RequestState,
    Statement,
)
from nintei.experience.pieces import Piece, asked_about
from nintei.experience.queries.coverage import Stretch, stretches, uncovered
from nintei.experience.queries.substitution import Claimed, substitutions
from nintei.people.models import Person
from nintei.rules import experience as kernel


@dataclass(frozen=True, slots=True)
class PostCase:
    """A post with what has been said of it. `start`–`end` are its days up to the day asked for."""

    post: Post
    start: date
    end: date
    fields: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    leaves: tuple[kernel.Span, ...]
    uncovered: tuple[Piece, ...]
    statements: tuple[Statement, ...]
    waiting: AttestationRequest | None

    @property
    def worked(self) -> tuple[kernel.Span, ...]:
        """The days of it without the leaves."""
        return kernel.without([kernel.Span(self.start, self.end)], self.leaves)

    @property
    def attested(self) -> bool:
        """Every day and field of it is vouched for, but for the leaves."""
        return not self.uncovered

    @property
    def answered(self) -> bool:
        """Somebody has vouched for at least a part."""
        return any(statement.answer != Answer.CANNOT for statement in self.statements)

    @property
    def days_after_signature(self) -> int:
        """Days of a present post that nobody has signed for yet: they count (AMB-E6), a reviewer sees it."""
        return _after_signature(self.statements, self.end, goes_on=self.post.ended_on is None)


@dataclass(frozen=True, slots=True)
class Case:
    """All of a person's posts and requests on a day."""

    person: Person
    on: date
    posts: tuple[PostCase, ...]
    requests: tuple[AttestationRequest, ...]
    substitutions: tuple[Claimed, ...] = ()

    @property
    def substituted(self) -> int:
        """The months granted; the kernel takes no more than the edition's cap (MAN-ウ②.※1, AMB-E5)."""
        return sum(each.months or 0 for each in self.substitutions)

    @property
    def waiting(self) -> tuple[AttestationRequest, ...]:
        """Requests an attestor can still answer."""
        return tuple(r for r in self.requests if r.state == RequestState.OPEN and not r.is_over(self.on))

    @property
    def expired(self) -> tuple[AttestationRequest, ...]:
        """Requests that ran out without an answer."""
        return tuple(r for r in self.requests if r.state == RequestState.OPEN and r.is_over(self.on))


Away = Mapping[str, tuple[kernel.Span, ...]]


def case(person: Person, on: date, until: date | None = None, away: Away | None = None) -> Case:
    """Everything criterion ② stands on for a person, in eight queries for any number of posts.

    `on` is the day on which it is looked at: what was signed by then counts. `until` is the last day of
    experience, where that is an earlier one: the day of application (AMB-E6). `away` are leaves besides those
    the applicant told, by post (AMB-E9).
    """
    requests = tuple(
        AttestationRequest.objects.filter(person=person).prefetch_related(
            Prefetch("posts", Post.objects.prefetch_related("fields")),
            Prefetch("statements", Statement.objects.select_related("post")),
        )
    )
    last, more = until or on, away or {}
    rows = tuple(
        _post_case(post, requests, on, last, more.get(str(post.pk), ()))
        for post in _posts(person)
        if post.started_on <= last
    )
    return Case(person, on, rows, requests, substitutions(person, on))


def posts_for_rules(person: Person, on: date) -> tuple[kernel.Post, ...]:
    """The posts as the kernel weighs them, cut where the vouching changes (MAN-ウ②.5)."""
    return for_rules(case(person, on).posts)


def for_rules(rows: Iterable[PostCase]) -> tuple[kernel.Post, ...]:
    """The kernel's posts of some rows: one for each stretch."""
    return tuple(
        kernel.Post(
            str(row.post.id), stretch.start, stretch.end, stretch.fields, stretch.attested_by, row.leaves
        )
        for row in rows
        for stretch in row.stretches
    )


def as_claimed(rows: Iterable[PostCase]) -> tuple[kernel.Post, ...]:
    """The same posts as if every word of them were attested: what the applicant says they hold."""
    return tuple(
        kernel.Post(str(row.post.id), row.start, row.end, frozenset(row.fields), leaves=row.leaves)
        for row in rows
    )


def freeze(found: Case) -> list[dict[str, object]]:
    """The posts as JSON, to be kept with an application and weighed again years later (P3)."""
    return [_frozen(row) for row in found.posts]


def thaw(frozen: Iterable[dict[str, object]]) -> tuple[kernel.Post, ...]:
    """The kernel's posts from what `freeze` kept."""
    return tuple(
        kernel.Post(
            str(row["id"]),
            date.fromisoformat(stretch["start"]),
            date.fromisoformat(stretch["end"]),
            frozenset(stretch["fields"]),
            kernel.AttestedBy(stretch["attested_by"]),
            _thawed_leaves(row),
        )
        for row in frozen
        for stretch in cast(list[dict[str, str]], row["stretches"])
    )


def _thawed_leaves(row: dict[str, object]) -> tuple[kernel.Span, ...]:
    """The leaves of a kept post; one kept before there were any has none."""
    kept = cast(list[list[str]], row.get("leaves", []))
    return tuple(kernel.Span(date.fromisoformat(start), date.fromisoformat(end)) for start, end in kept)


def with_statements(
    frozen: Iterable[Mapping[str, Any]], on: date
) -> tuple[list[dict[str, Any]], tuple[Statement, ...]]:
    """Frozen posts with everything signed about them up to a day, and the statements that are new.

    Days, fields and leaves stay as they were handed in: only who vouches for them changes (MAN-ウ②.5).
    A post about which nothing new was said comes back letter for letter.
    """
    rows = [dict(row) for row in frozen]
    said = Statement.objects.filter(post_id__in=[row["id"] for row in rows], signed_on__lte=on)
    by_post: dict[str, list[Statement]] = {}
    for statement in said.order_by("signed_at", "id"):
        by_post.setdefault(str(statement.post_id), []).append(statement)
    news = [_take_in(row, by_post.get(str(row["id"]), [])) for row in rows]
    return rows, tuple(statement for new in news for statement in new)


def _take_in(row: dict[str, Any], said: list[Statement]) -> list[Statement]:
    """Vouch for a frozen post anew, if something was said of it since; what that is."""
    known = {statement["id"] for statement in row["statements"]}
    new = [statement for statement in said if str(statement.pk) not in known]
    if new:
        start = date.fromisoformat(row["started_on"])
        end = max(date.fromisoformat(stretch["end"]) for stretch in row["stretches"])
        cut = stretches(start, end, frozenset(row["fields"]), said)
        row["stretches"] = [_stretched(stretch) for stretch in cut]
        row["statements"] = [*row["statements"], *(_statement(statement) for statement in new)]
        row["days_after_signature"] = _after_signature(said, end, goes_on=row["ended_on"] is None)
    return new


def post_of(person: Person, post_id: uuid.UUID) -> Post | None:
    """A person's own post that has not been removed."""
    return _posts(person).filter(pk=post_id).first()


def why_fixed(post: Post) -> str:
    """The refusal that a change of a post would meet today: an attestor is asked, or has vouched; else nothing."""
    if post.requests.filter(state=RequestState.OPEN).exists():
        return "experience.post_waits"
    if Statement.objects.filter(post=post).exclude(answer=Answer.CANNOT).exists():
        return "experience.post_attested"
    return ""


def _posts(person: Person) -> QuerySet[Post]:
    return Post.objects.filter(person=person, removed_at=None).prefetch_related("fields", "leaves")


def _post_case(
    post: Post,
    requests: tuple[AttestationRequest, ...],
    on: date,
    last: date,
    away: tuple[kernel.Span, ...],
) -> PostCase:
    asked = [r for r in requests if any(each.pk == post.pk for each in r.posts.all())]
    said = tuple(s for r in asked for s in r.statements.all() if s.post_id == post.pk and s.signed_on <= on)
    open_ones = [r for r in asked if r.state == RequestState.OPEN and not r.is_over(on)]
    end = min(post.ended_on or last, last)
    fields = tuple(row.field for row in post.fields.all())
    cut = stretches(post.started_on, end, frozenset(fields), said)
    leaves = (*leaves_of(post), *away)
    left = uncovered(cut, end, leaves, goes_on=post.ended_on is None)
    waiting = open_ones[-1] if open_ones else None
    return PostCase(post, post.started_on, end, fields, cut, leaves, left, said, waiting)


def _after_signature(said: Iterable[Statement], end: date, *, goes_on: bool) -> int:
    signed = [statement.signed_on for statement in said if statement.answer != Answer.CANNOT]
    return max(0, (end - max(signed)).days) if signed and goes_on else 0


def leaves_of(post: Post) -> tuple[kernel.Span, ...]:
    """The days of a post on which nothing was worked; a leave that goes on has no end (AMB-E9)."""
    return tuple(kernel.Span(leave.from_on, leave.until_on or date.max) for leave in post.leaves.all())


def _frozen(row: PostCase) -> dict[str, object]:
    post = row.post
    return {
        "id": str(post.id),
        "organisation": post.organisation,
        "department": post.department,
        "role": post.role,
        "started_on": post.started_on.isoformat(),
        "ended_on": post.ended_on and post.ended_on.isoformat(),
        "duties": post.duties,
        "fields": {field.field: field.done for field in post.fields.all()},
        "days_after_signature": row.days_after_signature,
        "leaves": [[span.start.isoformat(), span.end.isoformat()] for span in row.leaves],
        "stretches": [_stretched(stretch) for stretch in row.stretches],
        "statements": [_statement(statement) for statement in row.statements],
    }


def _stretched(stretch: Stretch) -> dict[str, object]:
    return {
        "start": stretch.start.isoformat(),
        "end": stretch.end.isoformat(),
        "fields": sorted(stretch.fields),
        "attested_by": str(stretch.attested_by),
    }


def _statement(statement: Statement) -> dict[str, object]:
    return {
        "id": str(statement.id),
        "attestor": statement.signed_name,
        "answer": statement.answer,
        "role": statement.role,
        "was_there": statement.was_there,
        "belongs_still": statement.belongs_still,
        "signed_on": statement.signed_on.isoformat(),
        "channel": statement.channel,
        "arrived_on": statement.arrived_on and statement.arrived_on.isoformat(),
        "language": statement.language,
        "sha256": statement.text_sha256,
        "text": statement.text,
    }


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What an attestor is asked about one post, as they read it: days up to the day asked for."""

    post: Post
    pieces: tuple[Piece, ...]
    is_rest: bool
    spans: tuple[kernel.Span, ...]
    leaves: tuple[kernel.Span, ...]


def asked_lines(request: AttestationRequest, on: date) -> list[AskedLine]:
    """The posts of a request in the order of time, each with the days and fields asked about."""
    rows = request.asked.select_related("post").prefetch_related("post__fields", "post__leaves")
    return [_asked_line(row, on) for row in sorted(rows, key=lambda row: (row.post.started_on, row.post_id))]


def _asked_line(row: AskedPost, on: date) -> AskedLine:
    pieces = asked_about(row)
    spans = kernel.unite(kernel.Span(p.start, min(p.end or on, on)) for p in pieces)
    return AskedLine(row.post, pieces, bool(row.pieces), spans, leaves_of(row.post))

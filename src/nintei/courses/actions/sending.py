"""Attendance sent by a provider's program: a roster by another way in, judged and credited the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from nintei.courses.actions.rosters import take_in
from nintei.courses.judging import judge
from nintei.courses.models import CourseSession, ProviderToken, Roster
from nintei.courses.rosterfile import Reading, Row
from nintei.shared.refusals import Refused


def send_roster(
    *,
    by: ProviderToken,
    session: CourseSession,
    key: str,
    rows: Sequence[Row],
    partial: bool,
    on: date,
    at: datetime,
) -> Roster:
    """Take in what a program sends under a key of its own, all of it or nothing; `partial` as `confirm_roster`.

    The same key again, and a hundred at once, give the first roster. Raises `Refused` with
    `courses.roster_has_faults` and its faults, `courses.key_of_another`.
    """
    digest = _digest(session, rows, partial)
    if known := Roster.objects.filter(token=by, key=key).first():
        return _same(known, digest)
    try:
        with transaction.atomic():
            roster = Roster.objects.create(
                session=session,
                sha256=digest,
                file_name=key,
                dropped_by=by.by,
                dropped_at=at,
                token=by,
                key=key,
            )
            judged = judge(session, Reading(tuple(rows), ()), on)
            return take_in(by=by.by, roster=roster, judged=judged, partial=partial, at=at)
    except IntegrityError:
        # Another request with this key was quicker: its roster is the answer.
        return _same(Roster.objects.get(token=by, key=key), digest)


def _same(known: Roster, digest: str) -> Roster:
    if known.sha256 != digest:
        raise Refused("courses.key_of_another", key=known.key)
    return known


def _digest(session: CourseSession, rows: Sequence[Row], partial: bool) -> str:
    """What makes two requests the same."""
    plain = [[row.number, row.kana, row.on.isoformat() if row.on else None, row.minutes] for row in rows]
    told = json.dumps([str(session.pk), partial, plain], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()

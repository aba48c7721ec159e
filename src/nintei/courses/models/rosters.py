"""What providers hand in: rosters of attendees, and attendance codes given out at the venue."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.courses.models.machines import ProviderToken
from nintei.courses.models.providers import APPEND_ONLY
from nintei.courses.models.sessions import Attendance, CourseSession


class Roster(models.Model):
    """A file of attendees: dropped, looked at, confirmed, and carried out by the worker row by row.

    The bytes are kept only until it is confirmed or left; its rows are kept. What a program sends is a roster
    too: by its `token`, under a `key` of the sender's, so that sending it twice is once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(CourseSession, on_delete=models.PROTECT, related_name="rosters")
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(blank=True)
    dropped_by = models.CharField(max_length=100)
    dropped_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    token = models.ForeignKey(
        ProviderToken, on_delete=models.PROTECT, null=True, blank=True, related_name="rosters"
    )
    key = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-dropped_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["token", "key"], condition=Q(token__isnull=False), name="courses_one_roster_a_key"
            ),
            models.CheckConstraint(condition=Q(token=None) | ~Q(key=""), name="courses_token_brings_its_key"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(confirmed_at__isnull=False),
                name="courses_roster_finished_after_confirmed",
            ),
        ]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"roster:{self.pk}"


class Outcome(models.TextChoices):
    """What became of a row of a roster. A wrong number and a missing one look the same."""

    WAITING = "waiting", _("取り込み待ち")
    CREDITED = "credited", _("受け付けました")
    KNOWN = "known", _("登録済み")
    NOT_TAKEN = "not_taken", _("受け付けられません")


class RosterRow(models.Model):
    """A row as the provider sent it, and what became of it. `minutes` None is the whole of the day.

    `as_sent` are the words of a row that could not be read: number, reading, day and minutes as they were written.
    """

    roster = models.ForeignKey(Roster, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=100)
    kana = models.CharField(max_length=100)
    on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    as_sent = models.JSONField(null=True, blank=True)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="roster_rows"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)

    class Meta:
        ordering: ClassVar[list[str]] = ["line"]
        indexes: ClassVar = [
            models.Index(fields=["roster"], condition=Q(outcome="waiting"), name="courses_rows_waiting")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster", "line"], name="courses_one_row_a_line"),
            models.CheckConstraint(
                condition=Q(outcome="not_taken") | Q(person__isnull=False), name="courses_taken_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(outcome="not_taken") | Q(as_sent__isnull=True), name="courses_taken_was_read"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__outcome="waiting"),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]


class SeatCode(models.Model):
    """A code for one seat on one day of a holding: whoever redeems it first attended. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(CourseSession, on_delete=models.PROTECT, related_name="codes")
    day = models.PositiveSmallIntegerField()
    seat = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    issued_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["day", "seat"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "day", "seat"], name="courses_one_code_a_seat"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="courses_code_is_open"),
        ]
        triggers: ClassVar = [APPEND_ONLY]


class Redemption(models.Model):
    """That a code was used, by whom: the key of this table is what makes a code single-use."""

    code = models.OneToOneField(
        SeatCode, on_delete=models.PROTECT, primary_key=True, related_name="redemption"
    )
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="redemptions")
    redeemed_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]

"""Holdings of a course (開催) and who attended. Corrections append revisions; nothing is overwritten."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.courses.models.courses import Course
from nintei.courses.models.providers import APPEND_ONLY


class CourseSession(models.Model):
    """One holding of a course, on one day or several; without `days` it is open from its first day to its last.

    The columns repeat the newest `SessionRevision`, so that the catalogue can be searched; `revision` is its number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    first_on = models.DateField(db_index=True)
    last_on = models.DateField()
    days = models.JSONField(default=list, blank=True)
    place = models.CharField(max_length=200)
    revision = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["first_on", "place", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="courses_session_order"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"session:{self.pk}"

    @property
    def minutes(self) -> int:
        """The net minutes of all days; those of the course where the days are free."""
        return sum(day["minutes"] for day in self.days) if self.days else self.course.minutes


class SessionRevision(models.Model):
    """What a holding was said to be, each time it was said. Never edited."""

    session = models.ForeignKey(CourseSession, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    days = models.JSONField(default=list, blank=True)
    place = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "number"], name="courses_one_revision_a_number")
        ]
        triggers: ClassVar = [APPEND_ONLY]


class Attendance(models.Model):
    """That a person attended a holding: one a person and holding. What was attended is its newest revision.

    `number` and `kana` are what the provider sent, if anything: all of the person that it may see again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(CourseSession, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="attendances")
    number = models.CharField(max_length=100, blank=True)
    kana = models.CharField(max_length=100, blank=True)
    first_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["first_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="courses_one_attendance_a_person")
        ]
        # Only when two accounts of one person are merged does an attendance become another account's.
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="attended_stays", exclude=["person"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    @property
    def reference(self) -> str:
        """How the journal and the ledger name it."""
        return f"attendance:{self.pk}"


class Source(models.TextChoices):
    """How an attendance was confirmed."""

    ROSTER = "roster", _("受講者名簿")
    CODE = "code", _("受講コード")
    HAND = "hand", _("提供者の訂正")
    API = "api", _("提供者のプログラム")
    XAPI = "xapi", _("eラーニング（xAPI）")


class AttendanceRevision(models.Model):
    """What a person attended, as the provider confirmed it at an instant. Never edited.

    `parts` are days with minutes: {"day": 0, "minutes": null} is the whole of the holding's first day, whatever
    a later revision of the holding says it was; {"on": "2026-12-10", "minutes": 45} a day of a free holding.
    """

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    parts = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attendance", "number"], name="courses_one_attendance_revision_a_number"
            )
        ]
        triggers: ClassVar = [APPEND_ONLY]


class HeldCorrection(models.Model):
    """A correction that would change a line already claimed for a renewal: the office looks at it.

    The line is not changed. `line` is the ledger's; `told` says what it is and what the correction says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="held_corrections")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="held_corrections")
    line = models.UUIDField()
    cause = models.CharField(max_length=200)
    told = models.JSONField()
    held_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="settled_corrections"
    )
    note = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["held_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "cause"], name="courses_held_once"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(note=""),
                name="courses_settled_by_somebody",
            ),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

"""The office's desk: what is asked, what is on hold, notes, telephone checks, saved filters, service levels."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nintei.applications.models.case import APPEND_ONLY, Application
from nintei.applications.states import State
from nintei.shared.models import FileColumns


class AskedItem(models.Model):
    """One thing the office asks the applicant for, with a reason of `reasons` and words.

    `closed_on` is the day the case came back to the office, answered or not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="asked")
    ordinal = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=40)
    words = models.TextField(max_length=2000)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "ordinal"], name="applications_item_ordinal"),
            models.CheckConstraint(condition=~Q(words=""), name="applications_item_has_words"),
        ]

    @property
    def kept_files(self) -> list[ItemFile]:
        """The files of the answer that were not taken back."""
        return [file for file in self.files.all() if file.removed_at is None]


class ItemAnswer(models.Model):
    """The applicant's answer to one item; it may be changed until the case is sent again."""

    item = models.OneToOneField(AskedItem, on_delete=models.PROTECT, related_name="answer")
    words = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField()
    answered_on = models.DateField()


class ItemFile(FileColumns):
    """A file that belongs to an answer."""

    item = models.ForeignKey(AskedItem, on_delete=models.PROTECT, related_name="files")
    taken_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["taken_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "sha256"], condition=Q(removed_at=None), name="applications_item_file_once"
            ),
        ]


class Hold(models.Model):
    """A case laid aside: why, by whom, when to look again, and how it was released."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=40)
    words = models.TextField(max_length=2000, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    held_on = models.DateField()
    released_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_words = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["held_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(released_at=None), name="applications_one_hold"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="applications_release_is_whole",
            ),
        ]


class SubtractedLeave(models.Model):
    """Days of a post on which its holder was away, taken off by the reviewer with a reason (AMB-E9).

    Both ends included; an open end is a leave that goes on. `post` is the post as it was handed in. One taken
    back stays, and counts no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="subtracted")
    post = models.ForeignKey("experience.Post", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["from_on", "at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="applications_subtracted_order",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="applications_subtracted_says_why"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="applications_taken_back_is_whole",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="subtracted_stays",
                fields=["application", "post", "from_on", "until_on", "reason", "by", "on", "at"],
            ),
        ]


class Note(models.Model):
    """A note among the office; the applicant does not see it in the case."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    words = models.TextField(max_length=4000)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]
        triggers: ClassVar = [APPEND_ONLY]


class CallOutcome(models.TextChoices):
    """What came of a telephone call."""

    CONFIRMED = "confirmed", _("確かめられた")
    DENIED = "denied", _("違うと言われた")
    UNREACHED = "unreached", _("つながらなかった")


class PhoneCheck(models.Model):
    """A task: ask an attestor by telephone; done once, with what was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="phone_checks")
    request = models.ForeignKey("experience.AttestationRequest", on_delete=models.PROTECT, related_name="+")
    question = models.TextField(max_length=2000)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=CallOutcome.choices, blank=True)
    told = models.TextField(max_length=4000, blank=True)
    done_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", done_by=None, done_at=None)
                | (~Q(outcome="") & ~Q(told="") & Q(done_by__isnull=False, done_at__isnull=False)),
                name="applications_call_is_whole",
            ),
        ]


class SavedFilter(models.Model):
    """A search of the queue that somebody keeps under a name."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="applications_filter_name"),
        ]


class ServiceLevel(models.Model):
    """In how many working days the association wants a state to be left; without `days` it has set none."""

    state = models.CharField(max_length=20, choices=State.choices)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]

"""Where each certificate is on its way to the holder, and which sheets were printed."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from nintei.certificates.models.papers import Certificate
from nintei.certificates.states import DONE, Event, State, moves

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Posting(models.Model):
    """The way of one printed certificate by post: where it is now. `PostingStep` says how it came there."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="posting"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.TO_POST)
    state_since_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["state", "state_since_on"], name="certificates_posting_state")]
        triggers = [
            pgtrigger.FSM(name="steps", field="state", transitions=moves()),
            pgtrigger.Protect(
                name="begins_to_post",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state=State.TO_POST),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]


class Way(models.TextChoices):
    """How a certificate left."""

    LETTER = "letter", pgettext_lazy("posting", "普通郵便")
    TRACKED = "tracked", pgettext_lazy("posting", "追跡のある郵便")
    REGISTERED = "registered", pgettext_lazy("posting", "簡易書留")
    BY_HAND = "by_hand", pgettext_lazy("posting", "手渡し")


class PostingStep(models.Model):
    """Something that happened to a certificate on its way; appended, never edited.

    `on` is the day it happened. `address` is where it was sent, so that one that comes back can be told from the
    address known since.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="steps")
    event = models.CharField(max_length=10, choices=Event.choices)
    on = models.DateField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    tracking = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    address = models.TextField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(event__in=["come_back", "set_aside", "undo"]) | ~Q(reason=""),
                name="certificates_step_says_why",
            ),
            models.CheckConstraint(condition=~Q(event="post") | ~Q(way=""), name="certificates_posted_how"),
        ]
        triggers = [APPEND_ONLY]

    @property
    def word(self) -> str:
        """What happened, as a history says it."""
        return str(DONE[Event(self.event)])


class Envelope(models.TextChoices):
    """What the papers of a print go into."""

    FOLDED = "folded", pgettext_lazy("posting", "長形3号の窓封筒（三つ折り）")
    FLAT = "flat", pgettext_lazy("posting", "角形2号（折らない）")


class Print(models.Model):
    """Papers that were printed together (印刷): who, when, into which envelopes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    envelope = models.CharField(max_length=10, choices=Envelope.choices)

    class Meta:
        ordering = ["-made_at"]
        triggers = [APPEND_ONLY]


class Again(models.TextChoices):
    """Why a certificate is printed once more. A spoiled sheet was destroyed: there is one paper as before."""

    SPOILED = "spoiled", pgettext_lazy("posting", "刷り損じ（前の紙は捨てた）")
    LOST = "lost", pgettext_lazy("posting", "届かなかった・傷んだ")


class Sheet(models.Model):
    """One certificate on paper: the first, or a further one with its reason. `is_marked`: it says that it is one."""

    printed = models.ForeignKey(Print, on_delete=models.PROTECT, related_name="sheets")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    again = models.CharField(max_length=10, choices=Again.choices, blank=True)
    is_marked = models.BooleanField(default=False)
    address = models.TextField(max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "number"], name="certificates_sheet_number"),
            models.CheckConstraint(
                condition=Q(number=1, again="", is_marked=False)
                | (Q(number__gt=1) & ~Q(again="") & (Q(is_marked=True) | Q(again="spoiled"))),
                name="certificates_further_sheet_marked",
            ),
        ]
        triggers = [APPEND_ONLY]

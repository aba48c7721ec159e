"""One person entered twice, made one and, if that was wrong, two again."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nintei.people.models.accounts import Person
from nintei.people.models.names import APPEND_ONLY


class MergeState(models.TextChoices):
    """Where the merging of two accounts stands. `apart`: they are two people, and not asked about again."""

    ASKED = "asked", _("二人目を待つ")
    DONE = "done", _("統合済み")
    APART = "apart", _("別の人")
    UNDO_ASKED = "undo_asked", _("取り消しの二人目を待つ")
    UNDONE = "undone", _("統合を取り消し")


class Merge(models.Model):
    """One person who was entered twice: `goes` is closed, and what is theirs moves to `stays`.

    Two people merge and two people take it back (P7). `MergeMove` names every row that was moved, so that
    taking back is exact; nothing is deleted and no name is overwritten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goes = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stays = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=MergeState.choices, default=MergeState.ASKED)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)
    undo_asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(goes=models.F("stays")), name="people_merge_of_two"),
            models.UniqueConstraint(
                fields=["goes"],
                condition=Q(state__in=["asked", "done", "undo_asked"]),
                name="people_goes_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "apart"])
                | (Q(done_by__isnull=False) & ~Q(done_by=models.F("asked_by"))),
                name="people_two_merge",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone")
                | (Q(undone_by__isnull=False) & ~Q(undone_by=models.F("undo_asked_by"))),
                name="people_two_take_back",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="steps",
                field="state",
                transitions=[
                    ("asked", "done"), ("asked", "apart"), ("done", "undo_asked"),
                    ("undo_asked", "done"), ("undo_asked", "undone"),
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]  # fmt: skip


class MergeMove(models.Model):
    """One row that a merge moved, by its table and key."""

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="moves")
    table = models.CharField(max_length=100)
    key = models.CharField(max_length=100)

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]

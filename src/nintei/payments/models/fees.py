"""Fees: what somebody is asked to pay. A fee's amount never changes."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nintei.payments.models.guards import booked


class Fee(models.Model):
    """認定審査手数料 for one application (AMB-F5), by the price list of the day it was opened (AMB-F1).

    `reference` says what it is for (`application:<uuid>`). `accepted_on` is the day of 受理: from then on
    the fee is not returned (MAN-ウ④.※2), unless the edition gives it back to whom it does not certify.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="fees")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=200, unique=True)
    qualification = models.CharField(max_length=10)
    base = models.PositiveIntegerField()
    tax = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    priced_on = models.DateField()
    edition = models.CharField(max_length=200)
    pass_number = models.CharField(max_length=40, blank=True)
    certificate_number = models.CharField(max_length=40, blank=True)
    kana = models.CharField(max_length=100)
    due_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    accepted_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(total=F("base") + F("tax")), name="payments_total_adds_up"),
            models.CheckConstraint(condition=Q(total__gt=0), name="payments_fee_above_zero"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            # The person changes where one who was entered twice is merged (people.actions.merging).
            pgtrigger.ReadOnly(name="amount_stays", exclude=["person", "accepted_on", "cancelled_at"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="accepted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__accepted_on__isnull=False)
                & pgtrigger.Q(old__accepted_on__df=pgtrigger.F("new__accepted_on")),
            ),
            booked(
                "'accepted:' || NEW.id",
                operation=pgtrigger.UpdateOf("accepted_on"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__accepted_on__isnull=False),
            ),
            booked(
                "'given_up:' || NEW.id",
                name="given_up",
                operation=pgtrigger.UpdateOf("cancelled_at"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__accepted_on__isnull=False, new__cancelled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.qualification} {self.total}"

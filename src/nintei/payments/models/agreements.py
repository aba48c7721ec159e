"""Who may pay for whom: companies by agreement, and other payers an accountant has come to know."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Agreement(models.Model):
    """まとめ払いの取り決め: a company has announced one transfer for several applications (MAN-ウ④.※3, AMB-F7).

    `payer_key` is the name as `matching.company_key` sees it. The sum is that of the fees on the day of the
    transfer; no discount is stated. An agreement is ended, never changed: another list is another agreement.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payer_name = models.CharField(max_length=200)
    payer_key = models.CharField(max_length=400, db_index=True)
    note = models.CharField(max_length=400)
    agreed_on = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    ended_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="payments_agreement_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.payer_name


class AgreementFee(models.Model):
    """One fee on the list of an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="listed")
    fee = models.ForeignKey("payments.Fee", on_delete=models.PROTECT, related_name="listed_in")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "fee"], name="payments_listed_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.fee_id}"


class KnownPayer(models.Model):
    """覚えた名義: a name under which somebody else pays for a person, as an accountant has said, until revoked.

    With the person's own number in front and the exact amount it settles later fees of that person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="known_payers")
    payer_name = models.CharField(max_length=200)
    payer_key = models.CharField(max_length=400)
    note = models.CharField(max_length=400)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    revoked_by = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "payer_key"], condition=Q(revoked_at=None), name="payments_payer_known_once"
            ),
            models.CheckConstraint(condition=~Q(payer_key=""), name="payments_payer_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.payer_name

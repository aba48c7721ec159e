"""A registration number that is none would make every receipt false: refused at start."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("nintei")
def the_registration_number_has_its_form(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """`NINTEI_INVOICE_NUMBER` is T and 13 digits, or unset; the other settings of this room can be used."""
    faults: list[CheckMessage] = []
    if settings.INVOICE_NUMBER and not re.fullmatch(r"T[0-9]{13}", settings.INVOICE_NUMBER):
        faults.append(
            Error(
                f"NINTEI_INVOICE_NUMBER is no registration number: {settings.INVOICE_NUMBER!r}.",
                hint="Write T and the 13 digits, or unset it.",
                id="payments.E001",
            )
        )
    if settings.SHORTFALL_ACCOUNT not in ("charges", "losses"):
        faults.append(
            Error(
                f"NINTEI_SHORTFALL_ACCOUNT is no account: {settings.SHORTFALL_ACCOUNT!r}.",
                hint="Write charges or losses, or unset it.",
                id="payments.E003",
            )
        )
    if settings.PAYMENT_DAYS < 0:
        faults.append(Error("NINTEI_PAYMENT_DAYS is below zero.", hint="0 names no day.", id="payments.E002"))
    return faults

"""Papers that would not fit the envelopes or the labels are found before anybody prints."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from nintei.certificates.posting import layout


@register("nintei")
def papers_fit(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """`NINTEI_WINDOW` and `NINTEI_LABELS` are numbers, and what they describe can be printed on."""
    found: list[CheckMessage] = []
    for code, name, read in (("E001", "WINDOW", layout.window), ("E002", "LABELS", layout.labels)):
        try:
            read(getattr(settings, name))
        except ValueError as fault:
            hint = "docs/manual/en/operator.md says what the numbers mean."
            found.append(Error(f"NINTEI_{name}: {fault}", hint=hint, id=f"certificates.{code}"))
    return found

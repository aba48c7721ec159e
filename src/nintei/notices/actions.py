"""Writing a letter into the outbox, in the transaction of what it tells about."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from nintei.notices.models import Letter
from nintei.people.models import Person


def post(
    *,
    by: str,
    key: str,
    template: str,
    to_email: str,
    language: str,
    at: datetime,
    context: dict[str, object],
    to_person: Person | None = None,
) -> Letter:
    """Write a letter once: a second call with the same `key` returns the first one.

    `template` is `<room>/letters/<name>.txt`: its first line is the subject, the rest the body,
    rendered in `language` (`ja` or `en`). Nothing leaves here: the worker sends what is written.
    """
    with translation.override(language):
        text = render_to_string(template, {**context, "by": by})
    subject, _, body = text.strip().partition("\n")
    written = {"to_email": to_email, "to_person": to_person, "language": language, "template": template}
    letter, _ = Letter.objects.get_or_create(
        key=key, defaults={**written, "subject": subject.strip(), "body": body.strip(), "written_at": at}
    )
    return letter

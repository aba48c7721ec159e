"""Writing a letter into the outbox, in the transaction of what it tells about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.mail import DNS_NAME, EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation
from procrastinate.contrib.django import app

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
    letter, new = Letter.objects.get_or_create(
        key=key, defaults={**written, "subject": subject.strip(), "body": body.strip(), "written_at": at}
    )
    if new:
        # The job is a row of this same transaction: no letter without its job, no job without its letter.
        app.configure_task("notices.send", queue="letters").defer(letter_id=str(letter.pk))
    return letter


def send(letter_id: UUID, *, at: datetime) -> bool:
    """Send one letter if it has not left yet; True when it left now (promise P2).

    The row is locked while the mail is handed over, so two workers cannot both send it; a failure is
    kept on the letter and raised again, so that the worker retries with growing pauses.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update(skip_locked=True).filter(pk=letter_id, sent_at=None).first()
        if letter is None:
            return False
        try:
            _hand_over(letter)
        except OSError as error:
            failed = error
        else:
            letter.sent_at = at
            letter.save(update_fields=["sent_at"])
            return True
        Letter.objects.filter(pk=letter_id).update(attempts=F("attempts") + 1, last_error=str(failed))
    raise failed


def _hand_over(letter: Letter) -> None:
    mail = EmailMessage(letter.subject, letter.body, to=[letter.to_email])
    # The same letter sent twice after a lost answer is one mail for a mail program.
    mail.extra_headers["Message-ID"] = f"<{letter.pk}@{DNS_NAME}>"
    mail.send()

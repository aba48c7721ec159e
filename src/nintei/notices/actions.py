"""Writing a letter into the outbox, in the transaction of what it tells about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.core.mail import DNS_NAME, EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from nintei.journal.actions import record
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.shared.refusals import Refused


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
    rendered in `language` (`ja` or `en`). Nothing leaves here: the worker sends what is written, and a
    letter to a person without an address is printed and posted by the office.
    """
    subject, body = _rendered(template, language, {**context, "by": by})
    written = {"to_email": to_email, "to_person": to_person, "language": language, "template": template}
    letter, new = Letter.objects.get_or_create(
        key=key, defaults={**written, "subject": subject, "body": body, "written_at": at}
    )
    if new and to_email:
        # The job is a row of this same transaction: no letter without its job, no job without its letter.
        app.configure_task("notices.send", queue="letters").defer(letter_id=str(letter.pk))
    return letter


class Draft(NamedTuple):
    """A letter to be written; see `post`."""

    by: str
    key: str
    template: str
    to_email: str
    language: str
    at: datetime
    context: dict[str, object]
    to_person: Person | None = None


def post_all(*, drafts: Sequence[Draft]) -> list[Letter]:
    """Write many letters as `post` writes one, in the caller's transaction; those written before are left out."""
    keys = [draft.key for draft in drafts]
    known = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    letters = Letter.objects.bulk_create(_letter(draft) for draft in drafts if draft.key not in known)
    jobs: list[dict[str, JSONValue]] = [{"letter_id": str(each.pk)} for each in letters if each.to_email]
    if jobs:
        app.configure_task("notices.send", queue="letters").batch_defer(*jobs)
    return letters


def _letter(draft: Draft) -> Letter:
    subject, body = _rendered(draft.template, draft.language, {**draft.context, "by": draft.by})
    to = {"to_email": draft.to_email, "to_person": draft.to_person, "language": draft.language}
    written = {"template": draft.template, "subject": subject, "body": body, "written_at": draft.at}
    return Letter(key=draft.key, **to, **written)


def _rendered(template: str, language: str, context: dict[str, object]) -> tuple[str, str]:
    """A letter's subject and body."""
    with translation.override(language):
        text = render_to_string(template, context)
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


@transaction.atomic
def mark_posted(*, actor: Person, letter: Letter, on: date, at: datetime) -> Letter:
    """Say that a printed letter was put into the post on a (JST) day; saying it twice is once.

    Raises `Refused("notices.not_on_paper")`.
    """
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    if row.to_email:
        raise Refused("notices.not_on_paper", email=row.to_email)
    if row.posted_on is None:
        row.posted_on, row.posted_by = on, actor
        row.save(update_fields=["posted_on", "posted_by"])
        data: dict[str, object] = {"letter": row.key, "on": on.isoformat()}
        record(
            by=actor.by, verb="notices.mark_posted", subject=f"person:{row.to_person_id}", at=at, data=data
        )
    return row


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

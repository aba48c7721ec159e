"""The outbox: a letter is written once, with its cause, and leaves once."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from nintei.notices import actions
from nintei.notices.models import Letter
from nintei.shared.clock import JST

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
pytestmark = pytest.mark.django_db


def post(key: str = "certificates.issued:1", language: str = "ja", number: str = "OMP-2026-000001") -> Letter:
    return actions.post(
        by="system",
        key=key,
        template="certificates/letters/issued.txt",
        to_email="suzuki@example.jp",
        language=language,
        at=NOON,
        context={
            "certificate": {"content": {"number": number}},
            "person": {"name": "鈴木 美咲"},
            "base": "https://nintei.example.jp",
        },
    )


class ServerIsDown(BaseEmailBackend):
    """What Django meets when the mail server hangs up."""

    def send_messages(self, messages: list[EmailMessage]) -> int:  # type: ignore[override]
        raise SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def down(settings: object) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.ServerIsDown"  # type: ignore[attr-defined]


def test_the_first_line_is_the_subject_in_the_reader_s_language() -> None:
    assert post().subject == "認定証ができました（OMP-2026-000001）"
    assert post("other", "en").subject == "Your certificate is ready (OMP-2026-000001)"


def test_one_cause_writes_one_letter_and_one_job() -> None:
    letter = post()
    assert post() == letter
    # Journeys leave jobs of their own behind: the job queue is no table of Django's.
    jobs = ProcrastinateJob.objects.filter(task_name="notices.send", args={"letter_id": str(letter.pk)})
    assert (Letter.objects.count(), jobs.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_cause_that_is_rolled_back_takes_letter_and_job_along() -> None:
    before = ProcrastinateJob.objects.count()
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert (Letter.objects.count(), ProcrastinateJob.objects.count()) == (0, before)


def test_a_letter_leaves_once_and_says_which_it_is() -> None:
    letter = post()
    assert [actions.send(letter.pk, at=NOON) for _ in range(3)] == [True, False, False]
    assert [(m.subject, m.to) for m in mail.outbox] == [(letter.subject, ["suzuki@example.jp"])]
    assert str(letter.pk) in mail.outbox[0].extra_headers["Message-ID"]
    assert Letter.objects.get().sent_at == NOON


def test_a_letter_that_could_not_leave_waits_and_says_why(down: None) -> None:
    letter = post()
    with pytest.raises(SMTPServerDisconnected):
        actions.send(letter.pk, at=NOON)
    kept = Letter.objects.get()
    assert (kept.sent_at, kept.attempts, kept.last_error) == (None, 1, "Connection unexpectedly closed")


def test_it_leaves_when_the_server_is_back(down: None, settings: object) -> None:
    letter = post()
    with pytest.raises(SMTPServerDisconnected):
        actions.send(letter.pk, at=NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert actions.send(letter.pk, at=NOON) is True
    assert len(mail.outbox) == 1


def test_a_subject_cannot_smuggle_a_header() -> None:
    letter = post("smuggled", number="1\r\nBcc: everybody@example.jp")
    actions.send(letter.pk, at=NOON)
    assert mail.outbox[0].recipients() == ["suzuki@example.jp"]
    assert "Bcc" not in mail.outbox[0].message()

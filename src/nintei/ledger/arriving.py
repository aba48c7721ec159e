"""What arrives before its line: files read here for a proposal, and mails told apart by a secret address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import shutil
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import salted_hmac

from nintei.ledger.reading import found_in, lines_of, said_by
from nintei.people.models import Person
from nintei.shared.files import TakenFile

MOST_BYTES = 25 * 1024 * 1024
MOST_FILES = 5
KINDS = ("application/pdf", "image/jpeg", "image/png")
SALT = "nintei.ledger.mail-in"
Found = list[dict[str, object]]


def read(taken: Sequence[TakenFile], person: Person) -> tuple[Found, dict[str, str]]:
    """What the first file seems to say, and the same as first values of the form; nothing where nothing was read."""
    for file in taken[:1]:
        found = found_in(lines_of(file), person.name)
        return [{**each._asdict(), "sha256": file.sha256} for each in found], said_by(found)
    return [], {}


def reads_photos() -> bool:
    """Whether photos are read here: only where the office has installed Tesseract."""
    return shutil.which("tesseract") is not None


def fingerprint(parts: Iterable[str]) -> str:
    """A short name for what arrived, so that the same thing twice is known."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def address_of(person: Person) -> str:
    """The secret address whose mails become this person's drafts; empty where the office takes no mail."""
    name, at, domain = settings.MAIL_IN.partition("@")
    return f"{name}+{_token(person.pk)}@{domain}" if at else ""


def _token(pk: uuid.UUID) -> str:
    """Who, and 128 bits that only we can make."""
    proof = salted_hmac(SALT, pk.hex, algorithm="sha256").digest()[:16]
    return base64.b32encode(pk.bytes + proof).decode().rstrip("=").lower()


def _person(token: str) -> Person | None:
    try:
        data = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
        pk = uuid.UUID(bytes=data[:16])
    except ValueError:
        return None
    if not hmac.compare_digest(_token(pk), token):
        return None
    return Person.objects.filter(pk=pk, is_active=True).first()


class Mail(NamedTuple):
    """A mail as far as it matters: for whom, its subject and text, the files in it, and a name to know it again."""

    person: Person
    subject: str
    text: str
    uploads: tuple[MailedFile, ...]
    key: str


@dataclass
class MailedFile:
    """A file of a mail, as `files.take_in` asks for it."""

    name: str | None
    data: bytes

    def chunks(self) -> list[bytes]:
        """All of it at once."""
        return [self.data]


def mail_of(message: bytes) -> Mail | None:
    """A mail to one of our secret addresses; None for any other. The sender's name proves nothing and is not asked."""
    if len(message) > MOST_BYTES:
        return None
    mail = BytesParser(policy=policy.default).parsebytes(message)
    assert isinstance(mail, EmailMessage)
    person = next((found for token in _tokens(mail) if (found := _person(token))), None)
    if person is None:
        return None
    body = mail.get_body(("plain",))
    text = body.get_content().strip() if body is not None else ""
    uploads = tuple(
        MailedFile(part.get_filename() or "file", bytes(part.get_payload(decode=True) or b""))
        for part in mail.walk()
        if part.get_content_type() in KINDS
    )
    key = "mail:" + fingerprint([str(mail.get("Message-ID", "")) or hashlib.sha256(message).hexdigest()])
    return Mail(
        person, " ".join(str(mail.get("Subject", "")).split())[:200], text[:4000], uploads[:MOST_FILES], key
    )


def _tokens(mail: EmailMessage) -> list[str]:
    """What stands behind the + of every address it was sent to."""
    headers = [
        str(value)
        for name in ("To", "Cc", "Delivered-To", "X-Original-To")
        for value in mail.get_all(name, [])
    ]
    local = [address.partition("@")[0].lower() for _name, address in getaddresses(headers)]
    ours = settings.MAIL_IN.partition("@")[0].lower()
    return [each.partition("+")[2] for each in local if each.partition("+")[0] == ours and "+" in each]

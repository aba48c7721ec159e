"""How django-allauth lets people in: letters through our outbox, our words."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.utils import build_absolute_uri
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nintei.notices.actions import post
from nintei.people import queries
from nintei.shared import clock


class Entrance(DefaultAccountAdapter):  # type: ignore[misc]
    """The adapter between allauth and the rooms."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("このアカウントは、いま使えません。協会に連絡してください"),
        "incorrect_code": _("コードが違います。メールに書いてあるとおりに書いてください"),
        "too_many_login_attempts": _(
            "続けて試されたので、いったん止めました。1分ほど待って、もう一度メールアドレスから始めてください"
        ),
        "rate_limited": _("続けて送りすぎました。少し待ってから、もう一度送ってください"),
        "email_taken": _("このメールアドレスは、もう登録されています。サインインしてください"),
    }  # fmt: skip

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter into the outbox, in the language of the page that asked for it."""
        name = template_prefix.rpartition("/")[2]
        said = {key: value for key, value in context.items() if key not in {"request", "user"}}
        post(
            by="system",
            key=f"entrance.{name}:{secrets.token_hex(8)}",
            template=f"people/letters/{name}.txt",
            to_email=email.strip().lower(),
            language=get_language() or "ja",
            at=clock.now(),
            context=said,
            to_person=queries.person_by_email(email),
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that somebody tried to register it again; there is no password to reset."""
        login_url = build_absolute_uri(self.request, reverse("account_login"))
        self.send_mail("account/email/account_already_exists", email, {"login_url": login_url})

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say only what went wrong: the pages themselves say what was sent and who signed in."""
        if level >= messages.ERROR and message:
            messages.error(request, message)

"""Sato applies; Abe attests. The day is 2026年11月24日 (Tuesday)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from nintei.experience import actions
from nintei.experience.models import AttestationRequest, Post
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.shared.clock import JST

TODAY = date(2026, 11, 24)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JST)


@pytest.fixture
def sato(db: None) -> Person:
    return Person.objects.create_user(
        "sato@example.jp", name="佐藤 健太", kana="サトウ ケンタ", born_on=date(1990, 5, 6)
    )


@pytest.fixture
def tanaka(db: None) -> Person:
    return Person.objects.create_user("tanaka@example.jp", name="田中 花子", kana="タナカ ハナコ")


@pytest.fixture
def save(sato: Person) -> Callable[..., Post]:
    def build(start: date, end: date | None, fields: str, **more: object) -> Post:
        told: dict[str, Any] = {"organisation": "さくらコンタクト株式会社", "person": sato} | more
        done = dict.fromkeys(fields, "モニタリング・コーチング業務")
        return actions.save_post(
            by=f"person:{sato.pk}",
            at=at(TODAY),
            on=TODAY,
            started_on=start,
            ended_on=end,
            fields=done,
            **told,
        )

    return build


@pytest.fixture
def ask(sato: Person) -> Callable[..., tuple[AttestationRequest, str]]:
    """Ask Abe about some posts; the request and the token out of the mail."""

    def build(*posts: Post, on: date = TODAY, **more: object) -> tuple[AttestationRequest, str]:
        said: dict[str, Any] = {"attestor_name": "阿部 直子", "attestor_email": "abe@example.jp"} | more
        request = actions.ask_attestor(
            by=f"person:{sato.pk}",
            person=sato,
            relation="superior",
            post_ids=[post.pk for post in posts],
            at=at(on),
            on=on,
            **said,
        )
        return request, token_in(request)

    return build


def token_in(request: AttestationRequest) -> str:
    """The token as the attestor gets it: from the newest mail."""
    body = Letter.objects.filter(to_email=request.attestor_email).order_by("-written_at").first()
    assert body is not None
    return next(line for line in body.body.splitlines() if "/attest/" in line).rpartition("/")[2]

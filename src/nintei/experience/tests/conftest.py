"""Sato applies; Abe attests. The day is 2026年11月24日 (Tuesday)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import QuerySet

from nintei.experience import actions
from nintei.experience.answering import answer
from nintei.experience.models import AttestationRequest, Post, Statement
from nintei.experience.said import Said, Tenure
from nintei.notices.models import Letter
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.shared import files
from nintei.shared.clock import JST
from nintei.shared.files import TakenFile
from nintei.shared.picture import png as drawn_png
from nintei.shared.tests.test_pictures import png

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
def ito(db: None) -> Person:
    return staff("ito@example.jp", "伊藤 結", Role.REVIEWER)


def staff(email: str, name: str, role: Role) -> Person:
    """Somebody of the office."""
    person = Person.objects.create_user(email, name=name, kana="イトウ ユイ")
    people.grant_role(by="system", person=person, role=role, from_on=date(2010, 4, 1), at=at(TODAY))
    return person


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
        said: dict[str, Any] = {"attestor_name": "阿部 直子", "attestor_email": "abe@example.jp"}
        said |= {"by": sato.by, "person": sato} | more
        request = actions.ask_attestor(
            relation="superior",
            post_ids=[post.pk for post in posts],
            at=at(on),
            on=on,
            **said,
        )
        return request, token_in(request)

    return build


def token_in(request: AttestationRequest) -> str:
    """The token as the attestor gets it: from the newest mail of the request."""
    return _secret(Letter.objects.filter(key__contains=str(request.pk), to_email=request.attestor_email))


def box_secret(email: str) -> str:
    """What opens the list of an address: from the newest mail with it."""
    return _secret(Letter.objects.filter(template="experience/letters/box.txt", to_email=email))


def _secret(letters: QuerySet[Letter]) -> str:
    body = letters.order_by("-written_at")[0].body
    return next(line for line in body.splitlines() if "/attest/" in line).rpartition("/")[2]


def sign(token: str, post: Post, day: date = TODAY, **more: Any) -> tuple[Statement, ...]:
    """Abe says yes to a post, for the whole of its time unless `tenure` says less."""
    told: dict[str, Any] = {
        "said": [Said(post.pk, "confirmed")],
        "tenure": Tenure(since=post.started_on, role="課長"),
        "signed_name": "阿部 直子",
        "language": "ja",
    }
    return answer(token=token, at=at(day, 12), on=day, **(told | more))


def enter(
    request: AttestationRequest, keeper: Person, day: date = TODAY, **more: Any
) -> tuple[Statement, ...]:
    """A form (C) keyed in by somebody of the desk: yes to every post, arrived today."""
    posts = list(request.posts.all())
    told: dict[str, Any] = {
        "said": [Said(post.pk, "confirmed") for post in posts],
        "tenure": Tenure(since=min(post.started_on for post in posts), role="課長"),
        "signed_name": "阿部 直子",
        "signed_on": day,
        "arrived_on": day,
        "scan": a_file("form-c.png"),
    }
    return actions.enter_paper_statement(
        actor=keeper, request_id=request.pk, at=at(day, 15), on=day, **(told | more)
    )


# A PNG of 60 × 20 with a black stroke: what `draw.js` sends, but smaller.
DRAWING = drawn_png(60, 20, 60, bytes([255] * 540 + [0] * 60 + [255] * 600), 1)


def a_drawing() -> TakenFile:
    """A drawn signature in the store."""
    return TakenFile(files.keep(DRAWING), "png", len(DRAWING), 1, "signature.png")


def a_file(name: str = "certificate.png") -> TakenFile:
    """A picture in the store."""
    data = png(16, 8)
    return TakenFile(files.keep(data), "png", len(data), 1, name)

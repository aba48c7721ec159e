"""The API says of itself what it does, and nothing that is sent makes it fall over (promise P10)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings

from nintei.courses import actions
from nintei.courses.models import CourseSession, Provider
from nintei.courses.tests.conftest import AT, academy, course, ito, provider, session  # noqa: F401  the cast
from nintei.site.wsgi import application

EXAMPLES = int(os.environ.get("NINTEI_EXAMPLES", "15"))
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's own test client does: a request does not close the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def sent_by(session: CourseSession, provider: Provider, settings: Any, monkeypatch: Any) -> str:  # noqa: F811
    """A token, where there is a session to send attendance of."""
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")
    monkeypatch.setattr("nintei.courses.actions.tokens.A_MINUTE", 1_000_000)
    actions.make_token(by="x", provider=provider, name="fuzz", token="nintei_fuzz", at=AT)
    return "nintei_fuzz"


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_nothing_that_is_sent_makes_it_fall_over(case: Any, sent_by: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {sent_by}"})


def test_the_description_declares_what_every_operation_may_refuse() -> None:
    told = Client().get("/api/openapi.json").json()
    operations = [each for path in told["paths"].values() for each in path.values()]
    assert len(operations) == 8
    assert [sorted({"400", "422"} - set(each["responses"])) for each in operations] == [[]] * 8
    by_token = [each for each in operations if "security" in each]
    assert [sorted({"401", "429"} - set(each["responses"])) for each in by_token] == [[]] * 5


def test_its_page_asks_nobody_else(db: None) -> None:
    page = Client().get("/api/docs").content.decode()
    assert ("https://" in page, "//cdn" in page, "swagger-ui-bundle" in page) == (False, False, True)

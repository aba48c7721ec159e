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
from schemathesis.specs.openapi.checks import positive_data_acceptance

from nintei.courses import actions
from nintei.courses.models import CourseSession, Provider
from nintei.courses.tests.conftest import AT, academy, course, ito, provider, session  # noqa: F401  the cast
from nintei.site.wsgi import application

EXAMPLES = int(os.environ.get("NINTEI_EXAMPLES", "5"))
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
    """Whatever is refused is a problem document; what a schema cannot say (a verb, a length) is refused too."""
    answer = case.call_and_validate(
        headers={"Authorization": f"Bearer {sent_by}"}, excluded_checks=[positive_data_acceptance]
    )
    assert answer.status_code < 500
    if answer.status_code >= 400:
        told = answer.json()
        assert (answer.headers["content-type"], told["status"]) == (
            ["application/problem+json"],
            answer.status_code,
        )
        assert told["detail"]


def test_the_description_declares_what_every_operation_may_refuse() -> None:
    told = Client().get("/api/openapi.json").json()
    operations = [each for path in told["paths"].values() for each in path.values()]
    assert len(operations) == 11
    assert [sorted({"400", "422"} - set(each["responses"])) for each in operations] == [[]] * 11
    by_token = [each for each in operations if "security" in each]
    assert [sorted({"401", "429"} - set(each["responses"])) for each in by_token] == [[]] * 7


def test_its_page_asks_nobody_else(db: None) -> None:
    page = Client().get("/api/docs").content.decode()
    assert ("https://" in page, "//cdn" in page, "swagger-ui-bundle" in page) == (False, False, True)


def test_what_django_refuses_by_itself_is_a_problem_document_too(
    client: Client,
    sent_by: str,
    session: CourseSession,  # noqa: F811
    settings: Any,
    monkeypatch: Any,
) -> None:
    """An address, a method, a body that is too large, a fault of ours; a page elsewhere stays a page."""
    client.raise_request_exception = False
    there = f"/api/v1/sessions/{session.pk}/attendance"
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    headers = {"Authorization": f"Bearer {sent_by}", "Idempotency-Key": "k", "Accept-Language": "en"}
    sent: dict[str, Any] = {"data": "9" * 101, "content_type": "application/json", "headers": headers}
    told = [client.get("/api/v2/none"), client.delete("/api/v1/courses"), client.post(there, **sent)]
    monkeypatch.setattr("nintei.courses.queries.catalogue", None)
    told.append(client.get("/api/v1/courses"))
    assert [(each.status_code, each["Content-Type"], each.json()["code"]) for each in told] == [
        (404, "application/problem+json", "api.not_found"),
        (405, "application/problem+json", "api.not_allowed"),
        (413, "application/problem+json", "api.too_large"),
        (500, "application/problem+json", "api.broken"),
    ]
    assert (told[1]["Allow"], "at most 100 bytes" in told[2].json()["detail"]) == ("GET", True)
    assert client.get("/nowhere")["Content-Type"].startswith("text/html")

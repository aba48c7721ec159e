"""Promise P2: one effect for any number of identical requests. Each test has its control without the guard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import path

from nintei.people.actions import forget_once_keys
from nintei.people.doors import once
from nintei.people.models import OnceKey, Person, RoleGrant
from nintei.shared.clock import JST

KEY = "k" * 24
N = 8
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def effect(request: HttpRequest) -> HttpResponseBase:
    """An effect that can be counted, and an answer that says which it was."""
    person = Person.objects.create_user(f"{Person.objects.count()}-{threading.get_ident()}@example.jp")
    if request.POST.get("fails"):
        return HttpResponse("please correct", status=200)
    return HttpResponseRedirect(f"/done/{person.pk}")


urlpatterns = [path("guarded", once(effect)), path("other", once(effect)), path("bare", effect)]


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def all_at_once(send: Callable[[], str]) -> list[str]:
    """The answers of N requests that start together, each with its own connection."""
    answers: list[str] = []
    start = threading.Barrier(N)

    def run() -> None:
        start.wait()
        answers.append(send())
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(N)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def send(url: str, **more: str) -> str:
    return str(Client().post(url, {"once": KEY, "what": "1", **more}).headers.get("Location", ""))


@pytest.mark.django_db(transaction=True)
def test_many_identical_requests_have_one_effect_and_one_answer() -> None:
    answers = all_at_once(lambda: send("/guarded"))
    assert Person.objects.count() == 1
    assert set(answers) == {f"/done/{Person.objects.get().pk}"}
    assert send("/guarded") == answers[0]


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_they_have_many() -> None:
    answers = all_at_once(lambda: send("/bare"))
    assert Person.objects.count() == N == len(set(answers))


@pytest.mark.django_db
def test_another_content_address_person_or_key_is_another_request() -> None:
    member = Client()
    member.force_login(Person.objects.create_user("sato@example.jp"))
    answers = [
        send("/guarded"),
        send("/guarded", what="2"),
        send("/other"),
        send("/guarded", once="m" * 24),
        member.post("/guarded", {"once": KEY, "what": "1"}).headers["Location"],
    ]
    assert len(set(answers)) == len(answers)


@pytest.mark.django_db
def test_another_file_of_the_same_name_is_another_request() -> None:
    def post(content: bytes) -> str:
        return str(
            Client()
            .post("/guarded", {"once": KEY, "file": SimpleUploadedFile("a.pdf", content)})
            .headers["Location"]
        )

    assert post(b"1") == post(b"1") != post(b"2")


@pytest.mark.django_db
def test_a_post_without_a_redirect_leaves_nothing_and_may_be_sent_again() -> None:
    assert Client().post("/guarded", {"once": KEY, "fails": "1"}).content == b"please correct"
    assert (Person.objects.count(), OnceKey.objects.count()) == (0, 0)
    assert send("/guarded").startswith("/done/")


@pytest.mark.django_db(transaction=True)
def test_a_fault_leaves_nothing() -> None:
    def faulty(request: HttpRequest) -> HttpResponseBase:
        RoleGrant.objects.create(
            person=Person.objects.create_user("x@example.jp"), role="board", from_on=date(2026, 1, 1)
        )
        raise RuntimeError("out of paper")

    class Here:
        urlpatterns = [path("faulty", once(faulty))]

    with override_settings(ROOT_URLCONF=Here), pytest.raises(RuntimeError, match="out of paper"):
        Client().post("/faulty", {"once": KEY})
    assert (Person.objects.count(), OnceKey.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("key", [{}, {"once": ""}, {"once": "short"}, {"once": "x" * 65}])
def test_a_post_without_its_key_is_refused(key: dict[str, Any]) -> None:
    client = Client(raise_request_exception=False)
    assert client.post("/guarded", key).status_code == 400
    assert Person.objects.count() == 0


@pytest.mark.django_db
def test_keys_are_forgotten_once_no_form_can_come_back():
    for digest, days in ((b"a", 61), (b"b", 59)):
        OnceKey.objects.create(digest=digest, at=NOON - timedelta(days=days))
    assert forget_once_keys(by="system", at=NOON) == 1
    assert [bytes(key.digest) for key in OnceKey.objects.all()] == [b"b"]

"""Promise P8: nobody sees what is not theirs. Every address × every kind of person, from tests/access.toml.

To add an address, add its line there; to show that something belongs to somebody, add a small function in the
room's `tests/access.py` that makes it through the room's actions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import ERROR, get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse, translate_url

from nintei.journal.models import Leaf
from nintei.people.models import Role
from nintei.site.tests.access import (
    Line,
    address,
    addresses,
    again,
    browser,
    lines,
    once_a_module,
    person,
)
from tests.test_words import japanese_of

SOME_ID = "00000000-0000-4000-8000-000000000000"
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def unlisted(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The addresses that have no line in the table."""
    return set(addresses(patterns)) - {line.name for line in lines()}


def test_every_address_is_listed() -> None:
    assert unlisted(get_resolver().url_patterns) == set()


def test_every_line_has_its_address() -> None:
    assert {line.name for line in lines()} - set(addresses(get_resolver().url_patterns)) == set()


def test_an_unlisted_address_would_be_found() -> None:
    """The control: the same question about one address more."""

    def secret(request: object) -> HttpResponse:
        return HttpResponse("secret")

    more = [*get_resolver().url_patterns, path("secret", secret, name="secret"), path("nameless", secret)]
    assert unlisted(more) == {"secret", "unnamed nameless"}


# --- the people who ask ---------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """24 November 2026; and files that the rooms make for the test stay in its own folder."""
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


def _browsers() -> dict[str, Client]:
    members = {"owner": person("owner"), "other": person("tanaka")}
    members |= {role.value: person(role.value, role) for role in Role}
    return {"nobody": Client()} | {kind: browser(member) for kind, member in members.items()}


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Client]]:
    yield from once_a_module(django_db_blocker, _browsers)


@pytest.fixture
def askers(everybody: dict[str, Client], db: None) -> dict[str, Client]:
    """A browser for each kind of person: signed in as one who owns, one who owns nothing, one a role."""
    return {kind: again(client) for kind, client in everybody.items()}


def _ask(asker: Client, line: Line, url: str, method: str = "") -> Any:
    if (method or line.method) == "get":
        return asker.get(url)
    return asker.post(url, {"once": "x" * 20} | line.post)


def _was_let_in(line: Line, response: Any) -> bool:
    """Whether the door opened, whatever stood behind it."""
    if response.status_code in (401, 403, 404, 405):
        return False
    if response.status_code != 302:
        return True
    to_sign_in = response.url.split("?")[0] == reverse("account_login")
    return line.leads_to_sign_in or not (to_sign_in or _says_no(line, response))


def _says_no(line: Line, response: Any) -> bool:
    """A redirect that carries a refusal, where the table says that this address refuses so."""
    told = list(get_messages(response.wsgi_request))
    return line.says_no and [message.level for message in told] == [ERROR]


def by_name(some: Iterable[Line]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("line", list(some), ids=lambda line: line.name)


@by_name(lines())
def test_it_lets_in_whom_the_table_says_and_nobody_else(line: Line, askers: dict[str, Client]) -> None:
    """Strangers ask first, by POST too, and leave nothing behind; then those who may, who prove it was there."""
    url = address(line)
    before = Leaf.objects.count()
    strangers = {kind: who for kind, who in askers.items() if not line.admits(kind)}
    for method in {line.method, "post"}:
        answers = {kind: _ask(who, line, url, method) for kind, who in strangers.items()}
        assert [kind for kind, answer in answers.items() if _was_let_in(line, answer)] == []
    if "own" in line.who:
        _looks_like_nothing(line, url, askers["other"])
    assert Leaf.objects.count() == before
    entitled = {kind: _ask(who, line, url) for kind, who in askers.items() if line.admits(kind)}
    assert [kind for kind, answer in entitled.items() if not _was_let_in(line, answer)] == []
    if "own" in line.who:
        owner = entitled["owner"]
        assert owner.status_code in ({200, 302} if line.method == "post" else {200})
        assert line.shows in _body(owner)
    if line.method == "get":
        _says_no_japanese_in_english(line, url, [askers[kind] for kind in entitled])


def _says_no_japanese_in_english(line: Line, url: str, entitled: list[Client]) -> None:
    """Both languages are of equal rank. The first who may, and the last, see most of a page between them."""
    asking = {id(who): who for who in (*entitled[:2], *entitled[-1:])}.values()
    answers = [who.get(translate_url(url, "en")) for who in asking]
    pages = [_body(a) for a in answers if a.headers["Content-Type"].startswith("text/html")]
    assert {word for page in pages for word in japanese_of(page)} == set()


def _looks_like_nothing(line: Line, url: str, other: Client) -> None:
    """The answer to a stranger must not tell whether the thing exists."""
    nowhere = re.sub(UUID, SOME_ID, url)
    mine, none = (_ask(other, line, place) for place in (url, nowhere))
    assert (mine.status_code, mine.headers.get("Location")) == (
        none.status_code,
        none.headers.get("Location"),
    )


@by_name(line for line in lines() if line.demo)
def test_outside_a_demo_there_is_no_such_page(line: Line, askers: dict[str, Client], settings: Any) -> None:
    url = address(line)
    assert _was_let_in(line, _ask(askers["nobody"], line, url))
    settings.DEMO = False
    assert {_ask(browser, line, url).status_code for browser in askers.values()} == {404}


def _body(response: Any) -> str:
    content: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def test_the_table_admits_nobody_by_accident() -> None:
    """The reading of a line itself: an owner's page is not everybody's."""
    own = Line("x", ("own", "reviewer"))
    kinds = ("nobody", "owner", "other", "reviewer", "decider")
    assert [kind for kind in kinds if own.admits(kind)] == ["owner", "reviewer"]
    assert [kind for kind in kinds if Line("x", ("person",)).admits(kind)] == list(kinds[1:])

"""Promise P8: nobody sees what is not theirs. Every address × every kind of person, from tests/access.toml.

To add an address, add its line there; to show that something belongs to somebody, add a small function in the
room's `tests/access.py` that makes it through the room's actions.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from nintei.people.models import Role
from nintei.site.tests.access import Line, address, addresses, browser, lines, person

SOME_ID = "00000000-0000-4000-8000-000000000000"


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
def own_store(settings: Any, tmp_path: Path) -> None:
    """Files that the rooms make for the test stay in its own folder."""
    settings.VAR = tmp_path


@pytest.fixture
def askers(db: None) -> dict[str, Client]:
    """A browser for each kind of person: signed in as one who owns, one who owns nothing, one a role."""
    members = {"owner": person("owner"), "other": person("tanaka")}
    members |= {role.value: person(role.value, role) for role in Role}
    return {"nobody": Client()} | {kind: browser(member) for kind, member in members.items()}


def _ask(asker: Client, line: Line, url: str) -> Any:
    return asker.post(url, line.post) if line.method == "post" else asker.get(url)


def _was_let_in(line: Line, response: Any) -> bool:
    """Whether the door opened. A POST without its key gets 400: it was let in, and did nothing."""
    if response.status_code in (403, 404, 405):
        return False
    to_sign_in = response.status_code == 302 and response.url.split("?")[0] == reverse("account_login")
    return line.leads_to_sign_in or not to_sign_in


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.name)
def test_it_lets_in_whom_the_table_says_and_nobody_else(
    line: Line, askers: dict[str, Client], settings: Any
) -> None:
    settings.DEMO = line.demo
    url = address(line)
    owner = _ask(askers["owner"], line, url)
    if "own" in line.who:
        assert owner.status_code == 200, "the owner does not see it: nothing below would prove anything"
        assert line.shows in _body(owner)
    let_in = {kind: _was_let_in(line, _ask(browser, line, url)) for kind, browser in askers.items()}
    assert let_in == {kind: line.admits(kind) for kind in askers}


@pytest.mark.parametrize(
    "line", [line for line in lines() if "anyone" not in line.who], ids=lambda line: line.name
)
def test_a_post_enters_by_no_other_door(line: Line, askers: dict[str, Client], settings: Any) -> None:
    settings.DEMO = line.demo
    url = address(line)
    kept_out = {kind: browser for kind, browser in askers.items() if not line.admits(kind)}
    answers = {kind: browser.post(url, {"once": "x" * 20}) for kind, browser in kept_out.items()}
    assert [kind for kind, answer in answers.items() if _was_let_in(line, answer)] == []


@pytest.mark.parametrize("line", [line for line in lines() if line.demo], ids=lambda line: line.name)
def test_outside_a_demo_there_is_no_such_page(line: Line, askers: dict[str, Client], settings: Any) -> None:
    settings.DEMO = True
    url = address(line)
    assert _was_let_in(line, _ask(askers["nobody"], line, url))
    settings.DEMO = False
    assert {_ask(browser, line, url).status_code for browser in askers.values()} == {404}


@pytest.mark.parametrize("line", [line for line in lines() if "own" in line.who and line.needs], ids=str)
def test_what_is_not_there_looks_like_what_is_not_yours(
    line: Line, askers: dict[str, Client], settings: Any
) -> None:
    """The answer to a stranger must not tell whether the thing exists."""
    settings.DEMO = line.demo
    url = address(line)
    nowhere = "/".join(SOME_ID + part[36:] if _is_id(part) else part for part in url.split("/"))
    if nowhere != url:
        assert (
            _ask(askers["other"], line, url).status_code == _ask(askers["other"], line, nowhere).status_code
        )


def _is_id(part: str) -> bool:
    return len(part) >= 36 and part[:36].count("-") == 4


def _body(response: Any) -> str:
    content: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def test_the_table_admits_nobody_by_accident() -> None:
    """The reading of a line itself: an owner's page is not everybody's."""
    own = Line("x", ("own", "reviewer"))
    kinds = ("nobody", "owner", "other", "reviewer", "decider")
    assert [kind for kind in kinds if own.admits(kind)] == ["owner", "reviewer"]
    assert [kind for kind in kinds if Line("x", ("person",)).admits(kind)] == list(kinds[1:])

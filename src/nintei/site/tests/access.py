"""The table of who may open what (tests/access.toml), read for the tests that walk every address."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import translation

from nintei.people import actions
from nintei.people.models import Person, Role
from nintei.shared.clock import JST

Made = TypeVar("Made")
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
TABLE = Path(__file__).parents[4] / "tests" / "access.toml"
KEYS = {"who", "needs", "shows", "method", "post", "demo", "leads_to_sign_in", "says_no"}


@dataclass(frozen=True)
class Line:
    """One address of the table."""

    name: str
    who: tuple[str, ...]
    needs: str = ""
    shows: str = ""
    method: str = "get"
    post: dict[str, str] = field(default_factory=dict)
    demo: bool = False
    leads_to_sign_in: bool = False
    says_no: bool = False

    def admits(self, asker: str) -> bool:
        """Whether this kind of asker may enter: `nobody` (no account), `owner`, `other`, or a role."""
        if "anyone" in self.who:
            return True
        if asker == "nobody":
            return False
        return "person" in self.who or {"owner": "own"}.get(asker, asker) in self.who


def lines() -> list[Line]:
    """The table, refused if a line says something unknown."""
    told = tomllib.loads(TABLE.read_text("utf-8"))
    for name, line in told.items():
        assert set(line) <= KEYS, f"{name}: unknown {set(line) - KEYS}"
        words = [line["who"]] if isinstance(line["who"], str) else line["who"]
        assert set(words) <= {"anyone", "person", "own", *Role.values}, f"{name}: unknown {words}"
        line["who"] = tuple(words)
    return [Line(name=name, **line) for name, line in told.items()]


def addresses(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The name of every address; one without a name is told by its pattern, and so cannot be listed."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else f"unnamed {pattern.pattern}"


def address(line: Line, language: str = "ja") -> str:
    """Where a line's page is in a language, with what it shows made for `owner@example.jp`."""
    made: dict[str, object] = {}
    if line.needs:
        module, _colon, name = line.needs.partition(":")
        made = getattr(import_module(module), name)(Person.objects.get(email="owner@example.jp"))
    # A request before this one has left its language behind in this thread.
    with translation.override(language):
        return reverse(line.name, kwargs=made)


def person(who: str, *roles: Role) -> Person:
    """Somebody of the test, with a Japanese name and these roles."""
    somebody = actions.register(by="system", email=f"{who}@example.jp", language="ja", at=NOON)
    for role in roles:
        actions.grant_role(by="system", person=somebody, role=role, from_on=date(2024, 4, 1), at=NOON)
    return actions.change_name(
        by="system", person=somebody, name=f"佐藤 {who}", kana="サトウ", latin="", born_on=None, at=NOON
    )


def browser(somebody: Person) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(somebody)
    return client


def once_a_module(blocker: Any, make: Callable[[], Made]) -> Iterator[Made]:
    """What `make` writes to the database, there for every test of a module and gone after it.

    The body of a module's fixture: each test has a transaction of its own inside this one.
    """
    whole = transaction.atomic()
    with blocker.unblock():
        whole.__enter__()
        made = make()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def again(client: Client) -> Client:
    """Another browser with the same cookies, so that one test does not sign out another's."""
    other = Client()
    other.cookies.load(client.cookies)
    return other

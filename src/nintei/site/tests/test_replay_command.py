"""`nintei replay` and `nintei role`: what they print and how they end."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
import pytest

from nintei.applications.models import Application, Decision
from nintei.applications.tests.conftest import (  # noqa: F401  the cast
    PAID_ON,
    accepted,
    decide,
    in_review,
    ito,
    kato,
    mori,
    ready,
    recommended,
    report,
    sato,
    submitted,
)
from nintei.people.models import Person, Role, RoleGrant
from nintei.site import ready as installation
from nintei.site.commands import replay, role


@contextmanager
def already_ready() -> Iterator[None]:
    yield


@pytest.fixture(autouse=True)
def the_installation(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", PAID_ON.isoformat())
    monkeypatch.setattr(installation, "django_ready", already_ready)  # pytest has opened it


def test_replay_tells_what_is_the_same_and_what_differs(
    recommended: Application,  # noqa: F811
    kato: Person,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    decision = Decision.objects.get(pk=decide(recommended, kato).pk)
    assert replay.run(argparse.Namespace(case=None, lang="en")) == 0
    assert capsys.readouterr().out == "1 same, 0 different\n"
    assert replay.run(argparse.Namespace(case="2026-0001", lang="en")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2026-0001 certified 2026-11-26 conken")
    assert [line.split()[0] for line in lines[1:-1]] == ["statement", "statement", "pledge", "leaf", "leaf"]
    with pgtrigger.ignore("applications.Decision:append_only"):
        Decision.objects.filter(pk=decision.pk).update(evidence=decision.evidence[:-1])
    assert replay.run(argparse.Namespace(case=None, lang="en")) == 1
    assert "the list of hashes is not that of the facts" in capsys.readouterr().out
    assert replay.run(argparse.Namespace(case="2026-0404", lang="en")) == 2


def test_the_first_two_members_of_the_board_are_entered_here_and_no_third(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ono", "hara", "mizuno"):
        Person.objects.create_user(f"{name}@example.jp", name=name)

    def first(name: str) -> int:
        return role.run(argparse.Namespace(verb="first", email=f"{name}@example.jp", lang="en"))

    assert [first(name) for name in ("nobody", "ono", "ono", "hara", "mizuno")] == [2, 0, 1, 0, 1]
    assert "Two members of the board are there." in capsys.readouterr().err
    held = RoleGrant.objects.filter(role=Role.BOARD).values_list("person__email", flat=True)
    assert sorted(held) == ["hara@example.jp", "ono@example.jp"]
    assert role.run(argparse.Namespace(verb="list", lang="en")) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[2] for line in listed] == ["hara@example.jp", "ono@example.jp"]

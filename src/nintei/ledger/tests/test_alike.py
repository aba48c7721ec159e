"""Files used twice: the same bytes, and pages that look the same. Planted copies in a few generated files.

`NINTEI_FILES=2000 bench/evidence.py` measures the whole set, each file in its own limited process; here are a few,
so that a mistake shows.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nintei.ledger import actions, prints
from nintei.ledger.actions.looking import look_at
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity, Alike, PagePrint
from nintei.ledger.queries import alike
from nintei.ledger.tests import papers
from nintei.ledger.tests.conftest import at, certified
from nintei.people.models import Person, Role, RoleGrant
from nintei.shared import files

COUNT = int(os.environ.get("NINTEI_FILES", "12"))
ON = date(2026, 6, 1)
DRAFT = Draft("C", "講演会", ((ON, 60),), topic="4")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[papers.Paper]:
    return papers.make(tmp_path_factory.mktemp("papers"), COUNT, random.Random(3))


@pytest.fixture
def lines(suzuki: Person, tanaka: Person) -> list[Activity]:
    certified(suzuki, "OMP", date(2023, 10, 11), "0000000318")
    first = actions.log_activity(by=suzuki.by, person=suzuki, draft=DRAFT, at=at())
    second = actions.log_activity(by=tanaka.by, person=tanaka, draft=replace(DRAFT, title="研修"), at=at())
    return [first, second]


def attach(line: Activity, path: Path) -> str:
    taken = files.take_in(SimpleUploadedFile(path.name, path.read_bytes()))
    actions.attach_evidence(by=line.person.by, activity=line, taken=taken, at=at())
    look_at(kind=taken.kind, sha256=taken.sha256, at=at())
    return taken.sha256


def test_planted_copies_are_found_and_strangers_are_not(
    made: list[papers.Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {paper: papers.prints_here(paper) for paper in made}
    found = papers.measure(told)
    assert (found.equal, found.near >= 0.75, found.false) == (1, True, 0)
    # The control: a measure that is too strict loses copies, one that is too lax takes strangers for copies.
    monkeypatch.setattr(prints, "ALIKE", 0.9999)
    assert papers.measure(told).near < 0.75
    monkeypatch.setattr(prints, "ALIKE", 0.0)
    assert papers.measure(told).false > 0


def test_one_file_at_two_people_is_one_hint(lines: list[Activity], made: list[papers.Paper]) -> None:
    for line in lines:
        attach(line, made[0].path)
    [hint] = alike.used_twice()
    assert (hint.same_bytes, hint.people, len(hint.uses)) == (True, 2, 2)


def test_a_copy_saved_anew_is_a_hint_until_one_of_them_is_removed(
    lines: list[Activity], made: list[papers.Paper]
) -> None:
    copy = next(each for each in made if each.how == "near" and each.kind == "png")
    original = next(each for each in made if each.name == copy.of)
    attach(lines[0], original.path)
    assert alike.used_twice() == []
    attach(lines[1], copy.path)
    [hint] = alike.used_twice()
    assert (hint.same_bytes, hint.people, hint.permille >= 900) == (False, 2, True)
    actions.remove_evidence(by="x", evidence=lines[1].evidence.get(), at=at())
    assert alike.used_twice() == []


def test_a_file_is_looked_at_once_and_a_blank_page_is_like_nothing(
    lines: list[Activity], tmp_path: Path
) -> None:
    from nintei.shared.picture import png

    for name, grey in (("a", 255), ("b", 254)):
        (tmp_path / name).write_bytes(png(64, 64, 64, bytes([grey]) * 64 * 64, 1))
    shas = [attach(line, tmp_path / name) for line, name in zip(lines, "ab", strict=True)]
    assert (Alike.objects.count(), PagePrint.objects.count()) == (0, 2)
    assert look_at(kind="png", sha256=shas[0], at=at()) == 0


def test_what_is_no_picture_has_no_prints(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\x89PNG\r\n\x1a\n nonsense")
    assert [prints.prints_of(kind, tmp_path / "x") for kind in ("png", "pdf", "jpeg")] == [[], [], []]


def test_the_office_sees_both_pages_and_others_see_nothing(
    lines: list[Activity], made: list[papers.Paper], tanaka: Person
) -> None:
    ito = Person.objects.create_user("ito@example.jp", name="伊藤 蓮")
    RoleGrant.objects.create(person=ito, role=Role.REVIEWER, from_on=ON)
    for line in lines:
        attach(line, made[0].path)
    browser, stranger = Client(), Client()
    browser.force_login(ito)
    stranger.force_login(tanaka)
    counts = set()
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page: Any = browser.get("/office/evidence")
        counts.add(len(asked))
        for line in lines if not lines[0].evidence.filter(file_name=made[1].path.name).exists() else []:
            attach(line, made[1].path)
    assert (page.status_code, "まったく同じファイル" in page.content.decode(), len(counts)) == (200, True, 1)
    assert stranger.get("/office/evidence").status_code == 403

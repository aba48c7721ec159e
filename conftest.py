"""One throw-away PostgreSQL for a whole run of pytest, shared by its workers; started when first needed.

With `DATABASE_URL` set, that server is used instead (Django makes its own `test_…` databases there).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain, count
from pathlib import Path
from typing import Any

import pytest

from nintei.site import postgres
from tests.kept import STANDING, empty_again, fall, remember_the_empty, stand

# Playwright runs an event loop in the thread of the test, and Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CLUSTER = pytest.StashKey[ExitStack]()
NUMBERS = count()
OTHERS_OUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"""


def start_cluster(config: pytest.Config) -> str:
    """The address of the run's database server; `DATABASE_URL` hands it on to workers and child processes."""
    if "DATABASE_URL" not in os.environ:
        stack = config.stash.setdefault(CLUSTER, ExitStack())
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.throw_away()).url
    return os.environ["DATABASE_URL"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """The controller starts the server before its workers, who inherit the address."""
    start_cluster(config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long walks in a browser first, half for each of two workers: nobody waits for the last one alone."""
    walks = [item for item in items if "journeys" in item.path.parts]
    others = [item for item in items if "journeys" not in item.path.parts]
    half = len(others) // 2
    items[:] = [*walks[::2], *others[:half], *walks[1::2], *others[half:]]


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not look through it for every test."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if stack := config.stash.get(CLUSTER, None):
        stack.close()
        del os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    pytestconfig: pytest.Config, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Point Django at the run's server; a name that pytest-django calls before it makes its database."""
    from django.conf import settings

    from nintei.site.settings import database

    default = settings.DATABASES["default"]
    address = database(start_cluster(pytestconfig))
    default.update({key: address[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database is made; what tests commit to it is deleted after them (tests/kept.py).

    At the end nobody else is in it: to drop it would wait five seconds for what a served page left open.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():
        remember_the_empty()
    TransactionTestCase._fixture_teardown = empty_again  # type: ignore[attr-defined]
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(OTHERS_OUT)


@pytest.fixture(autouse=True)
def in_japanese() -> Iterator[None]:
    """Every test begins in Japanese, whatever language the one before it ended in."""
    from django.utils import translation

    with translation.override("ja"):
        yield


@pytest.fixture(autouse=True)
def own_journal(request: pytest.FixtureRequest) -> Path | None:
    """The journal's files belong to a test's own database, which is empty again after it."""
    asked = {"db", "transactional_db"} & set(request.fixturenames)
    if not asked and request.node.get_closest_marker("django_db") is None:
        return None
    settings = request.getfixturevalue("settings")
    place: Path = request.getfixturevalue("tmp_path_factory").getbasetemp() / f"journal-{next(NUMBERS)}"
    settings.JOURNAL_FOLDER, settings.JOURNAL_ANCHOR = str(place / "files"), str(place / "anchor")
    settings.ISSUING_KEYS, settings.CREDENTIALS_FOLDER = str(place.parent / "issuing"), str(place / "lists")
    return place


# --- worlds that many tests begin with -------------------------------------------------------------


@pytest.fixture(autouse=True)
def kept_world(request: pytest.FixtureRequest, own_journal: Path | None) -> Iterator[None]:
    """What a test asks for of the fixtures marked `@kept` stands when it begins (tests/kept.py)."""
    if own_journal:
        stand(request, own_journal)
    yield
    fall()


def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: Any) -> Any:
    """A fixture whose world was put back is not made again."""
    if fixturedef.argname not in STANDING:
        return None
    value = STANDING[fixturedef.argname]
    fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
    return value


# --- what readers by others said, a table at the end of the run ------------------------------------

Verifier = Callable[..., None]


@pytest.fixture
def verifier(record_property: Callable[[str, object], None]) -> Verifier:
    """Say what software by others made of ours: `verifier(who, what, accepted=2000, refused=18000)`.

    One that is not on this machine: `verifier(who, what, missing="how to get it")`, which skips the test by name.
    The run's table has a line for each; a failed test shows as failed there.
    """

    def say(who: str, what: str, *, accepted: int = 0, refused: int = 0, missing: str = "") -> None:
        record_property("verifier", [who, what, accepted, refused, missing])
        if missing:
            pytest.skip(f"{who} is missing: {missing}")

    return say


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Who accepted what of ours, and how many forgeries each refused."""
    reports = chain.from_iterable(
        terminalreporter.stats.get(kind, ()) for kind in ("passed", "failed", "skipped")
    )
    told = {
        (said[0], said[1]): (report.outcome, *said[2:])
        for report in reports
        if getattr(report, "when", "") == "call"
        for key, said in report.user_properties
        if key == "verifier"
    }
    if not told:
        return
    terminalreporter.section("verifiers by others")
    for (who, what), (outcome, accepted, refused, missing) in sorted(told.items()):
        found = f"accepted {accepted:,}, refused {refused:,}" if outcome == "passed" else outcome
        terminalreporter.line(f"{who:<28} {what:<34} {f'skipped: {missing}' if missing else found}")

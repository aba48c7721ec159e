"""Whatever brings the workers, the run is the same; and what it found goes out as CSV and Parquet alike."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from distributed import LocalCluster
from pyarrow import parquet as arrow

from nintei.insight import queries
from nintei.insight.engines import ENGINES, SLICES_A_WORKER
from nintei.insight.models import Run, Standing
from nintei.insight.tests.broken import broken
from nintei.insight.tests.conftest import ON
from nintei.insight.tests.test_evaluate import evaluate
from nintei.registry.models import Certification
from nintei.site import ready
from nintei.site.cli import main

SAME = ("certification_id", "units", "unit", "lines", "met", "outcome")


@contextmanager
def already_ready() -> Iterator[None]:
    yield


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    monkeypatch.setattr(ready, "django_ready", already_ready)  # pytest has opened it


def test_dask_finds_what_two_processes_find(population: list[Certification]) -> None:
    heard: list[int] = []
    runs = [evaluate(), evaluate(engine=ENGINES["dask"], tell=heard.append, processes=1)]
    here, there = (set(Standing.objects.filter(run=run).values_list(*SAME)) for run in runs)
    assert (here, runs[0].lines) == (there, runs[1].lines)
    assert (heard, heard[-1], len(heard)) == (sorted(heard), len(population), SLICES_A_WORKER)


def test_a_cluster_that_is_there_is_used_and_a_run_that_fails_in_it_leaves_nothing(
    population: list[Certification], monkeypatch: pytest.MonkeyPatch
) -> None:
    with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", cluster.scheduler_address)
        with pytest.raises(psycopg.errors.CheckViolation):
            evaluate(judged=broken, engine=ENGINES["dask"])
        assert (Run.objects.count(), Standing.objects.count()) == (0, 0)
        run = evaluate(engine=ENGINES["dask"])
    assert run.standings.count() == len(population)


def test_the_command_writes_the_same_standings_as_csv_and_as_parquet(
    population: list[Certification], command: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, folder = tmp_path / "all.csv", tmp_path / "figures"
    asked = ["evaluate", "--as-of", f"{ON}", "--out", str(table), "--parquet", str(folder)]
    assert main(asked) == 0
    counted = [line.split() for line in capsys.readouterr().out.splitlines()]
    run = queries.newest()
    assert run
    assert [(word, int(count)) for count, word in counted] == queries.outcomes(run)
    (file,) = folder.iterdir()
    kept = arrow.read_table(file)
    assert json.loads(kept.schema.metadata[b"nintei"]) == {
        "as_of": f"{ON}", "edition": run.edition, "holders": len(population), "lines": run.lines,
    }  # fmt: skip
    with table.open(encoding="utf-8", newline="") as lines:
        in_csv = [(r["number"], Decimal(r["points"]), r["outcome"]) for r in csv.DictReader(lines)]
    in_parquet = [
        (r["number"], Decimal(r["units"]) / r["units_a_point"], r["outcome"]) for r in kept.to_pylist()
    ]
    assert in_csv == in_parquet
    assert len(in_csv) == len(population)


@pytest.mark.parametrize(
    ("asked", "package"), [(["--parquet", "x"], "pyarrow"), (["--engine", "dask"], "distributed")]
)
def test_without_its_package_nothing_is_run_and_it_says_what_to_do(
    transactional_db: None,
    command: None,
    asked: list[str],
    package: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert main(["evaluate", *asked]) == 2
    assert (Run.objects.count(), capsys.readouterr().err.count("make extras")) == (0, 2)


def test_a_place_that_cannot_be_written_is_named(
    transactional_db: None, command: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "file"
    taken.touch()
    assert main(["evaluate", "--parquet", str(taken)]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"{taken}: File exists"

"""Who works on the slices of the population: processes of this machine, or a Dask cluster (decision 0037).

Every engine is given the same job and answers the same; what one slice does is `stream.run_slice`. No Django here.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing.managers import ValueProxy
from typing import TYPE_CHECKING

from nintei.insight.stream import CARRIED, RELIEF, Done, Judged, Slice, run_slice, slices
from nintei.rules.load import load

if TYPE_CHECKING:
    from distributed import Client

SLICES_A_WORKER = 8
"""Dask tells only of slices that are done: enough of them for progress, and for uneven workers."""


class MissingExtra(RuntimeError):
    """What was asked for needs a package that is not installed; `make extras` brings it. The message names it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to know besides its slice. `dsn` has the database's password: a cluster must be trusted."""

    dsn: str
    snapshot: str
    courses: str
    run: int
    on: date
    rulebook: str
    judged: Judged

    def do(self, part: Slice, tell: Callable[[int], None] = lambda _: None) -> Done:
        """One slice, read, judged and written."""
        judge = self.judged(self.rulebook, self.on)
        rules = load(self.rulebook, self.on).points
        extras = RELIEF if rules.relief else "NULL", CARRIED if rules.carry_over else "NULL"
        return run_slice(self.dsn, self.snapshot, part, self.courses, *extras, self.run, self.on, judge, tell)


Engine = Callable[[Job, int, Callable[[int], None]], list[Done]]
"""A job, how many processes, and who hears the holders done so far; what each slice came to."""


def local(job: Job, processes: int, tell: Callable[[int], None]) -> list[Done]:
    """Processes of this machine, a slice each, counting as they go."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(processes, mp_context=context) as pool:
        counts = [manager.Value("q", 0) for _ in range(processes)]
        parts = zip(slices(processes), counts, strict=True)
        asked = [pool.submit(_counting, job, part, count) for part, count in parts]
        waiting = set(asked)
        while waiting:
            _, waiting = wait(waiting, timeout=1)
            tell(sum(count.value for count in counts))
        return [each.result() for each in asked]


def _counting(job: Job, part: Slice, count: ValueProxy[int]) -> Done:
    """One worker process: its slice, with `count` for whoever watches."""

    def tell(holders: int) -> None:
        count.value += holders

    return job.do(part, tell)


def dask(job: Job, processes: int, tell: Callable[[int], None]) -> list[Done]:
    """The Dask cluster that `DASK_SCHEDULER_ADDRESS` names, else one of this machine, on loopback and without pages.

    A slice that fails ends the run; one whose worker died is done again, for its rows came with its end. Raises
    `MissingExtra` where Dask is not installed.
    """
    with _client(processes) as client:
        from distributed import as_completed

        asked = client.map(job.do, slices(processes * SLICES_A_WORKER), pure=False)
        done: list[Done] = []
        for each in as_completed(asked):
            done.append(each.result())
            tell(sum(part.holders for part in done))
        return done


@contextmanager
def _client(processes: int) -> Iterator[Client]:
    try:
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as missing:
        raise MissingExtra("dask[distributed]") from missing
    if address := os.environ.get("DASK_SCHEDULER_ADDRESS"):
        with Client(address) as client:
            yield client
        return
    quiet = {"dashboard_address": None, "silence_logs": logging.ERROR}
    with (
        LocalCluster(n_workers=processes, threads_per_worker=1, host="127.0.0.1", **quiet) as cluster,
        Client(cluster) as client,
    ):
        yield client


ENGINES: dict[str, Engine] = {"local": local, "dask": dask}

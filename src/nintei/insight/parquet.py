"""The standings of a run as Parquet, for whoever counts with other tools (DuckDB, pandas, R)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nintei.insight.engines import MissingExtra
from nintei.insight.models import Run, Standing

if TYPE_CHECKING:
    import pyarrow as pa

FIELDS = ("certification__number", "certification__qualification", "units", "unit", "lines", "met", "outcome")
ROWS = 50_000


def write(run: Run, folder: Path) -> Path:
    """The standings of a run in one file of `folder`, complete or not there; the file.

    Points are kept exactly, as `units` of which `units_a_point` make one. The file's own metadata (`nintei`) says
    the day, the edition and how many. Raises `MissingExtra` without pyarrow, `OSError` where it cannot be written.
    """
    arrow, parquet = libraries()
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"standings-{run.as_of}-{re.sub('[^A-Za-z0-9.-]+', '-', run.edition)}.parquet"
    new = place.with_suffix(".new")
    schema = _schema(arrow, run)
    try:
        with parquet.ParquetWriter(new, schema) as out:
            for rows in _chunks(run):
                columns = [
                    arrow.array(column, type=kind) for column, kind in zip(rows, schema.types, strict=True)
                ]
                out.write_table(arrow.Table.from_arrays(columns, schema=schema))
        return new.replace(place)
    finally:
        new.unlink(missing_ok=True)


def libraries() -> tuple[Any, Any]:
    """pyarrow and its Parquet. Raises `MissingExtra`."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as missing:
        raise MissingExtra("pyarrow") from missing
    return pa, parquet


def _schema(arrow: Any, run: Run) -> pa.Schema:
    said = {
        "as_of": run.as_of.isoformat(),
        "edition": run.edition,
        "holders": run.holders,
        "lines": run.lines,
    }
    word = arrow.dictionary(arrow.int32(), arrow.string())
    columns = {
        "number": arrow.string(),
        "qualification": word,
        "units": arrow.int32(),
        "units_a_point": arrow.int16(),
        "lines": arrow.int32(),
        "met": arrow.bool_(),
        "outcome": word,
    }
    return arrow.schema(columns.items(), metadata={"nintei": json.dumps(said)})


def _chunks(run: Run) -> Iterator[list[tuple[Any, ...]]]:
    """The run's rows in the order of their numbers, turned to columns, so many at a time."""
    rows = Standing.objects.filter(run=run).order_by("certification__number").values_list(*FIELDS)
    stream = iter(rows.iterator(chunk_size=5000))
    while chunk := list(islice(stream, ROWS)):
        yield list(zip(*chunk, strict=True))

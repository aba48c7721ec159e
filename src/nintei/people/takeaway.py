"""Somebody's whole record as one file to take away: JSON for machines, CSV for people, their papers, the journal."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from nintei.people import queries
from nintei.people.models import Person
from nintei.people.queries import Taken
from nintei.shared import cells, files

README = """Nintei: あなたについて保存している記録のすべて / everything that is kept about you
{name}  {at}

record.json   すべての表（機械が読む形） / every table, for machines
tables/       表ごとのCSV（Excelで開けます） / each table as CSV, for spreadsheets
files/        あなたが出した書類と、あなたの認定証 / papers you handed in, and your certificates
journal.json  記録簿にある、あなたについての記録 / what the journal says about you

入っていないもの / not in it:
・鍵や確認コードなど、渡すと危ないもの / keys and codes, which would be dangerous to hand out
・事務局の内部のメモ。渡すかどうかを協会がまだ定めていません / the office's own notes: the association has not yet
  said whether they are handed out
"""


def record_of(person: Person, at: datetime) -> IO[bytes]:
    """The file, ready to be read; it is gone when it is closed."""
    whole = tempfile.TemporaryFile()  # noqa: SIM115  whoever serves it closes it
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(name=person.name, at=at.isoformat(timespec="seconds")))
        taken = list(queries.whole_record(person))
        archive.writestr("record.json", _json({each.table.label: each.rows for each in taken}))
        for each in taken:
            rows = ([_cell(row[name]) for name in each.fields] for row in each.rows)
            archive.writestr(f"tables/{each.table.label}.csv", cells.table(each.fields, rows))
        archive.writestr("journal.json", _json([entry._asdict() for entry in queries.leaves_about(person)]))
        for sha256, name in _papers(taken):
            archive.write(files.place_of(sha256), f"files/{sha256[:12]}-{name}")
    whole.seek(0)
    return whole


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _papers(taken: list[Taken]) -> Iterator[tuple[str, str]]:
    """Every file once, with what its sender called it; ours (certificates) bear their table's name."""
    seen: set[str] = set()
    for table in (each for each in taken if each.table.keeps_files):
        for row in table.rows:
            sha256, kind = str(row["sha256"]), row.get("kind", "pdf")
            if sha256 not in seen and files.is_kept(sha256):
                seen.add(sha256)
                yield (
                    sha256,
                    str(row.get("file_name") or f"{table.table.label.partition('.')[2].lower()}.{kind}"),
                )

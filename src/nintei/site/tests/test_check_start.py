"""`nintei check` starts quickly (`bench/start.py`) because of what it leaves alone (decision 0008)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SUZUKI = Path(__file__).parent / "samples" / "suzuki.csv"
LOG = (str(SUZUKI), "--cycle-start", "2024-04-01", "--on", "2026-11-24")


def test_it_imports_nothing_that_only_other_files_or_other_commands_need(tmp_path: Path) -> None:
    keeping = {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "", "LANG": "C.UTF-8"}
    code = "import sys; from nintei.site.cli import main; main(sys.argv[1:]); print(*sys.modules, sep='\\n')"
    command = [sys.executable, "-c", code, "check", *LOG]
    for _ in ("the rulebook is read and kept", "as on every other day"):
        said = subprocess.run(
            command, capture_output=True, check=True, encoding="utf-8", env={**os.environ, **keeping}
        ).stdout
    heavy = {
        "ast",
        "dataclasses",
        "django",
        "inspect",
        "json",
        "logging",
        "openpyxl",
        "subprocess",
        "tomllib",
    }
    assert heavy & set(said.splitlines()) == set()

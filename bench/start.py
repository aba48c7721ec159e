"""How long `nintei check` takes to answer, beside Python that starts and does nothing.

    .venv/bin/python bench/start.py

Both run in turn in every round, so that what else the machine does falls on both alike; the medians are
compared. Target: at most 8 times bare Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 15
LOG = "区分,日付,時間,分野,内容,証明\n" + "".join(
    f"{'ABCD'[number % 4]},202{4 + number % 3}-{1 + number % 9}-{1 + number},1:30,{1 + number % 7},記録,記録\n"
    for number in range(27)
)


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of one run."""
    begun = perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, env=environment)
    taken = perf_counter() - begun
    if done.returncode > 1 or b"Traceback" in done.stderr:  # 1 says that points are missing, as they are
        raise SystemExit(done.stderr.decode())
    return taken


def main() -> None:
    """Print ours, the floor and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.csv"
        log.write_text(LOG, encoding="utf-8")
        nintei = str(Path(sys.executable).with_name("nintei"))
        check = [nintei, "check", str(log), "--cycle-start", "2024-04-01", "--on", "2026-11-24"]
        bare = [sys.executable, "-c", "pass"]
        # As installed: with bytecode, wherever this environment keeps or forbids it.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        for command in (check, check, bare):
            seconds(command, env)  # files into memory, bytecode and editions written
        rounds = [(seconds(check, env), seconds(bare, env)) for _ in range(ROUNDS)]
    ours, floor = median(each[0] for each in rounds), median(each[1] for each in rounds)
    print(
        f"nintei check, 27 lines: ours {ours * 1000:.0f} ms  bare Python {floor * 1000:.0f} ms"
        f"  ratio {ours / floor:.1f} (target 8)"
    )


if __name__ == "__main__":
    main()

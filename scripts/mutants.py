"""Change the kernel in many small ways and count how many changes its tests notice.

    python scripts/mutants.py [MODULE…]          mutate them (`dates fees`; all of rules/ without a name)
    python scripts/mutants.py [MODULE…] --go-on  go on with a run that was cut off, on the same sources
    python scripts/mutants.py [MODULE…] --count  only count again what the last run found

Prints `module: killed K of N (P %)` and at last the sum; exit 1 below 90 %. The names of survivors:
`mutmut results`, their change: `mutmut show NAME`. A full run takes hours on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "mutants"
RULES = WORK / "src/nintei/rules"
WANTED = 90
SURVIVED, NO_TESTS, NOT_RUN = 0, 33, None


def main() -> int:
    """Run, count, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--go-on", action="store_true")
    parser.add_argument("--count", action="store_true")
    asked = parser.parse_args()
    if not asked.count:
        run(asked.modules, goes_on=asked.go_on)
    sums = dict(counted(asked.modules))
    for module, (killed, ran) in sums.items():
        print(f"{module}: {told(killed, ran)}")
    killed, ran = (sum(each) for each in zip(*sums.values(), strict=True)) if sums else (0, 0)
    print(f"rules: {told(killed, ran)}")
    return 0 if 100 * killed >= WANTED * ran > 0 else 1


def run(modules: list[str], *, goes_on: bool) -> None:
    """Start mutmut afresh (what it copied before, rulebooks too, would be stale), or where it was cut off."""
    if not goes_on:
        shutil.rmtree(WORK, ignore_errors=True)
    names = [f"nintei.rules.{module}*" for module in modules]
    few = {"NINTEI_EXAMPLES": "12", **os.environ}
    program = Path(sys.executable).with_name("mutmut")
    subprocess.run([program, "run", "--max-children", "1", *names], cwd=ROOT, env=few, check=True)


def counted(modules: list[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """For each module that was run: mutants killed, and mutants in all. One without a test is not killed."""
    for file in sorted(RULES.rglob("*.py.meta")):
        module = file.relative_to(RULES).as_posix().removesuffix(".py.meta").removesuffix("/__init__")
        codes = Counter(json.loads(file.read_text("utf-8"))["exit_code_by_key"].values())
        ran = codes.total() - codes[NOT_RUN]
        if ran and (not modules or module.replace("/", ".").startswith(tuple(modules))):
            yield module, (ran - codes[SURVIVED] - codes[NO_TESTS], ran)


def told(killed: int, ran: int) -> str:
    """As the promise is worded, rounded down.

    >>> told(9, 10)
    'killed 9 of 10 (90 %)'
    """
    return f"killed {killed} of {ran} ({100 * killed // max(ran, 1)} %)"


if __name__ == "__main__":
    sys.exit(main())

"""The documents that are made from the rulebook and the code: `make docs` writes them, a test finds them fresh."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
SAID = {"readings.md": ["rulebook", "readings"], "clauses.md": ["rulebook", "clauses"]}
MADE = (*SAID, "states.md")


def made(name: str) -> str:
    """The text of a made document: as the command line prints it, or from the table of states."""
    return _said(SAID[name]) if name in SAID else _states()


def _said(command: list[str]) -> str:
    from nintei.site.cli import main

    said = io.StringIO()
    with redirect_stdout(said):
        main(command)
    return said.getvalue()


STATES = """# What can happen to an application

Made by `make docs` from `src/nintei/applications/states.py`; buttons, permissions, tests and the guard in the
database are made from the same table. A cell that is not here may not happen.
申請に起きることの全部です。ここにない組み合わせは、起きません。

受理 (accepted) is set by the rule alone: complete papers and the confirmed fee are both there, on the later day
(MAN-ウ④.※1). Certify and refuse want a decider who neither reviewed the case nor matched its fee.
"""


def _states() -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nintei.site.settings")
    import django
    from django.apps import apps
    from django.utils.translation import override

    if not apps.ready:
        django.setup()
    from nintei.applications import states

    def both(choice: object) -> str:
        words = []
        for language in ("ja", "en"):
            with override(language):
                words.append(str(choice.label))  # type: ignore[attr-defined]  # a member of TextChoices
        return " · ".join(words)

    lines = [STATES]
    for state in states.State:
        waits = states.waits_for(state)
        waited = f" — waits for {both(waits)}" if waits else ""
        lines += [
            f"## {both(state)} (`{state}`)",
            "",
            f"{'Closed.' if state in states.CLOSED else 'Open'}{waited}",
            "",
        ]
        rows = [row for row in states.ROWS if row.at == state]
        if rows:
            lines += ["| event | who | then |", "|---|---|---|"]
        for row in rows:
            who = ", ".join(both(actor) for actor in row.who)
            lines.append(f"| {both(row.event)} (`{row.event}`) | {who} | {both(row.to)} |")
        if rows:
            lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    for name in MADE:
        (DOCS / name).write_text(made(name), "utf-8")
    sys.exit(0)

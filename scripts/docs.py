"""The documents that are made from the rulebook and the code: `make docs` writes them, a test finds them fresh."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
SAID = {"readings.md": ["rulebook", "readings"], "clauses.md": ["rulebook", "clauses"]}
MADE = (*SAID, "states.md", "states-registry.md", "states-certificates.md")


def made(name: str) -> str:
    """The text of a made document: as the command line prints it, or from the table of states."""
    if name in SAID:
        return _said(SAID[name])
    return {"states.md": _states, "states-registry.md": _register, "states-certificates.md": _papers}[name]()


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


REGISTER = """# What can happen to a certification, and to a case about one

Made by `make docs` from `src/nintei/registry/states.py` and `case_states.py`; buttons, permissions, tests and the
guards in the database are made from the same tables. A line that is not here may not happen.
認定と、その手続きに起きることの全部です。ここにない組み合わせは、起きません。

The calendar's events are never written down: the kernel's `status_on` reads them off the days of validity.
"""


PAPERS = """# What can happen to a certificate on its way, and to a link that shows one

Made by `make docs` from `src/nintei/certificates/states.py`; buttons, refusals, tests and the guard in the database
are made from the same table. A line that is not here may not happen.
認定証の発送と、認定を見せるリンクに起きることの全部です。ここにない組み合わせは、起きません。

The desk does it: contractors, reviewers, registrars. The holder makes and revokes links.
"""


def _papers() -> str:
    _ready()
    from nintei.certificates import states

    lines = [PAPERS, "| at | event | then |", "|---|---|---|"]
    lines += [
        f"| {_both(row.at)} (`{row.at}`) | {_both(row.event)} (`{row.event}`) | {_both(row.to)} |"
        for row in states.ROWS
    ]
    lines += ["", "## リンク · A link", "", "| at | event | then |", "|---|---|---|"]
    lines += [
        f"| {_both(at)} | {_both(event)} (`{event}`) | {_both(to)} |" for at, event, to in states.LINK_ROWS
    ]
    return "\n".join([*lines, ""])


def _register() -> str:
    _ready()
    from nintei.registry import case_states, states

    lines = [REGISTER]
    for state in states.State:
        lines += [f"## {_both(state)} (`{state}`)", "", "| event | as whom | then |", "|---|---|---|"]
        for row in (each for each in states.ROWS if each.at == state):
            then = ", ".join(map(_both, row.to)) or "what it was before · その前の状態"
            who = ", ".join(map(_both, row.who))
            lines.append(f"| {_both(row.event)} (`{row.event}`) | {who} | {then} |")
        lines.append("")
    lines += ["## 手続き · A case", "", "| at | step | who | then |", "|---|---|---|---|"]
    for step in case_states.CASE_ROWS:
        who = ", ".join(map(_both, step.who))
        lines.append(f"| {_both(step.at)} | {_both(step.step)} (`{step.step}`) | {who} | {_both(step.to)} |")
    return "\n".join([*lines, ""])


def _ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nintei.site.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _both(choice: object) -> str:
    """A member of TextChoices in both languages."""
    from django.utils.translation import override

    words = []
    for language in ("ja", "en"):
        with override(language):
            words.append(str(choice.label))  # type: ignore[attr-defined]
    return " · ".join(words)


def _states() -> str:
    _ready()
    from nintei.applications import states

    lines = [STATES]
    for state in states.State:
        waits = states.waits_for(state)
        waited = f" — waits for {_both(waits)}" if waits else ""
        lines += [
            f"## {_both(state)} (`{state}`)",
            "",
            f"{'Closed.' if state in states.CLOSED else 'Open'}{waited}",
            "",
        ]
        rows = [row for row in states.ROWS if row.at == state]
        if rows:
            lines += ["| event | who | then |", "|---|---|---|"]
        for row in rows:
            who = ", ".join(_both(actor) for actor in row.who)
            lines.append(f"| {_both(row.event)} (`{row.event}`) | {who} | {_both(row.to)} |")
        if rows:
            lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    for name in MADE:
        (DOCS / name).write_text(made(name), "utf-8")
    sys.exit(0)

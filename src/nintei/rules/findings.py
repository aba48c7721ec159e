"""What the kernel answers with: findings with their clause, and a refusal of senseless input."""

from __future__ import annotations

from typing import NamedTuple

from nintei.rules.edition import Citation


class Finding(NamedTuple):
    """One rule looked at: what it wants, what was shown, and whether that is enough.

    `met` is None where no machine may decide and a person must look. `key` names the rule
    (`points.required`), `note` a stable code for what is special about the case.
    """

    key: str
    met: bool | None
    shown: object
    wanted: object
    cite: Citation | None = None
    note: str = ""


class BadInput(Exception):
    """Input that makes no sense under any rulebook: a negative time, an end before its start.

    `code` is stable and worded by the caller; `data` says where (`on`, `minutes`, `category` …).

    >>> str(BadInput("activity.negative_minutes", minutes=-5))
    'activity.negative_minutes (minutes=-5)'
    """

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)  # what `__init__` takes is what a process that copies an exception gives it
        self.code = code
        self.data = data

    def __str__(self) -> str:
        return f"{self.code} ({', '.join(f'{name}={value}' for name, value in self.data.items())})"

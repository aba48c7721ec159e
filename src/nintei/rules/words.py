"""The words behind a rule: what a document says, how it is read, where it errs, and what nobody said."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """The same words in both languages. `ja` is the text in use, corrected where the source errs."""

    ja: str
    en: str


class Citation(NamedTuple):
    """Where a rule comes from, letter for letter.

    `key` is the dotted TOML key (`points.caps.B.per_year`), `quote` is verbatim from the source
    file, `reading` is how we read it where the text leaves room, `ambiguities` name the open
    questions (`AMB-C1`), `correction` is the text kept beside a misprint.
    """

    key: str
    source: str
    clause: str
    quote: str
    reading: Text | None = None
    ambiguities: tuple[str, ...] = ()
    correction: str = ""


class Unset(NamedTuple):
    """Something the association has not said. It is shown as unset, and nothing is invented."""

    key: str
    what: Text
    owner: Text
    ambiguity: str = ""


class Misprint(NamedTuple):
    """An error of the source, kept beside its correction (ERR-01 …).

    `kind` is `misprint`, `outdated` (true once), `differs` (two prints disagree), `duplicate`,
    `undefined` or `lost`; `key` is the rule that carries the correction, where one does.
    """

    id: str
    source: str
    printed: str
    kept_as: str
    why: str
    kind: str = "misprint"
    key: str = ""


class Option(NamedTuple):
    """One way to read a passage. `value` is what the deciding key then holds, as text."""

    code: str
    name: Text
    value: str


class Reading(NamedTuple):
    """A place that leaves room: the question, its options, and how we read it until we are told.

    `decides` is the key whose value is the choice; empty where the choice lies in the structure of
    the rulebook or in what people do. `weight` is H, M or L: its effect on who gets or keeps a
    qualification, or on money.
    """

    id: str
    title: Text
    weight: str
    clauses: tuple[str, ...]
    options: tuple[Option, ...]
    chosen: str
    reading: Text
    decides: str


class Heading(NamedTuple):
    """A sentence of a document that asks nothing of software, and why (`MAN-ア.0`)."""

    clause: str
    why: Text
    cite: Citation

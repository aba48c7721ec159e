"""A decision computed again from what it stored, and its papers compared with their hashes (P3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nintei.applications.models import Decision, PledgeText
from nintei.applications.queries.facts import redecide
from nintei.journal import queries as journal
from nintei.shared import files


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that comes out otherwise today: where, what was stored, what is computed."""

    where: str
    stored: object
    computed: object


def replay(decision: Decision) -> list[Difference]:
    """A decision computed again today from the facts it stored; equal if there is no difference (P3)."""
    return list(_differences("", decision.findings, redecide(decision)))


def evidence_hashes(told: Mapping[str, Any]) -> list[str]:
    """The SHA-256 of everything a case stands on, in order: statements, pledge, files, journal leaves.

    A decision made before files and leaves were kept has none of them.
    """
    posts = told.get("posts", [])
    hashes = [statement["sha256"] for post in posts for statement in post["statements"]]
    hashes += [told["pledge"]["sha256"]] if told.get("pledge") else []
    hashes += [paper["sha256"] for paper in told.get("papers", [])]
    return hashes + [leaf["hash"] for leaf in told.get("leaves", [])]


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper of a decision: what it is, its hash as stored, and whether it still is the same."""

    what: str
    sha256: str
    is_whole: bool


def proofs(decision: Decision) -> list[Proof]:
    """Every statement, file and journal leaf that a decision rests on, read again and compared with its hash.

    The pledge's text is compared in the language it was signed in.
    """
    told = decision.facts
    said = [each for post in told.get("posts", []) for each in post["statements"]]
    leaves = told.get("leaves", [])
    there = journal.hashes_at(leaf["seq"] for leaf in leaves)
    found = [
        Proof("statement", one["sha256"], _sha256(one["text"].encode()) == one["sha256"]) for one in said
    ]
    if told.get("pledge"):
        found.append(Proof("pledge", told["pledge"]["sha256"], _is_published(told["pledge"])))
    found += [Proof(p["source"], p["sha256"], _is_kept(p["sha256"])) for p in told.get("papers", [])]
    found += [Proof("leaf", leaf["hash"], there.get(leaf["seq"]) == leaf["hash"]) for leaf in leaves]
    return found


def is_whole(decision: Decision) -> bool:
    """Whether everything comes out as it was decided: findings, papers, and the list of their hashes."""
    listed = evidence_hashes(decision.facts) == list(decision.evidence)
    return listed and not replay(decision) and all(proof.is_whole for proof in proofs(decision))


def _is_published(pledge: Mapping[str, Any]) -> bool:
    """Whether a published text of that version still has the hash that was signed, in one of its languages."""
    text = PledgeText.objects.filter(version=pledge["version"]).first()
    return text is not None and pledge["sha256"] in {_sha256(words.encode()) for words in (text.ja, text.en)}


def _is_kept(sha256: str) -> bool:
    """Whether the store still holds these very bytes."""
    try:
        with files.place_of(sha256).open("rb") as kept:
            return hashlib.file_digest(kept, "sha256").hexdigest() == sha256
    except (OSError, ValueError):
        return False


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Piece:
    """A finding of a decision, as stored and as computed today. `met` stands where it shows no value."""

    mark: str
    key: str
    stored: object
    computed: object
    wanted: object
    clause: str


def pieces(decision: Decision) -> list[Piece]:
    """Every number of a decision beside the same computed today; None where it is no longer computed."""
    today = {(code, key, n): finding for code, key, n, finding in _laid_flat(redecide(decision))}
    return [
        Piece(
            part["mark"],
            finding["key"],
            _told(finding),
            _told(today.get((part["code"], finding["key"], n))),
            finding["wanted"],
            finding["clause"],
        )
        for part in decision.findings["criteria"]
        for n, finding in enumerate(_findings(part))
    ]


def _laid_flat(findings: Any) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    for part in findings["criteria"]:
        for n, finding in enumerate(_findings(part)):
            yield part["code"], finding["key"], n, finding


def _findings(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of a criterion, or the criterion itself where it rests on none."""
    alone = {"key": part["code"], "met": part["met"], "shown": None, "wanted": None, "clause": ""}
    return part["findings"] or [alone]


def _told(finding: dict[str, Any] | None) -> object:
    if finding is None:
        return None
    return finding["met"] if finding["shown"] is None else finding["shown"]


def _differences(where: str, stored: Any, computed: Any) -> Iterator[Difference]:
    if isinstance(stored, dict) and isinstance(computed, dict):
        for key in sorted(stored.keys() | computed.keys()):
            yield from _differences(f"{where}.{key}".lstrip("."), stored.get(key), computed.get(key))
    elif isinstance(stored, list) and isinstance(computed, list) and len(stored) == len(computed):
        for n, pair in enumerate(zip(stored, computed, strict=True)):
            yield from _differences(f"{where}[{n}]", *pair)
    elif stored != computed:
        yield Difference(where, stored, computed)

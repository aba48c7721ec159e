"""Drawing a sample that nobody can steer and anybody can draw again. Needs nothing but Python itself.

    python draw.py FRAME PROOF.json [NUMBER]    checks that FRAME stood in the journal before the seed; draws
    python draw.py FRAME SEED-PART…             draws, and checks nothing

Both print the tickets that are drawn, and why. This very file, FRAME and PROOF are published beside each draw.
FRAME was committed to the journal before the seed existed: a JSON object

    {"strata": [{"name": "OMP", "share": "1/20", "risk": "1/5", "tickets": {"<ticket>": false, …}}, …]}

in which each renewal filed is one ticket, true where a published rule marked it as a risk. The SEED-PARTs are
public and were not known when the frame was committed: the root of the journal's checkpoint of an announced
later day, then an announced public NUMBER, which you had better look up yourself. PROOF leads from FRAME to that
root; who signed it, and that it is on the journal's page, is for programs that others wrote to say.

How it draws. The seed is SHA-256 over the frame's own hash and the parts. In a stratum the tickets stand in
the order of SHA-256(seed, stratum, ticket); no order is likelier than another. First the share `risk` of the
marked tickets is taken in that order, then so many of all others, in that order, that the share `share` of the
stratum is reached. A share that is no whole number is rounded up: a share above zero draws at least one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple


class Stratum(NamedTuple):
    """Tickets that are drawn from together. `share` of all and `risk` of the marked ones are audited, both 0 to 1."""

    name: str
    share: Fraction
    risk: Fraction
    tickets: Mapping[str, bool]


class Drawn(NamedTuple):
    """A ticket that was drawn; `for_risk` when its mark drew it, not the lot of all."""

    stratum: str
    ticket: str
    for_risk: bool


def frame_text(strata: Sequence[Stratum]) -> str:
    """The frame as it is published and hashed: JSON without blanks, strata and tickets in order of their names."""
    told = [
        {
            "name": s.name,
            "risk": str(s.risk),
            "share": str(s.share),
            "tickets": dict(sorted(s.tickets.items())),
        }
        for s in sorted(strata)
    ]
    return json.dumps({"strata": told}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_frame(text: str) -> tuple[Stratum, ...]:
    """The strata of a published frame. Raises `ValueError` for anything that is none."""
    try:
        told = json.loads(text)["strata"]
        strata = tuple(
            Stratum(str(s["name"]), Fraction(s["share"]), Fraction(s["risk"]), dict(s["tickets"]))
            for s in told
        )
    except (KeyError, TypeError, ZeroDivisionError) as error:
        raise ValueError(f"this is not a frame: {error!r}") from error
    _check(strata)
    return strata


def _check(strata: tuple[Stratum, ...]) -> None:
    tickets = [ticket for stratum in strata for ticket in stratum.tickets]
    if len(set(tickets)) != len(tickets):
        raise ValueError("a ticket stands twice in the frame")
    if len({stratum.name for stratum in strata}) != len(strata):
        raise ValueError("two strata have one name")
    if not all(0 <= part <= 1 for stratum in strata for part in (stratum.share, stratum.risk)):
        raise ValueError("a share is between 0 and 1")
    if not all(isinstance(mark, bool) for stratum in strata for mark in stratum.tickets.values()):
        raise ValueError("a ticket is marked true or false")


def seed_of(frame: str, parts: Sequence[str]) -> bytes:
    """The seed: SHA-256 over the frame's hash and the public parts, each with its length before it."""
    digest = hashlib.sha256(hashlib.sha256(frame.encode()).digest())
    for part in parts:
        digest.update(len(part.encode()).to_bytes(4, "big") + part.encode())
    return digest.digest()


def draw(strata: Sequence[Stratum], seed: bytes) -> tuple[Drawn, ...]:
    """The tickets drawn, stratum by stratum, in the order in which they were drawn."""
    return tuple(drawn for stratum in sorted(strata) for drawn in _draw_one(stratum, seed))


def _draw_one(stratum: Stratum, seed: bytes) -> list[Drawn]:
    order = sorted(stratum.tickets, key=lambda ticket: _place(seed, stratum.name, ticket))
    marked = [ticket for ticket in order if stratum.tickets[ticket]]
    for_risk = marked[: _up(stratum.risk * len(marked))]
    rest = [ticket for ticket in order if ticket not in set(for_risk)]
    wanted = _up(stratum.share * len(order)) - len(for_risk)
    return [Drawn(stratum.name, ticket, True) for ticket in for_risk] + [
        Drawn(stratum.name, ticket, False) for ticket in rest[: max(0, wanted)]
    ]


def _place(seed: bytes, stratum: str, ticket: str) -> bytes:
    return hashlib.sha256(seed + json.dumps([stratum, ticket], ensure_ascii=False).encode()).digest()


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def seed_parts(proof: str, frame: str) -> list[str]:
    """The public parts of the seed, by a proof that the frame stood in the journal before them (RFC 6962).

    Raises `ValueError` that says what does not fit.
    """
    try:
        told = json.loads(proof)
        leaf, tree, parts = told["leaf"], told["checkpoint"], told["seed"]["parts"]
        _origin, size, root = tree["note"].split("\n")[:3]
        body = {key: leaf[key] for key in ("at", "by", "data", "subject", "verb")}
        said = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        committed = hashlib.sha256(bytes.fromhex(leaf["salt"]) + said).digest()
        found = _climb(leaf["seq"], int(size), _node(b"\0", committed), map(bytes.fromhex, told["path"]))
        fits = {
            "the journal's leaf names another frame": body["data"]["frame"]
            == hashlib.sha256(frame.encode()).hexdigest(),
            "the leaf is not in the tree that was signed": found == base64.b64decode(root),
            "the seed is not the root of that tree": parts[0] == found.hex(),
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is not a proof: {error!r}") from error
    for wrong, is_so in fits.items():
        if not is_so:
            raise ValueError(wrong)
    return [str(part) for part in parts]


def _node(kind: bytes, *parts: bytes) -> bytes:
    return hashlib.sha256(kind + b"".join(parts)).digest()


def _climb(index: int, size: int, found: bytes, way: Iterable[bytes]) -> bytes:
    """The root that a leaf's hash and its way lead to (RFC 9162 §2.1.3.2)."""
    last = size - 1
    if not 0 <= index <= last:
        raise ValueError("the leaf is younger than the tree")
    for other in way:
        if last == 0:
            return b""
        if index & 1 or index == last:
            found = _node(b"\1", other, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = _node(b"\1", found, other)
        index, last = index >> 1, last >> 1
    return found if last == 0 else b""


def _told(argv: Sequence[str], frame: str) -> Sequence[str]:
    """The parts of the seed: checked by a proof where there is one, the number as somebody read it."""
    if not argv[1].endswith(".json"):
        return argv[1:]
    root, number = seed_parts(Path(argv[1]).read_text(encoding="utf-8"), frame)
    print(f"committed before the root {root}")
    return [root, *argv[2:]] if argv[2:] else [root, number]


def main(argv: Sequence[str]) -> int:
    """Draw from a published frame, and print what was drawn: 0 done, 2 for a frame or a proof that does not hold."""
    if len(argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        text = Path(argv[0]).read_text(encoding="utf-8").strip()
        strata = read_frame(text)
        parts = _told(argv, text)
    except (OSError, ValueError) as error:
        print(f"{' '.join(argv[:2])}: {error}", file=sys.stderr)
        return 2
    print(f"frame {hashlib.sha256(text.encode()).hexdigest()}")
    seed = seed_of(text, parts)
    print(f"seed {seed.hex()}")
    for drawn in draw(strata, seed):
        print(f"{drawn.stratum} {drawn.ticket} {'risk' if drawn.for_risk else 'lot'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

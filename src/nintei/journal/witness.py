"""A small witness: it signs that a journal only grew, and never two stories of it (C2SP tlog-witness).

It runs on another machine, knows the journal's public keys and the last checkpoint it has seen, and answers
`POST /add-checkpoint`. It needs no database. `ask` is the other side: the journal asks its witnesses.
"""

from __future__ import annotations

import base64
import fcntl
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nintei.journal import notes
from nintei.journal.proofs import ProofError, check_growth
from nintei.journal.tiles import write

MOST_BYTES = 64 * 1024
MOST_HASHES = 63
PATIENCE_SECONDS = 10


class Answer(NamedTuple):
    """What a witness says: an HTTP status and a text (signature lines at 200, its own size at 409)."""

    status: int
    text: str

    @property
    def kind(self) -> str:
        """The media type; a size is marked as one, as the protocol has it."""
        return "text/x.tlog.size" if self.status == 409 and self.text.strip().isdigit() else "text/plain"


class Witness:
    """One witness of one journal. `folder` keeps the last checkpoint that it signed."""

    def __init__(self, name: str, key: Ed25519PrivateKey, journal: Sequence[notes.Key], folder: Path) -> None:
        self.name, self.key, self.journal, self.folder = name, key, tuple(journal), folder

    def add(self, body: str, at: int) -> Answer:
        """Sign a checkpoint that grew out of the last one, at this POSIX second; or say why not."""
        try:
            old, way, note = _asked(body)
            origin = note.partition("\n")[0]
            publics = [key.public for key in self.journal if key.name == origin]
            if not publics:
                return Answer(404, "another journal\n")
            statement = notes.read(note, origin, *publics)
        except ProofError as fault:
            return Answer(400, f"{fault}\n")
        except notes.NoteError as fault:
            return Answer(403, f"{fault}\n")
        return self._add(old, way, note, statement, at)

    def _add(self, old: int, way: list[bytes], note: str, statement: notes.Statement, at: int) -> Answer:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            last = self._last()
            if old > statement.size:
                return Answer(400, "the old size is larger than the new one\n")
            if old != (last.size if last else 0):
                return Answer(409, f"{last.size if last else 0}\n")
            if last and (refused := _growth(last, statement, way)):
                return refused
            line = notes.cosign(note, self.name, self.key, at)
            # Kept before it is told: after a crash nothing was signed that this witness does not know of.
            write(self.folder / "checkpoint", note.encode())
            return Answer(200, line)

    def _last(self) -> notes.Statement | None:
        place = self.folder / "checkpoint"
        if not place.exists():
            return None
        note = place.read_text("utf-8")
        origin = note.partition("\n")[0]
        return notes.read(note, origin, *(key.public for key in self.journal if key.name == origin))


def _growth(last: notes.Statement, new: notes.Statement, way: list[bytes]) -> Answer | None:
    if last.size == new.size:
        return None if last.root == new.root else Answer(409, "two roots for one size\n")
    if last.size == 0:
        return None
    try:
        check_growth(last.size, last.root, new.size, new.root, way)
    except ProofError as fault:
        return Answer(422, f"{fault}\n")
    return None


def request_for(old: int, way: Sequence[bytes], note: str) -> str:
    """The body of `add-checkpoint`."""
    return "\n".join([f"old {old}", *(base64.b64encode(each).decode() for each in way), "", note])


def _asked(body: str) -> tuple[int, list[bytes], str]:
    head, separator, note = body.partition("\n\n")
    first, *lines = head.split("\n")
    word, _, size = first.partition(" ")
    if (
        word != "old"
        or not (size.isascii() and size.isdecimal())
        or not separator
        or len(lines) > MOST_HASHES
    ):
        raise ProofError("not an add-checkpoint request")
    try:
        way = [base64.b64decode(line, validate=True) for line in lines]
    except ValueError as error:
        raise ProofError("a line is not base64") from error
    return int(size), way, note


class NotCosigned(notes.NoteError):
    """A witness does not sign. `code`: disagrees (it knows another tree, or a larger one) or refuses."""

    def __init__(self, witness: notes.Key, answer: Answer, size: int) -> None:
        super().__init__(f"the witness {witness.name} answers {answer.status}: {answer.text.strip()[:200]}")
        known = answer.text.strip()
        other = answer.status == 409 and not (known.isdigit() and int(known) <= size)
        self.code = "disagrees" if other or answer.status == 422 else "refuses"


Growth = Callable[[int], Sequence[bytes]]


def ask(address: str, witness: notes.Key, note: str, growth: Growth, size: int) -> tuple[int, str]:
    """The second at which a witness signed a checkpoint of `size` leaves, and its line and nothing else.

    `growth(old)` proves that the tree grew from `old` leaves; asked a second time when the witness says which size
    it knows. Raises `OSError` when it is not reached, and `NotCosigned` when it does not sign.
    """
    old = size
    for _ in range(2):
        answer = _post(f"{address.rstrip('/')}/add-checkpoint", request_for(old, growth(old), note))
        if answer.status == 200 and (signed := notes.cosignature(note + answer.text, witness)):
            return signed
        known = answer.text.strip()
        if answer.status != 409 or not (known.isascii() and known.isdigit()) or int(known) > size:
            break
        old = int(known)
    raise NotCosigned(witness, answer, size)


def _post(address: str, body: str) -> Answer:
    if not address.startswith(("https://", "http://")):
        raise OSError(f"{address} is no web address")
    request = urllib.request.Request(address, body.encode(), {"Content-Type": "text/plain"})  # noqa: S310  (see above)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:  # noqa: S310
            return Answer(response.status, response.read(MOST_BYTES).decode(errors="replace"))
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.read(MOST_BYTES).decode(errors="replace"))
    except HTTPException as nonsense:
        raise OSError(f"{address} answers nonsense: {nonsense!r}") from nonsense


def door(witness: Witness, now: Callable[[], int]) -> type[BaseHTTPRequestHandler]:
    """The witness's only address, for `http.server`."""

    class Door(BaseHTTPRequestHandler):
        timeout = PATIENCE_SECONDS

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint" or not length.isdecimal() or int(length) > MOST_BYTES:
                return self._say(Answer(400, "POST /add-checkpoint\n"))
            body = self.rfile.read(int(length))
            try:
                return self._say(witness.add(body.decode(), now()))
            except UnicodeDecodeError:
                return self._say(Answer(400, "not UTF-8\n"))

        def _say(self, answer: Answer) -> None:
            data = answer.text.encode()
            self.send_response(answer.status)
            self.send_header(
                "Content-Type", f"{answer.kind}; charset=utf-8" if answer.status != 409 else answer.kind
            )
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Door

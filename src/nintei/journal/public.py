"""For anyone: the journal's files at the addresses of C2SP tlog-tiles, and a page that says how to check them.

A web server in front may serve the same files from `NINTEI_JOURNAL_FOLDER`: they are static.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nintei.journal import keys, notes, queries, signer
from nintei.journal.models import Checkpoint
from nintei.journal.tiles import HEIGHT, WIDTH
from nintei.shared.clock import now

TEXT = "text/plain; charset=utf-8"
# What was signed never changes; the newest checkpoint does (tlog-tiles: a few seconds at most).
FOREVER, MOMENTS = "public, max-age=31536000, immutable", "public, max-age=5"
TILE = re.compile(
    r"(?P<level>entries|0|[1-5]?[0-9]|6[0-3])/(?P<number>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?"
)
NEWEST = 10


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """What was signed last, by which keys, who saw it, and how to check it with software by others."""
    note, past = signer.published(), queries.checkpoints(NEWEST)
    seen = queries.seen_by(row.size for row in past) if past else {}
    page = {
        "origin": settings.JOURNAL_ORIGIN,
        "prefix": f"{settings.BASE_URL.rstrip('/')}/journal",
        "newest": _newest(note),
        "note": note,
        "checkpoints": [(row, bytes(row.root).hex(), seen.get(row.size, ())) for row in past],
        "keys": list(reversed(_keys())),
        "witnesses": queries.stands(past[0] if past else None, now()),
    }
    return render(request, "journal/index.html", page)


def _newest(note: str) -> tuple[Checkpoint, str] | None:
    """The published checkpoint's row, and its root as the note has it."""
    row = queries.checkpoint_of(_size(note)) if note else None
    return (row, base64.b64encode(bytes(row.root)).decode()) if row else None


def _keys() -> tuple[notes.Key, ...]:
    try:
        return keys.public_keys()
    except keys.KeyMissing:
        return ()


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, with its witnesses' lines."""
    note = signer.published()
    if not note:
        raise Http404
    return _text(note, MOMENTS)


@require_safe
def earlier(request: HttpRequest, size: int) -> HttpResponse:
    """The checkpoint of an earlier size, to compare with what one kept."""
    row = queries.checkpoint_of(size)
    if row is None:
        raise Http404
    return _text(row.note, FOREVER)


@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """Every key that has signed, the newest last, one a line (C2SP vkey)."""
    return _text("".join(f"{key}\n" for key in _keys()), MOMENTS)


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """A program that checks all of it from outside: to be read before it is run."""
    said = Path(__file__).with_name("check.py").read_text("utf-8")
    answer = _text(said, MOMENTS)
    answer["Content-Disposition"] = 'attachment; filename="check.py"'
    return answer


@require_safe
def tile(request: HttpRequest, place: str) -> FileResponse:
    """A tile, or a bundle of leaves, that a signed checkpoint covers; anything else is not there."""
    asked = TILE.fullmatch(place)
    if asked is None or not covered(_size(signer.published()), **asked.groupdict()):
        raise Http404
    file = signer.folder() / "tile" / Path(place)
    if not file.is_file():
        raise Http404
    answer = FileResponse(file.open("rb"), content_type="application/octet-stream")
    answer["Cache-Control"] = FOREVER
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def covered(size: int, level: str, number: str, width: str | None) -> bool:
    """Whether a tree of `size` leaves has this tile: what is not signed yet may still be written again.

    >>> covered(300, "0", "000", None), covered(300, "0", "001", "44"), covered(300, "0", "001", "45")
    (True, True, False)
    """
    height = 0 if level == "entries" else HEIGHT * int(level)
    count = int(width) if width is not None else WIDTH
    if width is not None and not (0 < count < WIDTH and width == str(count)):
        return False
    first = int("".join(part[-3:] for part in number.split("/")))
    return (first * WIDTH + count) << height <= size


def _size(note: str) -> int:
    """The size a published note says; our own file, whose signature the signer vouches for."""
    return int(note.split("\n", 2)[1]) if note else 0


def _text(said: str, cache: str) -> HttpResponse:
    answer = HttpResponse(said, content_type=TEXT)
    answer["Cache-Control"] = cache
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

"""Files taken in once: allowed by content, limited, looked at in a fenced process, stored by hash (P9).

A file is written under a temporary name, fsynced, renamed to its hash, and only then named by a row.
It is served as an attachment with a sandbox policy, never shown raw.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from django.conf import settings
from django.http import FileResponse, HttpResponse

from nintei.shared.refusals import Refused

MOST_BYTES = 10 * 1024 * 1024
MIME = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
SIGNATURES = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}
# What an iPhone calls its photographs: no browser draws them, and neither do we.
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif", b"avif")


class Upload(Protocol):
    """What a form hands over: Django's `UploadedFile` is one."""

    name: str | None

    def chunks(self) -> object: ...


class TakenFile(NamedTuple):
    """A file in the store. `file_name` is what the sender called it, made harmless."""

    sha256: str
    kind: str
    size: int
    pages: int
    file_name: str


def take_in(upload: Upload) -> TakenFile:
    """Check and store an uploaded file; the same bytes are stored once.

    Raises `Refused` with `files.empty`, `files.too_large`, `files.not_allowed`, `files.heic` or `files.unreadable`
    (damaged, encrypted, over 200 pages or 60 megapixels, or it does not come to an end).
    """
    folder = store() / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = harmless(upload.name or "")
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        digest, size = _write(upload, file, name)
        kind = _kind(file.name, name)
        pages = _look(Path(file.name), kind, name)
        _keep(file, digest)
    return TakenFile(digest, kind, size, pages, name)


def store() -> Path:
    """The folder of all files, under `var/`."""
    return Path(settings.VAR) / "files"


def keep(data: bytes) -> str:
    """Store bytes that we made ourselves (a certificate) and give their SHA-256."""
    folder = store() / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256(data).hexdigest()
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        _keep(file, digest)
    return digest


def place_of(sha256: str) -> Path:
    """Where a file with this hash lies."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError("not a SHA-256")
    return store() / sha256[:2] / sha256


def is_kept(sha256: str) -> bool:
    """Whether the store holds a file with this hash; what is no SHA-256 is no file."""
    return bool(re.fullmatch(r"[0-9a-f]{64}", sha256)) and place_of(sha256).exists()


def forget(sha256: str) -> None:
    """Delete a file and every picture drawn of it, for good (promise P14); twice is once.

    Whoever calls has made sure that nothing else uses it.
    """
    place_of(sha256).unlink(missing_ok=True)
    for drawn in (Path(settings.VAR) / "pictures" / sha256[:2]).glob(f"{sha256}-*.png"):
        drawn.unlink(missing_ok=True)


def serve(file: TakenFile) -> FileResponse:
    """The file as an attachment that no browser will run. The door has checked whose it is."""
    response = FileResponse(
        place_of(file.sha256).open("rb"),
        as_attachment=True,
        filename=file.file_name,
        content_type=MIME[file.kind],
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def picture(file: TakenFile, page: int) -> bytes | None:
    """A page of a file (from 1), drawn as PNG by a fenced process; None where it cannot be drawn.

    What a browser gets is pixels: never the file itself. Drawn once and kept under `var/pictures/`.
    """
    place = Path(settings.VAR) / "pictures" / file.sha256[:2] / f"{file.sha256}-{page}.png"
    if place.exists():
        return place.read_bytes()
    if not 0 < page <= file.pages:
        return None
    command = [sys.executable, "-I", str(Path(__file__).with_name("picture.py"))]
    command += [file.kind, str(place_of(file.sha256)), str(page)]
    try:
        drawn = subprocess.run(command, capture_output=True, timeout=30, check=False)
    except subprocess.TimeoutExpired:
        return None
    if drawn.returncode:
        return None
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(drawn.stdout)
    fresh.replace(place)
    return drawn.stdout


def show(file: TakenFile, page: int) -> HttpResponse | None:
    """A page of a file as pixels, for who may look at it and need not have it; None where it cannot be drawn."""
    drawn = picture(file, page)
    if drawn is None:
        return None
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def harmless(name: str) -> str:
    """A file name without folders, control and direction characters; at most 120 characters.

    >>> harmless("../../etc/pass\\u202ewd\\x00.pdf")
    'passwd.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(". ")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: 119 - len(ending)]}{dot}{ending[:10]}" if dot else shown[:120] or "file"


def _write(upload: Upload, file: IO[bytes], name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in upload.chunks():  # type: ignore[attr-defined]
        size += len(chunk)
        if size > MOST_BYTES:
            raise Refused("files.too_large", name=name, limit=MOST_BYTES // 1024 // 1024)
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise Refused("files.empty", name=name)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest(), size


def _kind(path: str, name: str) -> str:
    """By content, never by name: the signature must stand first, and nothing else may claim the file."""
    with Path(path).open("rb") as file:
        start = file.read(16)
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            return kind
    if start[4:8] == b"ftyp" and start[8:12] in HEIC:
        raise Refused("files.heic", name=name)
    raise Refused("files.not_allowed", name=name)


def _look(path: Path, kind: str, name: str) -> int:
    """The number of pages, found in a process of its own with little memory and time."""
    command = [sys.executable, "-I", str(Path(__file__).with_name("lookinside.py")), kind, str(path)]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused("files.unreadable", name=name, why="time") from error
    if found.returncode:
        raise Refused("files.unreadable", name=name, why=found.stderr.strip()[-100:] or "crash")
    return int(found.stdout)


def _keep(file: IO[bytes], digest: str) -> None:
    place = place_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if place.exists():
        return
    fresh = place.with_suffix(f".{os.getpid()}")
    os.link(file.name, fresh)
    fresh.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

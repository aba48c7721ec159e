"""Promise P9: hostile files do no harm."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from nintei.shared import files
from nintei.shared.refusals import Refused


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.VAR = tmp_path


def upload(data, name="evidence.pdf"):
    return SimpleUploadedFile(name, data)


def pdf(pages=1, password=""):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def scripted_pdf():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    act = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")}
    )
    writer.root_object[NameObject("/OpenAction")] = act
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def png(width=2, height=2):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")


def jpeg(width=640, height=480):
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\x01\x11\x00" * 3
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x00" * 16
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 9 + frame + scan + b"\xff\xd9" + b"\x00" * 16


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [(pdf(3), "pdf", 3), (png(), "png", 1), (jpeg(), "jpeg", 1)],
    ids=["pdf", "png", "jpeg"],
)
def test_an_honest_file_is_kept_by_its_hash(data, kind, pages):
    taken = files.take_in(upload(data, "受講証明書.bin"))
    assert (taken.kind, taken.pages, taken.size, taken.file_name) == (
        kind,
        pages,
        len(data),
        "受講証明書.bin",
    )
    assert files.place_of(taken.sha256).read_bytes() == data


def test_the_same_bytes_are_kept_once():
    first, second = files.take_in(upload(pdf(), "a.pdf")), files.take_in(upload(pdf(), "b.pdf"))
    assert first.sha256 == second.sha256
    assert len([path for path in files.store().rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "files.empty"),
        (b"MZ\x90 this is a program", "files.not_allowed"),
        (b"<html><script>alert(1)</script>", "files.not_allowed"),
        (b"#!/bin/sh\n%PDF-1.7\n", "files.not_allowed"),
        (b"PK\x03\x04" + b"0" * 50, "files.not_allowed"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "files.heic"),
        (b"%PDF-1.7 and then nothing", "files.unreadable"),
        (pdf(password="secret"), "files.unreadable"),
        (scripted_pdf(), "files.unreadable"),
        (pdf(201), "files.unreadable"),
        (png(60_000, 60_000), "files.unreadable"),
        (jpeg(40_000, 40_000), "files.unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "files.unreadable"),
        (b"\xff\xd8\xff\xe0", "files.unreadable"),
        (png()[:-6], "files.unreadable"),
        (png().replace(b"IHDR\0", b"IHDR\1"), "files.unreadable"),
        (jpeg()[:-18], "files.unreadable"),
    ],
    ids=[
        "empty",
        "program",
        "html",
        "polyglot",
        "zip",
        "heic",
        "broken",
        "locked",
        "script",
        "pages",
        "bomb",
        "bomb2",
        "png",
        "cut",
        "half a png",
        "spoilt png",
        "half a photograph",
    ],
)
def test_a_hostile_file_is_refused_and_leaves_nothing(data, code):
    with pytest.raises(Refused) as refusal:
        files.take_in(upload(data))
    assert refusal.value.code == code
    assert "evidence.pdf" in refusal.value.sentence("ja")
    assert "evidence.pdf" in refusal.value.sentence("en")
    assert [path for path in files.store().rglob("*") if path.is_file()] == []


def test_a_file_over_the_limit_is_refused_while_it_arrives(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    with pytest.raises(Refused) as refusal:
        files.take_in(upload(b"%PDF-" + b"0" * 2000))
    assert refusal.value.code == "files.too_large"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\証明.pdf", "証明.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("\x00\x01", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(name, shown):
    assert files.harmless(name) == shown


def test_a_file_is_handed_out_as_an_attachment_that_nothing_runs():
    response = files.serve(files.take_in(upload(pdf(), "証明.pdf")))
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_only_a_hash_names_a_place():
    with pytest.raises(ValueError, match="SHA-256"):
        files.place_of("../../../etc/passwd")

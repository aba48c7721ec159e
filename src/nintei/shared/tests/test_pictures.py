"""A file is looked at as pixels drawn by a fenced process, never as itself (P9)."""

from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from nintei.shared import files

# Sixteen by eight red pixels, with a comment that says where they were taken.
RED = base64.b64decode("""
/9j/4AAQSkZJRgABAQAAAQABAAD//gAdMzUuNjgxMiwxMzkuNzY3MSB0YWtlbiBoZXJl/+IB2ElDQ19QUk9GSUxFAAEBAAAByAAA
AAAEMAAAbW50clJHQiBYWVogB+AAAQABAAAAAAAAYWNzcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAPbWAAEAAAAA0y0A
AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJZGVzYwAAAPAAAAAkclhZWgAAARQAAAAU
Z1hZWgAAASgAAAAUYlhZWgAAATwAAAAUd3RwdAAAAVAAAAAUclRSQwAAAWQAAAAoZ1RSQwAAAWQAAAAoYlRSQwAAAWQAAAAoY3By
dAAAAYwAAAA8bWx1YwAAAAAAAAABAAAADGVuVVMAAAAIAAAAHABzAFIARwBCWFlaIAAAAAAAAG+iAAA49QAAA5BYWVogAAAAAAAA
YpkAALeFAAAY2lhZWiAAAAAAAAAkoAAAD4QAALbPWFlaIAAAAAAAAPbWAAEAAAAA0y1wYXJhAAAAAAAEAAAAAmZmAADypwAADVkA
ABPQAAAKWwAAAAAAAAAAbWx1YwAAAAAAAAABAAAADGVuVVMAAAAgAAAAHABHAG8AbwBnAGwAZQAgAEkAbgBjAC4AIAAyADAAMQA2
/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eAvMm6pseZqKuk/9sAQwEc
Hh4oIyhOKytOpG5dbqSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk/8AAEQgACAAQAwEi
AAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAE/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAQG
/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AgADUj//Z
""")
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.VAR = tmp_path


def take(data, name="evidence"):
    return files.take_in(SimpleUploadedFile(name, data))


def pdf(*sizes, turned=0):
    writer = PdfWriter()
    for width, height in sizes:
        writer.add_blank_page(width, height).rotate(turned)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def png(width, height, comment=b""):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x00\x00\xff" * width for _ in range(height))
    words = chunk(b"tEXt", b"Comment\0" + comment) if comment else b""
    return (
        SIGNATURE + chunk(b"IHDR", header) + words + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def size(drawn):
    assert drawn is not None
    assert drawn.startswith(SIGNATURE)
    return struct.unpack(">II", drawn[16:24])


def first_pixel(drawn):
    """The colour of the first pixel of a PNG in RGB or RGBA, eight bits, whatever its first filter is."""
    at, data = 8, b""
    while at < len(drawn):
        length, name = struct.unpack(">I4s", drawn[at : at + 8])
        data += drawn[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    return tuple(zlib.decompress(data)[1:4])


def test_each_page_of_a_pdf_is_drawn_a_thousand_pixels_wide():
    taken = take(pdf((210, 297), (297, 210)))
    assert [size(files.picture(taken, page)) for page in (1, 2)] == [(1000, 1415), (1001, 708)]


def test_a_page_turned_by_its_pdf_is_drawn_turned():
    assert size(files.picture(take(pdf((210, 297), turned=90)), 1)) == (1001, 708)


def test_a_page_that_is_not_there_is_not_drawn():
    taken = take(pdf((210, 297)))
    assert (files.picture(taken, 0), files.picture(taken, 2)) == (None, None)


def test_a_ribbon_of_a_page_stays_small():
    width, height = size(files.picture(take(pdf((100, 14000))), 1))
    assert (width <= 30, height <= 4001) == (True, True)


@pytest.mark.parametrize(("data", "colour"), [(RED, (254, 1, 3)), (png(16, 8), (0, 0, 255))])
def test_a_photo_is_drawn_anew(data, colour):
    drawn = files.picture(take(data), 1)
    assert size(drawn) == (1000, 500)
    assert first_pixel(drawn) == colour


@pytest.mark.parametrize(
    "data",
    [RED, png(4, 4, b"35.6812,139.7671 taken here"), png(4, 4) + b"<script>alert(1)</script> taken here"],
    ids=["jpeg", "png", "polyglot"],
)
def test_nothing_of_the_file_itself_reaches_a_browser(data):
    taken = take(data)
    assert b"taken here" in files.place_of(taken.sha256).read_bytes()
    drawn = files.picture(taken, 1)
    assert drawn is not None
    assert b"taken here" not in drawn


def test_a_broken_photo_is_not_drawn():
    """Its header is whole, so it was taken in; its pixels are not there."""
    whole = png(16, 8)
    assert files.picture(take(whole[:33] + whole[-12:]), 1) is None


def test_what_was_drawn_is_kept():
    taken = take(pdf((210, 297)))
    first = files.picture(taken, 1)
    files.place_of(taken.sha256).unlink()
    assert files.picture(taken, 1) == first

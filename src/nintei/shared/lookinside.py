"""Run as a process of its own by `files.py`: look into one hostile file and print its number of pages.

Memory, time and processes are limited before anything is parsed; whatever goes wrong ends the process
with a word on standard error and a non-zero status.
"""

import resource
import sys
import zlib
from pathlib import Path

MOST_PAGES = 200
MOST_PIXELS = 60_000_000
MEMORY = 1024 * 1024 * 1024
# Names of things in a PDF that act by themselves. A hidden one does no harm either (the file is only ever
# handed out as an attachment); a plain one is told to its sender.
ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")


def main(kind: str, path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.write(str(pages_of_pdf(path) if kind == "pdf" else picture(path, kind)))
    return 0


def pages_of_pdf(path: str) -> int:
    import pypdfium2

    with Path(path).open("rb") as file:
        data = file.read()
    if found := [name for name in ACTIVE if name in data]:
        sys.exit(f"active content: {found[0].decode().strip(' (')}")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        sys.exit(f"pdf: {error}")
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        sys.exit("pages")
    return pages


def picture(path: str, kind: str) -> int:
    """Width times height from the header: a bomb is refused before a pixel is unpacked. One sent by half, too."""
    data = Path(path).read_bytes()
    width, height = png_size(data) if kind == "png" else jpeg_size(data)
    if not 0 < width * height <= MOST_PIXELS:
        sys.exit("pixels")
    if not (png_ends(data) if kind == "png" else jpeg_ends(data)):
        sys.exit(f"{kind}: cut short")
    return 1


def png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        sys.exit("png")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def png_ends(data: bytes) -> bool:
    """Whether every part is there, unspoilt, up to the one that says it is the last."""
    at = len(b"\x89PNG\r\n\x1a\n")
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        part, check = data[at + 4 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if zlib.crc32(part) != int.from_bytes(check, "big"):
            return False
        if part.startswith(b"IEND"):
            return True
        at += 12 + length
    return False


def jpeg_ends(data: bytes) -> bool:
    """Whether the end is marked after the pixels began. A thumbnail before, or a film behind, has its own marks."""
    began = data.find(b"\xff\xda", jpeg_frame(data))
    return began > 0 and data.find(b"\xff\xd9", began) > 0


def jpeg_size(data: bytes) -> tuple[int, int]:
    at = jpeg_frame(data)
    return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")


def jpeg_frame(data: bytes) -> int:
    """Where the head of the pixels stands, past whatever the camera wrote before it."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return at
        at += 2 + length
    sys.exit("jpeg")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

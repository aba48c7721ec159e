"""Run as a process of its own by `files.py`: look into one hostile file and print its number of pages.

Memory, time and processes are limited before anything is parsed; whatever goes wrong ends the process
with a word on standard error and a non-zero status.
"""

import resource
import sys
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
    """Width times height from the header: a bomb is refused before a pixel is unpacked."""
    with Path(path).open("rb") as file:
        data = file.read(4 * 1024 * 1024)
    width, height = png_size(data) if kind == "png" else jpeg_size(data)
    if not 0 < width * height <= MOST_PIXELS:
        sys.exit("pixels")
    return 1


def png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        sys.exit("png")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    sys.exit("jpeg")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

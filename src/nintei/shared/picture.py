"""Run as a process of its own by `files.py`: draw one page of one hostile file as a PNG on standard output.

A PDF page is drawn by PDFium without scripts and forms, a photo is decoded and drawn anew by Typst (Rust), so
that nothing of the file itself reaches a browser: no script, no second format, no place where it was taken.
Memory, time and processes are limited before anything is parsed.
"""

import resource
import struct
import sys
import zlib
from pathlib import Path

MEMORY = 2 * 1024 * 1024 * 1024
WIDTH = 1000
MOST_HEIGHT = 4000


def main(kind: str, path: str, page: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.buffer.write(of_pdf(path, int(page)) if kind == "pdf" else of_photo(path, kind))
    return 0


def of_pdf(path: str, page: int) -> bytes:
    import pypdfium2

    try:
        sheet = pypdfium2.PdfDocument(path)[page - 1]
        width, height = sheet.get_size()
        scale = min(WIDTH / width, MOST_HEIGHT / height)
        drawn = sheet.render(scale=scale, may_draw_forms=False, rev_byteorder=True, prefer_bgrx=True)
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        sys.exit(f"pdf: {error}")
    return png(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer), drawn.n_channels)


def of_photo(path: str, kind: str) -> bytes:
    import typst

    file = Path(path)
    drawing = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image("/{file.name}", format: "{"png" if kind == "png" else "jpg"}", width: {WIDTH}pt)'
    )
    try:
        # Its stub wants both of one type; a path for the drawing would be a file of ours.
        drawn = typst.compile(drawing.encode(), root=str(file.parent), format="png", ppi=72)  # type: ignore[call-overload]
    except typst.TypstError as error:
        sys.exit(f"photo: {error}")
    if not isinstance(drawn, bytes):
        sys.exit("photo: pages")
    return drawn


def png(width: int, height: int, stride: int, pixels: bytes, channels: int) -> bytes:
    """Pixels (RGB, RGBX or grey, a row every `stride` bytes) as PNG without transparency."""
    rows = b"".join(
        b"\0" + _row(pixels[y * stride : y * stride + width * channels], channels) for y in range(height)
    )
    colour = 0 if channels == 1 else 2
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, data) for name, data in parts)


def _row(row: bytes, channels: int) -> bytes:
    if channels < 4:
        return row
    kept = bytearray(len(row) // 4 * 3)
    for colour in range(3):
        kept[colour::3] = row[colour::4]
    return bytes(kept)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))

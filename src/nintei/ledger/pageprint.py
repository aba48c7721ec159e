"""Run as a process of its own by `prints.py`: how each page of a hostile file looks, as JSON.

A page is drawn in grey and shrunk to a grid of small means. `fine` has a bit for each place that is clearly
brighter than its right or lower neighbour; plain paper, where a copy's noise would decide, gives no bits. `coarse`
is the same of 8 by 8 fields, for a quick search. A photo is set on a page by Typst first, so that both ways lead
through PDFium. Memory, time and processes are limited before anything is parsed.
"""

import json
import resource
import sys
from pathlib import Path

MEMORY = 2 * 1024 * 1024 * 1024
MOST_PAGES = 10
GRID = 64
STEP = 7.0
"""How much brighter a neighbour must be, of 255."""
FEWEST = 40
"""A page with fewer bits is blank, or nearly: it is like any other blank page, and is not compared."""


def main(kind: str, path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import pypdfium2

    data = Path(path).read_bytes() if kind == "pdf" else on_a_page(Path(path), kind)
    try:
        document = pypdfium2.PdfDocument(data)
        told = [page_print(document[number]) for number in range(min(len(document), MOST_PAGES))]
    except pypdfium2.PdfiumError as error:
        sys.exit(f"pdf: {error}")
    sys.stdout.write(json.dumps(told))
    return 0


def on_a_page(file: Path, kind: str) -> bytes:
    """A photo as a PDF of one page."""
    import typst

    drawing = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image("/{file.name}", format: "{"png" if kind == "png" else "jpg"}", width: 512pt)'
    )
    try:
        drawn = typst.compile(drawing.encode(), root=str(file.parent), format="pdf")  # type: ignore[call-overload]
    except typst.TypstError as error:
        sys.exit(f"photo: {error}")
    return bytes(drawn)


def page_print(page):  # type: ignore[no-untyped-def]
    """The coarse and the fine print of a page, or None for a blank one."""
    import numpy

    width, height = page.get_size()
    scale = 512 / max(width, height, 1)
    drawn = page.render(scale=scale, may_draw_forms=False, grayscale=True)
    pixels = numpy.frombuffer(bytes(drawn.buffer), dtype=numpy.uint8).reshape(drawn.height, drawn.stride)
    grey = pixels[:, : drawn.width].astype(numpy.float64)
    fine = bits(means(grey, GRID + 1))
    if int(fine.sum()) < FEWEST:
        return None
    coarse = means(grey, 8)
    coarse_bits = (coarse > numpy.median(coarse)).ravel()
    word = int("".join("1" if bit else "0" for bit in coarse_bits), 2)
    return {"coarse": word - (1 << 63), "fine": numpy.packbits(fine).tobytes().hex()}


def means(grey, size):  # type: ignore[no-untyped-def]
    """The mean of each field of a grid laid over a picture."""
    import numpy

    def edges(length):  # type: ignore[no-untyped-def]
        return (numpy.arange(size) * length / size).astype(int)

    height, width = grey.shape
    rows, columns = edges(height), edges(width)
    summed = numpy.add.reduceat(numpy.add.reduceat(grey, rows, axis=0), columns, axis=1)
    tall = numpy.diff(numpy.append(rows, height)).clip(1)
    wide = numpy.diff(numpy.append(columns, width)).clip(1)
    return summed / tall[:, None] / wide[None, :]


def bits(grid):  # type: ignore[no-untyped-def]
    """A bit for each place clearly brighter than its right, and one for each brighter than its lower neighbour."""
    import numpy

    right = grid[:-1, :-1] - grid[:-1, 1:]
    lower = grid[:-1, :-1] - grid[1:, :-1]
    return numpy.concatenate([(right > STEP).ravel(), (lower > STEP).ravel()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

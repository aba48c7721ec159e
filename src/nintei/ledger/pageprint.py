"""Run as a process of its own by `prints.py`: how each page of a hostile file looks, as JSON.

A page is drawn in grey and shrunk to a grid of small means. `fine` is what of the grid differs from its
surroundings (so that light and paper do not matter), in steps of a byte. `coarse` has a bit for each of 8 by 8
fields that is clearly darker than the middle one, for a quick search. A photo is set on a page by Typst first, so that
both ways lead through PDFium. Memory, time and processes are limited before anything is parsed.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 2 * 1024 * 1024 * 1024
MOST_PAGES = 10
GRID = 192
AROUND = 6
"""How far the surroundings of a place reach, in places of the grid."""
DRAWN = 1024
"""The longer side of a page as drawn, in pixels."""
DARKER = 6
"""How much darker (of 255) than the middle field a field must be: paper beside paper decides nothing."""
LEAST = 1.5
"""A page whose places differ less from their surroundings (of 255) is blank: any other blank page is like it."""


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


def page_print(page: Any) -> dict[str, Any] | None:
    """The coarse and the fine print of a page, or None for a blank one."""
    import numpy as np

    width, height = page.get_size()
    drawn = page.render(scale=DRAWN / max(width, height, 1), may_draw_forms=False, grayscale=True)
    pixels = np.frombuffer(bytes(drawn.buffer), dtype=np.uint8).reshape(drawn.height, drawn.stride)
    return print_of(pixels[:, : drawn.width].astype(np.float64))


def print_of(grey: Any) -> dict[str, Any] | None:
    """The prints of a drawn page, a grey of 0 to 255 for each pixel."""
    import numpy as np

    fine = relief(means(grey, GRID))
    spread = float(fine.std())
    if spread < LEAST:
        return None
    fields = means(grey, 8)
    word = int("".join("1" if bit else "0" for bit in (fields < np.median(fields) - DARKER).ravel()), 2)
    bytes_of = (fine / spread * 24).round().clip(-127, 127).astype(np.int8)
    return {"coarse": word - (1 << 63), "fine": bytes_of.tobytes().hex()}


def means(grey: Any, size: int) -> Any:
    """The mean of each field of a grid laid over a picture; a pixel on an edge belongs to both sides by its parts.

    Whole pixels would shift a rescaled page by as much as one, which at this grid is half a stroke.
    """
    import numpy as np

    height, width = grey.shape
    summed = np.zeros((height + 1, width + 1))
    summed[1:, 1:] = grey.cumsum(0).cumsum(1)
    corners = _between(_between(summed, size).T, size).T
    whole = corners[1:, 1:] - corners[:-1, 1:] - corners[1:, :-1] + corners[:-1, :-1]
    return whole * size * size / height / width


def _between(sums: Any, size: int) -> Any:
    """The rows of running sums at the edges of so many equal parts."""
    import numpy as np

    edges = np.linspace(0, len(sums) - 1, size + 1)
    below = edges.astype(int).clip(0, len(sums) - 2)
    part = (edges - below)[:, None]
    return sums[below] * (1 - part) + sums[below + 1] * part


def relief(grid: Any) -> Any:
    """What each place of a grid is above or below the mean of its surroundings."""
    import numpy as np

    side = 2 * AROUND + 1
    padded = np.pad(grid, ((AROUND + 1, AROUND), (AROUND + 1, AROUND)), mode="edge")
    summed = padded.cumsum(0).cumsum(1)
    around = summed[side:, side:] - summed[:-side, side:] - summed[side:, :-side] + summed[:-side, :-side]
    return grid - around / side**2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

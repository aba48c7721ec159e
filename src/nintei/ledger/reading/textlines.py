"""Run as a process of its own by `lines.py`: the lines of text of a hostile PDF, with their places, as JSON.

Places are parts of the page's width and height, from its upper left corner. Memory, time and processes are
limited before anything is parsed.
"""

import json
import resource
import sys
from typing import Any

Piece = tuple[float, float, float, float, str]
MEMORY = 1024 * 1024 * 1024
MOST_PAGES = 3
MOST_RECTS = 400


def main(path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        found = [line for number in range(min(len(document), MOST_PAGES)) for line in lines(document, number)]
    except pypdfium2.PdfiumError as error:
        sys.exit(f"pdf: {error}")
    sys.stdout.write(json.dumps(found))
    return 0


def lines(document: Any, number: int) -> list[dict[str, Any]]:
    """The pieces of text of a page, those of one height joined from left to right."""
    page = document[number]
    width, height = page.get_size()
    text = page.get_textpage()
    rows: list[list[Piece]] = []
    for place in range(min(text.count_rects(), MOST_RECTS)):
        left, bottom, right, top = text.get_rect(place)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if not words:
            continue
        row = next((each for each in rows if _same_height(each[0], bottom, top)), None)
        if row is None:
            rows.append([(left, bottom, right, top, words)])
        else:
            row.append((left, bottom, right, top, words))
    return [_line(sorted(row), number + 1, width, height) for row in rows]


def _same_height(piece: Piece, bottom: float, top: float) -> bool:
    return abs((piece[1] + piece[3]) - (bottom + top)) < max(top - bottom, 1.0)


def _joined(row: list[Piece]) -> str:
    """The words of a line; a space where the paper has one: a change of font or script is none."""
    text, end = "", row[0][0]
    for left, bottom, right, top, words in row:
        text += " " * (left - end > 0.25 * (top - bottom)) + words
        end = right
    return text


def _line(row: list[Piece], page: int, width: float, height: float) -> dict[str, Any]:
    left, right = min(piece[0] for piece in row), max(piece[2] for piece in row)
    bottom, top = min(piece[1] for piece in row), max(piece[3] for piece in row)
    box = [left / width, (height - top) / height, (right - left) / width, (top - bottom) / height]
    return {
        "text": _joined(row),
        "page": page,
        "box": [round(part, 4) for part in box],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

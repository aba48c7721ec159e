"""Both languages are of equal rank: no Japanese is left on an English page (tests/test_access.py walks them all,
tests/test_house.py has the words)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

JAPANESE = re.compile(r"[\u3001-\u303f\u3041-\u30ff\u3400-\u9fff\uff01-\uff60\U00020000-\U0002ffff]")
SPOKEN = {"alt", "title", "aria-label", "placeholder", "content"}
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "circle", "rect", "line", "use", "wbr", "col"}


class Reader(HTMLParser):
    """Collects what a page says outside elements marked `lang="ja"`."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []

    @property
    def in_japanese(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marked = self.read(attrs)
        if tag not in VOID:
            self.open.append((tag, marked))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read(attrs)

    def read(self, attrs: list[tuple[str, str | None]]) -> bool:
        """Keep what the attributes say; whether what stands inside is marked as Japanese."""
        told = dict(attrs)
        marked = told["lang"] == "ja" if "lang" in told else self.in_japanese
        if not marked:
            self.said += [value for name, value in attrs if name in SPOKEN and value]
        return marked

    def handle_endtag(self, tag: str) -> None:
        if tag in (name for name, _marked in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        # What somebody typed stands in a textarea as they typed it.
        if not self.in_japanese and not (self.open and self.open[-1][0] in {"style", "textarea"}):
            self.said.append(data)


def japanese_of(html: str) -> list[str]:
    """The Japanese that an English page says without marking it."""
    reader = Reader()
    reader.feed(html)
    return [text.strip() for text in reader.said if JAPANESE.search(text)]


def test_the_reader_finds_what_is_not_marked() -> None:
    """The control."""
    page = (
        '<html lang="en"><svg><path d="M1"/></svg><br><p>Name <b lang="ja">佐藤</b> さん</p>'
        '<img alt="図"><p lang="ja">条文<i lang="en">12</i>です</p></html>'
    )
    assert japanese_of(page) == ["さん", "図"]

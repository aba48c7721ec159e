"""The papers of a case, one tab each, in the order of the manual's forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nintei.applications.models import Application, AskedItem, Kind, Pledge

SHOWN_PAGES = 20


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: `report`, `statement`, `pledge`, `claim` or `file`, with what it holds."""

    kind: str
    label: str
    data: Any = None
    days_after_signature: int = 0

    @property
    def page_numbers(self) -> range:
        """The pages of a file that are shown as pictures."""
        return range(1, min(self.data.pages, SHOWN_PAGES) + 1)

    @property
    def more_pages(self) -> int:
        """How many pages are not shown."""
        return max(0, int(self.data.pages) - SHOWN_PAGES)

    @property
    def is_doubtful(self) -> bool:
        """Signed by somebody who was not there: a person must look (MAN-ウ②.7)."""
        return self.kind == "statement" and self.data["answer"] != "cannot" and not self.data["was_there"]


def documents(
    application: Application, pledge: Pledge | None, asked: Iterable[AskedItem] = ()
) -> list[Document]:
    """Every paper that was handed in, then the files that came with answers."""
    files = [
        Document("file", _("答え%(n)d") % {"n": item.ordinal}, file)
        for item in asked
        for file in item.kept_files
    ]
    if application.kind == Kind.RENEWAL:
        return [Document("claim", _("CPDの記録"), application.claim), *files]
    papers = [Document("report", _("試験結果"))] if application.exam_pass_id else []
    statements = [
        (statement, post["days_after_signature"])
        for post in application.claim.get("posts", [])
        for statement in post["statements"]
    ]
    papers += [
        Document("statement", _("業務経験 %(n)d") % {"n": n}, statement, days)
        for n, (statement, days) in enumerate(statements, 1)
    ]
    return [*papers, *([Document("pledge", _("宣誓"))] if pledge else []), *files]


def opened(papers: list[Document], asked: str) -> int:
    """The tab to show: the one that was asked for, else the first that a person must look at."""
    by_file = [
        n for n, paper in enumerate(papers) if paper.kind == "file" and f"file-{paper.data.pk}" == asked
    ]
    if by_file:
        return by_file[0]
    if asked.isdecimal() and int(asked) < len(papers):
        return int(asked)
    return next((n for n, paper in enumerate(papers) if paper.is_doubtful), 0)

"""The papers of a case, one tab each, in the order of the manual's forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nintei.applications.models import Application, Kind, Pledge
from nintei.applications.queries import SOURCE_WORDS, Paper, Source
from nintei.rules.edition import Edition, Text
from nintei.shared.templatetags.nintei import said


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: `report`, `statement`, `pledge`, `claim` or `file`, with what it holds; `note` is a name beside
    the label."""

    kind: str
    label: str
    data: Any = None
    days_after_signature: int = 0
    note: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Signed by somebody who was not there: a person must look (MAN-ウ②.7)."""
        return self.kind == "statement" and self.data["answer"] != "cannot" and not self.data["was_there"]


def documents(
    application: Application,
    told: Mapping[str, Any],
    pledge: Pledge | None,
    papers: Iterable[Paper],
    book: Edition,
) -> list[Document]:
    """Every paper a case rests on: what was written and signed here, then the files, each in its own tab."""
    forms = {form.code: form.name for form in book.procedure.forms}
    files = [_file(paper, forms) for paper in papers]
    if application.kind == Kind.RENEWAL:
        return [Document("claim", _("CPDの記録"), application.claim), *files]
    found = [Document("report", _("試験結果"))] if application.exam_pass_id else []
    statements = [
        (statement, post["days_after_signature"])
        for post in told["posts"]
        for statement in post["statements"]
    ]
    found += [
        Document("statement", _("業務経験 %(n)d") % {"n": n}, statement, days)
        for n, (statement, days) in enumerate(statements, 1)
    ]
    found += [Document("pledge", _("宣誓"))] if pledge else []
    return [*found, *files]


def _file(paper: Paper, forms: Mapping[str, Text]) -> Document:
    """A file's tab: where it came from, and what it belongs to."""
    if paper.source == Source.ANSWER:
        return Document("file", _("答え%(n)s") % {"n": paper.note}, paper.row)
    if paper.source == Source.SCAN:
        form = forms.get(paper.note)
        return Document("file", said(form) if form else _("封筒（消印）"), paper.row)
    return Document("file", str(SOURCE_WORDS[paper.source]), paper.row, note=paper.note)


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

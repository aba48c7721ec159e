"""The papers of a case, one tab each, in the order of the manual's forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nintei.applications.models import Application, Kind, Pledge


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: `report`, `statement`, `pledge` or `claim`, with what it holds."""

    kind: str
    label: str
    data: Any = None
    days_after_signature: int = 0

    @property
    def is_doubtful(self) -> bool:
        """Signed by somebody who was not there: a person must look (MAN-ウ②.7)."""
        return self.kind == "statement" and self.data["answer"] != "cannot" and not self.data["was_there"]


def documents(application: Application, pledge: Pledge | None) -> list[Document]:
    """Every paper that was handed in."""
    if application.kind == Kind.RENEWAL:
        return [Document("claim", _("CPDの記録"), application.claim)]
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
    return [*papers, Document("pledge", _("宣誓"))] if pledge else papers


def opened(papers: list[Document], asked: str) -> int:
    """The tab to show: the one that was asked for, else the first that a person must look at."""
    if asked.isdecimal() and int(asked) < len(papers):
        return int(asked)
    return next((n for n, paper in enumerate(papers) if paper.is_doubtful), 0)

"""A door for anyone: are my points enough? The same reading and reckoning as `nintei check`. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nintei.ledger import advice, wording
from nintei.ledger.faults import Fault, Unusable
from nintei.ledger.forms_check import MOST_LINES, TYPED, HolderForm, LineForm, as_file, lines_in
from nintei.ledger.logfile import Entry, Log, read_log
from nintei.ledger.selfcheck import Asked, Checked, NoCycle, assumed_courses, check_log
from nintei.rules.balance import Line
from nintei.rules.days import check_days
from nintei.rules.edition import Edition
from nintei.shared import clock
from nintei.shared.forms import quiet, summary
from nintei.shared.rulebook import edition
from nintei.shared.wording import amount, in_english


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the answer: what was told, what counts of it, and why."""

    entry: Entry
    line: Line
    because: str

    @property
    def amount(self) -> str:
        """What was told, in words: the time, or how many items."""
        told = self.entry.activity
        return amount(sum(session.minutes for session in told.sessions), told.items)

    @property
    def days(self) -> tuple[Any, Any]:
        """The first and the last day; the last is None where there is one."""
        days = sorted({session.on for session in self.entry.activity.sessions})
        return days[0], days[-1] if len(days) > 1 else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows."""

    found: Checked
    rows: tuple[Row, ...]
    steps: tuple[advice.Advice, ...]
    courses_assumed: tuple[str, ...]
    long_days: tuple[date, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponseBase:
    book, do = edition(clock.today()), request.POST.get("do", "")
    count = min(_count(request.POST) + (3 if do == "more" else 0), MOST_LINES)
    posted = request.method == "POST"
    form = HolderForm(request.POST if posted else None, request.FILES if posted else None)
    lines = lines_in(request.POST if posted else QueryDict(), book, count)
    page: dict[str, Any] = {"form": form, "lines": lines, "edition": book, "can_more": count < MOST_LINES}
    for each in lines:
        if each.is_blank or do != "answer":
            quiet(each)
    if do != "answer":
        return render(request, "ledger/check.html", page | {"form": quiet(form)})
    return _answer(request, book, form, lines, page)


def _count(data: QueryDict) -> int:
    typed = data.get("count", "")
    return max(1, min(int(typed), MOST_LINES)) if typed.isdecimal() and len(typed) < 4 else 3


def _answer(
    request: HttpRequest, book: Edition, form: HolderForm, lines: list[LineForm], page: dict[str, Any]
) -> HttpResponse:
    faults: Sequence[Fault] = ()
    filled = [line for line in lines if not line.is_blank]
    try:
        log = _log(book, form, filled)
    except Unusable as unusable:
        log, faults = None, _told_beside(form, filled, unusable.faults)
    if log is not None:
        page["answer"] = _answered(book, form, log)
    page["errors"] = [line for each in (form, *lines) for line in summary(each)]
    page["faults"] = [(each, each.sentence(_language())) for each in faults]
    return render(request, "ledger/check.html", page, status=422 if page["errors"] or faults else 200)


def _log(book: Edition, form: HolderForm, filled: list[LineForm]) -> Log | None:
    """The log out of the file, else out of what was typed; None while a form has to be mended."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    if file is not None:
        return read_log(file.name or "", file.read(), book)
    if not filled:
        form.add_error("file", _("ファイルを選ぶか、活動を1つ以上書いてください"))
        return None
    return read_log(TYPED, as_file(filled), book) if all(line.is_valid() for line in filled) else None


def _told_beside(form: HolderForm, filled: list[LineForm], faults: Sequence[Fault]) -> list[Fault]:
    """Faults of what was typed stand beside their fields; those of a file are given back, to be listed."""
    if form.cleaned_data.get("file") is not None:
        form.add_error("file", _("このファイルは、まだ読めません"))
        return list(faults)
    for fault in faults:
        filled[max(fault.row, 1) - 1].blame(fault, _language())
    return []


def _answered(book: Edition, form: HolderForm, log: Log) -> Answer | None:
    said = form.cleaned_data
    try:
        found = check_log(book, Asked(clock.today(), said["starts"], said["issued"]), log)
    except NoCycle:
        form.add_error("starts", _("有効期間の始まりの日か、レポートの発行日を書いてください"))
        return None
    rows = tuple(
        _row(book, found, entry, line) for entry, line in zip(log.entries, found.balance.lines, strict=True)
    )
    steps = tuple(advice.steps_of(book, found.plan)) if found.plan else ()
    doubtful = check_days(book, [entry.activity for entry in log.entries])
    long_days = tuple(date.fromisoformat(each.note) for each in doubtful)
    return Answer(found, rows, steps, assumed_courses(book, log), long_days)


def _row(book: Edition, found: Checked, entry: Entry, line: Line) -> Row:
    minutes = sum(session.minutes for session in entry.activity.sessions)
    return Row(entry, line, wording.because(book, found.balance, line, minutes))


def _language() -> str:
    return "en" if in_english() else "ja"

"""The accountant's bank day: drop the file, decide, undo."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.payments import actions, queries
from nintei.payments.forms import BankFileForm, SettleForm, UndoForm
from nintei.payments.models import BankFile, BankLine, Fee
from nintei.payments.queries import LineView
from nintei.payments.statements import BrokenStatement, Problem, UnknownTable
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused

ACCOUNTANT = Role.ACCOUNTANT


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Signed) -> HttpResponseBase:
    """A statement in three columns, and the box for the next one."""
    form = BankFileForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return _drop(request, form)
        except BrokenStatement as broken:
            problems = broken.problems
    on, words = clock.today(), request.GET.get("q", "")[:100].replace("\x00", "")
    file = _chosen(request)
    page = {
        "form": form,
        "problems": problems,
        "file": file,
        "q": words,
        "today": on,
        "lanes": queries.lanes(file, on=on, pages=_pages(request)) if file else None,
        "others": queries.files_with_open_lines(but=file),
        "money": queries.undecided(),
        "found": queries.search_lines(words) if words else None,
    }
    return render(request, "payments/office.html", page, status=422 if problems or form.errors else 200)


def _pages(request: Signed) -> dict[str, int]:
    """Which page of each column is wanted; what is no number is the first."""
    asked = {key: request.GET.get(key, "") for key in ("settled", "to_decide", "unknown")}
    return {
        key: int(page) for key, page in asked.items() if page.isascii() and page.isdigit() and len(page) < 7
    }


def _drop(request: Signed, form: BankFileForm) -> HttpResponseBase:
    """Keep what can be read, or at least be shown so that a person can say which column is which."""
    at, file = clock.now(), form.cleaned_data["file"]
    content, door = file.read(), "payments:preview"
    try:
        queries.read_statement(content, at.date())
    except UnknownTable as unknown:
        if not unknown.rows:
            raise
        door = "payments:columns"
    dropped = actions.drop_file(by=request.user.by, content=content, name=file.name, at=at)
    return redirect(door, dropped.pk)


def _chosen(request: Signed) -> BankFile | None:
    number = request.GET.get("file", "")
    if not number:
        return queries.latest_file()
    file = (
        queries.bank_file(int(number)) if number.isascii() and number.isdigit() and len(number) < 18 else None
    )
    if file is None:
        raise Http404
    return file


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Signed, pk: int) -> HttpResponseBase:
    """One line with everything known about it; a POST settles it by hand."""
    found = queries.bank_line(pk)
    if found is None:
        raise Http404
    view = queries.line_view(found, on=clock.today())
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    form = SettleForm(request.POST or None, initial={"note": view.note})
    if request.method == "POST" and form.is_valid():
        try:
            return _settle(request, found, view, form)
        except Refused as refusal:
            form.add_error(None, refusal.sentence())
    fees = list(dict.fromkeys([*view.fees, *view.hints, *(queries.search_fees(words) if words else [])]))
    choices = queries.evidence(fees) if found.left else []
    page = {"view": view, "form": form, "q": words, "choices": choices, "transfer": queries.transfer(found)}
    return render(request, "payments/line.html", page, status=422 if form.errors else 200)


def _settle(request: Signed, found: BankLine, view: LineView, form: SettleForm) -> HttpResponseBase:
    chosen = form.cleaned_data
    actions.settle(
        by=request.user.by,
        actor=request.user,
        lines=[found, *(other for other in chosen["together"] if other.pk != found.pk)],
        fees=list(chosen["fee"]),
        reasons=view.reasons,
        note=chosen["note"],
        at=clock.now(),
    )
    messages.success(request, _("消し込みました。"))
    if chosen["remember"]:
        _remember(request, found, chosen["fee"][0], chosen["note"])
    return _to_file(found.file_id)


def _remember(request: Signed, found: BankLine, fee: Fee, note: str) -> None:
    known = actions.learn_payer(
        by=request.user.by,
        actor=request.user,
        person=fee.person,
        payer_name=found.payer_name,
        note=note,
        at=clock.now(),
    )
    said = _("「%(payer)s」を覚えました。「代わりに払う人」で、いつでも忘れられます。")
    messages.info(request, said % {"payer": known.payer_key})


@require(ACCOUNTANT)
@require_safe
def still_open(request: Signed) -> HttpResponseBase:
    """Money of nobody, whichever statement brought it: oldest first, with its age."""
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    lines, pages = queries.open_lines_page(page)
    shown = {"lines": lines, "page": min(max(1, page), pages), "pages": pages, "today": clock.today()}
    return render(request, "payments/open.html", shown | {"money": queries.undecided()})


@require(ACCOUNTANT)
@once
@require_POST
def undo(request: Signed, pk: UUID) -> HttpResponseBase:
    """Take a match back."""
    match = queries.match(pk)
    if match is None:
        raise Http404
    form = UndoForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.undo(by=request.user.by, actor=request.user, match=match, reason=reason, at=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.success(request, _("元に戻しました。手数料は、また入金を待っています。"))
    part = match.parts.first()
    return _to_file(part.line.file_id) if part else redirect("payments:office")


def _to_file(pk: int) -> HttpResponseRedirect:
    return redirect(f"{reverse('payments:office')}?file={pk}")

"""The accountant's bank day: drop the file, look, import, decide, undo."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nintei.payments import actions, queries
from nintei.payments.forms import BankFileForm, SettleForm, UndoForm
from nintei.payments.models import BankFile, BankLine, Fee
from nintei.payments.queries import LineView
from nintei.payments.statements import BrokenStatement, Problem
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.templatetags.nintei import said

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
    at, file = clock.now(), form.cleaned_data["file"]
    content = file.read()
    queries.preview_file(content=content, on=at.date())  # a broken file is not even kept
    dropped = actions.drop_file(by=request.user.by, content=content, name=file.name, at=at)
    return redirect("payments:preview", dropped.pk)


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
def preview(request: Signed, pk: UUID) -> HttpResponseBase:
    """What the dropped file would bring; a POST imports it."""
    if request.method == "POST":
        return _import(request, pk)
    dropped = queries.dropped_file(pk)
    if dropped is None:
        messages.error(request, Refused("payments.dropped_gone").sentence())
        return redirect("payments:office")
    try:
        seen = queries.preview_file(content=bytes(dropped.content), on=clock.today())
    except (
        BrokenStatement
    ) as broken:  # it was readable when it was dropped: its days have grown too old since
        messages.error(request, said(broken.problems[0].what))
        return redirect("payments:office")
    return render(request, "payments/preview.html", {"dropped": dropped, "seen": seen})


def _import(request: Signed, pk: UUID) -> HttpResponseBase:
    by, at = request.user.by, clock.now()
    try:
        dropped = actions.forget_file(by=by, dropped=pk)
        done = actions.import_file(
            by=by, content=bytes(dropped.content), name=dropped.name, on=at.date(), at=at
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence())
        return redirect("payments:office")
    except BrokenStatement as broken:
        messages.error(request, said(broken.problems[0].what))
        return redirect("payments:office")
    messages.success(request, _what_was_done(done))
    return _to_file(done.file.pk)


def _what_was_done(done: actions.Imported) -> str:
    if done.again:
        return _("このファイルは、もう読み込んであります。何も変わっていません。")
    new = ngettext("%(n)d件を読みました。", "%(n)d件を読みました。", len(done.new)) % {"n": len(done.new)}
    settled = ngettext("%(n)d件を消し込みました。", "%(n)d件を消し込みました。", len(done.settled))
    known = ngettext(
        "%(n)d件は、もう読み込んでありました。", "%(n)d件は、もう読み込んでありました。", done.known
    )
    words = [new, settled % {"n": len(done.settled)}, known % {"n": done.known} if done.known else ""]
    return " ".join(word for word in words if word)


@require(ACCOUNTANT)
@once
@require_POST
def forget(request: Signed, pk: UUID) -> HttpResponseBase:
    """Leave a dropped file without importing it."""
    try:
        actions.forget_file(by=request.user.by, dropped=pk)
    except Refused as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.info(request, _("読み込まずに閉じました。何も変わっていません。"))
    return redirect("payments:office")


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
    page = {"view": view, "form": form, "q": words, "choices": choices}
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

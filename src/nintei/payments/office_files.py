"""A bank's file between the drop and the import: look, say which column is which, import, watch it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.payments import actions, queries, statements
from nintei.payments.forms import ColumnsForm
from nintei.payments.models import DroppedFile
from nintei.payments.statements import BrokenStatement, UnknownTable
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.templatetags.nintei import said

ACCOUNTANT = Role.ACCOUNTANT
LONG = 500
"""From so many lines on, the worker imports and the page shows how far it is."""


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: Signed, pk: UUID) -> HttpResponseBase:
    """What the dropped file would bring; a POST imports it."""
    dropped = queries.dropped_file(pk)
    if dropped is None:
        messages.error(request, Refused("payments.dropped_gone").sentence())
        return redirect("payments:office")
    try:
        if request.method == "POST":
            return _import(request, dropped)
        seen = queries.preview_file(content=bytes(dropped.content), on=clock.today())
    except UnknownTable:  # its way of reading was forgotten since
        return redirect("payments:columns", pk)
    except (
        BrokenStatement
    ) as broken:  # it was readable when it was dropped: its days have grown too old since
        messages.error(request, said(broken.problems[0].what))
        return redirect("payments:office")
    page = {"dropped": dropped, "seen": seen, "dropped_by": _somebody_else(request, dropped)}
    return render(request, "payments/preview.html", page)


def _somebody_else(request: Signed, dropped: DroppedFile) -> str:
    """Whose file it is, where it is not one's own: nobody takes over a file without seeing that."""
    if dropped.by == request.user.by:
        return ""
    return queries.who([dropped.by]).get(dropped.by, dropped.by)


def _import(request: Signed, dropped: DroppedFile) -> HttpResponseBase:
    by, at = request.user.by, clock.now()
    lines = len(queries.read_statement(bytes(dropped.content), at.date()).lines)
    try:
        if lines >= LONG:
            every = lines + queries.open_lines().count()
            run = actions.start_run(by=by, dropped=dropped.pk, lines=every, at=at)
            return redirect("payments:run", run.pk)
        done = actions.import_dropped(by=by, dropped=dropped.pk, on=at.date(), at=at)
    except Refused as refusal:
        messages.error(request, refusal.sentence())
        return redirect("payments:office")
    messages.success(request, _what_was_done(done))
    return _to_file(done.file.pk)


def _what_was_done(done: actions.Imported) -> str:
    if done.again:
        return _("このファイルは、もう読み込んであります。何も変わっていません。")
    new = ngettext("%(n)d件を読みました。", "%(n)d件を読みました。", len(done.new)) % {"n": len(done.new)}
    settled = ngettext(
        "手数料%(n)d件を消し込みました。", "手数料%(n)d件を消し込みました。", len(done.settled)
    )
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
        actions.forget_file(by=request.user.by, dropped=pk, at=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.info(request, _("読み込まずに閉じました。何も変わっていません。"))
    return redirect("payments:office")


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Signed, pk: UUID) -> HttpResponseBase:
    """A table that nobody knows: which column is which; kept under a name, and tried at once."""
    dropped = queries.dropped_file(pk)
    if dropped is None:
        messages.error(request, Refused("payments.dropped_gone").sentence())
        return redirect("payments:office")
    row = request.GET.get("row", "")
    pointed = int(row) if row.isascii() and row.isdigit() and len(row) < 9 else None
    content = bytes(dropped.content)
    strange = queries.strange_table(content, clock.today(), pointed)
    if strange is None:
        return redirect("payments:preview", pk)
    form = ColumnsForm(strange.names, request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _teach(request, dropped, form)):
        return answer
    page = {"dropped": dropped, "strange": strange, "form": form}
    return render(request, "payments/columns.html", page, status=422 if form.errors else 200)


def _teach(request: Signed, dropped: DroppedFile, form: ColumnsForm) -> HttpResponseBase | None:
    """Try the columns on the file itself; only what can be read is kept."""
    name, at = form.cleaned_data["name"], clock.now()
    tried = queries.as_profile(name, form.columns)
    try:
        statements.read(
            bytes(dropped.content), on=at.date(), account=queries.own_account(at.date()), own=[tried]
        )
        actions.teach_table(by=request.user.by, actor=request.user, name=name, columns=form.columns, at=at)
    except BrokenStatement as broken:
        for problem in broken.problems[:5]:
            place = _("%(row)s行目：") % {"row": problem.row} if problem.row else ""
            form.add_error(None, f"{place}{said(problem.what)}")
        return None
    except Refused as refusal:
        form.add_error(None, refusal.sentence())
        return None
    messages.success(request, _("「%(name)s」の読み方を覚えました。") % {"name": name})
    return redirect("payments:preview", dropped.pk)


@require(ACCOUNTANT)
@require_safe
def tables(request: Signed) -> HttpResponseBase:
    """The ways to read that were taught."""
    kept = list(queries.taught_tables())
    names = queries.who(each.by for each in kept)
    return render(request, "payments/tables.html", {"tables": kept, "names": names})


@require(ACCOUNTANT)
@once
@require_POST
def forget_table(request: Signed, pk: UUID) -> HttpResponseBase:
    """Read no more files in a way that was taught."""
    if queries.taught_table(pk) is None:
        raise Http404
    try:
        actions.forget_table(by=request.user.by, actor=request.user, table=pk, at=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.success(request, _("読み方を忘れました。"))
    return redirect("payments:tables")


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: Signed, pk: UUID) -> HttpResponseBase:
    """How far a long import is; a POST asks the worker once more."""
    found = queries.import_run(pk)
    if found is None:
        raise Http404
    if found.file_id and "watch" not in request.GET:
        done = _("%(new)d件を読みました。 手数料%(settled)d件を消し込みました。")
        messages.success(request, done % {"new": found.new, "settled": found.settled})
        return _to_file(found.file_id)
    if request.method == "POST":
        try:
            actions.start_run(by=request.user.by, dropped=found.dropped, lines=found.lines, at=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.sentence())
        return redirect("payments:run", pk)
    return render(request, "payments/run.html", {"run": found})


def _to_file(pk: int) -> HttpResponseRedirect:
    return redirect(f"{reverse('payments:office')}?file={pk}")

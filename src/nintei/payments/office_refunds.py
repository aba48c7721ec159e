"""Refunds, approvals by a second person, the account's confirmation, and copies of receipts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.payments import actions, queries
from nintei.payments.book_forms import AskRefundForm, PaidForm, ReasonForm, RefundLineForm
from nintei.payments.models import Match, Refund, RefundState
from nintei.payments.portal import as_pdf
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused

ACCOUNTANT, DECIDER = Role.ACCOUNTANT, Role.DECIDER


@require(ACCOUNTANT, DECIDER)
@require_safe
def refunds(request: Signed) -> HttpResponseBase:
    """What waits for a second person, and every refund with where it stands."""
    today = clock.today()
    page = {
        "waiting": queries.open_approvals(),
        "refunds": queries.refunds()[:200],
        "today": today,
        "is_accountant": ACCOUNTANT in queries.roles(request.user, today),
        "keeps": queries.keeps_after_acceptance(today),
    }
    return render(request, "payments/refunds.html", page)


@require(ACCOUNTANT, DECIDER)
@once
@require_POST
def decide(request: Signed, pk: UUID) -> HttpResponseBase:
    """The second person's yes or no."""
    approval = queries.approval(pk)
    if approval is None:
        raise Http404
    granted = request.POST.get("answer") == "yes"
    try:
        actions.decide(
            by=request.user.by, actor=request.user, approval=approval, granted=granted, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        said = _("承認しました。") if granted else _("承認しませんでした。何も変わっていません。")
        messages.success(request, said)
    return redirect("payments:refunds")


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: Signed, pk: UUID) -> HttpResponseBase:
    """One refund, and the one thing to do with it next."""
    found = queries.refund(pk)
    if found is None:
        raise Http404
    kind = {RefundState.DUE: AskRefundForm, RefundState.APPROVED: PaidForm, RefundState.PAID: ReasonForm}
    form_class = kind.get(RefundState(found.state), ReasonForm)
    dropping = request.POST.get("do") == "drop"
    form = form_class(None if dropping else request.POST or None)
    drop_form = ReasonForm(request.POST if dropping else None, prefix="drop")
    used = drop_form if dropping else form
    if request.method == "POST" and used.is_valid():
        try:
            return _act(request, found, used.cleaned_data, dropping)
        except Refused as refused:
            used.add_error(None, refused.sentence())
    page = {
        "refund": found,
        "form": form,
        "drop_form": drop_form,
        "asked": queries.approval_of(f"refund:{found.pk}"),
        "steps": queries.steps_of(found),
    }
    return render(request, "payments/refund.html", page, status=422 if used.errors else 200)


def _act(request: Signed, found: Refund, said: dict[str, object], dropping: bool) -> HttpResponseBase:
    who = {"by": request.user.by, "actor": request.user, "refund": found, "at": clock.now()}
    if dropping:
        actions.drop_refund(**who, **said)  # type: ignore[arg-type]
        messages.success(request, _("返金を取りやめました。お金は、また仮受金にあります。"))
    elif found.state == RefundState.DUE:
        actions.ask_refund(**who, **said)  # type: ignore[arg-type]
        messages.success(request, _("二人目に承認を求めました。"))
    elif found.state == RefundState.APPROVED:
        actions.mark_refund_paid(**who, **said)  # type: ignore[arg-type]
        messages.success(request, _("振り込んだことを記録しました。"))
    else:
        actions.correct_refund(**who, **said)  # type: ignore[arg-type]
        messages.success(request, _("振込の記録を取り消しました。"))
    return redirect("payments:refunds")


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def refund_line(request: Signed, pk: int) -> HttpResponseBase:
    """Money left on a line goes back."""
    line = queries.bank_line(pk)
    if line is None:
        raise Http404
    start = {"amount": line.left, "payee": queries.payee_of(line)}
    form = RefundLineForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.refund_line(
                by=request.user.by,
                actor=request.user,
                line=line,
                person=queries.payer_of(line),
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("返金を決めました。次に、振込先を書いて承認を求めてください。"))
            return redirect("payments:refund", made.pk)
    page = {"line": line, "form": form}
    return render(request, "payments/refund_line.html", page, status=422 if form.errors else 200)


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def ask_undo(request: Signed, pk: UUID) -> HttpResponseBase:
    """Ask a second person to undo a match after 受理."""
    match: Match | None = queries.match(pk)
    if match is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_undo(
                by=request.user.by, actor=request.user, match=match, at=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("二人目に承認を求めました。"))
            return redirect("payments:refunds")
    page = {"match": match, "form": form, "asked": queries.approval_of(f"match:{match.pk}")}
    return render(request, "payments/ask_undo.html", page, status=422 if form.errors else 200)


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Signed) -> HttpResponseBase:
    """The account that payers are told, and its confirmation by two people (AMB-F11)."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_account(by=request.user.by, actor=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("二人目に承認を求めました。"))
            return redirect("payments:account")
    on = clock.today()
    page = {
        "form": form,
        "bank": queries.bank_words(on),
        "confirmed": queries.account_confirmed(on),
        "asked": queries.approval_of("account"),
        "registration": queries.registration_number(),
        "edition": queries.rulebook(on),
    }
    return render(request, "payments/account.html", page, status=422 if form.errors else 200)


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: Signed) -> HttpResponseBase:
    """Every receipt; a POST issues one again as a marked copy."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _copy(request, form)
        except Refused as refused:
            form.add_error(None, refused.sentence())
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    page = {"form": form, "q": words, "receipts": queries.search_receipts(words)}
    return render(request, "payments/office_receipts.html", page, status=422 if form.errors else 200)


def _copy(request: Signed, form: ReasonForm) -> HttpResponseBase:
    try:
        receipt = queries.receipt(UUID(request.POST.get("receipt", "")))
    except ValueError:
        receipt = None
    if receipt is None:
        raise Http404
    made = actions.copy_receipt(
        by=request.user.by, actor=request.user, receipt=receipt, at=clock.now(), **form.cleaned_data
    )
    messages.success(
        request,
        _("%(number)sを再発行しました（第%(nth)d回）。") % {"number": receipt.number, "nth": made.nth},
    )
    return redirect("payments:office_receipts")


@require(ACCOUNTANT)
@require_safe
def copy_pdf(request: Signed, pk: int) -> HttpResponseBase:
    """A copy of a receipt, marked as such."""
    copy = queries.receipt_copy(pk)
    if copy is None:
        raise Http404
    return as_pdf(copy.receipt, copy)

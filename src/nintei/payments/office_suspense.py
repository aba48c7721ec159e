"""Money of nobody: written off by two people, put back by two; and the receipt of a company's whole transfer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.payments import actions, queries
from nintei.payments.book_forms import CompanyForm, ReasonForm, WriteOffForm
from nintei.payments.models import Account, BankLine, Receipt
from nintei.payments.portal import as_pdf
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused

ACCOUNTANT = Role.ACCOUNTANT


def _line(pk: int) -> BankLine:
    line = queries.bank_line(pk)
    if line is None:
        raise Http404
    return line


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def write_off(request: Signed, pk: int) -> HttpResponseBase:
    """Ask a second person to move money of nobody out of suspense."""
    line = _line(pk)
    form = WriteOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account, reason = Account(form.cleaned_data["account"]), form.cleaned_data["reason"]
        try:
            actions.ask_write_off(
                by=request.user.by,
                actor=request.user,
                line=line,
                account=account,
                reason=reason,
                at=clock.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("二人目に承認を求めました。"))
            return redirect("payments:refunds")
    page = {
        "view": queries.line_view(line, on=clock.today()),
        "form": form,
        "asked": queries.approval_of(f"line:{line.pk}"),
    }
    return render(request, "payments/write_off.html", page, status=422 if form.errors else 200)


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: Signed, pk: UUID) -> HttpResponseBase:
    """Ask a second person to put written-off money back into suspense."""
    gone = queries.write_off(pk)
    if gone is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_restore(
                by=request.user.by, actor=request.user, write_off=gone, at=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("二人目に承認を求めました。"))
            return redirect("payments:refunds")
    page = {"gone": gone, "form": form, "asked": queries.approval_of(f"write_off:{gone.pk}")}
    return render(request, "payments/restore.html", page, status=422 if form.errors else 200)


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def company_receipt(request: Signed, pk: int) -> HttpResponseBase:
    """One receipt for a company's whole transfer, with its people listed."""
    line = _line(pk)
    found = queries.transfer(line)
    if found is None:
        raise Http404
    form = CompanyForm(request.POST or None, initial={"addressee": queries.payer_of_transfer(line)})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.issue_company_receipt(
                by=request.user.by, actor=request.user, line=line, at=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("領収書 %(number)s を発行しました。") % {"number": made.number})
            return redirect("payments:company_receipt", pk)
    page = {"line": line, "transfer": found, "form": form, "registration": queries.registration_number()}
    return render(request, "payments/company_receipt.html", page, status=422 if form.errors else 200)


def _company(pk: UUID) -> Receipt:
    receipt = queries.receipt(pk)
    if receipt is None or receipt.line_id is None:
        raise Http404
    return receipt


@require(ACCOUNTANT)
@require_safe
def company_pdf(request: Signed, pk: UUID) -> HttpResponseBase:
    """The receipt of a company's transfer: the office sends it, for the company has no account here."""
    receipt = _company(pk)
    if receipt.voided_at:
        raise Http404
    return as_pdf(receipt)


@require(ACCOUNTANT)
@once
@require_POST
def void_receipt(request: Signed, pk: UUID) -> HttpResponseBase:
    """Make a receipt void that was handed back or was wrong."""
    receipt = queries.receipt(pk)
    if receipt is None:
        raise Http404
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.void_receipt(
            by=request.user.by, actor=request.user, receipt=receipt, reason=reason, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, _("領収書 %(number)s を無効にしました。") % {"number": receipt.number})
    return redirect("payments:office_receipts")

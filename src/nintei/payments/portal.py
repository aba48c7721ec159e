"""A payer's receipts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.payments import actions, queries
from nintei.payments.book_forms import AddresseeForm
from nintei.payments.models import Receipt, ReceiptCopy
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock
from nintei.shared.refusals import Refused


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: Signed) -> HttpResponseBase:
    """What I have paid, each with its receipt or the form to have one made out."""
    paid = queries.paid_by(request.user)
    form = AddresseeForm(request.POST or None)
    chosen = request.POST.get("match", "")
    if request.method == "POST" and form.is_valid():
        match = next((each.match for each in paid if str(each.match.pk) == chosen), None)
        if match is None:
            raise Http404
        try:
            receipt = actions.issue_receipt(
                by=request.user.by,
                person=request.user,
                match=match,
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("領収書 %(number)s を発行しました。") % {"number": receipt.number})
            return redirect("payments:receipts")
    page = {"paid": paid, "form": form, "chosen": chosen, "registration": queries.registration_number()}
    return render(request, "payments/receipts.html", page, status=422 if form.errors else 200)


@signed_in
@require_safe
def receipt_pdf(request: Signed, pk: UUID) -> HttpResponseBase:
    """My receipt; somebody else's does not exist."""
    receipt = queries.receipt(pk)
    own = receipt.match if receipt else None  # a company's paper names others: it is not for one of them
    if receipt is None or own is None or own.fee.person_id != request.user.pk or receipt.voided_at:
        raise Http404
    return as_pdf(receipt)


def as_pdf(receipt: Receipt, copy: ReceiptCopy | None = None) -> HttpResponse:
    """The paper as a download that no browser runs."""
    mark = f"-{copy.nth}" if copy else ""
    response = HttpResponse(queries.receipt_pdf(receipt, copy), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{receipt.number}{mark}.pdf"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

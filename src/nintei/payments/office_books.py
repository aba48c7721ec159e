"""The accountant's books: trial balance, entries, money of nobody, closing, and files for other programs."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nintei.payments import actions, queries
from nintei.payments.book_forms import CloseForm, SearchForm, whole_month
from nintei.payments.books.files import LAYOUTS
from nintei.payments.models import Account, Close
from nintei.people.doors import Signed, once, require
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.wording import day

ACCOUNTANT = Role.ACCOUNTANT
PAGE = 100


@require(ACCOUNTANT)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def books(request: Signed) -> HttpResponseBase:
    """Balances, months and what is nobody's; a POST closes a day or a month."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _close(request, form)
        except Refused as refused:
            form.add_error(None, refused.sentence())
    page = {
        "form": form,
        "today": clock.today(),
        "sheet": queries.trial_balance(),
        "months": queries.months(),
        "closed": queries.closed_through(),
        "closes": queries.closes()[:12],
        "suspense": queries.suspense()[:PAGE],
        "open_month": queries.first_open_month(),
    }
    return render(request, "payments/books.html", page, status=422 if form.errors else 200)


def _close(request: Signed, form: CloseForm) -> HttpResponseBase:
    said = form.cleaned_data
    closed = actions.close(
        by=request.user.by,
        actor=request.user,
        kind=Close.Kind(said["kind"]),
        through=said["through"],
        at=clock.now(),
    )
    messages.success(request, _("%(day)sまで締めました。") % {"day": day(closed.through)})
    return redirect("payments:books")


@require(ACCOUNTANT)
@require_safe
def entries(request: Signed) -> HttpResponseBase:
    """The journal of entries, searched by day, amount and party, by account, and paged."""
    form = SearchForm(request.GET or None)
    wanted = form.wanted()
    found = Paginator(queries.entries(wanted), PAGE).get_page(request.GET.get("page"))
    since_until = {"since": wanted.since, "until": wanted.until}
    query = request.GET.copy()
    query.pop("page", None)
    page = {
        "form": form,
        "wanted": wanted,
        "found": found,
        "days": queries.days(wanted.since, wanted.until) if wanted.since and wanted.until else [],
        "sheet": queries.trial_balance(**since_until) if wanted.since or wanted.until else None,
        "month": whole_month(clock.today()),
        "accounts": Account,
        "layouts": LAYOUTS.values(),
        "query": query.urlencode(),
        "troubles": queries.unwritable(wanted),
    }
    return render(request, "payments/entries.html", page, status=422 if form.errors else 200)


@require(ACCOUNTANT)
@require_safe
def export(request: Signed) -> HttpResponseBase:
    """The entries that were searched for, as a file for a spreadsheet or another program."""
    form = SearchForm(request.GET or None)
    layout = LAYOUTS.get(request.GET.get("layout", "generic"))
    if layout is None or (form.is_bound and not form.is_valid()):
        messages.error(request, _("書き出す形式と条件を選び直してください。"))
        return redirect("payments:entries")
    content = queries.export(layout, form.wanted())
    response = HttpResponse(content, content_type=f"text/csv; charset={layout.encoding}")
    response["Content-Disposition"] = f'attachment; filename="{layout.file_name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

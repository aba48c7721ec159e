"""The office's door to the post: the list, the printer's files, and one certificate on its way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from nintei.applications import queries as applications
from nintei.certificates.forms import AddressForm, MarkForm
from nintei.certificates.posting import actions, papers, queries, signs
from nintei.certificates.posting.queries import Paper, Wanted
from nintei.certificates.states import DESK, Event, State, events
from nintei.people import actions as people
from nintei.people.doors import Signed, once, require, roles
from nintei.people.models import Role
from nintei.shared import clock
from nintei.shared.cells import table
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition
from nintei.shared.wording import day as said_day

POST = tuple(Role(role) for role in DESK)
LOOK = (*POST, Role.DECIDER)
# A certificate is made within seconds; one that is not is looked at by a person.
LATE = timedelta(minutes=10)


@require(*LOOK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def posting(request: Signed) -> HttpResponseBase:
    """The list by lanes; what was ticked is printed, or something is said of it."""
    wanted, today = Wanted.told(request.GET.dict()), clock.today()
    form = MarkForm(request.POST or None, initial={"day": today})
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, form, request.POST.getlist("paper"), wanted)
        except Refused as refused:
            form.add_error(None, refused.sentence())
    page = {
        "form": form,
        "found": queries.listed(wanted, today),
        "ticked": set(request.POST.getlist("paper")),
        "buttons": events(wanted.lane) if _may_post(request) else (),
        "may_print": _may_post(request) and wanted.lane in (State.TO_POST, State.RETURNED),
        "codes": [q.code for q in edition(today).qualifications.values() if q.certified],
        "batches": [(each, len(each.lines.all())) for each in applications.settled_batches()],
        "prints": queries.prints(),
        "unmade": [(*each, signs.missing(each.certificate)) for each in queries.unmade(clock.now() - LATE)],
        "today": today,
    }
    return render(request, "certificates/posting.html", page | _ways(wanted, page["found"]))


def _may_post(request: Signed) -> bool:
    return not roles(request).isdisjoint(POST)


def _ways(wanted: Wanted, found: Any) -> dict[str, Any]:
    """The lanes with their counts, and the ways to the page before and after."""
    lanes = [
        (
            wanted.query(lane="" if lane == State.TO_POST else lane),
            lane.label,
            found.counts[lane],
            lane == wanted.lane,
        )
        for lane in queries.LANES
    ]
    before = wanted.query(page=wanted.page - 1) if wanted.page > 1 else ""
    after = wanted.query(page=wanted.page + 1) if wanted.page < found.pages else ""
    return {"wanted": wanted, "lanes": lanes, "query": wanted.query(), "before": before, "after": after}


def _done(request: Signed, form: MarkForm, ids: list[str], wanted: Wanted) -> HttpResponseBase:
    """What was asked for, then where the work goes on. Raises `Refused`."""
    do, said = request.POST.get("do", ""), form.cleaned_data
    on, at = clock.today(), clock.now()
    if do == "print":
        made = actions.print_papers(
            actor=request.user,
            ids=ids,
            envelope=said["envelope"] or "folded",
            again=said["again"],
            on=on,
            at=at,
        )
        return redirect("certificates:printed", made.pk)
    number = len(_said(request, do, ids, said))
    words = ngettext("%(n)d枚の認定証について記録しました", "%(n)d枚の認定証について記録しました", number)
    messages.success(request, words % {"n": number})
    return redirect(f"{reverse('certificates:posting')}?{wanted.query()}")


def _said(request: Signed, do: str, ids: list[str], said: dict[str, Any]) -> list[Any]:
    on, at = clock.today(), clock.now()
    if do == Event.ASK:
        return actions.ask_address(actor=request.user, ids=ids, on=on, at=at)
    if do not in Event.values:
        raise Http404
    tracking = {
        name.removeprefix("t-"): str(word)[:40]
        for name, word in request.POST.items()
        if name.startswith("t-")
    }
    return actions.mark(
        actor=request.user, ids=ids, event=Event(do), day=said["day"] or on, on=on, at=at,
        way=said["way"] or "letter", reason=said["reason"], tracking=tracking,
    )  # fmt: skip


@require(*LOOK)
@require_safe
def posting_csv(request: Signed) -> HttpResponseBase:
    """The lane as a table to take away."""
    rows = [_cells(each) for each in queries.everything(Wanted.told(request.GET.dict()), clock.today())]
    heads = [
        _("認定番号"), _("氏名"), _("資格"), _("郵送先の住所"), _("状態"), _("状態になった日"), _("枚目"), _("送り方"),
        _("追跡番号"), _("理由"), _("確かめること"),
    ]  # fmt: skip
    response = HttpResponse(table(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="posting-{clock.today():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _cells(paper: Paper) -> list[object]:
    sent, last = paper.last_post, paper.steps[-1] if paper.steps else None
    return [
        paper.number, paper.name, paper.certificate.content["qualification_code"], paper.address,
        State(paper.posting.state).label, paper.posting.state_since_on.isoformat(), paper.certificate.copy,
        sent.get_way_display() if sent else "", sent.tracking if sent else "", last.reason if last else "",
        "、".join(paper.words),
    ]  # fmt: skip


@require(*LOOK)
@require_safe
def printed(request: Signed, pk: UUID) -> HttpResponseBase:
    """What was printed together: its files, and the way to say that it was posted."""
    made = queries.printed(pk)
    if made is None:
        raise Http404
    form = MarkForm(initial={"day": clock.today()})
    sheets = [(each, each.certificate.posting) for each in made.sheets.all()]
    waits = [posting for _sheet, posting in sheets if Event.POST in events(posting.state)]
    page = {"made": made, "sheets": sheets, "form": form, "may_post": _may_post(request) and bool(waits)}
    return render(request, "certificates/printed.html", page | {"waits": {each.pk for each in waits}})


@require(*POST)
@require_safe
def printed_pdf(request: Signed, pk: UUID) -> HttpResponseBase:
    """Letters and certificates in one file; the same file as often as it is fetched."""
    return _pdf(pk, papers.together, f"certificates-{pk}.pdf")


@require(*POST)
@require_safe
def labels_pdf(request: Signed, pk: UUID) -> HttpResponseBase:
    """The addresses on labels, from label `first` on."""
    asked = request.GET.get("first", "1")
    first = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    return _pdf(pk, lambda made, sheets: papers.labels(made, sheets, first), f"labels-{pk}.pdf")


def _pdf(pk: UUID, drawn: Callable[..., bytes], name: str) -> HttpResponseBase:
    made = queries.printed(pk)
    if made is None:
        raise Http404
    response = HttpResponse(drawn(made, list(made.sheets.all())), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require(*LOOK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Signed, pk: UUID) -> HttpResponseBase:
    """One certificate: where it goes, where it is, and everything that happened to it."""
    today = clock.today()
    found = queries.paper(pk, today)
    if found is None:
        raise Http404
    is_address = request.POST.get("do") == "address"
    sent = request.POST or None
    form = MarkForm(None if is_address else sent, initial={"day": today})
    address = AddressForm(sent if is_address else None, initial={"postal_address": found.address})
    if request.method == "POST" and (address if is_address else form).is_valid():
        try:
            if is_address:
                return _moved(request, found, address)
            return _done_one(request, form, pk)
        except Refused as refused:
            (address if is_address else form).add_error(None, refused.sentence())
    page = {"found": found, "form": form, "address": address, "may_post": _may_post(request), "today": today}
    page |= {
        "buttons": events(found.posting.state),
        "waits": found.posting.state in (State.TO_POST, State.RETURNED),
    }
    return render(request, "certificates/paper.html", page)


def _moved(request: Signed, found: Paper, form: AddressForm) -> HttpResponseBase:
    if not _may_post(request):
        raise Refused("certificates.not_entitled")
    people.change_address(by=request.user.by, person=found.person, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("郵送先の住所を保存しました"))
    return redirect("certificates:paper", found.posting.pk)


def _done_one(request: Signed, form: MarkForm, pk: UUID) -> HttpResponseBase:
    do, said = request.POST.get("do", ""), form.cleaned_data
    if do == "print":
        return _done(request, form, [str(pk)], Wanted())
    _said(request, do, [str(pk)], said)
    messages.success(request, _("{day}に記録しました").format(day=said_day(clock.today())))
    return redirect("certificates:paper", pk)

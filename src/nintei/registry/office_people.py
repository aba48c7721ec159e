"""The office's door to what people said of themselves: papers to check, and persons entered twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from nintei.people import actions as people_actions
from nintei.people import queries as people
from nintei.people.doors import Signed, once, require
from nintei.people.models import Merge, MergeState, Person, Role
from nintei.registry import actions, queries
from nintei.registry.forms import MergeForm
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

DESK = (Role.REGISTRAR, Role.REVIEWER)
MERGERS = (Role.REGISTRAR, Role.REVIEWER, Role.DECIDER)

WHY = {
    people.Why.SAME_NAME: gettext_lazy("カナと生年月日が同じです"),
    people.Why.NEAR_NAME: gettext_lazy("生年月日が同じで、カナがよく似ています"),
    people.Why.FORMER_NAME: gettext_lazy("生年月日が同じで、前の氏名が一致します"),
    people.Why.NO_BIRTHDAY: gettext_lazy("カナが同じで、片方の生年月日がわかりません"),
    people.Why.SAME_NUMBER: gettext_lazy("同じ合格者番号を使っています"),
}


@require(*DESK)
@require_safe
def checks(request: Signed) -> HttpResponseBase:
    """Former names and copies of reports that wait for somebody to look at their papers."""
    return render(request, "registry/checks.html", _checks())


def _checks() -> dict[str, Any]:
    book = edition(clock.today())
    copies = [
        (report, queries.imported_like(report), book.qualifications.get(report.exam), _fit(report))
        for report in queries.copies_to_check()
    ]
    return {"names": people.names_to_check(), "copies": copies}


def _fit(report: Any) -> str:
    return str(people.name_fit(report.person, report.name, report.kana))


@require_POST
@require(*DESK)
@once
def check_name(request: Signed, pk: int) -> HttpResponseBase:
    former = people.former_name(pk)
    if former is None:
        raise Http404
    return _checked(request, people_actions.check_former_name, former=former)


@require_POST
@require(*DESK)
@once
def check_copy(request: Signed, pk: UUID) -> HttpResponseBase:
    report = queries.copy_to_check(pk)
    if report is None:
        raise Http404
    return _checked(request, actions.check_copy, report=report)


def _checked(request: Signed, action: Any, **what: object) -> HttpResponseBase:
    """Say yes or no to a paper, with a reason for no."""
    said = {"confirmed": request.POST.get("verdict") == "yes", "reason": request.POST.get("reason", "")[:500]}
    try:
        action(actor=request.user, on=clock.today(), at=clock.now(), **said, **what)
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, _("確かめた結果を記録しました"))
    return redirect("registry:checks")


@require(*MERGERS)
@require_safe
def twins(request: Signed) -> HttpResponseBase:
    """Pairs of accounts that may be one person, and the merges that were asked for or done."""
    pairs = [(each, [str(WHY[why]) for why in each.why]) for each in queries.twins()]
    page = {"pairs": pairs, "merges": people.merges(), "states": MergeState, "today": clock.today()}
    return render(request, "registry/twins.html", page)


@require_POST
@require(*MERGERS)
@once
def merge(request: Signed) -> HttpResponseBase:
    """Ask for a merge, or say that they are two people."""
    form = MergeForm(request.POST)
    if not form.is_valid():
        messages.error(request, Refused("people.say_why").sentence(), extra_tags="bad")
        return redirect("registry:twins")
    goes, stays = (people.person(form.cleaned_data[which]) for which in ("goes", "stays"))
    if goes is None or stays is None:
        raise Http404
    apart = request.POST.get("what") == "apart"
    try:
        _ask(request, goes, stays, form.cleaned_data["reason"], apart)
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        said = _("別の人として記録しました") if apart else _("統合の同意を、二人目に求めました")
        messages.success(request, said)
    return redirect("registry:twins")


def _ask(request: Signed, goes: Person, stays: Person, reason: str, apart: bool) -> None:
    common: dict[str, Any] = {"actor": request.user, "reason": reason}
    common |= {"on": clock.today(), "at": clock.now()}
    if apart:
        people_actions.keep_apart(one=goes, other=stays, **common)
    else:
        people_actions.ask_merge(goes=goes, stays=stays, **common)


@require_POST
@require(*MERGERS)
@once
def merge_step(request: Signed, pk: UUID) -> HttpResponseBase:
    """The second person's word on a merge, or the first one's on taking it back."""
    found = people.merge(pk)
    if found is None:
        raise Http404
    common: dict[str, Any] = {"actor": request.user, "on": clock.today(), "at": clock.now()}
    step = _steps(found, request.POST.get("reason", "")[:500], common).get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    try:
        step()
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, _("記録しました"))
    return redirect("registry:twins")


def _steps(merge: Merge, reason: str, common: dict[str, Any]) -> dict[str, Callable[[], Merge]]:
    apart: dict[str, Any] = {"one": merge.goes, "other": merge.stays, "reason": reason}
    return {
        "agree": lambda: people_actions.agree_merge(merge=merge, **common),
        "apart": lambda: people_actions.keep_apart(**apart, **common),
        "ask_undo": lambda: people_actions.ask_undo(merge=merge, reason=reason, **common),
        "agree_undo": lambda: people_actions.agree_undo(merge=merge, agreed=True, **common),
        "keep": lambda: people_actions.agree_undo(merge=merge, agreed=False, **common),
    }

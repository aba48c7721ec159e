"""What may be done with an audit from its page: for each event its form, and the action it calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nintei.applications.models import AuditOutcome
from nintei.audits import actions, forms, queries, words
from nintei.audits.actions.checking import outcome_of
from nintei.audits.models import Audit, AuditLine, PleaKind
from nintei.audits.reasons import reason
from nintei.audits.states import OVER, Actor, Event, State, following
from nintei.people.doors import Signed, roles
from nintei.people.models import Person, Role
from nintei.shared import clock

LANES = (
    ("", gettext_lazy("進行中")),
    ("mine", gettext_lazy("自分の担当")),
    ("answered", gettext_lazy("回答あり")),
    ("late", gettext_lazy("期限を過ぎた")),
    ("proposed", gettext_lazy("決定待ち")),
    ("over", gettext_lazy("終わったもの")),
)
PLEA, CONFLICT = "plea", "conflict"
OUTCOMES = {
    AuditOutcome.UPHELD: gettext_lazy("申請のとおり認める"),
    AuditOutcome.REDUCED: gettext_lazy("ポイントを減らす。更新に必要なポイントは残る"),
    AuditOutcome.REFUSED: gettext_lazy("更新に必要なポイントに届かない"),
}


def made_for(request: Signed, found: Audit) -> dict[str, django_forms.Form]:
    """The forms of what this person may do now; the one that was sent is bound."""
    held, on = roles(request), clock.today()
    made: dict[str, django_forms.Form] = {}
    auditor = Role.REVIEWER in held
    if (
        auditor
        and following(found.state, Event.TAKE_UP, Actor.AUDITOR)
        and _may_take(found, request.user, on)
    ):
        made["take_up"] = forms.VersionForm(**_bound(request, found, "take_up"))
    if may_mark(found, request.user) and auditor:
        made["ask_again"] = forms.VersionForm(**_bound(request, found, "ask_again"))
        made["propose"] = _propose(request, found)
    if found.state == State.PROPOSED and Role.DECIDER in held and not _proposed_by(found, request.user):
        made["rule"] = forms.RuleForm(**_bound(request, found, "rule"))
    if auditor:
        made |= _plea_forms(request, found)
    if found.state not in OVER:
        data = _bound(request, found, CONFLICT)
        made[CONFLICT] = forms.WordsForm(**data, label=_("どんな利害関係か"))
    return made


def _may_take(found: Audit, person: Person, on: Any) -> bool:
    if found.state == State.ASKED:
        return bool(on > found.due_on)
    return found.auditor_id != person.pk or found.state != State.CHECKING


def may_mark(found: Audit, person: Person) -> bool:
    """Whether this person checks the audit now."""
    return found.state == State.CHECKING and found.auditor_id == person.pk


def _proposed_by(found: Audit, person: Person) -> bool:
    proposal = queries.standing_proposal(found)
    return proposal is not None and proposal.by_id == person.pk


def _bound(request: Signed, found: Audit, event: str) -> dict[str, Any]:
    data = request.POST if request.POST.get("event") == event else None
    return {"data": data, "initial": {"version": found.version}, "auto_id": f"{event}_%s"}


def _propose(request: Signed, found: Audit) -> django_forms.Form:
    weighed = queries.weighing(found.application).as_marked(queries.lines(found))
    exempt = found.pleas.filter(kind=PleaKind.EXEMPTION, granted=None).exists()
    outcome = str(OUTCOMES[outcome_of(weighed)])
    return forms.ProposeForm(**_bound(request, found, "propose"), outcome=outcome, exempt=exempt)


def _plea_forms(request: Signed, found: Audit) -> dict[str, django_forms.Form]:
    """One form for the first plea that waits for an answer."""
    waiting = found.pleas.filter(granted=None).exclude(kind=PleaKind.APPEAL).first()
    if waiting is None or found.state in OVER:
        return {}
    told = _bound(request, found, PLEA)
    told["initial"] = {"plea": waiting.pk, "until_on": waiting.until_on}
    form = forms.PleaAnswerForm(**told)
    if waiting.kind != PleaKind.EXTENSION:
        del form.fields["until_on"]
    return {PLEA: form}


def page_of(request: Signed, found: Audit) -> dict[str, Any]:
    """Everything the page of an audit shows besides the forms."""
    rows = queries.lines(found)
    weighed = queries.weighing(found.application).as_marked(rows)
    ruled = queries.standing_ruling(found)
    entries = [(e.at, words.event(e.verb, e.data)) for e in reversed(queries.history(found))]
    return {
        "audit": found,
        "lines": [(line, weighed.credited(line.line)) for line in rows],
        "papers": {ordinal: len(each) for ordinal, each in queries.papers(rows).items()},
        "weighed": weighed,
        "unmarked": sum(line.latest is None for line in rows),
        "pleas": list(found.pleas.select_related("about", "answered_by")),
        "conflicts": queries.conflicts(found),
        "proposal": queries.standing_proposal(found),
        "ruled": ruled,
        "kept_until": queries.kept_until(found, clock.today()),
        "may_mark": may_mark(found, request.user),
        "proposed_by_me": _proposed_by(found, request.user),
        "history": [(at, sentence) for at, sentence in entries if sentence],
        "today": clock.today(),
    }


def as_marked(line: Any) -> dict[str, Any]:
    """The newest mark of a line, to begin the form with."""
    mark = line.latest
    if mark is None:
        return {}
    chosen = f"{mark.verdict}:{mark.reason}" if mark.reason else ""
    told = {"shows": mark.shows, "unclear": not mark.clear, "verdict": mark.verdict}
    return told | {"reason": chosen, "words": mark.words}


def told_marks(line: AuditLine) -> list[tuple[Any, Any]]:
    """Every mark of a line with its reason, the newest first."""
    return [(mark, reason(mark.verdict, mark.reason)) for mark in reversed(line.marks.all())]


def _common(request: Signed, found: Audit, form: Any) -> dict[str, Any]:
    when = {"on": clock.today(), "at": clock.now()}
    return {"actor": request.user, "audit": found, "version": form.cleaned_data["version"]} | when


def _take_up(request: Signed, found: Audit, form: Any) -> str:
    actions.take_up(**_common(request, found, form))
    return _("あなたが監査の担当です")


def _ask_again(request: Signed, found: Audit, form: Any) -> str:
    actions.ask_again(**_common(request, found, form))
    return _("もう一度尋ねました。期限も知らせました")


def _pass_on(request: Signed, found: Audit, form: Any) -> str:
    told = form.cleaned_data
    actions.propose(**_common(request, found, form), special=told["special"], words=told["words"])
    return _("決定へ進めました。決めるのは別の人です")


def _rule(request: Signed, found: Audit, form: Any) -> str:
    told = form.cleaned_data
    agreed = told["agreed"] == "yes"
    actions.rule(**_common(request, found, form), agreed=agreed, words=told["words"])
    return _("決めました。ご本人に知らせます") if agreed else _("確認へ戻しました")


def _answer_plea(request: Signed, found: Audit, form: Any) -> str:
    told = form.cleaned_data
    plea = found.pleas.get(pk=told["plea"])
    actions.answer_plea(
        actor=request.user,
        plea=plea,
        granted=told["granted"] == "yes",
        until_on=told.get("until_on"),
        words=told["words"],
        on=clock.today(),
        at=clock.now(),
    )
    return _("返事を送りました")


def _declare(request: Signed, found: Audit, form: Any) -> str:
    words_said = form.cleaned_data["words"]
    actions.declare_conflict(
        actor=request.user, audit=found, words=words_said, on=clock.today(), at=clock.now()
    )
    return _("利害関係を記録しました。この監査は、もう開けません")


DO: dict[str, Callable[[Signed, Audit, Any], str]] = {
    "take_up": _take_up,
    "ask_again": _ask_again,
    "propose": _pass_on,
    "rule": _rule,
    PLEA: _answer_plea,
    CONFLICT: _declare,
}

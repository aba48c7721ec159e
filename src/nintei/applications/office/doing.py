"""What may be done with a case from its page: for each event its form, and the action it calls."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nintei.applications import actions, queries, states, words
from nintei.applications.actions import MarkSaid
from nintei.applications.judging import Judgement
from nintei.applications.models import Application, Kind, Outcome
from nintei.applications.office import forms as typed
from nintei.applications.states import Event
from nintei.people.doors import Signed
from nintei.shared import clock
from nintei.shared.refusals import Refused

NOTE, CALL, TELL_CALL = "note", "call", "tell_call"
Did = Callable[[Signed, Application, Any], str]


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at on the page of a case: the facts, and the machine's word on them."""

    told: dict[str, Any]
    judged: Judgement


def look(application: Application) -> Looked:
    """A case as it is now."""
    told = queries.facts(application, clock.today())
    return Looked(told, queries.verdict_on(told))


def made_for(request: Signed, application: Application, seen: Looked) -> dict[str, forms.Form]:
    """The forms of what this person may do now; the one that was sent is bound."""
    mine = queries.actors(application, request.user, clock.today())
    may = [str(event) for event in states.events(application.state, mine) if event in DO]
    # What is kept beside a case needs no state, only somebody of the office whose case it is not.
    if mine and application.person_id != request.user.pk:
        may += [NOTE, CALL, TELL_CALL]
    return {event: bound(request, application, event, seen) for event in may}


def bound(
    request: Signed,
    application: Application,
    event: str,
    seen: Looked,
    *,
    grown: bool = False,
) -> forms.Form:
    """The form of an event: with what was sent if it was this one, else as it begins. `grown`: a line more."""
    data: Any = request.POST if request.POST.get("event") == event else None
    if data is not None and grown:
        rows = data.get("rows", "")
        data = data.copy()
        data["rows"] = str(int(rows) + 1 if rows.isdecimal() else 2)
    initial = {"version": application.version, "looked_at": queries.fingerprint(seen.told)}
    return _form(event, data, application, seen, {"initial": initial, "auto_id": f"{event}_%s"})


def _form(
    event: str, data: Any, application: Application, seen: Looked, common: dict[str, Any]
) -> forms.Form:
    if event == Event.ASSIGN:
        people = [p for p in queries.colleagues(clock.today()) if p.pk != application.person_id]
        return typed.AssignForm(data, colleagues=people, **common)
    if event == CALL:
        return typed.CallForm(data, requests=queries.attestors(application), **common)
    if event in (Event.ASK, Event.RECOMMEND, Event.REFUSE):
        judging = {Event.ASK: typed.AskForm, Event.RECOMMEND: typed.MarksForm, Event.REFUSE: typed.RefuseForm}
        return judging[Event(event)](data, judged=seen.judged, **common)
    if event == Event.SUBTRACT:
        return typed.SubtractForm(data, posts=seen.told.get("posts", []), **common)
    plain: dict[str, type[forms.Form]] = {
        Event.HOLD: typed.HoldForm,
        Event.RELEASE: typed.ReleaseForm,
        Event.RESTORE: typed.RestoreForm,
        Event.RESUME: typed.WordsForm,
        Event.SEND_BACK: typed.WordsForm,
        Event.CERTIFY: typed.CertifyForm,
        NOTE: typed.NoteForm,
        TELL_CALL: typed.TellCallForm,
    }
    return plain.get(event, typed.VersionForm)(data, **common)


def _common(request: Signed, application: Application, form: Any) -> dict[str, Any]:
    when = {"on": clock.today(), "at": clock.now()}
    return {"actor": request.user, "application": application, "version": form.cleaned_data["version"]} | when


def _beside(request: Signed, application: Application) -> dict[str, Any]:
    return {"actor": request.user, "application": application, "on": clock.today(), "at": clock.now()}


def _take_up(request: Signed, application: Application, form: Any) -> str:
    actions.take_up(**_common(request, application, form))
    return _("あなたが審査の担当です")


def _assign(request: Signed, application: Application, form: Any) -> str:
    to = form.whom()
    actions.assign(**_common(request, application, form), to=to)
    return words.fill(_("%(name)sさんを担当にしました"), name=to.name)


def _recommend(request: Signed, application: Application, form: Any) -> str:
    said = form.cleaned_data
    codes = [part.code for part in form.judged.parts]
    marks = [MarkSaid(code, said[f"mark_{code}"], said[f"why_{code}"]) for code in codes]
    looked_at = said["looked_at"] or None
    actions.recommend(
        **_common(request, application, form), marks=marks, notes=said["notes"], looked_at=looked_at
    )
    return _("決定へ進めました")


def _ask(request: Signed, application: Application, form: Any) -> str:
    actions.ask_items(**_common(request, application, form), items=form.items())
    return _("ご本人に尋ねました")


def _resume(request: Signed, application: Application, form: Any) -> str:
    actions.resume(**_common(request, application, form), words=form.cleaned_data["words"])
    return _("審査を再開しました")


def _hold(request: Signed, application: Application, form: Any) -> str:
    told = {name: form.cleaned_data[name] for name in ("why", "words", "look_again_on")}
    actions.hold(**_common(request, application, form), **told)
    return _("保留にしました")


def _release(request: Signed, application: Application, form: Any) -> str:
    actions.release(**_common(request, application, form), words=form.cleaned_data["words"])
    return _("保留を解きました")


def _subtract(request: Signed, application: Application, form: Any) -> str:
    told = {name: form.cleaned_data[name] for name in ("from_on", "until_on", "reason")}
    post_id = uuid.UUID(form.cleaned_data["post"])
    actions.subtract_leave(**_common(request, application, form), post_id=post_id, **told)
    return _("休みを差し引き、計算し直しました")


def _restore(request: Signed, application: Application, form: Any) -> str:
    actions.restore_leave(**_common(request, application, form), leave_id=form.cleaned_data["leave"])
    return _("差し引きをやめ、計算し直しました")


def _send_back(request: Signed, application: Application, form: Any) -> str:
    actions.send_back(**_common(request, application, form), words=form.cleaned_data["words"])
    return _("審査へ戻しました")


def _decide(outcome: str, first: Promise, renewal: Promise) -> Did:
    def decide(request: Signed, application: Application, form: Any) -> str:
        why = {} if outcome == Outcome.CERTIFIED else form.by_criterion("why")
        grounds = {} if outcome == Outcome.CERTIFIED else form.by_criterion("ground")
        told = {"outcome": outcome, "reasons": why, "grounds": grounds, "words": form.cleaned_data["words"]}
        looked_at = form.cleaned_data["looked_at"] or None
        actions.decide(**_common(request, application, form), **told, looked_at=looked_at)
        return str(renewal if application.kind == Kind.RENEWAL else first)

    return decide


def _note(request: Signed, application: Application, form: Any) -> str:
    actions.add_note(**_beside(request, application), words=form.cleaned_data["words"])
    return _("メモを残しました")


def _call(request: Signed, application: Application, form: Any) -> str:
    question = form.cleaned_data["question"]
    actions.ask_for_call(**_beside(request, application), request=form.which(), question=question)
    return _("電話で確かめることを、机に置きました")


def _tell_call(request: Signed, application: Application, form: Any) -> str:
    call = queries.calls(application).filter(pk=form.cleaned_data["call"]).first()
    if call is None:
        raise Refused("applications.call_told")
    told = {name: form.cleaned_data[name] for name in ("outcome", "told")}
    actions.tell_call(actor=request.user, call=call, on=clock.today(), at=clock.now(), **told)
    return _("電話の結果を書きました")


DO: dict[str, Did] = {
    Event.TAKE_UP: _take_up,
    Event.ASSIGN: _assign,
    Event.RECOMMEND: _recommend,
    Event.ASK: _ask,
    Event.RESUME: _resume,
    Event.HOLD: _hold,
    Event.RELEASE: _release,
    Event.SEND_BACK: _send_back,
    Event.SUBTRACT: _subtract,
    Event.RESTORE: _restore,
    Event.CERTIFY: _decide(
        Outcome.CERTIFIED, gettext_lazy("認定しました"), gettext_lazy("認定を更新しました")
    ),
    Event.REFUSE: _decide(
        Outcome.REFUSED, gettext_lazy("不認定としました"), gettext_lazy("更新を認めませんでした")
    ),
    NOTE: _note,
    CALL: _call,
    TELL_CALL: _tell_call,
}

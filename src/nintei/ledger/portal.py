"""The holder's doors to the log: see it, add to it, change it, keep evidence."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.ledger import actions, forms, pages, queries, serving
from nintei.ledger.drafts import Draft, draft_of
from nintei.ledger.models import Activity, Jotting
from nintei.ledger.queries import alike, reliefs
from nintei.people.doors import Signed, once, signed_in
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.rules.edition import Edition
from nintei.shared import clock, files
from nintei.shared.forms import quiet
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on

ROWS = forms.PREFIX


@require_safe
@signed_in
def index(request: Signed) -> HttpResponseBase:
    home = queries.home(request.user, clock.today())
    chosen = request.GET.get("show", "")
    page = {"home": home, "edition": home.edition, **pages.filtered(home, chosen)}
    page["drafts"] = list(queries.jottings(request.user))
    page["reliefs"] = reliefs.reliefs_of(request.user)
    return render(request, "ledger/index.html", page)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Signed) -> HttpResponseBase:
    return _form(request, None, lambda draft: actions.log_activity(
        by=request.user.by, person=request.user, draft=draft, at=clock.now()
    ))  # fmt: skip


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: Signed, key: uuid.UUID) -> HttpResponseBase:
    activity = _mine(request.user, key)
    return _form(request, activity, lambda draft: actions.amend_activity(
        by=request.user.by, activity=activity, draft=draft, at=clock.now()
    ))  # fmt: skip


@require_POST
@signed_in
def preview(request: Signed) -> HttpResponse:
    """What the form would add, without saving: asked while somebody types."""
    today = clock.today()
    form, rows = _bound(request.POST, today)
    instead_of = _amended(request)
    shown = pages.shown(request.user, forms.typed(form, rows), today, instead_of)
    page = {"shown": shown, "edition": form.edition, "activity": instead_of, "quiet": True}
    page |= pages.suggestions(form)
    examples = pages.topic_examples(form.edition, request.POST.get("topic", ""))
    return render(request, "ledger/parts/preview.html", page | {"topic_examples": examples})


@require_safe
@signed_in
def line(request: Signed, key: uuid.UUID) -> HttpResponseBase:
    activity = _mine(request.user, key)
    return render(request, "ledger/line.html", pages.line(request.user, activity, clock.today()))


@require_POST
@signed_in
@once
def withdraw(request: Signed, key: uuid.UUID) -> HttpResponseBase:
    activity = _mine(request.user, key)
    try:
        actions.withdraw_activity(by=request.user.by, activity=activity, at=clock.now())
    except Refused as refused:
        return _refused(request, activity, refused)
    messages.success(request, _("「%(title)s」を取り消しました") % {"title": activity.title})
    return redirect("ledger:index")


@require_POST
@signed_in
@once
def tie(request: Signed, key: uuid.UUID, other: uuid.UUID) -> HttpResponseBase:
    activity = _mine(request.user, key)
    try:
        actions.tie_hours(
            by=request.user.by, activity=activity, other=_mine(request.user, other), at=clock.now()
        )
    except Refused as refused:
        return _refused(request, activity, refused)
    messages.success(request, _("同じ時間として、1回だけ数えます"))
    return redirect("ledger:line", key)


@require_POST
@signed_in
@once
def use(request: Signed, key: uuid.UUID) -> HttpResponseBase:
    """Say for which qualification a line is used, where the rulebook lets it count for one."""
    activity, today = _mine(request.user, key), clock.today()
    serves = request.POST.get("serves", "")[:10]
    try:
        actions.use_for(by=request.user.by, activity=activity, serves=serves, on=today, at=clock.now())
    except Refused as refused:
        return _refused(request, activity, refused)
    messages.success(request, _("使う資格を選びました"))
    return redirect("ledger:line", key)


@require_POST
@signed_in
@once
def attach(request: Signed, key: uuid.UUID) -> HttpResponseBase:
    activity = _mine(request.user, key)
    try:
        _attach(request, activity)
    except Refused as refused:
        return _refused(request, activity, refused)
    messages.success(request, _("控えを添えました"))
    return redirect("ledger:line", key)


@require_safe
@signed_in
def file(request: Signed, key: uuid.UUID) -> HttpResponseBase:
    evidence = queries.evidence_of(request.user, key)
    if evidence is None:
        raise Http404
    columns = {name: getattr(evidence, name) for name in files.TakenFile._fields}
    return files.serve(files.TakenFile(**columns))


@require_POST
@signed_in
@once
def remove(request: Signed, key: uuid.UUID) -> HttpResponseBase:
    evidence = queries.evidence_of(request.user, key)
    if evidence is None:
        raise Http404
    try:
        actions.remove_evidence(by=request.user.by, evidence=evidence, at=clock.now())
    except Refused as refused:
        return _refused(request, _mine(request.user, evidence.activity_id), refused)
    messages.success(request, _("控えを外しました"))
    return redirect("ledger:line", evidence.activity_id)


def _form(request: Signed, activity: Activity | None, save: Callable[[Draft], Activity]) -> HttpResponseBase:
    """The one form to log and to amend: empty, filled from a line, looked at, or sent."""
    today = clock.today()
    if request.method == "POST" and "keep" in request.POST and activity is None:
        return _keep(request)
    form, rows = _bound(request.POST, today) if request.method == "POST" else _fresh(request, activity, today)
    draft = forms.typed(form, rows) if form.is_bound else None
    sent = request.method == "POST" and not _only_looks(request)
    if sent and form.is_valid() and rows.is_valid() and draft is not None:
        try:
            saved = save(draft)
            _attach(request, saved)
            if jotting := _jotting(request):
                actions.use_jotting(by=request.user.by, jotting=jotting, activity=saved, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _told(request.user, saved))
            return redirect("ledger:line", saved.pk) if activity else redirect("ledger:index")
    page = pages.form_page(request.user, form, rows, draft, today, activity)
    looks = _only_looks(request) or request.method != "POST"
    if looks and form.is_bound:
        quiet(form)
    page |= {"looks": looks, "last": _last(request, activity), "jotting": _jotting(request)}
    return render(request, "ledger/form.html", page)


def _bound(data: Any, today: Any) -> tuple[forms.ActivityForm, Any]:
    """A posted form; a button for one more day, a longer time or a suggestion changes it first."""
    data = forms.suggested(data) if "take_topic" in data or "take_competency" in data else data
    if "more" in data:
        data = forms.with_more_rows(data, ROWS)
    if data.get("step", "") in ("30", "-30", "15", "-15"):
        data = forms.stepped(data, ROWS, int(data["step"]))
    edition = edition_on(today)
    form = forms.ActivityForm(data, edition=edition, on=today)
    return form, forms.Sessions(data, prefix=ROWS, form_kwargs={"timed": form.is_timed})


def _fresh(request: Signed, activity: Activity | None, today: Any) -> tuple[forms.ActivityForm, Any]:
    """An empty form, or one filled from the line to amend or to repeat."""
    if jotting := _jotting(request):
        return _bound(forms.as_posted(jotting.said), today)
    edition = edition_on(today)
    model = activity or _repeated(request)
    draft = draft_of(model) if model else None
    initial: dict[str, Any] = (
        forms.initial_of(draft, edition) if draft else {"group": "0", "proof": "certificate"}
    )
    if not activity:
        initial["from_on"] = None
        initial.setdefault("serves", _only_one(request.user, edition))
    days = (
        draft.sessions
        if activity and draft
        else ((today, draft.minutes),)
        if draft and draft.minutes <= 1440
        else ()
    )
    begins = draft.begins if activity and draft else ()
    rows: list[dict[str, Any]] = forms.session_rows(days, begins) or [{"on": today}]
    if request.GET.get("several"):
        rows += [{}] * max(0, 3 - len(rows))
    return (
        forms.ActivityForm(initial=initial, edition=edition, on=today),
        forms.Sessions(initial=rows, prefix=ROWS),
    )


def _only_one(person: Person, edition: Edition) -> str:
    """The one qualification that somebody holds, where a line serves one; asked for only then."""
    served = serving.choices(edition)
    held = [each.qualification for each in registry.certifications(person)] if served else []
    return held[0] if len(held) == 1 else ""


def _only_looks(request: HttpRequest) -> bool:
    """Whether a POST only asks to see: what it adds, one more row, a longer time, a suggestion taken up."""
    return any(name in request.POST for name in ("look", "more", "step", "take_topic", "take_competency"))


def _keep(request: Signed) -> HttpResponseBase:
    """Put what was typed so far, and its files, aside as a draft."""
    said, now = forms.kept_words(request.POST), clock.now()
    try:
        taken = [files.take_in(upload) for upload in request.FILES.getlist("evidence")]
        if jotting := _jotting(request):
            actions.save_jotting(by=request.user.by, jotting=jotting, said=said, files=taken, at=now)
        else:
            actions.jot_down(
                by=request.user.by,
                person=request.user,
                source="typed",
                said=said,
                files=taken,
                found=(),
                at=now,
            )
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, _("下書きとして残しました"))
    return redirect("ledger:index")


def _jotting(request: Signed) -> Jotting | None:
    """The draft that this form continues, if it is this person's and still open."""
    try:
        key = uuid.UUID(request.POST.get("draft") or request.GET.get("draft", ""))
    except ValueError:
        return None
    return queries.jotting_of(request.user, key)


def _repeated(request: Signed) -> Activity | None:
    """The line that `?from=` names, if it is this person's."""
    try:
        return queries.activity_of(request.user, uuid.UUID(request.GET.get("from", "")))
    except ValueError:
        return None


def _amended(request: Signed) -> Activity | None:
    """The line that a preview is of, if it is this person's."""
    try:
        return queries.activity_of(request.user, uuid.UUID(request.POST.get("amends", "")))
    except ValueError:
        return None


def _last(request: Signed, activity: Activity | None) -> Activity | None:
    """The line to offer for a repeat on an empty form."""
    if activity or request.method == "POST" or request.GET.get("from") or request.GET.get("draft"):
        return None
    return queries.activities(request.user).order_by("-logged_at").first()


def _attach(request: Signed, activity: Activity) -> None:
    taken = [files.take_in(upload) for upload in request.FILES.getlist("evidence")]
    for each in taken:
        actions.attach_evidence(by=request.user.by, activity=activity, taken=each, at=clock.now())
    if taken and alike.is_elsewhere([each.sha256 for each in taken], activity):
        messages.warning(
            request, _("同じファイルを、ほかの記録にも添えています。選びまちがいでないか、確かめてください。")
        )


def _refused(request: Signed, activity: Activity, refused: Refused) -> HttpResponse:
    page = pages.line(request.user, activity, clock.today()) | {"refused": refused.sentence()}
    return render(request, "ledger/line.html", page, status=409)


def _told(person: Person, saved: Activity) -> str:
    """What was saved, and what the total is now."""
    return pages.told(person, saved, clock.today())


def _mine(person: Person, key: uuid.UUID) -> Activity:
    activity = queries.activity_of(person, key)
    if activity is None:
        raise Http404
    return activity

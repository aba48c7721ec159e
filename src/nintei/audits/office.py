"""The office's doors: what waits, what the association sets, draws, one audit with its documents beside each line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.audits import actions, doing, forms, queries, words
from nintei.audits.actions.terms import SETTERS
from nintei.audits.models import Audit
from nintei.audits.weighing import wanted
from nintei.people.doors import Signed, once, require, roles
from nintei.people.models import Role
from nintei.shared import clock, files
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

CHECKERS = (Role.REVIEWER, Role.DECIDER)
EVERYBODY = (*CHECKERS, Role.BOARD)
MOST_PAGES = 6


@require(*EVERYBODY)
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """What waits, whose last day is over, the draws, and what is unset."""
    on = clock.today()
    lane = request.GET.get("lane", "")
    checks = not roles(request).isdisjoint(CHECKERS)
    page = {
        "audits": queries.queue(request.user, on, lane) if checks else [],
        "lane": lane,
        "lanes": doing.LANES,
        "checks": checks,
        "frames": list(queries.frames()),
        "terms": queries.terms_on(on),
        "open_terms": queries.open_terms(),
        "unset": queries.unset(on),
        "today": on,
    }
    return render(request, "audits/office.html", page)


@require(*EVERYBODY)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: Signed) -> HttpResponseBase:
    """What the association has set, what waits for a second person, and the form to propose the next."""
    on = clock.today()
    may_set = not roles(request).isdisjoint(SETTERS)
    form = forms.TermsForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.propose_terms(actor=request.user, said=form.said(), on=on, at=clock.now())
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("案を出しました。二人目の同意を待ちます"))
            return redirect("audits:terms")
    page = {
        "form": form,
        "may_set": may_set,
        "terms": queries.terms_on(on),
        "open_terms": queries.open_terms(),
        "all": list(queries.all_terms()),
        "unset": queries.unset(on),
        "rules": list(words.RULES.items()),
        "edition": edition(on),
        "today": on,
    }
    return render(request, "audits/terms.html", page, status=422 if form.errors else 200)


@require(Role.BOARD, Role.DECIDER)
@once
@require_POST
def answer_terms(request: Signed, number: int) -> HttpResponseBase:
    found = next((each for each in queries.all_terms() if each.number == number), None)
    if found is None:
        raise Http404
    agreed = request.POST.get("agreed") == "yes"
    try:
        actions.answer_terms(actor=request.user, terms=found, agreed=agreed, on=clock.today(), at=clock.now())
        messages.success(request, _("定めが決まりました") if agreed else _("案を見送りました"))
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("audits:terms")


@require(*CHECKERS)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def new_draw(request: Signed) -> HttpResponseBase:
    """Freeze a frame, commit it, and announce where its seed will come from."""
    on = clock.today()
    form = forms.FrameForm(request.POST or None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.commit_frame(
                actor=request.user,
                from_on=told["from_on"],
                to_on=told["to_on"],
                seed=form.seed(),
                on=on,
                at=clock.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("母集団を固定し、記録に書きました"))
            return redirect("audits:office_draw", number=made.frame.number, ordinal=1)
    page = {"form": form, "terms": queries.terms_on(on), "unset": queries.unset(on), "today": on}
    return render(request, "audits/new_draw.html", page, status=422 if form.errors else 200)


@require(*CHECKERS)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: Signed, number: int) -> HttpResponseBase:
    """Announce another draw from a frame, with its reason."""
    frame = queries.frame(number)
    if frame is None:
        raise Http404
    form = forms.AgainForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.announce_again(
                actor=request.user,
                frame=frame,
                reason=form.cleaned_data["reason"],
                seed=form.seed(),
                on=clock.today(),
                at=clock.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("次の抽出を公表しました"))
            return redirect("audits:office_draw", number=number, ordinal=made.ordinal)
    page = {"form": form, "frozen": frame, "today": clock.today()}
    return render(request, "audits/again.html", page, status=422 if form.errors else 200)


@require(*EVERYBODY)
@require_safe
def papers(request: Signed) -> HttpResponseBase:
    """How long papers are kept, which go next and when, and which are gone; while it is unset, none."""
    on = clock.today()
    terms = queries.terms_on(on)
    page = {
        "months": terms.retention_months if terms else None,
        "kept": queries.kept_papers(on),
        "erased": queries.erased(),
        "unset": edition(on).unset.get("evidence_retention_months"),
        "today": on,
    }
    return render(request, "audits/papers.html", page)


@require(*EVERYBODY)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: Signed, number: int, ordinal: int) -> HttpResponseBase:
    """One draw: the signature, the public number read by two, and then who is audited."""
    found = queries.draw(number, ordinal)
    if found is None:
        raise Http404
    form = forms.NumberForm(request.POST or None)
    if request.POST.get("event") == "seal":
        return _seal(request, found)
    if form.is_bound and form.is_valid():
        try:
            begun = actions.say_number(
                actor=request.user, draw=found, on=clock.today(), at=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _said(begun))
            return redirect("audits:office_draw", number=number, ordinal=ordinal)
    said = queries.readings(found)
    page: dict[str, Any] = {
        "draw": found,
        "frozen": found.frame,
        "form": form,
        "checkpoint": queries.checkpoint_of(found),
        "said": said,
        "i_said": any(each.said_by_id == request.user.pk for each in said),
        "audits": queries.visible_audits(found, request.user),
        "faults": queries.faults(found),
        "today": clock.today(),
        "now": clock.now(),
    }
    return render(request, "audits/office_draw.html", page, status=422 if form.errors else 200)


def _said(begun: tuple[Audit, ...] | None) -> str:
    if begun is None:
        return _("数字を記録しました。別の人が同じ数字を読み取ると、抽出します")
    return _("抽出しました。{n}件の監査が始まりました").format(n=len(begun))


def _seal(request: Signed, found: Any) -> HttpResponseBase:
    signed = actions.seal(by=request.user.by, draw=found, on=clock.today(), at=clock.now())
    if signed:
        messages.success(request, _("記録に署名しました"))
    elif found.seed_on == clock.today() and clock.now() < found.number_at:
        messages.success(request, _("署名を求めました。数秒で入ります"))
    else:
        messages.error(request, _("署名できるのは、公表した日の、数字が決まる前だけです"), extra_tags="bad")
    return redirect("audits:office_draw", number=found.frame.number, ordinal=found.ordinal)


@require(*CHECKERS)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: Signed, pk: UUID) -> HttpResponseBase:
    """One audit: its lines with marks, what remains, what the holder asks for, and what one may do now."""
    found = _seen(request, pk)
    made = doing.made_for(request, found)
    event = request.POST.get("event", "")
    if request.method == "POST":
        form = made.get(event)
        if form is None:
            messages.error(request, _("いまは、それはできません。内容を見てください"), extra_tags="bad")
            return redirect(request.path)
        if form.is_valid():
            try:
                said = doing.DO[event](request, found, form)
            except Refused as refused:
                form.add_error(None, refused.sentence())
            else:
                messages.success(request, said)
                barred = queries.is_barred(found, request.user)
                return redirect("audits:office") if barred else redirect(request.path)
    bad = any(form.errors for form in made.values())
    page = doing.page_of(request, found) | {"forms": made}
    return render(request, "audits/case.html", page, status=422 if bad else 200)


@require(*CHECKERS)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Signed, pk: UUID, ordinal: int) -> HttpResponseBase:
    """One line with its documents as pictures beside it, what they must show, and the mark."""
    found = _seen(request, pk)
    rows = queries.lines(found)
    row: Any = next((each for each in rows if each.ordinal == ordinal), None)
    if row is None:
        raise Http404
    on_scales = queries.weighing(found.application)
    category = on_scales.edition.categories[row.told["category"]]
    form = forms.MarkForm(
        request.POST or None, category=category, wanted=wanted(category), initial=doing.as_marked(row)
    )
    if form.is_bound and form.is_valid():
        try:
            on, at = clock.today(), clock.now()
            actions.mark_line(actor=request.user, line=row, said=form.said(), on=on, at=at)
        except Refused as refused:
            form.add_error(None, refused.sentence())
        else:
            messages.success(request, _("判断を残しました"))
            return _next(found, rows, ordinal)
    page = {
        "audit": found,
        "line": row,
        "form": form,
        "may_mark": doing.may_mark(found, request.user),
        "category": category,
        "options": [[words.needed(name) for name in each.shows] for each in category.evidence],
        "cite": category.conditions.get("evidence"),
        "edition": on_scales.edition,
        "papers": [(f, range(1, min(f.pages, MOST_PAGES) + 1)) for f in queries.papers([row])[ordinal]],
        "marks": doing.told_marks(row),
        "count": len(rows),
    }
    return render(request, "audits/mark.html", page, status=422 if form.errors else 200)


def _next(found: Audit, rows: list[Any], ordinal: int) -> HttpResponseBase:
    """The next line without a mark, or the audit."""
    left = [each.ordinal for each in rows if each.latest is None and each.ordinal != ordinal]
    if not left:
        return redirect("audits:case", pk=found.pk)
    following = next((n for n in left if n > ordinal), left[0])
    return redirect("audits:mark", pk=found.pk, ordinal=following)


@require(*CHECKERS)
@require_safe
def picture(request: Signed, pk: UUID, sha256: str, page: int) -> HttpResponseBase:
    """A page of a document as a picture: never the file itself."""
    file = queries.paper(_seen(request, pk), sha256)
    drawn = files.picture(file, page) if file else None
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@require(*CHECKERS)
@require_safe
def paper(request: Signed, pk: UUID, sha256: str) -> HttpResponseBase:
    """A document as it was sent, as an attachment."""
    file = queries.paper(_seen(request, pk), sha256)
    if file is None:
        raise Http404
    return files.serve(file)


def _seen(request: Signed, pk: UUID) -> Audit:
    """The audit, unless a conflict of interest (or its being one's own) keeps this person out."""
    found = queries.in_office(pk, request.user)
    if found is None:
        raise Http404
    return found

"""The applicant's door to their posts. What it comes to is seen on the application's page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.experience import actions, halves, queries
from nintei.experience.forms import PostForm
from nintei.experience.models import HalfPost, Post
from nintei.experience.portal_asking import book_of
from nintei.experience.queries.halves import half_of
from nintei.experience.queries.verdict import standing
from nintei.people.doors import Signed, once, signed_in
from nintei.rules import experience as kernel
from nintei.shared import clock
from nintei.shared.forms import quiet
from nintei.shared.refusals import Refused


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def add_post(request: Signed, qualification: str) -> HttpResponseBase:
    return _post_page(request, qualification, None)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def change_post(request: Signed, qualification: str, post: uuid.UUID) -> HttpResponseBase:
    return _post_page(request, qualification, _own(request, post))


def _own(request: Signed, post: uuid.UUID) -> Post:
    mine = queries.post_of(request.user, post)
    if mine is None:
        raise Http404
    return mine


def _post_page(request: Signed, qualification: str, post: Post | None) -> HttpResponseBase:
    book, today = book_of(qualification), clock.today()
    onward = redirect("applications:apply", qualification=qualification)
    half = half_of(request.user, post)
    if request.method == "POST":
        form = PostForm(request.POST, edition=book, today=today, post=post)
        if "later" in request.POST:
            halves.keep(
                by=request.user.by, person=request.user, post=post, typed=form.typed(), at=clock.now()
            )
            messages.success(request, _("書きかけのまま保存しました"))
            return onward
        if "drop" in request.POST:
            halves.drop(by=request.user.by, person=request.user, post_id=post.pk if post else None)
            return onward
        saved = _saved(request, form, post) if form.is_valid() else None
        if saved and form.cleaned_data["away"]:
            return redirect("experience:leaves", qualification=qualification, post=saved.pk)
        if saved:
            return onward
    else:
        form = PostForm(_as_typed(half), edition=book, today=today, post=post)
    page: dict[str, Any] = {"form": form, "post": post, "edition": book}
    page |= {"qualification": book.qualifications[qualification]}
    page |= {"half": half, "saved_at": half and half.saved_at, "fixed": fixed_words(post)}
    page |= _sums(request, qualification, form, post)
    if request.method != "POST" and half:
        quiet(form)  # opened again, not sent: nothing is complained about yet
    return render(request, "experience/post.html", page, status=422 if form.errors else 200)


def fixed_words(post: Post | None) -> str:
    """Why a post cannot be changed now, told before somebody types; nothing where it can."""
    why = queries.why_fixed(post) if post else ""
    return Refused(why).sentence() if why else ""


def _as_typed(half: HalfPost | None) -> QueryDict | None:
    """What was kept as a request would bring it."""
    if half is None:
        return None
    typed = QueryDict(mutable=True)
    typed.update(half.typed)
    return typed


def _saved(request: Signed, form: PostForm, post: Post | None) -> Post | None:
    """Save what makes sense; what it refuses is told beside its field."""
    try:
        saved = actions.save_post(
            by=request.user.by,
            person=request.user,
            at=clock.now(),
            on=clock.today(),
            post_id=post.pk if post else None,
            **form.told(),
        )
    except Refused as refused:
        form.add_error(_place_of(refused), refused.sentence())
        return None
    halves.drop(by=request.user.by, person=request.user, post_id=post.pk if post else None)
    messages.success(request, _("職歴を保存しました"))
    return saved


def _place_of(refused: Refused) -> str | None:
    """Under which field a refusal is shown."""
    places = {
        "experience.starts_after_today": "started",
        "experience.before_birth": "started",
        "experience.before_1900": "started",
        "experience.ends_after_today": "ended",
        "experience.ends_before_start": "ended",
    }
    return places.get(refused.code)


@require_POST
def keep_post(request: Signed, qualification: str) -> HttpResponseBase:
    """Keep the post as far as it is typed, and say what the case would come to with it.

    Nobody is sent to sign in from here: htmx would put that page into the middle of this one.
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    book, now = book_of(qualification), clock.now()
    post = _post_typed(request)
    form = PostForm(request.POST, edition=book, today=clock.today())
    halves.keep(by=request.user.by, person=request.user, post=post, typed=form.typed(), at=now)
    page = {"saved_at": now, "edition": book} | _sums(request, qualification, form, post)
    return render(request, "experience/parts/live.html", page)


def _post_typed(request: Signed) -> Post | None:
    """The post that is being changed; one that is not theirs is none."""
    try:
        wanted = uuid.UUID(request.POST.get("post", ""))
    except ValueError:
        return None
    return _own(request, wanted)


def _sums(request: Signed, qualification: str, form: PostForm, post: Post | None) -> dict[str, Any]:
    today = clock.today()
    case = queries.case(request.user, today)
    draft = _typed(form, post) if form.is_bound else None
    told = standing(
        book_of(qualification),
        qualification,
        case,
        today,
        [draft] if draft else [],
        instead_of=str(post.pk) if post and draft else "",
    )
    return {"standing": told, "counts_draft": draft is not None}


def _typed(form: PostForm, post: Post | None) -> kernel.Post | None:
    """The post as far as it is typed; None while its days make no sense."""
    if not hasattr(form, "cleaned_data"):
        form.full_clean()
    said = form.cleaned_data
    started, ended, fields = said.get("started"), said.get("ended"), form.chosen()
    if not started or not fields or not (said.get("present") or ended):
        return None
    end = ended.last if ended and not said.get("present") else None
    if started.first > clock.today() or (end and end < started.first):
        return None
    leaves = queries.leaves_of(post) if post else ()
    return kernel.Post("typed", started.first, end, frozenset(fields), leaves=leaves)


@signed_in
@once
@require_POST
def remove_post(request: Signed, qualification: str, post: uuid.UUID) -> HttpResponseBase:
    try:
        actions.remove_post(by=request.user.by, person=request.user, post_id=post, at=clock.now())
        halves.drop(by=request.user.by, person=request.user, post_id=post)
        messages.success(request, _("職歴を消しました"))
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("applications:apply", qualification=qualification)

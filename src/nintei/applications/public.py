"""A door for anyone: would I be eligible? Nothing is kept; the answer can be taken along into an application.

What was typed stands in the page itself. Only who takes it along leaves it in a signed cookie of their own
browser, for a day, until they have signed in.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nintei.applications import actions
from nintei.applications.checking import check as checked
from nintei.applications.forms.check import MOST_POSTS, ExamForm, ToldPostForm, posts_in, without
from nintei.experience.queries.imagined import Told
from nintei.people.doors import Signed, once, signed_in
from nintei.rules.edition import Edition
from nintei.shared import clock
from nintei.shared.forms import quiet, summary
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

COOKIE, SALT, A_DAY = "nintei_check", "applications.check", 24 * 60 * 60
# Browsers keep 4,096 bytes of one cookie, its name and its attributes included.
MOST_BYTES = 3800


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponseBase:
    today = clock.today()
    book, do = edition(today), request.POST.get("do", "")
    data: QueryDict = request.POST
    count = _count(data)
    if do.startswith("less-") and do[5:].isdecimal() and count > 1:
        data, count = without(data, int(do[5:])), count - 1
    elif do == "more":
        count = min(count + 1, MOST_POSTS)
    asked = request.method == "POST" and do in ("answer", "take")
    form = ExamForm(data if request.method == "POST" else None, edition=book, today=today)
    posts = posts_in(data if request.method == "POST" else QueryDict(), book, today, count)
    if not asked:
        for each in (form, *posts):
            quiet(each)
        return _page(request, book, form, posts)
    for post in posts:
        if post.is_blank:
            quiet(post)
    told = _told(form, posts)
    if told is not None and do == "take" and _is_certified(book, form) and _all_named(posts):
        return _taken_along(request, form.cleaned_data["exam"], told)
    return _page(request, book, form, posts, told)


def _count(data: QueryDict) -> int:
    """How many posts the page has; what is no number is one."""
    typed = data.get("count", "")
    return max(1, min(int(typed), MOST_POSTS)) if typed.isdecimal() and len(typed) < 4 else 1


def _told(form: ExamForm, posts: list[ToldPostForm]) -> list[Told] | None:
    """The posts as told, or None while something has to be mended."""
    filled = [post for post in posts if not post.is_blank]
    valid = [each.is_valid() for each in (form, *filled)]
    return [post.told() for post in filled] if all(valid) else None


def _is_certified(book: Edition, form: ExamForm) -> bool:
    """Whether there is anything to apply for: some qualifications need the exam alone (MAN-表.6)."""
    return book.qualifications[form.cleaned_data["exam"]].certified


def _all_named(posts: list[ToldPostForm]) -> bool:
    """An application needs the name of every workplace; the check does not."""
    nameless = [post for post in posts if not post.is_blank and not post.cleaned_data["organisation"].strip()]
    for post in nameless:
        post.add_error("organisation", _("持っていくには、勤務先の名前が要ります"))
    return not nameless


def _page(
    request: HttpRequest,
    book: Edition,
    form: ExamForm,
    posts: list[ToldPostForm],
    told: list[Told] | None = None,
) -> HttpResponse:
    wrong = [line for each in (form, *posts) for line in summary(each)]
    page: dict[str, Any] = {"form": form, "posts": posts, "edition": book, "today": form.today}
    page |= {"can_more": len(posts) < MOST_POSTS, "errors": wrong}
    if told is not None:
        said = form.cleaned_data
        page["answer"] = checked(book, said["exam"], said["issued"], told, form.today)
    return render(request, "applications/eligibility.html", page, status=422 if wrong else 200)


def _taken_along(request: HttpRequest, qualification: str, told: list[Told]) -> HttpResponse:
    posts = [
        [each.organisation, each.started_on.isoformat(), each.ended_on and each.ended_on.isoformat(),
         each.precision, sorted(each.fields)]
        for each in told
    ]  # fmt: skip
    kept = signing.dumps({"exam": qualification, "posts": posts}, salt=SALT, compress=True)
    if len(kept) > MOST_BYTES:
        messages.error(
            request, _("職歴が多く、このブラウザでは持っていけません。登録してから、申請のページで書いてください。"),
            extra_tags="bad",
        )  # fmt: skip
        return redirect("applications:eligibility")
    onward = reverse("applications:take")
    if not request.user.is_authenticated:
        onward = f"{reverse('account_signup')}?{urlencode({'next': onward})}"
    response = redirect(onward)
    response.set_cookie(
        COOKIE, kept, max_age=A_DAY, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


@never_cache
@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: Signed) -> HttpResponseBase:
    kept = _kept(request)
    if kept is None:
        return render(request, "applications/take.html")
    qualification, told = kept
    book = edition(clock.today())
    if request.method == "POST":
        return _begin(request, qualification, told)
    page = {"told": told, "qualification": book.qualifications[qualification], "edition": book}
    return render(request, "applications/take.html", page)


def _begin(request: Signed, qualification: str, told: list[Told]) -> HttpResponseBase:
    onward = redirect("applications:apply", qualification=qualification)
    if "drop" not in request.POST:
        try:
            actions.begin_with(
                person=request.user, qualification=qualification, told=told, on=clock.today(), at=clock.now()
            )
        except Refused as refused:
            messages.error(request, refused.sentence(), extra_tags="bad")
        else:
            messages.success(request, _("職歴を申請に書き加えました"))
    onward.delete_cookie(COOKIE)
    return onward


def _kept(request: HttpRequest) -> tuple[str, list[Told]] | None:
    """What the browser brought along, if we signed it and it is not older than a day."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    return kept["exam"], [_post(*each) for each in kept["posts"]]


def _post(organisation: str, start: str, end: str | None, precision: str, fields: list[str]) -> Told:
    ended_on = date.fromisoformat(end) if end else None
    return Told(
        organisation, date.fromisoformat(start), ended_on, dict.fromkeys(fields, ""), precision=precision
    )

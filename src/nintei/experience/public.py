"""The attestor's door: a mailed link, no account. Reading and signing are two steps, refusing is one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from nintei.experience import queries
from nintei.experience.answering import answer, open_link, prepare
from nintei.experience.forms import LineForm, SignForm
from nintei.experience.models import Answer, AttestationRequest, Post
from nintei.experience.said import Said, Tenure
from nintei.experience.wording import fingerprint
from nintei.people.doors import once
from nintei.shared import clock
from nintei.shared.forms import summary
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

GONE = {"experience.link_used": 200, "experience.link_unknown": 404}


@never_cache
@sensitive_variables("token")
@once
@require_http_methods(["GET", "HEAD", "POST"])
def attest(request: HttpRequest, token: str) -> HttpResponseBase:
    try:
        asked = open_link(token=token, on=clock.today())
    except Refused as refused:
        return _closed(request, token, refused)
    step = request.POST.get("step", "")
    if step == "cannot":
        return _cannot(request, token, asked)
    return _fill(request, token, asked, step)


def _closed(request: HttpRequest, token: str, refused: Refused) -> HttpResponseBase:
    """Why the link cannot be answered; after an answer, what was signed."""
    used = refused.code == "experience.link_used"
    statements = queries.signed_with(token) if used else ()
    page = {"sentence": refused.sentence(), "statements": statements, "used": used}
    return render(request, "experience/attest_closed.html", page, status=GONE.get(refused.code, 410))


def _cannot(request: HttpRequest, token: str, asked: AttestationRequest) -> HttpResponseBase:
    comment = request.POST.get("comment", "").strip()[:1000]
    said = [Said(post.pk, Answer.CANNOT, comment=comment) for post in asked.posts.all()]
    answer(
        token=token,
        said=said,
        tenure=Tenure(),
        signed_name="",
        language=get_language() or "ja",
        at=clock.now(),
        on=clock.today(),
    )
    return redirect("experience:attest", token=token)


def _fill(request: HttpRequest, token: str, asked: AttestationRequest, step: str) -> HttpResponseBase:
    posts = {post.pk: post for post in asked.posts.prefetch_related("fields")}
    data = request.POST if step in ("read", "sign", "back") else None
    book = edition(clock.today())
    lines = [LineForm(data, post=post, edition=book) for post in posts.values()]
    sign = SignForm(data)
    page: dict[str, Any] = {"asked": asked, "lines": lines, "sign": sign, "edition": book}
    page |= {"rows": queries.claimed_lines(list(posts.values()), clock.today()), "today": clock.today()}
    if data is None or step == "back":
        return render(request, "experience/attest.html", page)
    valid = [form.is_valid() for form in (*lines, sign)]
    if not all(valid):
        return _again(request, page)
    try:
        return _read_or_sign(request, token, asked, posts, lines, sign, step, page)
    except Refused as refused:
        sign.add_error(None, refused.sentence())
        return _again(request, page)


def _again(request: HttpRequest, page: dict[str, Any]) -> HttpResponseBase:
    """The page with all that is to be mended, at its head and beside each field."""
    errors = [line for form in (*page["lines"], page["sign"]) for line in summary(form)]
    return render(request, "experience/attest.html", page | {"errors": errors}, status=422)


def _read_or_sign(
    request: HttpRequest,
    token: str,
    asked: AttestationRequest,
    posts: dict[UUID, Post],
    lines: list[LineForm],
    sign: SignForm,
    step: str,
    page: dict[str, Any],
) -> HttpResponseBase:
    said = [line.said() for line in lines]
    common = {
        "said": said,
        "tenure": sign.stood(said, posts),
        "signed_name": sign.cleaned_data["name"],
        "language": get_language() or "ja",
        "on": clock.today(),
    }
    if step == "sign":
        answer(token=token, at=clock.now(), read=request.POST.get("read", ""), **common)
        return redirect("experience:attest", token=token)
    texts = [text for _post, _one, text in prepare(request=asked, **common)]
    kept = [(k, v) for k in request.POST for v in request.POST.getlist(k) if k not in NOT_KEPT]
    page |= {"texts": texts, "read": fingerprint(texts), "kept": kept}
    return render(request, "experience/attest_sign.html", page)


NOT_KEPT = ("csrfmiddlewaretoken", "once", "step", "read")

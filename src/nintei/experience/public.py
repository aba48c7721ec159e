"""The attestor's door: a mailed link, no account. Reading and signing are two steps, refusing is one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.experience import actions, papers, queries
from nintei.experience.answering import UNTOLD, answer, open_link, prepare
from nintei.experience.attestforms import LineForm, SignForm, line_forms
from nintei.experience.drawing import picture_of
from nintei.experience.models import Answer, AttestationRequest
from nintei.experience.said import Said
from nintei.experience.seen import seen_in
from nintei.experience.wording import fingerprint
from nintei.people.doors import once
from nintei.shared import clock
from nintei.shared.forms import summary
from nintei.shared.paper import CannotPrint
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

GONE = {"experience.link_used": 200, "experience.link_unknown": 404}
# Not an answer: what a page carries for itself.
NOT_KEPT = ("csrfmiddlewaretoken", "once", "step", "read", "shown", "drawn")
# When the words to sign were shown: only for the hint about those who sign unread.
SHOWN = "experience.shown"


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
    if step == "keep":
        actions.keep_half_answer(token=token, told=_told(request), at=clock.now(), on=clock.today())
        messages.success(request, _("途中まで保存しました。同じリンクから続けられます。"))
        return redirect("experience:attest", token=token)
    return _fill(request, token, asked, step)


@never_cache
@sensitive_variables("token")
@require_POST
def keep(request: HttpRequest, token: str) -> HttpResponseBase:
    """What is filled in so far, kept while somebody types; the same again is the same."""
    try:
        kept = actions.keep_half_answer(token=token, told=_told(request), at=clock.now(), on=clock.today())
    except Refused as refused:
        return HttpResponse(refused.sentence(), status=409, content_type="text/plain; charset=utf-8")
    return render(request, "experience/parts/kept.html", {"kept": kept})


def _told(request: HttpRequest) -> dict[str, list[str]]:
    """The filled-in fields of a page, and nothing that was added to it."""
    fields = (*LineForm.base_fields, *SignForm.base_fields)
    return {
        key: [value[:1000] for value in request.POST.getlist(key)[:20]]
        for key in list(request.POST)[:400]
        if key not in NOT_KEPT and len(key) < 100 and any(name in key for name in fields)
    }


def _closed(request: HttpRequest, token: str, refused: Refused, **more: object) -> HttpResponseBase:
    """Why the link cannot be answered; after an answer, what was signed."""
    used = refused.code == "experience.link_used"
    statements = queries.signed_with(token, clock.today()) if used else ()
    page = {"sentence": refused.sentence(), "statements": statements, "used": used, "token": token}
    page |= {"box": queries.box_of(token, clock.today())}
    return render(request, "experience/attest_closed.html", page | more, status=GONE.get(refused.code, 410))


def _cannot(request: HttpRequest, token: str, asked: AttestationRequest) -> HttpResponseBase:
    comment = request.POST.get("comment", "").strip()[:1000]
    said = [Said(post.pk, Answer.CANNOT, comment=comment) for post in asked.posts.all()]
    answer(
        token=token,
        said=said,
        signed_name="",
        language=get_language() or "ja",
        at=clock.now(),
        on=clock.today(),
    )
    return redirect("experience:attest", token=token)


def _fill(request: HttpRequest, token: str, asked: AttestationRequest, step: str) -> HttpResponseBase:
    data = request.POST if step in ("read", "sign", "back") else None
    today = clock.today()
    half = queries.half_answer(asked) if data is None else None
    lines, sign = _forms(data, asked, half.told if half else {})
    page: dict[str, Any] = {"asked": asked, "lines": lines, "sign": sign, "edition": edition(today)}
    page |= {"today": today, "token": token, "kept": half, "box": queries.box_of(token, today)}
    page |= {"qualification": edition(today).qualifications.get(asked.qualification)}
    if data is None:
        return render(request, "experience/attest.html", page)
    valid = [form.is_valid() for form in (*lines, sign)]
    if step == "back":
        return render(request, "experience/attest.html", page)
    if not all(valid):
        return _again(request, page)
    try:
        return _read_or_sign(request, token, asked, page, step)
    except Refused as refused:
        sign.add_error(None, refused.sentence())
        return _again(request, page)


def _forms(data: Any, asked: AttestationRequest, kept: Mapping[str, Any]) -> tuple[list[LineForm], SignForm]:
    today = clock.today()
    lines = line_forms(data, queries.asked_lines(asked, today), edition(today), kept)
    return lines, SignForm(data, lines=lines, kept=kept)


def _again(request: HttpRequest, page: dict[str, Any]) -> HttpResponseBase:
    """The page with all that is to be mended, at its head and beside each field."""
    lines = page["lines"]
    errors = [
        (target, f"{form.number}. {sentence}" if len(lines) > 1 else sentence)
        for form in lines
        for target, sentence in summary(form)
    ]
    errors += summary(page["sign"])
    return render(request, "experience/attest.html", page | {"errors": errors}, status=422)


def _read_or_sign(
    request: HttpRequest, token: str, asked: AttestationRequest, page: dict[str, Any], step: str
) -> HttpResponseBase:
    common: dict[str, Any] = {
        "said": [line.said() for line in page["lines"]],
        "signed_name": page["sign"].cleaned_data["name"],
        "language": get_language() or "ja",
        "on": clock.today(),
    }
    at, read = clock.now(), request.POST.get("read", "")
    if step == "sign":
        seconds = _read_seconds(request.POST.get("shown", ""), read, at)
        common |= {"drawn": picture_of(request.POST.get("drawn", ""))}
        answer(token=token, at=at, read=read, seen=seen_in(request), read_seconds=seconds, **common)
        return redirect("experience:attest", token=token)
    texts = [draft.text for draft in prepare(request=asked, tenure=UNTOLD, **common)]
    kept = [(k, v) for k in request.POST for v in request.POST.getlist(k) if k not in NOT_KEPT]
    page |= {"texts": texts, "read": fingerprint(texts), "kept": kept}
    page["shown"] = signing.dumps([page["read"], at.timestamp()], salt=SHOWN)
    return render(request, "experience/attest_sign.html", page)


def _read_seconds(shown: str, read: str, at: datetime) -> int | None:
    """How long the words stood before the attestor; None where the page does not say."""
    try:
        text, began = signing.loads(shown, salt=SHOWN)
    except signing.BadSignature:
        return None
    return max(0, int(at.timestamp() - began)) if text == read else None


@never_cache
@sensitive_variables("token")
@require_safe
def paper(request: HttpRequest, token: str) -> HttpResponseBase:
    """What was signed, as PDF, for whoever holds the link."""
    asked = queries.request_behind(token, clock.today())
    if asked is None or not asked.statements.exists():
        raise Http404
    try:
        return papers.attachment(papers.statement(asked), "statement.pdf")
    except CannotPrint:
        refused = Refused("experience.cannot_print")
        return _closed(request, token, Refused("experience.link_used", day=""), sentence=refused.sentence())


@never_cache
@sensitive_variables("token")
@once
@require_POST
def send_box(request: HttpRequest, token: str) -> HttpResponseBase:
    """Mail the list of what else waits to the address that the link was mailed to, and to no other."""
    asked = queries.request_behind(token, clock.today())
    if asked is None:
        raise Http404
    actions.mail_box(token=token, at=clock.now(), on=clock.today())
    messages.success(
        request, _("ほかにお願いがあれば、その一覧のリンクを、お願いのメールと同じ宛先に送りました。")
    )
    return redirect("experience:attest", token=token)


@never_cache
@sensitive_variables("secret")
@require_safe
def box(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Everything that waits at an address, for who reads its mail."""
    today = clock.today()
    found = queries.box(secret, today)
    page = {"box": found, "secret": secret, "today": today, "edition": edition(today)}
    return render(request, "experience/box.html", page, status=200 if found else 404)

"""The applicant's door to what changes the count of a post: leaves, and what stands in for experience."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.experience import actions, queries
from nintei.experience.claimforms import Leaves, SubstitutionForm
from nintei.experience.models import Post
from nintei.experience.portal import fixed_words
from nintei.experience.portal_asking import book_of
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock, files
from nintei.shared.forms import summary
from nintei.shared.refusals import Refused


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def leaves(request: Signed, qualification: str, post: uuid.UUID) -> HttpResponseBase:
    book, mine = book_of(qualification), queries.post_of(request.user, post)
    if mine is None:
        raise Http404
    forms: Any = Leaves(
        request.POST if request.method == "POST" else None, prefix="leave", initial=_rows(mine)
    )
    refused = ""
    if forms.is_bound and forms.is_valid():
        try:
            actions.save_leaves(
                by=request.user.by, person=request.user, post_id=post, away=forms.away(), at=clock.now()
            )
        except Refused as error:
            refused = error.sentence()
        else:
            messages.success(request, _("休みの期間を保存しました"))
            if "more" in request.POST:
                return redirect("experience:leaves", qualification=qualification, post=post)
            return redirect("applications:apply", qualification=qualification)
    wrong = bool(refused) or (forms.is_bound and not forms.is_valid())
    errors = (
        [("", refused)] if refused else [line for form in forms for line in summary(form)] if wrong else []
    )
    page = {"forms": forms, "post": mine, "errors": errors, "fixed": fixed_words(mine)}
    page |= {"qualification": book.qualifications[qualification], "edition": book}
    return render(request, "experience/leaves.html", page, status=422 if wrong else 200)


def _rows(post: Post) -> list[dict[str, Any]]:
    return [
        {"from_on": row.from_on, "until_on": row.until_on, "reason": row.reason} for row in post.leaves.all()
    ]


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def substitution(request: Signed, qualification: str) -> HttpResponseBase:
    book = book_of(qualification)
    sent = request.method == "POST"
    form = SubstitutionForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_bound and form.is_valid() and _claimed(request, form):
        return redirect("experience:substitution", qualification=qualification)
    page = {"form": form, "claims": queries.substitutions(request.user, clock.today()), "edition": book}
    page |= {"qualification": book.qualifications[qualification]}
    page |= {"most": book.experience.substitution_cap_months}
    return render(request, "experience/substitution.html", page, status=422 if form.errors else 200)


def _claimed(request: Signed, form: SubstitutionForm) -> bool:
    said = dict(form.cleaned_data)
    try:
        taken = [files.take_in(upload) for upload in said.pop("evidence")]
        actions.claim_substitution(
            by=request.user.by, person=request.user, evidence=taken, at=clock.now(), on=clock.today(), **said
        )
    except Refused as refused:
        form.add_error("evidence" if refused.code.startswith("files.") else None, refused.sentence())
        return False
    messages.success(request, _("加えました。何か月に当たるかは、協会が審査で決めます"))
    return True


@signed_in
@once
@require_POST
def remove_substitution(request: Signed, qualification: str, claim: uuid.UUID) -> HttpResponseBase:
    try:
        actions.remove_substitution(by=request.user.by, person=request.user, claim_id=claim, at=clock.now())
        messages.success(request, _("消しました"))
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    return redirect("experience:substitution", qualification=qualification)


@signed_in
@require_safe
def own_evidence(request: Signed, file: uuid.UUID) -> HttpResponseBase:
    """A file of one's own."""
    found = queries.evidence(file)
    if found is None or found.substitution.person_id != request.user.pk:
        raise Http404
    return files.serve(files.TakenFile(found.sha256, found.kind, found.size, found.pages, found.file_name))

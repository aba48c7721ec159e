"""What a holder asks of the register: another name, another paper; and how it stands."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.people.doors import Signed, once, signed_in
from nintei.registry import actions, queries
from nintei.registry.case_states import HOLDERS_OWN, CaseKind, possible
from nintei.registry.models import Certification
from nintei.registry.opening import case_form, open_case
from nintei.registry.words import CASE_WORDS
from nintei.shared import clock, files
from nintei.shared.refusals import Refused


@signed_in
@require_safe
def cases(request: Signed) -> HttpResponseBase:
    """My entries in the register, what I may ask for, and what I have asked."""
    page = {
        "held": [
            (each, queries.registered_name(each), _kinds(each)) for each in queries.to_share(request.user)
        ],
        "cases": queries.own_cases(request.user),
        "fee": queries.reissue_fee(clock.today()),
    }
    return render(request, "registry/my_cases.html", page)


def _kinds(held: Certification) -> list[tuple[str, str, object]]:
    """What its holder may ask for as things are."""
    kinds = possible(queries.state_on(held, clock.today()))
    return [(kind.value, str(kind.label), CASE_WORDS[kind].does) for kind in kinds if kind in HOLDERS_OWN]


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Signed, pk: UUID, kind: str) -> HttpResponseBase:
    """Ask for one thing about one of my certifications."""
    held = queries.own_certification(request.user, pk)
    if held is None or kind not in HOLDERS_OWN:
        raise Http404
    sent = request.method == "POST"
    form = case_form(request, kind, is_office=False)
    if sent and form.is_valid() and open_case(request, held, CaseKind(kind), form):
        messages.success(request, _("受け付けました。事務局が書類を確かめ、別の人が決めます"))
        return redirect("registry:my_cases")
    page = {"held": held, "form": form, "kind": CaseKind(kind), "words": CASE_WORDS[kind]}
    page |= {"called": queries.registered_name(held), "fee": queries.reissue_fee(clock.today())}
    return render(request, "registry/new_case.html", page)


@require_POST
@signed_in
@once
def withdraw(request: Signed, pk: UUID) -> HttpResponseBase:
    """Take back what I asked for."""
    case = queries.own_case(request.user, pk)
    if case is None:
        raise Http404
    try:
        actions.withdraw_case(actor=request.user, case=case, on=clock.today(), at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, _("取り下げました"))
    return redirect("registry:my_cases")


@signed_in
@require_safe
def paper(request: Signed, pk: UUID) -> HttpResponseBase:
    """A paper that I handed in, as the file it was."""
    found = queries.case_file(pk, to=request.user, on=clock.today())
    if found is None or found.case.asked_by_id != request.user.pk:
        raise Http404
    return files.serve(files.TakenFile(**{name: getattr(found, name) for name in files.TakenFile._fields}))

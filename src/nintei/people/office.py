"""The board's door: who holds which role, entrusting and ending roles; the deciders' role takes two people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.people import actions, queries
from nintei.people.doors import Signed, once, require
from nintei.people.forms import RoleEndForm, RoleForm
from nintei.people.models import Person, Role, RoleChange, RoleGrant
from nintei.shared import clock
from nintei.shared.forms import summary
from nintei.shared.refusals import Refused

LOOK = (Role.BOARD, Role.DECIDER)


@require(*LOOK)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: Signed) -> HttpResponseBase:
    """Everybody's roles; the board entrusts another one."""
    form = RoleForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        person = queries.person_by_email(said["email"])
        if person is None:
            form.add_error(
                "email", _("このアドレスの人は、まだ登録していません。先に登録してもらってください")
            )
        elif _change(request, form, person, said["role"], RoleChange.GRANT, said["day"]):
            return redirect("people:roles")
    page = _page(request) | {"form": form}
    return render(request, "people/roles.html", page, status=422 if form.errors else 200)


def _page(request: Signed) -> dict[str, Any]:
    today = clock.today()
    may_change = Role.BOARD in queries.roles_of(request.user, on=today)
    staff = [
        (grant, _end_form(grant) if may_change and person.pk != request.user.pk else None)
        for person, grants in queries.staff()
        for grant in grants
    ]
    return {"staff": staff, "proposals": queries.open_proposals(), "may_change": may_change}


def _end_form(grant: RoleGrant) -> RoleEndForm | None:
    """Its own form for each role: the ids of their boxes differ."""
    return (
        None if grant.until_on else RoleEndForm(initial={"day": clock.today()}, auto_id=f"end-{grant.pk}-%s")
    )


def _change(request: Signed, form: Any, person: Person, role: str, change: RoleChange, day: Any) -> bool:
    when = {"day": day, "on": clock.today(), "at": clock.now()}
    try:
        asked = actions.change_role(actor=request.user, person=person, role=Role(role), change=change, **when)
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return False
    messages.success(request, _("二人目の同意を待っています") if asked else _("役割を変えました"))
    return True


@require_POST
@require(Role.BOARD)
@once
def end_role(request: Signed, pk: int) -> HttpResponseBase:
    """End a role that somebody holds."""
    grant = queries.grant(pk)
    if grant is None:
        raise Http404
    form = RoleEndForm(request.POST)
    if not form.is_valid() or not _change(
        request, form, grant.person, grant.role, RoleChange.END, form.cleaned_data["day"]
    ):
        messages.error(request, " ".join(words for _id, words in summary(form)), extra_tags="bad")
    return redirect("people:roles")


@require_POST
@require(*LOOK)
@once
def answer(request: Signed, pk: UUID) -> HttpResponseBase:
    """The second person agrees to a change of a role, or leaves it as it is."""
    proposal = queries.proposal(pk)
    if proposal is None:
        raise Http404
    agreed, today = request.POST.get("agreed") == "yes", clock.today()
    try:
        actions.answer_proposal(
            actor=request.user, proposal=proposal, agreed=agreed, on=today, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, _("役割を変えました") if agreed else _("役割は変えませんでした"))
    return redirect("people:roles")

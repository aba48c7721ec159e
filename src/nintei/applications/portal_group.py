"""Doors for group applications: the organisation's contact, and each person who was invited."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.applications import actions
from nintei.applications.forms.group import ConsentForm, RosterForm
from nintei.applications.models import Invitation, InvitationState, Organisation
from nintei.applications.queries import group as groups
from nintei.applications.rosterfile import Fault
from nintei.people.doors import Signed, once, signed_in
from nintei.shared import clock
from nintei.shared.refusals import Refused


@signed_in
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """The organisations one acts for, and the invitations one has joined."""
    page = {
        "organisations": groups.organisations_of(request.user, clock.today()),
        "mine": [(each, _consent_form(each, scopes)) for each, scopes in groups.invitations_of(request.user)],
    }
    return render(request, "applications/groups.html", page)


def _consent_form(invitation: Invitation, scopes: frozenset[Any]) -> ConsentForm:
    return ConsentForm(initial={"scopes": [s.value for s in scopes]}, auto_id=f"{invitation.pk}-%s")


def _acted_for(request: Signed, pk: uuid.UUID) -> Organisation:
    organisation = groups.organisation_of(request.user, pk, clock.today())
    if organisation is None:
        raise Http404
    return organisation


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    """Everybody the organisation has invited, as they let themselves be seen; a box for a roster."""
    acted_for = _acted_for(request, pk)
    form = RosterForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    if form.is_bound and form.is_valid():
        file, at = form.cleaned_data["file"], clock.now()
        told = {"data": file.read(), "name": file.name or "", "on": clock.today(), "at": at}
        try:
            roster = actions.drop_roster(actor=request.user, organisation=acted_for, **told)
        except Refused as refused:
            form.add_error("file", refused.sentence())
        else:
            return redirect("applications:roster", pk=pk, roster=roster.pk)
    page = {"organisation": acted_for, "form": form, "seen": groups.seen_by(acted_for)}
    return render(request, "applications/group.html", page, status=422 if form.errors else 200)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: Signed, pk: uuid.UUID, roster: uuid.UUID) -> HttpResponseBase:
    """What a roster says, before anybody is written to; then the invitations."""
    acted_for = _acted_for(request, pk)
    view = groups.roster_view(acted_for, roster, clock.today())
    if view is None:
        raise Http404
    faults: tuple[Fault, ...] = view.reading.faults
    if request.method == "POST":
        partial = request.POST.get("partial") == "yes"
        when: dict[str, Any] = {"on": clock.today(), "at": clock.now()}
        try:
            made = actions.import_roster(actor=request.user, roster=view.roster, partial=partial, **when)
        except Refused as refused:
            messages.error(request, refused.sentence(), extra_tags="bad")
            return redirect("applications:roster", pk=pk, roster=roster)
        messages.success(request, _("%(n)d人に招待を送りました") % {"n": len(made)})
        return redirect("applications:organisation", pk=pk)
    page = {"organisation": acted_for, "view": view, "faults": faults}
    return render(request, "applications/roster.html", page)


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Signed, token: str) -> HttpResponseBase:
    """The invited person: who asks, what they would see; take part or not."""
    invitation = groups.invitation_by(token)
    if invitation is None or invitation.person_id not in (None, request.user.pk):
        raise Http404
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _answer(request, invitation, form):
        if request.POST.get("answer") == "no":
            return redirect("site:my")
        return redirect("applications:apply", qualification=invitation.qualification)
    joined = invitation.state == InvitationState.JOINED
    page = {"invitation": invitation, "form": form, "joined": joined}
    return render(request, "applications/invited.html", page, status=422 if form.errors else 200)


def _answer(request: Signed, invitation: Invitation, form: ConsentForm) -> bool:
    scopes, at = form.cleaned_data["scopes"], clock.now()
    try:
        if request.POST.get("answer") == "no":
            actions.decline(actor=request.user, invitation=invitation, at=at)
            messages.success(request, _("参加しないことを伝えました"))
        else:
            actions.join(actor=request.user, invitation=invitation, scopes=scopes, on=clock.today(), at=at)
            messages.success(request, _("申請の下書きを作りました"))
    except Refused as refused:
        form.add_error(None, refused.sentence())
        return False
    return True


@require_POST
@signed_in
@once
def agree(request: Signed, pk: uuid.UUID) -> HttpResponseBase:
    """Change what an organisation may see of oneself."""
    invitation = groups.own_invitation(request.user, pk)
    form = ConsentForm(request.POST)
    if invitation is None or not form.is_valid():
        raise Http404
    actions.agree(
        actor=request.user, invitation=invitation, scopes=form.cleaned_data["scopes"], at=clock.now()
    )
    messages.success(request, _("団体に見せることを変えました"))
    return redirect("applications:groups")

"""A person's own page: what they are called, the names they bore, and the papers that show them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nintei.people import actions, queries
from nintei.people.doors import Signed, once, signed_in
from nintei.people.forms import AddressForm, FormerNameForm, NameForm, PaperForm
from nintei.shared import clock, files
from nintei.shared.refusals import Refused


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Signed) -> HttpResponseBase:
    person = request.user
    which = request.POST.get("form", "")
    written = {field: getattr(person, field) for field in ("name", "kana", "latin", "born_on")}
    name_form = NameForm(request.POST if which == "name" else None, initial=written, today=clock.today())
    address_form = AddressForm(
        request.POST if which == "address" else None, initial={"postal_address": person.postal_address}
    )
    former = which == "former"
    former_form = FormerNameForm(
        request.POST if former else None, request.FILES if former else None, prefix="former"
    )
    if which == "name" and name_form.is_valid():
        actions.change_name(by=person.by, person=person, at=clock.now(), **name_form.cleaned_data)
        messages.success(request, _("氏名を保存しました"))
        return redirect("people:profile")
    if which == "address" and address_form.is_valid() and _set_address(request, address_form):
        messages.success(request, _("郵送先の住所を保存しました"))
        return redirect("people:profile")
    if former and former_form.is_valid() and _add_former(request, former_form):
        messages.success(request, _("前の氏名を加えました"))
        return redirect("people:profile")
    page = {"name_form": name_form, "former_form": former_form, "former_names": queries.former_names(person)}
    page["address_form"] = address_form
    return render(request, "people/profile.html", page)


def _set_address(request: Signed, form: AddressForm) -> bool:
    try:
        actions.change_address(by=request.user.by, person=request.user, at=clock.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error("postal_address", refused.sentence())
        return False
    return True


def _add_former(request: Signed, form: FormerNameForm) -> bool:
    said, person = dict(form.cleaned_data), request.user
    paper = said.pop("paper")
    try:
        taken = files.take_in(paper) if paper else None
        actions.add_former_name(by=person.by, person=person, at=clock.now(), taken=taken, **said)
    except Refused as refused:
        form.add_error("paper" if refused.code.startswith("files.") else None, refused.sentence())
        return False
    return True


@require_POST
@signed_in
@once
def show_name(request: Signed, pk: int) -> HttpResponseBase:
    """Lay a paper beside a former name of one's own."""
    former = queries.own_former_name(request.user, pk)
    if former is None:
        raise Http404
    form = PaperForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            messages.error(request, form.errors["paper"].as_text().removeprefix("* "), extra_tags="bad")
            return redirect("people:profile")
        taken = files.take_in(form.cleaned_data["paper"])
        actions.show_former_name(by=request.user.by, former=former, taken=taken, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence(), extra_tags="bad")
    else:
        messages.success(request, _("書類を送りました。事務局が確かめます"))
    return redirect("people:profile")


@signed_in
@require_safe
def paper(request: Signed, pk: UUID) -> HttpResponseBase:
    """A paper that shows a former name: the file for the person, a page as a picture for who checks it (P9)."""
    found = queries.name_evidence(pk, to=request.user, on=clock.today())
    if found is None:
        raise Http404
    taken = files.TakenFile(**{name: getattr(found, name) for name in files.TakenFile._fields})
    if found.former_name.person_id == request.user.pk:
        return files.serve(taken)
    asked = request.GET.get("page", "1")
    shown = files.show(taken, int(asked)) if asked.isdecimal() else None
    if shown is None:
        raise Http404
    return shown

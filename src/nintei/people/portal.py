"""A person's own page: what they are called."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nintei.people import actions, queries
from nintei.people.doors import Signed, once, signed_in
from nintei.people.forms import FormerNameForm, NameForm
from nintei.shared import clock


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Signed) -> HttpResponseBase:
    person = request.user
    which = request.POST.get("form", "")
    written = {field: getattr(person, field) for field in ("name", "kana", "latin", "born_on")}
    name_form = NameForm(request.POST if which == "name" else None, initial=written, today=clock.today())
    former_form = FormerNameForm(request.POST if which == "former" else None, prefix="former")
    if which == "name" and name_form.is_valid():
        actions.change_name(by=person.by, person=person, at=clock.now(), **name_form.cleaned_data)
        messages.success(request, _("氏名を保存しました"))
        return redirect("people:profile")
    if which == "former" and former_form.is_valid():
        actions.add_former_name(by=person.by, person=person, at=clock.now(), **former_form.cleaned_data)
        messages.success(request, _("前の氏名を加えました"))
        return redirect("people:profile")
    page = {"name_form": name_form, "former_form": former_form, "former_names": queries.former_names(person)}
    return render(request, "people/profile.html", page)

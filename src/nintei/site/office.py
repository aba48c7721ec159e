"""The office's first page: where each role works."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nintei.people import doors
from nintei.people.models import Role

STAFF = tuple(role for role in Role if role is not Role.PROVIDER)


@doors.require(*STAFF)
@require_safe
def index(request: doors.Signed) -> HttpResponseBase:
    return render(request, "site/office.html", {"roles": sorted(doors.roles(request), key=list(Role).index)})

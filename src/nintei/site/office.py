"""The office's first page: what waits, and where each role works."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nintei.applications import queries as applications
from nintei.people import doors
from nintei.people.models import Role
from nintei.shared import clock

REGISTRY = (Role.REGISTRAR, Role.REVIEWER)
DESK = (Role.CONTRACTOR, Role.REVIEWER)
# Pages beyond the main navigation: path, word, and the roles they are for.
MORE = (
    ("applications:paper_list", _("紙の申請"), DESK),
    ("experience:paper_find", _("届いた証明書の用紙（C）"), DESK),
    ("registry:checks", _("書類の確認"), REGISTRY),
    ("registry:twins", _("二度登録された人"), (*REGISTRY, Role.DECIDER)),
    ("applications:forecast", _("更新の見通し"), (*DESK, Role.DECIDER, Role.REGISTRAR, Role.BOARD)),
    ("certificates:posting", _("認定証の発送"), (*DESK, Role.REGISTRAR)),
    ("notices:letters", _("郵送する知らせ"), tuple(set(Role) - {Role.PROVIDER, Role.BOARD})),
    ("applications:organisations", _("団体"), (*DESK, Role.REGISTRAR)),
    ("applications:pledge_texts", _("宣誓の本文"), (Role.DECIDER, Role.BOARD)),
    ("ledger:office_evidence", _("同じに見える控え"), (Role.REVIEWER, Role.DECIDER)),
    ("ledger:windows", _("病気・出産・災害の期間"), (Role.REVIEWER, Role.DECIDER)),
    ("rulebook", _("規則の一覧"), tuple(set(Role) - {Role.PROVIDER})),
    ("people:office_data", _("データについての求め"), (Role.REGISTRAR, Role.DECIDER)),
    ("people:roles", _("役割"), (Role.DECIDER, Role.BOARD)),
)
STAFF = tuple(role for role in Role if role is not Role.PROVIDER)


@doors.require(*STAFF)
@require_safe
def index(request: doors.Signed) -> HttpResponseBase:
    held = doors.roles(request)
    more = [(reverse(name), word) for name, word, roles in MORE if not held.isdisjoint(roles)]
    page: dict[str, Any] = {"roles": sorted(held, key=list(Role).index), "more": more}
    return render(request, "site/office.html", page | (_desk(request) if held & applications.OFFICE else {}))


def _desk(request: doors.Signed) -> dict[str, Any]:
    """The queues with their counts, what is late, and the calls nobody has made: seven queries."""
    counts = applications.counts(request.user)
    lanes = [
        (lane, word, counts[lane])
        for lane, word in applications.LANE_WORDS.items()
        if lane not in ("all", "decided")
    ]
    further = applications.further()
    levels = applications.service_levels()
    late = applications.late_counts(clock.today()) if levels else {}
    return {
        "lanes": lanes,
        "further": further,
        "levels": levels,
        "late": late,
        "calls": list(applications.open_calls()[:10]),
    }

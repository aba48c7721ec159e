"""Opening a case about a certification, from the office's door or the holder's own."""

from __future__ import annotations

from typing import Any

from nintei.people.doors import Signed
from nintei.registry import actions
from nintei.registry.case_states import CaseKind
from nintei.registry.forms import CaseForm
from nintei.registry.models import Certification
from nintei.shared import clock, files
from nintei.shared.refusals import Refused


def case_form(request: Signed, kind: str, *, is_office: bool) -> CaseForm:
    """The form of a case of a kind: as sent, or to be filled in from today."""
    sent = request.method == "POST"
    return CaseForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        kind=kind,
        is_office=is_office,
        initial={"effective_on": clock.today()},
    )


def open_case(request: Signed, held: Certification, kind: CaseKind, form: CaseForm) -> Any:
    """Take the paper in and open the case; None where it is refused, and the form says why."""
    said = dict(form.cleaned_data)
    try:
        taken = files.take_in(said.pop("paper"))
        return actions.ask_case(
            actor=request.user, certification=held, kind=kind, told=actions.Told(**said), papers=[taken],
            on=clock.today(), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        field = {
            "registry.kana_only": "kana",
            "registry.name_missing": "name",
            "registry.day_to_come": "effective_on",
        }
        form.add_error(
            "paper" if refused.code.startswith("files.") else field.get(refused.code), refused.sentence()
        )
        return None

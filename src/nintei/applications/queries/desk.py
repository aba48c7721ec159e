"""What lies on the desk beside a case: what is on hold, notes, calls, overrides; and the replay of a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from nintei.applications.models import Application, Decision, Hold, Note, Override, PhoneCheck
from nintei.applications.queries.case import redecide
from nintei.experience.models import AttestationRequest

SHOWN = 200


def standing_hold(application: Application) -> Hold | None:
    """Why a case is on hold now, if it is."""
    return Hold.objects.filter(application=application, released_at=None).select_related("held_by").first()


def notes(application: Application) -> QuerySet[Note]:
    """The office's notes on a case, oldest first."""
    return Note.objects.filter(application=application).select_related("by")


def calls(application: Application) -> QuerySet[PhoneCheck]:
    """The telephone checks of a case, oldest first."""
    found = PhoneCheck.objects.filter(application=application)
    return found.select_related("request", "asked_by", "done_by")


def open_calls() -> QuerySet[PhoneCheck]:
    """The calls that nobody has made yet, oldest first: tasks of the desk."""
    found = PhoneCheck.objects.filter(outcome="").exclude(
        application__state__in=["withdrawn", "certified", "refused"]
    )
    return found.select_related("request", "application__person", "asked_by").order_by("asked_at")


def attestors(application: Application) -> list[AttestationRequest]:
    """Whom the applicant has asked to attest, by name: any of them may be called."""
    found = AttestationRequest.objects.filter(person=application.person)
    return list(found.exclude(state="withdrawn").order_by("attestor_name", "asked_at"))


def overrides() -> QuerySet[Override]:
    """Every criterion that a person judged met against or without the machine, newest first."""
    found = Override.objects.select_related("application__person", "application__decision", "by")
    return found.order_by("-at", "-pk")[:SHOWN]


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that comes out otherwise today: where, what was stored, what is computed."""

    where: str
    stored: object
    computed: object


def replay(decision: Decision) -> list[Difference]:
    """A decision computed again today from the facts it stored; equal if there is no difference (P3)."""
    return list(_differences("", decision.findings, redecide(decision)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A finding of a decision, as stored and as computed today. `met` stands where it shows no value."""

    mark: str
    key: str
    stored: object
    computed: object
    wanted: object
    clause: str


def pieces(decision: Decision) -> list[Piece]:
    """Every number of a decision beside the same computed today; None where it is no longer computed."""
    today = {(code, key, n): finding for code, key, n, finding in _laid_flat(redecide(decision))}
    return [
        Piece(
            part["mark"],
            finding["key"],
            _told(finding),
            _told(today.get((part["code"], finding["key"], n))),
            finding["wanted"],
            finding["clause"],
        )
        for part in decision.findings["criteria"]
        for n, finding in enumerate(_findings(part))
    ]


def _laid_flat(findings: Any) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    for part in findings["criteria"]:
        for n, finding in enumerate(_findings(part)):
            yield part["code"], finding["key"], n, finding


def _findings(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of a criterion, or the criterion itself where it rests on none."""
    alone = {"key": part["code"], "met": part["met"], "shown": None, "wanted": None, "clause": ""}
    return part["findings"] or [alone]


def _told(finding: dict[str, Any] | None) -> object:
    if finding is None:
        return None
    return finding["met"] if finding["shown"] is None else finding["shown"]


def _differences(where: str, stored: Any, computed: Any) -> Iterator[Difference]:
    if isinstance(stored, dict) and isinstance(computed, dict):
        for key in sorted(stored.keys() | computed.keys()):
            yield from _differences(f"{where}.{key}".lstrip("."), stored.get(key), computed.get(key))
    elif isinstance(stored, list) and isinstance(computed, list) and len(stored) == len(computed):
        for n, pair in enumerate(zip(stored, computed, strict=True)):
            yield from _differences(f"{where}[{n}]", *pair)
    elif stored != computed:
        yield Difference(where, stored, computed)

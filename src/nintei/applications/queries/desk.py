"""What lies on the desk beside a case: what is on hold, notes, calls, overrides."""

from __future__ import annotations

from django.db.models import QuerySet

from nintei.applications.models import Application, Hold, Note, Override, PhoneCheck
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

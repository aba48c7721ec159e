"""What may be asked about one application: who may see it, what was asked, reviewed and decided."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from nintei.applications import states
from nintei.applications.judging import judge
from nintei.applications.models import (
    Application,
    AskedItem,
    AuditHold,
    AuditOutcome,
    Decision,
    ItemFile,
    Kind,
    Pledge,
    PledgeText,
    Review,
)
from nintei.applications.reasons import Use, reason
from nintei.applications.states import Actor, State
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.registry import queries as registry
from nintei.registry.models import ExamPass
from nintei.shared.rulebook import edition

OFFICE = frozenset(Role(role) for role in states.ACTS_AS)


def own(person: Person, qualification: str, kind: str = Kind.FIRST) -> Application | None:
    """A person's open application for a qualification, else the newest closed one."""
    mine = whole().filter(person=person, qualification=qualification, kind=kind)
    return (
        mine.exclude(state__in=states.CLOSED).first()
        or mine.exclude(state=State.WITHDRAWN).order_by("-started_at").first()
    )


def by_reference(reference: str) -> Application | None:
    """The application that a fee or a journal leaf is about (`application:<uuid>`); None for anything else."""
    room, _, key = reference.partition(":")
    try:
        pk = uuid.UUID(key)
    except ValueError:
        return None
    return Application.objects.filter(pk=pk).first() if room == "application" else None


def of_person(person: Person) -> QuerySet[Application]:
    """All of a person's applications, newest first: for their home page."""
    return whole().filter(person=person).order_by("-started_at")


def in_office(pk: uuid.UUID, person: Person, on: date) -> Application | None:
    """A case as the office sees it, None for who has no such role; drafts are nobody else's business."""
    if not roles_of(person, on=on) & OFFICE:
        return None
    return whole().exclude(state__in=states.EDITABLE, submitted_on=None).filter(pk=pk).first()


def actors(application: Application, person: Person, on: date) -> frozenset[Actor]:
    """As what a person may act on an application. Nobody acts for the office on a case of their own."""
    if application.person_id == person.pk:
        return frozenset({Actor.APPLICANT})
    roles = roles_of(person, on=on)
    return frozenset(actor for role, actor in states.ACTS_AS.items() if role in roles)


def report_for(application: Application) -> ExamPass | None:
    """The report an application rests on: its own once sent, else the pass, else the newest other report."""
    if application.exam_pass:
        return registry.standing_report(application.exam_pass)
    person, qualification = application.person, application.qualification
    return registry.pass_of(person, qualification) or registry.passes_of(person).first()


def pledge_of(application: Application) -> Pledge | None:
    """The signed pledge, if it is signed."""
    return Pledge.objects.filter(application=application).select_related("text").first()


def pledge_text(on: date) -> PledgeText | None:
    """The text to pledge on a day; None where the association has set none (AMB-A5)."""
    return PledgeText.objects.filter(from_on__lte=on).order_by("-from_on", "-published_at", "-pk").first()


def origin(application: Application) -> Application:
    """The case with which it began: one taken up again stands on its pledge and its fee (AMB-A4)."""
    while application.earlier is not None:
        application = application.earlier
    return application


def audit_of(application: Application) -> dict[str, Any] | None:
    """What an audit found of a renewal, the last one that drew it; None where there was none."""
    done = AuditHold.objects.filter(application=application, settled_at__isnull=False)
    last = done.exclude(outcome=AuditOutcome.NOT_DRAWN).order_by("-settled_at").first()
    return last.told if last else None


def has_handed_in(person: Person) -> bool:
    """Whether a person has ever handed in an application: only then their posts are the office's business."""
    return Application.objects.filter(person=person).exclude(submitted_on=None).exists()


def whole() -> QuerySet[Application]:
    """Applications with what every page shows of them."""
    return Application.objects.select_related("person", "reviewer", "exam_pass", "certification")


def decision_of(application: Application) -> Decision | None:
    """The decision on an application, if it was made."""
    return Decision.objects.filter(application=application).select_related("decider", "reviewer").first()


def refused_for(decision: Decision) -> list[dict[str, object]]:
    """The criteria a refusal names, with their marks, names, kind of reason (if one was chosen) and words."""
    judged = judge(edition(decision.day), decision.facts)
    return [
        {
            "mark": part.mark,
            "name": part.name,
            "ground": reason(Use.DECLINE, decision.grounds.get(part.code, "")),
            "reason": decision.reasons[part.code],
        }
        for part in judged.parts
        if part.code in decision.reasons
    ]


def asked(application: Application) -> QuerySet[AskedItem]:
    """Everything that was asked of the applicant, with the answers and their files, in two queries."""
    items = AskedItem.objects.filter(application=application)
    return items.select_related("answer", "asked_by").prefetch_related("files")


def own_case(person: Person, pk: uuid.UUID) -> Application | None:
    """A person's own application by its key; None for somebody else's."""
    return whole().filter(person=person, pk=pk).first()


def own_item(person: Person, pk: uuid.UUID) -> AskedItem | None:
    """Something that was asked of this person, with its answer and files."""
    items = AskedItem.objects.filter(pk=pk, application__person=person)
    return items.select_related("answer", "application__person").prefetch_related("files").first()


def own_item_file(person: Person, pk: int) -> ItemFile | None:
    """A file that this person attached to an answer and has not taken back."""
    mine = ItemFile.objects.filter(pk=pk, item__application__person=person, removed_at=None)
    return mine.select_related("item__application").first()


def latest_review(application: Application) -> Review | None:
    """The newest recommendation on a case, with its marks."""
    reviews = Review.objects.filter(application=application).select_related("reviewer")
    return reviews.prefetch_related("marks").order_by("-reviewed_at").first()


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """What the journal's actors are called."""
    return {person.by: str(person) for person in Person.objects.filter(pk__in=set(ids))}

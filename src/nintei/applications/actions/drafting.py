"""Before an application is sent: starting it, saying who one is, signing the pledge."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from nintei.applications import queries, states
from nintei.applications.actions.steps import locked, step, tell
from nintei.applications.checking import missing_from
from nintei.applications.models import Application, Kind, Pledge, PledgeText
from nintei.applications.states import Actor, Event, State
from nintei.experience import queries as experience
from nintei.experience.actions import save_post
from nintei.experience.queries.imagined import Told
from nintei.journal.actions import record
from nintei.people.models import Person
from nintei.registry import queries as registry
from nintei.rules.dates import report_use
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@transaction.atomic
def start(*, person: Person, qualification: str, on: date, at: datetime) -> Application:
    """Open a draft, or give the one that is open (P2). Only where a certification exists (MAN-表.1, .5).

    Raises `Refused` for an unknown qualification or one already held.
    """
    wanted = edition(on).qualifications.get(qualification)
    if wanted is None or not wanted.certified:
        raise Refused("applications.unknown_qualification", qualification=qualification)
    # Two tabs at once: the second waits here and finds the first one's draft.
    Person.objects.select_for_update().get(pk=person.pk)
    mine = Application.objects.filter(person=person, qualification=qualification, kind=Kind.FIRST)
    if known := mine.exclude(state__in=states.CLOSED).first():
        return known
    if registry.certification_of(person, qualification):
        raise Refused("applications.already_certified", qualification=qualification)
    draft = Application.objects.create(
        kind=Kind.FIRST,
        person=person,
        qualification=qualification,
        state_since_on=on,
        started_at=at,
        saved_at=at,
    )
    data: dict[str, object] = {"qualification": qualification, "kind": draft.kind}
    record(by=person.by, verb="applications.start", subject=draft.reference, at=at, data=data)
    return draft


@transaction.atomic
def begin_with(
    *, person: Person, qualification: str, told: Sequence[Told], on: date, at: datetime
) -> Application:
    """Open a draft with the posts of an answer that somebody took along from the check; all or nothing.

    Posts that stand in the case already are not written again (P2). Raises what `start` and
    `experience.save_post` raise, and then nothing is kept.
    """
    draft = start(person=person, qualification=qualification, on=on, at=at)
    for each in missing_from(told, experience.case(person, on)):
        save_post(
            by=person.by,
            person=person,
            at=at,
            on=on,
            organisation=each.organisation,
            department=each.department,
            role=each.role,
            started_on=each.started_on,
            ended_on=each.ended_on,
            precision=each.precision,
            fields=each.fields,
        )
    return draft


@transaction.atomic
def sign_pledge(
    *,
    person: Person,
    application: Application,
    text_version: str,
    signed_name: str,
    language: str,
    on: date,
    at: datetime,
) -> Pledge:
    """Sign the pledge in force (MAN-ウ③.1): which version, the hash of the text shown, the name typed.

    Raises `Refused` where the association has set no text (AMB-A5), where another is in force than the one
    that was read, and where the name is not the applicant's.
    """
    text = queries.pledge_text(on)
    if text is None:
        raise Refused("applications.no_pledge_text")
    if text.version != text_version:
        raise Refused("applications.pledge_text_changed")
    if _same_name(signed_name) != _same_name(person.name):
        raise Refused("applications.pledge_name_differs", name=person.name)
    row = _own(person, application)
    if queries.pledge_of(row):
        raise Refused("applications.pledge_signed")
    shown = text.en if language.startswith("en") else text.ja
    pledge = Pledge.objects.create(
        application=row,
        text=text,
        language=language,
        text_sha256=hashlib.sha256(shown.encode()).hexdigest(),
        signed_name=signed_name.strip(),
        signed_at=at,
        signed_on=on,
    )
    told: dict[str, object] = {"what": "pledge", "text": text.version, "sha256": pledge.text_sha256}
    step(row, Event.EDIT, Actor.APPLICANT, by=person.by, person=person, on=on, at=at, **told)
    return pledge


# Days before a draft's report ends on which its applicant is told; ours, no document names any.
NOTICES = (7, 30, 90)


def warn_of_expiry(*, by: str, on: date, at: datetime) -> int:
    """Tell whose draft rests on a report that ends within 90, 30 or 7 days; each notice once (MAN-イ.A2).

    Who is already nearer to the end gets only the nearest notice. Gives the number of drafts that are near.
    """
    drafts = Application.objects.filter(state=State.DRAFT, kind=Kind.FIRST).select_related("person")
    return sum(_warned(draft, by, on, at) for draft in drafts.iterator())


def _warned(draft: Application, by: str, on: date, at: datetime) -> bool:
    report = registry.pass_of(draft.person, draft.qualification)
    if report is None or not draft.person.is_active:
        return False
    use = report_use(edition(on), report.issued_on, on, draft.qualification)
    days_left = (use.last_day - on).days
    notice = next((days for days in NOTICES if days_left <= days), None)
    if notice is None or not use.usable:
        return False
    prefix = "/en" if draft.person.language == "en" else ""
    link = f"{settings.BASE_URL}{prefix}/my/apply/{draft.qualification}"
    with transaction.atomic():
        tell(
            draft, "report_expires", by=by, at=at, key=f":{use.last_day}:{notice}",
            last=use.last_day, on=on, link=link,
        )  # fmt: skip
    return True


@transaction.atomic
def publish_pledge_text(
    *, by: str, version: str, ja: str, en: str, is_sample: bool, from_on: date, at: datetime
) -> PledgeText:
    """Put the association's text into its slot; the same version again is the first one (P2)."""
    told = {"ja": ja, "en": en, "is_sample": is_sample, "from_on": from_on, "published_at": at}
    text, new = PledgeText.objects.get_or_create(version=version, defaults=told)
    if new:
        digest = hashlib.sha256(ja.encode()).hexdigest()
        data: dict[str, object] = {"sha256": digest, "is_sample": is_sample, "from_on": from_on.isoformat()}
        record(
            by=by, verb="applications.publish_pledge_text", subject=f"pledgetext:{version}", at=at, data=data
        )
    return text


def _own(person: Person, application: Application) -> Application:
    row = locked(application)
    if row.person_id != person.pk:
        raise Refused("applications.not_yours")
    return row


def _same_name(name: str) -> str:
    """A name without its spaces, which people type or leave out."""
    return "".join(name.split())

"""Group applications: an organisation drafts for many, each person agrees or not (MAN-ウ④.※3)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from nintei.applications.actions.drafting import start
from nintei.applications.models import (
    Application,
    Consent,
    Invitation,
    InvitationState,
    Organisation,
    OrganisationContact,
    Roster,
    Scope,
)
from nintei.applications.queries import group as groups
from nintei.applications.rosterfile import Row, read
from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter
from nintei.people.models import Person
from nintei.shared import files
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

MOST_BYTES = 2 * 1024 * 1024


@transaction.atomic
def found_organisation(*, by: str, name: str, contact: Person, on: date, at: datetime) -> Organisation:
    """Enter an organisation and who acts for it from a (JST) day; a second contact is entered the same way."""
    if not name.strip():
        raise Refused("applications.organisation_name")
    told = {"created_at": at}
    organisation, _new = Organisation.objects.get_or_create(name=" ".join(name.split()), defaults=told)
    _grant, is_new = OrganisationContact.objects.get_or_create(
        organisation=organisation, contact=contact, until_on=None, defaults={"from_on": on}
    )
    if is_new:
        data: dict[str, object] = {"organisation": organisation.name, "contact": contact.by}
        subject = f"organisation:{organisation.pk}"
        record(by=by, verb="applications.found_organisation", subject=subject, at=at, data=data)
    return organisation


@transaction.atomic
def end_contact(*, by: str, grant: OrganisationContact, on: date, at: datetime) -> OrganisationContact:
    """From the day after `on` the contact acts for the organisation no more; ending twice is once."""
    row = OrganisationContact.objects.select_for_update().get(pk=grant.pk)
    if row.until_on is None:
        row.until_on = max(on, row.from_on)
        row.save(update_fields=["until_on"])
        data: dict[str, object] = {"contact": str(row.contact_id), "until": row.until_on.isoformat()}
        subject = f"organisation:{row.organisation_id}"
        record(by=by, verb="applications.end_contact", subject=subject, at=at, data=data)
    return row


@transaction.atomic
def drop_roster(
    *, actor: Person, organisation: Organisation, data: bytes, name: str, on: date, at: datetime
) -> Roster:
    """Lay a roster down to be looked at; nobody is written to yet. The same bytes are the same roster.

    Raises `Refused`: `applications.not_a_contact`, `applications.roster_too_large`.
    """
    _check_contact(actor, organisation, on)
    if len(data) > MOST_BYTES:
        raise Refused("applications.roster_too_large", limit=MOST_BYTES // 1024 // 1024)
    told = {"file_name": files.harmless(name), "dropped_by": actor, "dropped_at": at}
    roster, _new = Roster.objects.get_or_create(
        organisation=organisation, sha256=files.keep(data), defaults=told
    )
    return roster


@transaction.atomic
def import_roster(
    *, actor: Person, roster: Roster, partial: bool, on: date, at: datetime
) -> list[Invitation]:
    """Invite everybody on a roster by mail; whoever was invited before is not written to again (P2).

    All or nothing, unless `partial`: then the rows without faults. Raises `Refused`:
    `applications.not_a_contact`, `applications.roster_has_faults` with the faults in its data.
    """
    row = Roster.objects.select_for_update().get(pk=roster.pk)
    organisation = row.organisation
    _check_contact(actor, organisation, on)
    reading = read(Path(files.place_of(row.sha256)).read_bytes(), _codes(on))
    if reading.faults and not partial:
        raise Refused("applications.roster_has_faults", count=len(reading.faults), faults=reading.faults)
    # Two rosters at once: the second waits here and finds the first one's invitations.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = set(organisation.invitations.values_list("email", "qualification"))
    fresh = [each for each in reading.rows if (each.email, each.qualification) not in known]
    made = [_invite(row, each, actor, at) for each in fresh]
    row.imported_at = row.imported_at or at
    row.save(update_fields=["imported_at"])
    data: dict[str, object] = {"roster": row.sha256, "rows": len(reading.rows), "new": len(made)}
    subject = f"organisation:{organisation.pk}"
    record(by=actor.by, verb="applications.import_roster", subject=subject, at=at, data=data)
    return made


@transaction.atomic
def join(
    *, actor: Person, invitation: Invitation, scopes: Collection[str], on: date, at: datetime
) -> Application:
    """Take part: a draft of one's own, and what the organisation may see of it; nothing unless agreed to.

    Joining again gives the same draft. Raises `Refused` where it is somebody else's invitation, and what
    `start` refuses.
    """
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.person_id not in (None, actor.pk):
        raise Refused("applications.invitation_taken")
    if row.state != InvitationState.JOINED:
        row.application = start(person=actor, qualification=row.qualification, on=on, at=at)
        row.person, row.state, row.answered_at = actor, InvitationState.JOINED, at
        row.save()
        data: dict[str, object] = {"organisation": row.organisation.name, "invitation": str(row.pk)}
        record(by=actor.by, verb="applications.join", subject=row.application.reference, at=at, data=data)
    agree(actor=actor, invitation=row, scopes=scopes, at=at)
    assert row.application is not None  # a constraint of the table
    return row.application


@transaction.atomic
def decline(*, actor: Person, invitation: Invitation, at: datetime) -> Invitation:
    """Do not take part; the organisation learns that, and nothing else."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.person_id not in (None, actor.pk) or row.state == InvitationState.JOINED:
        raise Refused("applications.invitation_taken")
    if row.state != InvitationState.DECLINED:
        row.state, row.answered_at, row.person = InvitationState.DECLINED, at, actor
        row.save()
        data: dict[str, object] = {"invitation": str(row.pk)}
        record(by=actor.by, verb="applications.decline", subject=actor.by, at=at, data=data)
    return row


@transaction.atomic
def agree(*, actor: Person, invitation: Invitation, scopes: Collection[str], at: datetime) -> None:
    """Say what the organisation may see from now on; what is not named is taken back. Each change is a leaf.

    Raises `Refused` for somebody else's invitation.
    """
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.person_id != actor.pk:
        raise Refused("applications.invitation_taken")
    now = groups.agreed_scopes(row)
    for scope in Scope:
        if (scope in now) == (scope.value in scopes):
            continue
        given = scope.value in scopes
        Consent.objects.create(invitation=row, scope=scope, given=given, at=at)
        data: dict[str, object] = {"invitation": str(row.pk), "scope": scope.value, "given": given}
        record(by=actor.by, verb="applications.consent", subject=actor.by, at=at, data=data)


def _invite(roster: Roster, row: Row, actor: Person, at: datetime) -> Invitation:
    token = secrets.token_urlsafe(24)
    told = row._asdict()
    del told["line"]
    made = Invitation.objects.create(
        organisation=roster.organisation,
        roster=roster,
        token_sha256=hashlib.sha256(token.encode()).digest(),
        invited_at=at,
        **told,
    )
    post_letter(
        by=actor.by,
        key=f"applications.invited:{made.pk}",
        template="applications/letters/invited.txt",
        to_email=made.email,
        language="ja",
        at=at,
        context={"invitation": made, "link": f"{settings.BASE_URL}/group/join/{token}"},
    )
    return made


def _codes(on: date) -> frozenset[str]:
    return frozenset(q.code for q in edition(on).qualifications.values() if q.certified)


def _check_contact(actor: Person, organisation: Organisation, on: date) -> None:
    if organisation not in groups.organisations_of(actor, on):
        raise Refused("applications.not_a_contact")

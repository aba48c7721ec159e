"""What may be asked about group applications: an organisation sees what each person has agreed to, no more."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Q

from nintei.applications.models import (
    Consent,
    Invitation,
    InvitationState,
    Organisation,
    OrganisationContact,
    Roster,
    Scope,
)
from nintei.applications.rosterfile import Reading, read
from nintei.applications.states import State
from nintei.people.models import Person
from nintei.shared import files
from nintei.shared.rulebook import edition

DECIDED = (State.CERTIFIED, State.REFUSED)


def organisations_of(person: Person, on: date) -> list[Organisation]:
    """The organisations somebody acts for on a (JST) day."""
    grants = OrganisationContact.objects.filter(contact=person, from_on__lte=on)
    open_grants = grants.filter(Q(until_on=None) | Q(until_on__gte=on)).select_related("organisation")
    return sorted({grant.organisation for grant in open_grants}, key=lambda each: each.name)


def organisation_of(person: Person, pk: uuid.UUID, on: date) -> Organisation | None:
    """One organisation, for who acts for it."""
    return next((each for each in organisations_of(person, on) if each.pk == pk), None)


def organisations() -> list[tuple[Organisation, list[OrganisationContact], int]]:
    """Every organisation with its contacts and how many were invited; three queries."""
    rows = Organisation.objects.order_by("name").prefetch_related("contacts__contact", "invitations")
    return [(row, list(row.contacts.all()), len(row.invitations.all())) for row in rows]


def contact_grant(pk: int) -> OrganisationContact | None:
    """One grant of a contact."""
    return OrganisationContact.objects.filter(pk=pk).select_related("organisation").first()


@dataclass(frozen=True, slots=True)
class Seen:
    """A person of a roster as the organisation sees them: what it wrote, and what they agreed to show.

    `progress` and `outcome` are empty where the person has not agreed.
    """

    invitation: Invitation
    progress: str
    outcome: str


def seen_by(organisation: Organisation) -> list[Seen]:
    """Everybody an organisation has invited; two queries for any number."""
    rows = organisation.invitations.select_related("application").prefetch_related("consents")
    return [_seen(row) for row in rows]


def _seen(row: Invitation) -> Seen:
    scopes = _newest(row.consents.all())
    application = row.application
    if row.state != InvitationState.JOINED or application is None:
        return Seen(row, "", "")
    state = State(application.state)
    decided = state in DECIDED
    # The outcome is not to be read off the progress: without consent a decided case is only "over".
    progress = "" if Scope.PROGRESS not in scopes else ("over" if decided else str(state.label))
    return Seen(row, progress, str(state.label) if decided and Scope.OUTCOME in scopes else "")


def agreed_scopes(invitation: Invitation) -> frozenset[Scope]:
    """What a person lets the organisation see now."""
    return _newest(Consent.objects.filter(invitation=invitation))


def _newest(consents: Iterable[Consent]) -> frozenset[Scope]:
    now = {Scope(each.scope): each.given for each in consents}
    return frozenset(scope for scope, given in now.items() if given)


def invitation_by(token: str) -> Invitation | None:
    """The invitation behind a mailed link."""
    digest = hashlib.sha256(token.encode()).digest()
    return Invitation.objects.filter(token_sha256=digest).select_related("organisation", "person").first()


def invitations_of(person: Person) -> list[tuple[Invitation, frozenset[Scope]]]:
    """A person's own invitations with what each organisation may see."""
    rows = Invitation.objects.filter(person=person, state=InvitationState.JOINED)
    found = rows.select_related("organisation").prefetch_related("consents")
    return [(row, _newest(row.consents.all())) for row in found]


def is_in_group(person: Person, on: date) -> bool:
    """Whether somebody acts for an organisation, or has joined one."""
    joined = Invitation.objects.filter(person=person, state=InvitationState.JOINED)
    return joined.exists() or bool(organisations_of(person, on))


def own_invitation(person: Person, pk: uuid.UUID) -> Invitation | None:
    """A person's own invitation."""
    return Invitation.objects.filter(person=person, pk=pk).select_related("organisation").first()


@dataclass(frozen=True, slots=True)
class RosterView:
    """A roster that was laid down: what it says, and who of it is new."""

    roster: Roster
    reading: Reading
    new: int

    @property
    def known(self) -> int:
        """How many were invited before."""
        return len(self.reading.rows) - self.new


def roster_view(organisation: Organisation, pk: uuid.UUID, on: date) -> RosterView | None:
    """A roster of an organisation, read again."""
    roster = Roster.objects.filter(organisation=organisation, pk=pk).first()
    if roster is None:
        return None
    codes = frozenset(q.code for q in edition(on).qualifications.values() if q.certified)
    reading = read(Path(files.place_of(roster.sha256)).read_bytes(), codes)
    known = set(organisation.invitations.values_list("email", "qualification"))
    return RosterView(roster, reading, sum((r.email, r.qualification) not in known for r in reading.rows))

"""Applications and what the office keeps about them: case, judgement, desk, cases, group. No workflow, no clock."""

from nintei.applications.models.case import Again, Application, CaseSeries, Kind, Pledge, PledgeText
from nintei.applications.models.cases import PaperCase, PaperScan, Reopening, ReopeningFile
from nintei.applications.models.desk import (
    AskedItem,
    CallOutcome,
    Hold,
    ItemAnswer,
    ItemFile,
    Note,
    PhoneCheck,
    SavedFilter,
    ServiceLevel,
)
from nintei.applications.models.group import (
    Consent,
    Invitation,
    InvitationState,
    Organisation,
    OrganisationContact,
    Roster,
    Scope,
)
from nintei.applications.models.judgement import (
    Advice,
    Decision,
    Mark,
    Outcome,
    Override,
    Review,
    Stance,
)
from nintei.applications.models.renewals import (
    AuditHold,
    AuditOutcome,
    BatchLine,
    RenewalBatch,
)

__all__ = [
    "Advice",
    "Again",
    "Application",
    "AskedItem",
    "AuditHold",
    "AuditOutcome",
    "BatchLine",
    "CallOutcome",
    "CaseSeries",
    "Consent",
    "Decision",
    "Hold",
    "Invitation",
    "InvitationState",
    "ItemAnswer",
    "ItemFile",
    "Kind",
    "Mark",
    "Note",
    "Organisation",
    "OrganisationContact",
    "Outcome",
    "Override",
    "PaperCase",
    "PaperScan",
    "PhoneCheck",
    "Pledge",
    "PledgeText",
    "RenewalBatch",
    "Reopening",
    "ReopeningFile",
    "Review",
    "Roster",
    "SavedFilter",
    "Scope",
    "ServiceLevel",
    "Stance",
]

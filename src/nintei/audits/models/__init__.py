"""What is kept of audits: what the association set, frames and draws, the audits. No workflow, no clock."""

from nintei.applications.models import AuditOutcome
from nintei.audits.models.audits import Audit, AuditLine, LineFile, LineMark, Verdict
from nintei.audits.models.draws import Draw, Frame, SeedWord, Ticket
from nintei.audits.models.rulings import Conflict, Plea, PleaKind, Proposal, Ruling
from nintei.audits.models.terms import Agreed, LeavingRule, RiskRule, Strata, Terms

__all__ = [
    "Agreed",
    "Audit",
    "AuditLine",
    "AuditOutcome",
    "Conflict",
    "Draw",
    "Frame",
    "LeavingRule",
    "LineFile",
    "LineMark",
    "Plea",
    "PleaKind",
    "Proposal",
    "RiskRule",
    "Ruling",
    "SeedWord",
    "Strata",
    "Terms",
    "Ticket",
    "Verdict",
]

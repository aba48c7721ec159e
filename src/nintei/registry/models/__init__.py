"""What the registry keeps: passes, certifications with their names and changes, cases, consent. No clock."""

from nintei.registry.case_states import CaseKind, CaseState
from nintei.registry.models.cases import Case, CaseFile
from nintei.registry.models.consent import Consent, Employer, Shared, Sharing
from nintei.registry.models.holding import (
    Certification,
    HeldName,
    HolderFile,
    NumberSeries,
    StatusChange,
    Term,
)
from nintei.registry.models.passes import ExamPass, PassFile, ReportCopy, ReportState
from nintei.registry.states import Footing, StatusKind

__all__ = [
    "Case",
    "CaseFile",
    "CaseKind",
    "CaseState",
    "Certification",
    "Consent",
    "Employer",
    "ExamPass",
    "Footing",
    "HeldName",
    "HolderFile",
    "NumberSeries",
    "PassFile",
    "ReportCopy",
    "ReportState",
    "Shared",
    "Sharing",
    "StatusChange",
    "StatusKind",
    "Term",
]

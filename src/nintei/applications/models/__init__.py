"""Applications and what the office keeps about them: `case`, `judgement`, `desk`, `cases`. No workflow, no clock."""

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
from nintei.applications.models.judgement import (
    Advice,
    Decision,
    Mark,
    Outcome,
    Override,
    Review,
    Stance,
)

__all__ = [
    "Advice",
    "Again",
    "Application",
    "AskedItem",
    "CallOutcome",
    "CaseSeries",
    "Decision",
    "Hold",
    "ItemAnswer",
    "ItemFile",
    "Kind",
    "Mark",
    "Note",
    "Outcome",
    "Override",
    "PaperCase",
    "PaperScan",
    "PhoneCheck",
    "Pledge",
    "PledgeText",
    "Reopening",
    "ReopeningFile",
    "Review",
    "SavedFilter",
    "ServiceLevel",
    "Stance",
]

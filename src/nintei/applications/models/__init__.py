"""Applications and what the office keeps about them: `case`, `cases`. No workflow, no clock."""

from nintei.applications.models.case import (
    Advice,
    Again,
    Application,
    CaseSeries,
    Decision,
    Kind,
    Mark,
    Outcome,
    Pledge,
    PledgeText,
    Review,
    Stance,
)
from nintei.applications.models.cases import PaperCase, PaperScan, Reopening, ReopeningFile

__all__ = [
    "Advice",
    "Again",
    "Application",
    "CaseSeries",
    "Decision",
    "Kind",
    "Mark",
    "Outcome",
    "PaperCase",
    "PaperScan",
    "Pledge",
    "PledgeText",
    "Reopening",
    "ReopeningFile",
    "Review",
    "Stance",
]

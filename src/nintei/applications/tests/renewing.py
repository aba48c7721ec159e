"""Holders with a log, for the tests of renewals: made through the rooms' actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from nintei.applications import actions, queries
from nintei.applications.models import Application
from nintei.applications.tests.conftest import at, marks, report_for
from nintei.ledger import actions as ledger
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Activity, Proof
from nintei.people.models import Person
from nintei.registry import actions as registry
from nintei.registry.models import Certification

IN_WINDOW = date(2027, 1, 15)
# Five hours of B and of C in each year of the cycle: exactly thirty points.
THIRTY = tuple(
    (code, date(year, 6, day)) for year in (2024, 2025, 2026) for day, code in ((5, "B"), (12, "C"))
)


def certified(
    person: Person,
    qualification: str = "OMP",
    number: str = "2023000417",
    issued_on: date = date(2023, 6, 1),
    decided_on: date = date(2024, 2, 1),
) -> Certification:
    """Valid for three fiscal years from the April after the report (2024-04-01), without a single point."""
    report = report_for(person, exam=qualification, number=number, issued_on=issued_on)
    return registry.certify(
        by="system", person=person, qualification=qualification, exam_pass=report, decided_on=decided_on,
        edition_id="x", cause=f"application:before-{qualification}-{person.pk}", at=at(decided_on),
    )  # fmt: skip


def log(person: Person, category: str, on: date, minutes: int = 300, **more: Any) -> Activity:
    told: dict[str, Any] = {
        "category": category,
        "title": f"活動 {on}",
        "organiser": "みなと研修社",
        "topic": "4",
        "proof": Proof.CERTIFICATE,
        "sessions": ((on, minutes),),
    } | more
    return ledger.log_activity(by=person.by, person=person, draft=Draft(**told), at=at(on, 20))


def thirty(person: Person) -> list[Activity]:
    return [log(person, code, on) for code, on in THIRTY]


def file(certification: Certification, on: date = IN_WINDOW) -> Application:
    return actions.file_renewal(person=certification.person, certification=certification, on=on, at=at(on))


def amend(row: Application, on: date, version: int | None = None) -> Application:
    return actions.amend_renewal(person=row.person, application=row, version=version, on=on, at=at(on))


def withdraw(row: Application, on: date) -> Application:
    return actions.withdraw(person=row.person, application=row, version=None, on=on, at=at(on))


def review(row: Application, ito: Person, on: date = IN_WINDOW, **said: tuple[str, str]) -> Application:
    """Ito takes the renewal up and passes it on."""
    row = actions.take_up(actor=ito, application=row, version=None, on=on, at=at(on))
    told = marks(row, **said)
    actions.recommend(
        actor=ito, application=row, version=None, marks=told, notes="", on=on, at=at(on)
    )  # fmt: skip
    row.refresh_from_db()
    return row


def total(row: Application) -> str:
    return str(queries.facts(row, IN_WINDOW)["claim"]["balance"]["total"])

"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import date, datetime

from nintei.people.models import Person
from nintei.registry import actions, queries
from nintei.registry.models import Certification
from nintei.shared.clock import JST

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def certified(owner: Person) -> Certification:
    """The owner's OMP, from an imported report to a certification."""
    report = f"""試験,合格者番号,氏名,カナ,生年月日,メール,合否,発行日
OMP,2024000123,{owner.name},{owner.kana},1990-04-02,{owner.email},合格,2024-10-08
"""
    actions.import_passes(by="system", data=report.encode(), name="results.csv", on=DAY, at=NOON)
    actions.claim_by_email(by="system", person=owner, at=NOON)
    exam_pass = queries.pass_of(owner, "OMP")
    assert exam_pass
    return actions.certify(
        by="system", person=owner, qualification="OMP", exam_pass=exam_pass, decided_on=DAY, edition_id="conken",
        cause="access", at=NOON,
    )  # fmt: skip


def number(owner: Person) -> dict[str, object]:
    """The number of a certification, which anyone may ask about."""
    return {"number": certified(owner).number}

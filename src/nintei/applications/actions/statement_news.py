"""What attestors sign after a case was handed in, heard by the case: the verdict follows by itself (decision 0023)."""

from __future__ import annotations

from datetime import datetime

from nintei.applications.models import Application, Kind
from nintei.applications.states import CLOSED
from nintei.experience.models import Statement
from nintei.journal.actions import record
from nintei.notices.actions import post as post_letter
from nintei.people.models import Person


def on_attested(*, person: Person, at: datetime, **_rest: object) -> None:
    """Hear that an attestor has signed: it is told in each open case it concerns, and to who reviews that.

    Nothing of the case is written: its facts read the statements on file, so that no lock is needed here.
    """
    handed_in = Application.objects.filter(person=person, kind=Kind.FIRST).exclude(submitted_on=None)
    for row in handed_in.exclude(state__in=CLOSED).select_related("reviewer").order_by("pk"):
        posts = [post["id"] for post in row.claim.get("posts", [])]
        signed = Statement.objects.filter(request__person=person, signed_at=at, post_id__in=posts)
        if came := [str(pk) for pk in signed.values_list("pk", flat=True)]:
            _tell(row, came, at)


def _tell(row: Application, came: list[str], at: datetime) -> None:
    data: dict[str, object] = {"statements": came, "state": row.state}
    record(by="system", verb="applications.statement_came", subject=row.reference, at=at, data=data)
    if row.reviewer is None:
        return
    post_letter(
        by="system",
        key=f"applications.statement_came:{row.pk}:{came[0]}",
        template="applications/letters/statement_came.txt",
        to_email=row.reviewer.email,
        language=row.reviewer.language,
        at=at,
        context={"application": row, "number": len(came)},
        to_person=row.reviewer,
    )

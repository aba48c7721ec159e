"""The machines' door: the public answer for anyone; for an employer with its token, who said yes to it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer
from pydantic import Field

from nintei.registry import queries
from nintei.registry.forms import MOST
from nintei.registry.models import Employer
from nintei.registry.queries import PublicAnswer, Question, Seen
from nintei.shared import clock
from nintei.shared.asking import is_too_often
from nintei.shared.clock import JST
from nintei.shared.problems import Day, Problem, ProblemOut, Strict, Words
from nintei.shared.refusals import Refused

router = Router(tags=["registry"])


class Bearer(HttpBearer):
    """`Authorization: Bearer <the employer's token>`."""

    def authenticate(self, request: HttpRequest, token: str) -> Employer | None:
        _count(request)
        return queries.employer_by_token(token)


class Admitted(HttpRequest):
    """A request with an employer's token."""

    auth: Employer


def _count(request: HttpRequest) -> None:
    if is_too_often(request):
        raise Problem(429, Refused("registry.too_often"))


ON = Field(
    None,
    description="Valid on this day in Japan, YYYY-MM-DD; today where it is left out. A day to come is refused.",
)
KNOWN_ON = Field(None, description="By what was on record at the end of this day; all, if left out.")


class Asked(Strict):
    """Who is asked about: a number with a name, or with the id that only the QR of the paper carries."""

    number: Words
    name: Words = ""
    id: Words = ""
    on: Day | None = ON
    known_on: Day | None = KNOWN_ON


class AnswerOut(Schema):
    """What anybody may know. A field is null where the holder does not let it be shown; no reasons are told."""

    number: str
    qualification: str
    status: str = Field(
        description="VALID, VALID_PENDING_RENEWAL, … ; PASSED for what an exam alone gives (SV, OP, EN): it never ends."
    )
    on: date
    starts_on: date | None
    ends_on: date | None
    name: str | None
    latin: str | None


@router.post(
    "/registry/verify", response={200: AnswerOut, 404: ProblemOut, 429: ProblemOut}, url_name="verify"
)
def verify(request: HttpRequest, asked: Asked) -> AnswerOut:
    """Whether a certification was valid on a day, as known on another.

    404 for whatever does not fit: a number that is none, another name, a wrong id. Nothing tells them apart.
    """
    _count(request)
    on, known = _as_of(asked.on, asked.known_on)
    found = queries.public_answer(Question(asked.number, asked.name, asked.id, on, known))
    if found is None:
        raise Problem(404, Refused("registry.nothing_fits"))
    return _out(found, on)


def _as_of(on: date | None, known_on: date | None) -> tuple[date, datetime | None]:
    """The day asked about, and the last instant (JST) of the day by whose records; a day to come is refused."""
    today = clock.today()
    if max(on or today, known_on or today) > today:
        raise Problem(422, Refused("registry.day_to_come"))
    return on or today, datetime.combine(known_on, time.max, JST) if known_on else None


def _out(found: PublicAnswer, on: date) -> AnswerOut:
    return AnswerOut(
        number=found.number,
        qualification=found.qualification,
        status=str(found.status.code) if found.status else "PASSED",
        on=on,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        name=found.name or None,
        latin=found.latin or None,
    )


class StaffOut(Schema):
    """What an employer sees of one certification, or exam-only qualification, whose holder said yes."""

    number: str
    name: str
    qualification: str
    status: str = Field(
        description="VALID, VALID_PENDING_RENEWAL, … ; PASSED for what an exam alone gives: it never ends."
    )
    ends_on: date | None = Field(
        description="The last day of the validity that ran on the day asked about, of the first one before any began."
    )
    window_opens_on: date | None
    window_closes_on: date | None
    passed_on: date | None = Field(description="The day of the report of what an exam alone gives.")


class ManyAsked(Strict):
    """Many numbers at once, as of one day."""

    numbers: Annotated[list[Words], Field(max_length=MOST)]
    on: Day | None = ON
    known_on: Day | None = KNOWN_ON


class ManyOut(Schema):
    """Those whose holders say yes now, as of the day; the other numbers, of which nothing is told.

    Numbers are compared and given back in one width and capital letters; a number that was sent twice stands once.
    """

    on: date = Field(description="The day that the answers are about.")
    answered: list[StaffOut] = Field(description="In the order in which they were asked.")
    not_answered: list[str] = Field(
        description="Unknown: no such number, no consent now, or not on record by `known_on`. Never read it as valid."
    )


@router.get(
    "/employer/staff", auth=Bearer(), response={200: list[StaffOut], 401: ProblemOut, 429: ProblemOut}, url_name="staff"
)  # fmt: skip
def staff(request: Admitted) -> list[StaffOut]:
    """Everybody who said yes to this employer, with status and deadlines of today."""
    return [_staff(each) for each in queries.look(request.auth, clock.today())]


@router.post(
    "/employer/verify", auth=Bearer(), response={200: ManyOut, 401: ProblemOut, 429: ProblemOut}, url_name="verify_many"
)  # fmt: skip
def verify_many(request: Admitted, asked: ManyAsked) -> ManyOut:
    """Many numbers at once, as of a day, for those who say yes to this employer now.

    Consent is that of this moment, whichever day is asked about: whoever took it back is not answered for any day.
    """
    on, known = _as_of(asked.on, asked.known_on)
    answers = queries.answered(request.auth, asked.numbers, on, known)
    return ManyOut(
        on=on,
        answered=[_staff(each) for _, each in answers if each],
        not_answered=[number for number, each in answers if not each],
    )


def _staff(seen: Seen) -> StaffOut:
    return StaffOut(
        number=seen.number,
        name=seen.name,
        qualification=seen.qualification,
        status=str(seen.status.code) if seen.status else "PASSED",
        ends_on=seen.ends_on,
        window_opens_on=seen.window.opens if seen.window else None,
        window_closes_on=seen.window.closes if seen.window else None,
        passed_on=seen.passed_on,
    )

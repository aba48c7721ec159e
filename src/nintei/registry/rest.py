"""The machines' door: the public answer for anyone; for an employer with its token, who said yes to it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer
from pydantic import Field

from nintei.registry import queries
from nintei.registry.employer import MOST, Seen, look
from nintei.registry.models import Employer
from nintei.registry.queries import PublicAnswer, Question
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


class Asked(Strict):
    """Who is asked about: a number with a name, or with the id that only the QR of the paper carries."""

    number: Words
    name: Words = ""
    id: Words = ""
    on: Day | None = Field(
        None, description="Valid on this day in Japan, YYYY-MM-DD; today where it is left out."
    )
    known_on: Day | None = Field(
        None, description="By what was on record at the end of this day; all, if left out."
    )


class AnswerOut(Schema):
    """What anybody may know. A field is null where the holder does not let it be shown; no reasons are told."""

    number: str
    qualification: str
    status: str = Field(
        description="VALID, VALID_PENDING_RENEWAL, … ; PASSED for SV, OP and EN, which do not expire."
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
    today = clock.today()
    on = min(asked.on or today, today)
    known = _end_of(asked.known_on) if asked.known_on else None
    found = queries.public_answer(Question(asked.number, asked.name, asked.id, on, known))
    if found is None:
        raise Problem(404, Refused("registry.nothing_fits"))
    return _out(found, on)


def _end_of(day: date) -> datetime:
    """The last instant of a day in Japan; the last day that there is has no morrow."""
    return datetime.combine(min(day, date.max - timedelta(days=1)), time.max, JST)


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
    """What an employer sees of one certification whose holder said yes."""

    number: str
    name: str
    qualification: str
    status: str
    ends_on: date
    window_opens_on: date
    window_closes_on: date


class ManyAsked(Strict):
    """Many numbers at once."""

    numbers: Annotated[list[Words], Field(max_length=MOST)]


class ManyOut(Schema):
    """Those whose holders said yes; the other numbers, of which nothing is told: not whether they exist."""

    on: date
    answered: list[StaffOut]
    not_answered: list[str]


@router.get(
    "/employer/staff", auth=Bearer(), response={200: list[StaffOut], 401: ProblemOut, 429: ProblemOut}, url_name="staff"
)  # fmt: skip
def staff(request: Admitted) -> list[StaffOut]:
    """Everybody who said yes to this employer, with status and deadlines of today."""
    return [_staff(each) for each in look(request.auth, clock.today())]


@router.post(
    "/employer/verify", auth=Bearer(), response={200: ManyOut, 401: ProblemOut, 429: ProblemOut}, url_name="verify_many"
)  # fmt: skip
def verify_many(request: Admitted, asked: ManyAsked) -> ManyOut:
    """Many numbers at once, for those who said yes to this employer."""
    on = clock.today()
    known = {each.held.number: each for each in look(request.auth, on)}
    wanted = list(dict.fromkeys(number.strip().upper() for number in asked.numbers))
    return ManyOut(
        on=on,
        answered=[_staff(known[number]) for number in wanted if number in known],
        not_answered=[number for number in wanted if number not in known],
    )


def _staff(seen: Seen) -> StaffOut:
    return StaffOut(
        number=seen.held.number,
        name=seen.name,
        qualification=seen.held.qualification,
        status=str(seen.status.code),
        ends_on=seen.ends_on,
        window_opens_on=seen.window.opens,
        window_closes_on=seen.window.closes,
    )

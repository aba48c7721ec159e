"""The machines' door: the catalogue for anyone; attendance and xAPI statements by a provider's token."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Header, Path, Query, Router, Schema
from ninja.security import HttpBasicAuth, HttpBearer
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from nintei.courses import actions, exports, queries, statements
from nintei.courses.models import Form, ProviderToken, Roster
from nintei.courses.queries import Wish
from nintei.courses.rosterfile import COLUMNS, Row
from nintei.rules.edition import Text
from nintei.shared import clock
from nintei.shared.problems import Day, Problem, ProblemOut, Strict, Words, language_of
from nintei.shared.refusals import Refused

router = Router(tags=["courses"])
A_PAGE = 100
COLUMN_OF = {names[0]: column for column, names in COLUMNS.items()}


def _admitted(token: str) -> ProviderToken | None:
    found = queries.token_behind(token)
    if found is not None:
        try:
            actions.count_request(by=found, at=clock.now())
        except Refused as refused:
            raise Problem(429, refused) from None
    return found


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: HttpRequest, token: str) -> ProviderToken | None:
        return _admitted(token)


class Basic(HttpBasicAuth):
    """`Authorization: Basic`, as xAPI asks of every receiver: any user name, the token as password."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> ProviderToken | None:
        return _admitted(password)


BY_TOKEN = [Bearer(), Basic()]


class Authorised(HttpRequest):
    """A request with a token."""

    auth: ProviderToken


def _nothing() -> Problem:
    return Problem(404, Refused("api.not_found"))


# --- the catalogue --------------------------------------------------------------------------------


class Search(Schema):
    """What to look for; everything empty finds everything."""

    model_config = ConfigDict(extra="forbid")

    q: Words = Field("", description="Words of the title or the provider; all of them must be there.")
    topic: Annotated[Words, Field(max_length=10)] = Field("", description="A field of practice, by its code.")
    form: Form | None = None
    place: Words = ""
    first: Day | None = Field(None, description="Sessions from this day in Japan, YYYY-MM-DD.")
    last: Day | None = None
    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(A_PAGE, ge=1, le=A_PAGE)

    def wish(self) -> Wish:
        return Wish(self.q, self.topic, self.form or "", self.place, self.first, self.last)


class SessionDay(Schema):
    """A day of a session; minutes are net of breaks, times are Japan's."""

    on: date
    minutes: int
    begins: str | None = None
    ends: str | None = None
    rest: int = 0


class SessionOut(Schema):
    """A session to come. Without days it is open at any time from its first day to its last."""

    id: UUID
    place: str
    days: list[SessionDay]
    first_on: date
    last_on: date


class CourseOut(Schema):
    """An accredited course."""

    id: UUID
    title: str
    provider: str
    form: Form
    minutes: int = Field(description="Net of breaks.")
    fields: list[str] = Field(description="Fields of practice, by their codes.")
    competencies: list[str]
    hosted: bool = Field(description="Held by the association itself: accredited by definition.")
    accredited_from: date
    accredited_until: date | None
    url: str
    sessions: list[SessionOut]


class CatalogueOut(Schema):
    """A page of the list, in an order that nobody can pay for."""

    as_of: date
    order: str
    count: int
    page: int
    pages: int
    courses: list[CourseOut]


@router.get("/courses", response=CatalogueOut, url_name="courses", summary="研修の一覧 / The catalogue")
def catalogue(request: HttpRequest, search: Query[Search]) -> dict[str, Any]:
    """The courses accredited today, with their sessions to come: by title, then provider, as on the page."""
    on = clock.today()
    pages = Paginator(queries.catalogue(on, search.wish()), search.per_page)
    shown = list(pages.page(search.page)) if search.page <= pages.num_pages else []
    told: dict[str, Any] = {"as_of": on, "order": "title, provider", "count": pages.count}
    return told | {"page": search.page, "pages": pages.num_pages, "courses": exports.as_data(shown)}


@router.get(
    "/courses/{course}",
    response={200: CourseOut, 404: ProblemOut},
    url_name="course",
    summary="ひとつの研修 / One course",
)
def course(request: HttpRequest, course: Path[UUID]) -> dict[str, Any]:
    """A course that is or was accredited."""
    found = queries.listed_course(course, clock.today())
    if found is None:
        raise _nothing()
    return exports.as_data([found])[0]


# --- attendance -----------------------------------------------------------------------------------


class AttendeeIn(Strict):
    """Who attended. Without a day: the only day, or every day; without minutes: all of it; 0 takes it back."""

    number: Annotated[Words, Field(min_length=1)] = Field(description="The certification number.")
    kana: Annotated[Words, Field(min_length=1)] = Field(description="The name in kana, present or former.")
    on: Day | None = None
    minutes: Annotated[StrictInt, Field(ge=0, le=1440)] | None = None


class AttendanceIn(Strict):
    """Who attended a session; `partial` leaves out the rows that cannot be taken."""

    rows: list[AttendeeIn] = Field(min_length=1, max_length=10_000)
    partial: StrictBool = False


class RowOut(Schema):
    """Accepted or not, and nothing else."""

    row: int
    accepted: bool


class AttendanceOut(Schema):
    """What was taken in; `finished` says whether all of it has reached the attendees' records."""

    roster: UUID
    finished: bool
    rows: list[RowOut]


IdempotencyKey = Annotated[
    str, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[!-~]+$")
]
BY: dict[str, Any] = {"auth": BY_TOKEN}


def _refuses(*statuses: int) -> dict[int, Any]:
    """What an operation by token may answer instead."""
    return dict.fromkeys((401, 422, 429, *statuses), ProblemOut)


@router.post(
    "/sessions/{session}/attendance",
    response={200: AttendanceOut, **_refuses(404, 409)},
    url_name="attendance", summary="受講を送る / Send attendance", **BY,
)  # fmt: skip
def attendance(
    request: Authorised, session: Path[UUID], body: AttendanceIn, idempotency_key: IdempotencyKey
) -> dict[str, Any]:
    """All rows or none, unless `partial`. The same Idempotency-Key again changes nothing and answers the same."""
    found = queries.session_for(request.auth, session)
    if found is None:
        raise _nothing()
    rows = [
        Row(line, each.number, each.kana, each.on, each.minutes) for line, each in enumerate(body.rows, 1)
    ]
    on, at = clock.today(), clock.now()
    try:
        roster = actions.send_roster(
            by=request.auth, session=found, key=idempotency_key, rows=rows, partial=body.partial, on=on, at=at
        )
    except Refused as refused:
        conflict = refused.code == "courses.key_of_another"
        raise Problem(409 if conflict else 422, refused, _faults(request, refused)) from None
    actions.carry_out(by="system", roster=roster.pk, at=at, most=actions.FEW)
    return _roster(roster)


@router.get(
    "/rosters/{roster}", response={200: AttendanceOut, **_refuses(404)},
    url_name="sent", summary="送ったものの進み / What became of it", **BY,
)  # fmt: skip
def sent(request: Authorised, roster: Path[UUID]) -> dict[str, Any]:
    """Attendance that was sent by this token."""
    found = queries.roster_for(request.auth, roster)
    if found is None:
        raise _nothing()
    return _roster(found)


def _roster(roster: Roster) -> dict[str, Any]:
    now = queries.roster(roster.pk)
    assert now
    rows = [{"row": line, "accepted": accepted} for line, accepted in queries.accepted_rows(now)]
    return {"roster": now.pk, "finished": now.finished_at is not None, "rows": rows}


def _faults(request: HttpRequest, refused: Refused) -> list[dict[str, Any]]:
    """The faults of a roster by row and by the field's own name."""
    faults: Any = refused.data.get("faults", ())
    english = language_of(request) == "en"

    def said(text: Text) -> str:
        return text.en if english else text.ja

    return [
        {"row": fault.line, "column": COLUMN_OF.get(fault.column, ""), "message": said(fault.text)}
        for fault in faults
    ]


# --- xAPI -----------------------------------------------------------------------------------------


class Account(BaseModel):
    """Who it is: the certification number at this installation."""

    homePage: str  # noqa: N815  the names of xAPI
    name: str = Field(description="The certification number.")


class Actor(BaseModel):
    """Who attended."""

    model_config = ConfigDict(extra="allow")

    account: Account
    name: str = Field(description="The name in kana, present or former.")


class Thing(BaseModel):
    """What it was done with, or what was done."""

    model_config = ConfigDict(extra="allow")

    id: str


class Result(BaseModel):
    """How it ended."""

    model_config = ConfigDict(extra="allow")

    duration: str = Field(description="ISO 8601, counted in whole minutes up to the hours of the course.")


class StatementIn(BaseModel):
    """An xAPI statement: `completed` or `passed`. What else it says is kept as evidence."""

    model_config = ConfigDict(extra="allow")

    actor: Actor
    verb: Thing
    object: Thing = Field(description="The address of the course's page here.")
    result: Result


XAPI: dict[str, Any] = {
    "auth": BY_TOKEN,
    "tags": ["xapi"],
    "openapi_extra": {"externalDocs": {"url": "https://opensource.ieee.org/xapi"}},
}
Version = Annotated[str, Header(alias="X-Experience-API-Version", max_length=20, pattern=r"^[0-9.]+$")]
MOST_STATEMENTS = 200


def _take(
    request: Authorised, version: str, bodies: list[StatementIn], only: UUID | None = None
) -> list[UUID]:
    """Read every statement, then keep all of them or none."""
    at = clock.now()
    try:
        told = [_read(version, each, only, at) for each in bodies]
        return actions.take_statements(by=request.auth, statements=told, at=at)
    except Refused as refused:
        status = 409 if refused.code == "courses.xapi_conflict" else 400
        raise Problem(status, refused) from None


def _read(version: str, body: StatementIn, only: UUID | None, at: datetime) -> statements.Told:
    """A statement in a version we know; `only` is the number that the address gives it."""
    if not statements.VERSIONS.fullmatch(version):
        raise Refused("courses.xapi_version")
    plain = body.model_dump(mode="json", exclude_unset=True)
    told = statements.read({"id": str(only)} | plain if only else plain, settings.BASE_URL, at)
    if only not in (None, told.id):
        raise Refused("courses.xapi_two_ids")
    return told


def _versioned(response: HttpResponse) -> HttpResponse:
    response["X-Experience-API-Version"] = "2.0.0"
    return response


@router.post(
    "/xapi/statements", response={200: list[UUID], **_refuses(400, 409)},
    url_name="statements", summary="xAPIステートメントを送る / Send xAPI statements", **XAPI,
)  # fmt: skip
def post_statements(
    request: Authorised,
    body: StatementIn | Annotated[list[StatementIn], Field(min_length=1, max_length=MOST_STATEMENTS)],
    version: Version,
) -> HttpResponse:
    """One statement or a list of them, all or none; answers their numbers. xAPI 1.0.3 and 2.0."""
    taken = _take(request, version, body if isinstance(body, list) else [body])
    return _versioned(JsonResponse([str(each) for each in taken], safe=False))


@router.put(
    "/xapi/statements", response={204: None, **_refuses(400, 409)},
    url_name="statement", summary="xAPIステートメントを番号で送る / Send one by its number", **XAPI,
)  # fmt: skip
def put_statement(
    request: Authorised,
    body: StatementIn,
    version: Version,
    statementId: Query[UUID],  # noqa: N803
) -> HttpResponse:
    """One statement under its number: again the same changes nothing, another under this number is a 409."""
    _take(request, version, [body], statementId)
    return _versioned(HttpResponse(status=204))


@router.get(
    "/xapi/statements", response={200: dict[str, Any], **_refuses(404)},
    url_name="statement_kept", summary="送ったステートメント / One that was sent", **XAPI,
)  # fmt: skip
def get_statement(request: Authorised, statementId: Query[UUID]) -> HttpResponse:  # noqa: N803
    """A statement of this organisation, as it was sent."""
    found = queries.statement_for(request.auth, statementId)
    if found is None:
        raise _nothing()
    return _versioned(JsonResponse(found.body | {"id": str(found.pk), "stored": found.stored_at.isoformat()}))


@router.get(
    "/xapi/about",
    response=dict[str, list[str]],
    url_name="about",
    tags=["xapi"],
    summary="xAPIの版 / Versions of xAPI",
)
def about(request: HttpRequest) -> HttpResponse:
    """Which versions of xAPI are understood."""
    return _versioned(JsonResponse({"version": ["2.0.0", "1.0.3"]}))

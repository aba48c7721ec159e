"""Problem documents (RFC 9457) and strict words for the doors of machines. Imported only by those doors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from ninja import Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from nintei.shared.refusals import Refused


class Fault(Schema):
    """What is wrong, and where: `row` counts from 1 in the list that was sent, `column` is a field's name."""

    row: int | None = None
    column: str = ""
    message: str


class ProblemOut(Schema):
    """Why nothing was done."""

    type: str = Field(description="Always about:blank; `code` says which problem it is.")
    title: str
    status: int
    code: str = Field(description="room.reason: stable, for programs.")
    detail: str = Field(
        description="What is wrong and what to do, in the language asked for (Accept-Language)."
    )
    errors: list[Fault] = []


class Problem(Exception):
    """A refusal with the status a machine gets, and the faults by row and column."""

    def __init__(self, status: int, refused: Refused, errors: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(refused.code)
        self.status, self.refused, self.errors = status, refused, list(errors)


TITLES = {400: "Bad request", 401: "No valid token", 404: "Not found", 405: "Method not allowed", 409: "Conflict",
          413: "Too large", 422: "Not accepted", 429: "Too many requests", 500: "Our fault"}  # fmt: skip


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as JSON, in the language that the sender asked for."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, ""),
        "status": problem.status,
    }
    told |= {"code": problem.refused.code, "detail": problem.refused.sentence(language_of(request))}
    response = JsonResponse(
        told | {"errors": problem.errors},
        status=problem.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    if problem.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="nintei", Basic realm="nintei"'
    if problem.status == 429:
        response["Retry-After"] = "60"
    return response


def language_of(request: HttpRequest) -> str:
    """The language a machine asks for by Accept-Language; Japanese if it does not say."""
    return "en" if translation.get_language_from_request(request).startswith("en") else "ja"


def _iso(value: object) -> date:
    """A day in full, YYYY-MM-DD: pydantic alone would read a number as seconds since 1970."""
    if isinstance(value, str) and len(value) == 10 and value.isascii():
        return date.fromisoformat(value)
    raise ValueError("a day as YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_iso)]
# No control characters: PostgreSQL keeps no NUL, and none of them is part of a word.
Words = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$", strict=True)]


class Strict(BaseModel):
    """What a machine sends: exactly the fields declared, each of exactly its type.

    Plain pydantic: Ninja's `Schema` reads attributes of Django's objects, and loses what is not declared.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

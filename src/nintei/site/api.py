"""The API's root: every room's door for machines under `/api`, described by itself.

Whatever is wrong is answered by a problem document (RFC 9457), declared for every operation; bodies are read
strictly, because what PostgreSQL cannot keep must not reach it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from nintei.rules.edition import Text
from nintei.shared.problems import TITLES, Problem, answer
from nintei.shared.refusals import Refused, declare

declare(
    {
        "api.not_found": Text(
            "ありません。番号を確かめてください。", "There is no such thing. Check its number."
        ),
        "api.no_token": Text(
            "有効なトークンがありません。/provider で作ったものか、協会から受け取ったものを、"
            "Authorization: Bearer で送ってください。",
            "No valid token. Send one made on /provider, or given by the association, as Authorization: Bearer.",
        ),
        "api.not_allowed": Text(
            "この方法では答えません。Allow にあるものを使ってください。",
            "This address does not answer to that method. Use one of those in Allow.",
        ),
        "api.too_large": Text(
            "本文が大きすぎます。{most}バイトまでに分けて送ってください。",
            "The body is too large. Send it in parts of at most {most} bytes.",
        ),
        "api.broken": Text(
            "こちらの不具合です。何も記録していません。しばらくしてから、もう一度送ってください。",
            "This is our fault. Nothing was recorded. Please send it again in a while.",
        ),
        "api.not_json": Text("本文がJSONとして読めません。", "The body cannot be read as JSON."),
        "api.not_accepted": Text(
            "送られた内容を読めません。errors を見て直してください。",
            "What was sent cannot be read. See errors.",
        ),
    }
)


class StrictParser(Parser):
    """JSON as RFC 8259 has it, and nothing that a database refuses: no NaN, no NUL, no half characters."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        try:
            body: Any = json.loads(request.body)
            plain = json.dumps(body, allow_nan=False, ensure_ascii=False)
            plain.encode()
        except (ValueError, RecursionError):
            raise Problem(400, Refused("api.not_json")) from None
        if "\\u0000" in plain.replace("\\\\", ""):
            raise Problem(400, Refused("api.not_json"))
        return body  # type: ignore[no-any-return]


class Root(NinjaAPI):
    """Nintei's API."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description; what is no JSON (400), too large (413) or not accepted (422) belongs to every operation."""
        schema = super().get_openapi_schema(**options)
        problem = {"$ref": "#/components/schemas/ProblemOut"}
        told = {"application/problem+json": {"schema": problem}}
        for path in schema["paths"].values():
            for operation in path.values():
                answers = operation["responses"]
                for status in (400, 422, *((413,) if "requestBody" in operation else ())):
                    answers.setdefault(status, {"description": TITLES[status]})
                for status in [each for each in answers if int(each) >= 400]:
                    answers[status]["content"] = told
        return schema


api = Root(
    title="Nintei",
    version="1",
    description=(
        "研修の一覧、受講の登録、認定の確認。"
        "The catalogue of accredited courses, attendance by their providers, and whether a certification is valid."
    ),
    urls_namespace="api",
    docs_url="/docs",
    # No badge of a validator elsewhere: the page asks nobody but us.
    docs=Swagger(settings={"validatorUrl": None, "tryItOutEnabled": True}),
    openapi_url="/openapi.json",
    parser=StrictParser(),
)
api.add_router("/v1", "nintei.courses.api.router")
api.add_router("/v1", "nintei.registry.rest.router")


@api.exception_handler(Problem)
def problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return answer(request, error)


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return answer(request, Problem(401, Refused("api.no_token")))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(request, Problem(404, Refused("api.not_found")))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return answer(request, Problem(413, Refused("api.too_large", most=most)))


@api.exception_handler(HttpError)
def not_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own word for a body it cannot read."""
    if isinstance(error.__cause__ or error.__context__, Problem):
        return answer(request, error.__cause__ or error.__context__)  # type: ignore[arg-type]
    return answer(request, Problem(400, Refused("api.not_json")))


@api.exception_handler(ValidationError)
def not_accepted(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [_fault(each) for each in error.errors]
    return answer(request, Problem(422, Refused("api.not_accepted"), errors))


def _fault(error: dict[str, Any]) -> dict[str, Any]:
    """Where pydantic found something: the row where the place names one, and the field."""
    place = [part for part in error["loc"] if part not in {"body", "query", "path", "header"}]
    rows = [part + 1 for part in place if isinstance(part, int)]
    column = ".".join(str(part) for part in place if not isinstance(part, int))
    return {"row": rows[0] if rows else None, "column": column, "message": str(error["msg"])}


Answers = Callable[[HttpRequest], HttpResponse]
OURS = {404: "api.not_found", 405: "api.not_allowed"}


def problems(get_response: Answers) -> Answers:
    """Middleware: what Django itself refuses under `/api` (an address, a method, a fault) is a problem document too."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        status = response.status_code
        is_told = response.headers.get("Content-Type") == "application/problem+json"
        if status < 400 or is_told or not request.path_info.startswith("/api/"):
            return response
        code = OURS.get(status, "api.broken" if status >= 500 else "api.not_accepted")
        told = answer(request, Problem(status, Refused(code)))
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            told["Allow"] = response["Allow"]
        return told

    return answered

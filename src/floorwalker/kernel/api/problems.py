"""Refusals as problem+json (RFC 9457), the same codes and sentences as on the pages."""

from __future__ import annotations

import math
from http.client import responses
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.schema import REF_TEMPLATE
from ninja.schema import NinjaGenerateJsonSchema
from pydantic import Field

from floorwalker.kernel.errors import NotFound, NotSignedIn, Refused

MEDIA_TYPE = "application/problem+json"


class Wrong(Schema):
    """One thing wrong with what was sent."""

    where: str
    what: str


class Problem(Schema):
    """Why a request was refused. `code` never changes; `detail` is a sentence for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    facts: dict[str, Any] = Field(default_factory=dict)
    errors: list[Wrong] = Field(default_factory=list)


def refusal(status: int) -> dict[str, Any]:
    """How a description tells a refusal of this status.

    Operations name the shape of a problem instead of holding a model of it for each of their refusals: those were
    thousands of models, a third of the start of every process.
    """
    shape = {"$ref": REF_TEMPLATE.format(model=Problem.__name__)}
    return {"description": responses[status], "content": {MEDIA_TYPE: {"schema": shape}}}


def problem_schemas() -> dict[str, Any]:
    """The shapes that :func:`refusal` refers to."""
    shape = Problem.model_json_schema(
        ref_template=REF_TEMPLATE, schema_generator=NinjaGenerateJsonSchema, mode="serialization"
    )
    return {**shape.pop("$defs"), Problem.__name__: shape}


class Malformed(Refused):
    """What was sent has not the shape the operation asks for."""

    code = "malformed"
    status = 400
    text = _("What was sent does not have the shape this asks for. {hint}")


class TooManyRequests(Refused):
    code = "too_many_requests"
    status = 429
    text = _("Too many requests. Try again in {seconds} s.")


class NotFromOurPages(Refused):
    """A change by the cookie of a browser without the token of our own pages."""

    code = "not_from_our_pages"
    status = 403
    text = _("This change did not come from one of our own pages. Send X-CSRFToken, or use a token of your own.")


TITLES = {
    400: _("Not understood"),
    401: _("Not signed in"),
    403: _("Not in this way"),
    404: _("Not found"),
    409: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Of another kind"),
    422: _("Not allowed"),
    429: _("Too many requests"),
    500: _("Broken"),
    503: _("Back in a moment"),
}


def problem(refused: Refused, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """A refusal as an answer of the API."""
    body = {
        "type": f"urn:floorwalker:problem:{refused.code}",
        "title": str(TITLES.get(refused.status, TITLES[422])),
        "status": refused.status,
        "code": refused.code,
        "detail": str(refused),
        "facts": {name: _plain(value) for name, value in refused.facts.items()},
        "errors": errors or [],
    }
    answer = JsonResponse(body, status=refused.status, content_type=MEDIA_TYPE)
    if refused.status == NotSignedIn.status:
        answer["WWW-Authenticate"] = 'Bearer realm="floorwalker"'
    if isinstance(refused, TooManyRequests):
        answer["Retry-After"] = str(refused.facts["seconds"])
    return answer


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str | type(None)) else str(value)


def answer_problems(api: NinjaAPI) -> None:
    """Map everything that can go wrong in an operation, once."""
    api.add_exception_handler(Refused, lambda _request, refused: problem(refused))
    api.add_exception_handler(Http404, lambda _request, _missing: problem(NotFound()))
    api.add_exception_handler(ValidationError, _badly_shaped)
    api.add_exception_handler(Throttled, _too_many)
    api.add_exception_handler(HttpError, _unreadable)


def _badly_shaped(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [{"where": _place(each["loc"]), "what": str(each["msg"])} for each in error.errors]
    return problem(Malformed(hint="; ".join(f"{each['where']}: {each['what']}" for each in wrong[:3])), wrong)


def _place(path: tuple[Any, ...]) -> str:
    """`agent_id` in the address, `level` in the query or the body."""
    source, *names = path
    inside = [str(name) for name in names if str(name) not in {"payload", "paging"}]
    return ".".join(inside) or str(source)


def _too_many(_request: HttpRequest, error: Throttled) -> HttpResponse:
    return problem(TooManyRequests(seconds=math.ceil(error.wait or 1)))


def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(Malformed(hint=str(error)))

"""The API as a whole: its routers, its limits, its description."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.throttling import SimpleRateThrottle

from floorwalker.kernel.api.problems import answer_problems, problem_schemas

REQUESTS_A_MINUTE = 600


class ActorThrottle(SimpleRateThrottle):
    """So many requests a minute for each user and each token."""

    scope = "actor"

    def __init__(self) -> None:
        super().__init__("1/m")

    def allow_request(self, request: HttpRequest) -> bool:
        self.num_requests, self.duration = getattr(settings, "API_REQUESTS_A_MINUTE", REQUESTS_A_MINUTE), 60
        return super().allow_request(request)

    def get_cache_key(self, request: HttpRequest) -> str | None:
        actor = request.actor  # type: ignore[attr-defined]
        return self.cache_format % {"scope": self.scope, "ident": f"{actor.kind}-{actor.id}"}


class Api(NinjaAPI):
    """Floorwalker's API: refusals are problems, and the description says so."""

    def __init__(self, **options: Any) -> None:
        super().__init__(throttle=[ActorThrottle()], docs_url=None, openapi_url=None, **options)
        answer_problems(self)
        self._schemas: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description in the reader's language: made once, as making it takes seconds and anybody may ask."""
        if options:
            return self._make_schema(**options)
        language = get_language() or ""
        if language not in self._schemas:
            self._schemas[language] = self._make_schema(**options)
        return self._schemas[language]

    def _make_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"]["securitySchemes"] = {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "A token of your own, from your account.",
            },
            "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
        }
        for operations in schema["paths"].values():
            for described in operations.values():
                described["security"] = [{"token": []}, {"session": []}]
        schema["components"]["schemas"] |= problem_schemas()
        return schema

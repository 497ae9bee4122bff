"""Who is asking: the actor of each request, and the zone its times are shown in."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from floorwalker.apps.accounts.queries import actor_of
from floorwalker.kernel.access import Actor


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor = actor_of(request.user if request.user.is_authenticated else None)
        request.actor = actor  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(actor.zone)):
            return self.get_response(request)

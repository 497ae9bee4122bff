"""The address pages listen at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from floorwalker.kernel.live.streams import say_ids, stream
from floorwalker.kernel.pages import Door


async def live(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events of the topics named, each authorised for whoever asks."""
    return await stream(request, request.GET.getlist("topic"), say_ids)


live.door = Door(own="each topic is authorised by itself, at the opening and every few seconds")  # type: ignore[attr-defined]

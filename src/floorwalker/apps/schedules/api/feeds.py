"""One's own calendar addresses, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import Field

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.api.router import router
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.feeds import visible_feeds
from floorwalker.kernel.api import In, Out, operation
from floorwalker.kernel.pages import Request

ONE = "/calendar-feeds/{feed_id}"


class FeedOut(Out):
    id: UUID
    device: str
    made_at: datetime
    renewed_at: datetime | None
    last_read_at: datetime | None


class OpenedFeedOut(Out):
    """An address with its key, told this once and kept nowhere."""

    feed: FeedOut
    address: str


class FeedIn(In):
    device: str = Field(min_length=1, max_length=80, description="Where it will be read.")


def _told(request: Request, opened: services.Opened) -> dict[str, Any]:
    path = reverse("schedules:calendar", args=[opened.feed.pk])
    return {"feed": opened.feed, "address": f"{request.build_absolute_uri(path)}?key={opened.key}"}


@operation(
    router, "get", "/calendar-feeds", P.SEE_OWN, response=list[FeedOut], summary=_("Own calendar addresses")
)
def list_feeds(request: Request) -> Any:
    return visible_feeds(request.actor).order_by("made_at")


@operation(
    router,
    "post",
    "/calendar-feeds",
    P.SEE_OWN,
    response=OpenedFeedOut,
    status=201,
    summary=_("Have a calendar address of one's own schedule"),
)
def open_feed(request: Request, payload: FeedIn) -> Any:
    """Off until asked for; who has the address reads the schedule until it is switched off."""
    return _told(request, services.open_feed(device=payload.device, by=request.actor, at=request.at))


@operation(
    router,
    "post",
    f"{ONE}/renew",
    P.SEE_OWN,
    response=OpenedFeedOut,
    summary=_("Give a calendar address a new key"),
)
def renew_feed(request: Request, feed_id: UUID) -> Any:
    """The old one opens nothing from now on."""
    return _told(request, services.renew_feed(feed_id=feed_id, by=request.actor, at=request.at))


@operation(router, "delete", ONE, P.SEE_OWN, status=204, summary=_("Switch a calendar address off"))
def revoke_feed(request: Request, feed_id: UUID) -> None:
    services.revoke_feed(feed_id=feed_id, by=request.actor, at=request.at)

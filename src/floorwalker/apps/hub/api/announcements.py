"""Announcements for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Hub"])


class AnnouncementOut(Out):
    id: int
    title: str
    text: str
    by_id: int
    at: datetime
    audience: str
    site_id: int | None
    team_id: int | None
    queue: int | None
    confirm_by: date | None
    state: str
    readers: int
    reminded_at: datetime | None
    withdrawn_at: datetime | None


class ReceiptOut(Out):
    user_id: int
    read_at: datetime | None
    confirmed_at: datetime | None


class ReadingOut(Out):
    readers: int
    read: int
    confirmed: int


class AnnouncementIn(In):
    title: str = Field(min_length=1, max_length=120)
    text: str = Field(min_length=1, max_length=8000)
    audience: Literal["team", "site", "queue", "all"]
    place_id: int | None = Field(None, description="The team, site or queue.")
    confirm_by: date | None = Field(None, description="Where it must be read: by when it is to be confirmed.")


class WithdrawIn(In):
    why: str = Field(min_length=1, max_length=300)


@operation(
    router, "get", "/announcements", P.READ_NEWS, response=Page[AnnouncementOut], summary=_("Announcements to me")
)
def list_announcements(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_announcements(request.actor).defer("search"), "-at")


@operation(
    router, "post", "/announcements", P.ANNOUNCE, response=AnnouncementOut, status=201, summary=_("Announce")
)
def announce(request: Request, payload: AnnouncementIn) -> Any:
    return services.announce(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/announcements/{int:announcement_id}",
    P.READ_NEWS,
    P.ANNOUNCE,
    response=AnnouncementOut,
    summary=_("One announcement"),
)
def get_announcement(request: Request, announcement_id: int) -> Any:
    """Reading it here is no receipt; saying so is."""
    return queries.the_announcement_shown(request.actor, announcement_id)


@operation(
    router,
    "get",
    "/announcements/{int:announcement_id}/receipts",
    P.READ_NEWS,
    response=Page[ReceiptOut],
    summary=_("Who has read it"),
)
def list_receipts(request: Request, announcement_id: int, paging: Query[Paging]) -> Any:
    """One's own; for who announced it everybody's, where reading was asked for."""
    found = queries.the_announcement(request.actor, announcement_id)
    return paging.of(queries.visible_receipts(request.actor).filter(announcement=found), "user")


@operation(
    router,
    "get",
    "/announcements/{int:announcement_id}/reading",
    P.ANNOUNCE,
    response=ReadingOut,
    summary=_("How many have read it"),
)
def get_reading(request: Request, announcement_id: int) -> Any:
    return queries.reading(queries.the_announcement(request.actor, announcement_id, P.ANNOUNCE))


@operation(
    router,
    "post",
    "/announcements/{int:announcement_id}/read",
    P.READ_NEWS,
    response=AnnouncementOut,
    summary=_("I have opened it"),
)
def read_announcement(request: Request, announcement_id: int) -> Any:
    found = queries.the_announcement(request.actor, announcement_id)
    services.note_read(announcement=found, by=request.actor, at=request.at)
    return found


@operation(
    router,
    "post",
    "/announcements/{int:announcement_id}/confirm",
    P.READ_NEWS,
    response=AnnouncementOut,
    summary=_("I have read it"),
)
def confirm(request: Request, announcement_id: int) -> Any:
    return services.confirm(announcement_id=announcement_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/announcements/{int:announcement_id}/withdraw",
    P.ANNOUNCE,
    response=AnnouncementOut,
    summary=_("Withdraw it"),
)
def withdraw(request: Request, announcement_id: int, payload: WithdrawIn) -> Any:
    return services.withdraw(announcement_id=announcement_id, why=payload.why, by=request.actor, at=request.at)

"""A person's own notices, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.notices import reading
from floorwalker.kernel.pages import Request

router = Router(tags=["Notices"])
OWN = "everybody reads their own notices"


class NoticeOut(Out):
    """What one was told, in the words of now: what one may no longer read is left out."""

    id: int
    title: str
    text: str
    url: str = Field(description="The page it leads to.")
    at: datetime
    unread: bool


class NoticeWishOut(Out):
    kind: str
    title: str
    mail: str


class NoticeWishIn(In):
    mail: Literal["at_once", "daily", "never"] = Field(description="E-mail in paid time, once a day, or none.")


@operation(router, "get", "/notices", own=OWN, response=Page[NoticeOut], summary=_("Own notices, newest first"))
def list_notices(request: Request, paging: Query[Paging]) -> Any:
    told, page = reading.mine(request.actor, after=paging.after, limit=paging.limit)
    return {"items": [{**vars(each), "title": str(each.title)} for each in told], "after": page.after}


@operation(router, "post", "/notices/read", own=OWN, status=204, summary=_("Mark all own notices as read"))
def read_all_notices(request: Request) -> None:
    reading.mark_all_read(request.actor, request.at)


@operation(
    router, "post", "/notices/{int:notice_id}/read", own=OWN, status=204, summary=_("Mark a notice as read")
)
def read_notice(request: Request, notice_id: int) -> None:
    reading.mark_one_read(request.actor, notice_id, request.at)


@operation(
    router, "get", "/notice-wishes", own=OWN, response=list[NoticeWishOut], summary=_("How one is told of what")
)
def list_notice_wishes(request: Request) -> Any:
    return [
        {"kind": kind, "title": str(title), "mail": mail} for kind, title, mail in reading.wishes(request.actor)
    ]


@operation(
    router, "put", "/notice-wishes/{kind}", own=OWN, status=204, summary=_("Choose how one is told of one kind")
)
def wish_notice(request: Request, kind: str, payload: NoticeWishIn) -> None:
    reading.wish(request.actor, kind, payload.mail)

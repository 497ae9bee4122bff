"""Thanks for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Thanks"])


class ThanksOut(Out):
    id: int
    from_user_id: int
    agent_id: int
    kind: str
    words: str
    visibility: str
    at: datetime


class ThanksSide(In):
    side: Literal["shown", "to_me", "by_me"] = "shown"


class ThanksIn(In):
    number: str = Field(max_length=40, description="The colleague's number, such as A017.")
    kind: Literal["thanks", "extra_mile", "consistency"] = "thanks"
    words: str = Field("", max_length=500, description="For the extra mile: what happened.")
    visibility: Literal["private", "team", "site"] = Field("site", description="Never wider than they wish.")
    points: bool = Field(False, description="With points, out of the number an agent can give each month.")


class ThanksWishIn(In):
    widest: Literal["private", "team", "site"]


class ThanksWishOut(Out):
    widest: str


@operation(router, "get", "/thanks", P.THANK, response=Page[ThanksOut], summary=_("Thanks in sight"))
def list_thanks(request: Request, wanted: Query[ThanksSide], paging: Query[Paging]) -> Any:
    return paging.of(queries.thanks_in(request.actor, wanted.side), "-at")


@operation(router, "post", "/thanks", P.THANK, response=ThanksOut, status=201, summary=_("Thank a colleague"))
def thank(request: Request, payload: ThanksIn) -> Any:
    return services.thank(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/thanks/wish", P.THANK, response=ThanksWishOut, summary=_("Choose who sees thanks to you")
)
def wish(request: Request, payload: ThanksWishIn) -> Any:
    return services.wish(widest=payload.widest, by=request.actor, at=request.at)

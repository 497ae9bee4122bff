"""Points for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Points"])


class BalanceOut(Out):
    balance: int
    set_aside: int = Field(description="For rewards asked for and not yet delivered.")
    earned: int = Field(description="Ever, without what was taken back.")


class EntryOut(Out):
    id: int
    kind: str
    source: str
    change: int = Field(description="Below zero: the points left the balance.")
    why: str
    at: datetime


class ReverseIn(In):
    why: str = Field(min_length=3, max_length=300, description="The agent reads this.")


class ReversalOut(Out):
    id: int
    points: int
    at: datetime


@operation(router, "get", "/points/balance", P.POINTS, response=BalanceOut, summary=_("Your points"))
def balance(request: Request) -> Any:
    return queries.statement(request.actor)


@operation(router, "get", "/points/entries", P.POINTS, response=Page[EntryOut], summary=_("Your statement"))
def entries(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.entries_of_mine(request.actor), "-at")


@operation(
    router,
    "post",
    "/points/entries/{int:entry_id}/reverse",
    P.CORRECT,
    response=ReversalOut,
    summary=_("Take back points booked by mistake, within 24 hours"),
)
def reverse(request: Request, entry_id: int, payload: ReverseIn) -> Any:
    return services.reverse(entry=entry_id, why=payload.why, by=request.actor, at=request.at)

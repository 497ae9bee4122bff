"""The ledger of promises for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.promises import queries, services
from floorwalker.apps.promises.permissions import PromisePermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Promises"])


class PromiseOut(Out):
    id: int
    kind: str
    ref_kind: str = Field(description="What it is about; with ref_id.")
    ref_id: int
    owner_id: int
    to_user_id: int | None
    to_text: str = Field(description="To whom, when it is no single person.")
    what: str
    due: datetime
    made_at: datetime
    state: str
    ended_at: datetime | None
    why: str


class PromiseFilter(In):
    side: Literal["owed_to_me", "owed_by_me", "all"] = "owed_to_me"
    state: Literal["open", "kept", "late", "broken", "withdrawn", "all"] = "open"
    kind: str = Field("", max_length=60)


class Breaking(In):
    why: str = Field(min_length=1, max_length=300, description="Who waits for it reads this.")


class KeptRateOut(Out):
    """How well one person keeps promises: for the talk between two people, never ranked."""

    owner_id: int
    open: int
    kept: int = Field(alias="rate.kept")
    late: int = Field(alias="rate.late")
    broken: int = Field(alias="rate.broken")
    share: float | None = Field(description="Kept in time; none while too few have ended to say.")
    interval: list[float] = Field(alias="rate.interval", description="The share's 90 % interval, low and high.")

    @staticmethod
    def resolve_share(found: queries.OwnerRate) -> float | None:
        return None if found.rate.too_few else found.rate.share


@operation(router, "get", "/promises", P.SEE, response=Page[PromiseOut], summary=_("Promises"))
def list_promises(request: Request, wanted: Query[PromiseFilter], paging: Query[Paging]) -> Any:
    """By the day they are due."""
    return paging.of(queries.promises_in(request.actor, wanted.side, wanted.state, wanted.kind), "due")


@operation(router, "get", "/promises/{int:promise_id}", P.SEE, response=PromiseOut, summary=_("A promise"))
def get_promise(request: Request, promise_id: int) -> Any:
    return queries.the_promise(request.actor, promise_id)


@operation(
    router,
    "post",
    "/promises/{int:promise_id}/break",
    P.SEE,
    response=PromiseOut,
    summary=_("Say that it will not be kept"),
)
def break_promise(request: Request, promise_id: int, payload: Breaking) -> Any:
    """Only its owner can."""
    promise = queries.the_promise(request.actor, promise_id)
    return services.break_off(promise=promise, why=payload.why, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/kept-rates",
    P.SEE,
    response=list[KeptRateOut],
    summary=_("How well promises are kept, by owner"),
)
def list_kept_rates(request: Request) -> Any:
    """By name, for who sees the promises of others."""
    return queries.rates_in_sight(request.actor)

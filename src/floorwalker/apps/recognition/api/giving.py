"""Budgets and incentives for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.api.points import ReversalOut
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Points"])


class BudgetOut(Out):
    id: int
    name: str
    owner_id: int
    site_id: int
    team_id: int | None
    monthly_points: int
    archived: bool


class BudgetIn(In):
    name: str = Field(min_length=1, max_length=120)
    owner_id: int = Field(description="A user who leads there.")
    site_id: int
    team_id: int | None = None
    monthly_points: int = Field(ge=1, le=10_000_000)


class BudgetChange(In):
    name: str = Field(min_length=1, max_length=120)
    monthly_points: int = Field(ge=1, le=10_000_000)
    archived: bool = False


class GiveIn(In):
    agent_id: int
    points: int = Field(ge=1, le=500)
    why: str = Field(min_length=1, max_length=300, description="The agent reads this.")
    once: str = Field(min_length=1, max_length=64, description="Sent again with the same, it is given once.")


class IncentiveOut(Out):
    id: int
    name: str
    what: str
    site_id: int
    team_id: int | None
    occasion: str
    measure: str
    points: int
    places: int
    most_each: int
    first_day: date
    last_day: date
    state: str
    announced_at: datetime | None
    ended_at: datetime | None
    why: str


class IncentiveIn(In):
    budget_id: int
    name: str = Field(min_length=1, max_length=120)
    what: str = Field(min_length=1, max_length=300)
    occasion: Literal["goal", "practice", "match", "answer", "reuse", "by_hand"]
    measure: str = Field("", max_length=60, description="For goals: of this measure only.")
    points: int = Field(ge=1, le=100_000)
    places: int = Field(ge=1, le=10_000)
    most_each: int = Field(1, ge=1, le=1000)
    first_day: date
    last_day: date


class IncentiveWhyIn(In):
    why: str = Field(min_length=1, max_length=300, description="Those it concerns read this.")


class WinnerIn(In):
    agent_id: int


class LeavingIn(In):
    leaving: Literal["kept", "paid_out"]


class LeavingOut(Out):
    leaving: str


@operation(router, "get", "/points/budgets", P.GIVE, response=Page[BudgetOut], summary=_("Your budgets"))
def list_budgets(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.owned_budgets(request.actor), "name")


@operation(
    router, "post", "/points/budgets", P.KEEP_BUDGETS, response=BudgetOut, status=201, summary=_("Open a budget")
)
def open_budget(request: Request, payload: BudgetIn) -> Any:
    return services.open_budget(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/points/budgets/{int:budget_id}",
    P.KEEP_BUDGETS,
    response=BudgetOut,
    summary=_("Change a budget from next month on"),
)
def change_budget(request: Request, budget_id: int, payload: BudgetChange) -> Any:
    return services.change_budget(budget_id=budget_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/points/budgets/{int:budget_id}/give",
    P.GIVE,
    response=ReversalOut,
    summary=_("Give points out of a budget of yours"),
)
def give(request: Request, budget_id: int, payload: GiveIn) -> Any:
    return services.give(budget_id=budget_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/points/leaving",
    P.KEEP_BUDGETS,
    response=LeavingOut,
    summary=_("Decide what becomes of the points of people who leave"),
)
def decide_leaving(request: Request, payload: LeavingIn) -> Any:
    return services.decide_leaving(leaving=payload.leaving, by=request.actor, at=request.at)


@operation(
    router, "get", "/incentives", P.POINTS, P.GIVE, response=Page[IncentiveOut], summary=_("Incentives in sight")
)
def list_incentives(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.all_incentives(request.actor), "-first_day")


@operation(
    router,
    "get",
    "/incentives/{int:incentive_id}",
    P.POINTS,
    P.GIVE,
    response=IncentiveOut,
    summary=_("One incentive"),
)
def get_incentive(request: Request, incentive_id: int) -> Any:
    return queries.the_incentive(request.actor, incentive_id)


@operation(
    router, "post", "/incentives", P.GIVE, response=IncentiveOut, status=201, summary=_("Write an incentive")
)
def plan_incentive(request: Request, payload: IncentiveIn) -> Any:
    return services.plan_incentive(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/incentives/{int:incentive_id}/announce",
    P.GIVE,
    response=IncentiveOut,
    summary=_("Hold its points, promise it and tell its people"),
)
def announce_incentive(request: Request, incentive_id: int) -> Any:
    return services.announce_incentive(incentive_id=incentive_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/incentives/{int:incentive_id}/winner", P.GIVE, response=ReversalOut,
    summary=_("Say who has earned it"),
)  # fmt: skip
def name_winner(request: Request, incentive_id: int, payload: WinnerIn) -> Any:
    return services.name_winner(
        incentive_id=incentive_id, agent_id=payload.agent_id, by=request.actor, at=request.at
    )


@operation(
    router, "post", "/incentives/{int:incentive_id}/finish", P.GIVE, response=IncentiveOut,
    summary=_("Everybody who has earned it is named"),
)  # fmt: skip
def finish_incentive(request: Request, incentive_id: int) -> Any:
    return services.finish_incentive(incentive_id=incentive_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/incentives/{int:incentive_id}/cancel", P.GIVE, status=204, summary=_("Call an incentive off")
)
def cancel_incentive(request: Request, incentive_id: int, payload: IncentiveWhyIn) -> Any:
    services.cancel_incentive(incentive_id=incentive_id, why=payload.why, by=request.actor, at=request.at)

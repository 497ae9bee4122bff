"""Plans of drawing, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules.plans import Filters
from floorwalker.apps.quality.shapes import AnyChannel
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

PLAN = "/quality/plans/{int:sample_plan_id}"


class PlanFilters(In):
    shortest: int | None = Field(None, ge=0, description="Seconds.")
    longest: int | None = Field(None, ge=0)
    reasons: list[str] = Field(default_factory=list, max_length=50)
    queues: list[str] = Field(default_factory=list, max_length=50)
    from_hour: int | None = Field(None, ge=0, le=23, description="In the zone of the plan; may go past midnight.")
    until_hour: int | None = Field(None, ge=0, le=23)


class PlanIn(In):
    name: str = Field(min_length=1, max_length=120)
    team_id: int | None = None
    site_id: int | None = None
    client_id: int | None = Field(None, description="With a team or site: only its contacts there.")
    form_id: int | None = Field(None, description="None: the form of each contact's client and channel.")
    channel: AnyChannel = ""
    cadence_days: int = Field(description="14 or 30")
    per_period: int = Field(1, description="Contacts of each agent, 1 to 10.")
    filters: PlanFilters = Field(default_factory=PlanFilters)

    def meant(self) -> services.PlanValues:
        told = {
            name: value for name, value in self.dict().items() if name in services.PlanValues.__dataclass_fields__
        }
        filters = self.filters.dict() | {
            "reasons": tuple(self.filters.reasons),
            "queues": tuple(self.filters.queues),
        }
        return services.PlanValues(**(told | {"filters": Filters(**filters)}))


class ChangedPlan(PlanIn):
    version: int = Field(ge=1)


class PausingPlan(In):
    paused: bool


class PlanOut(Out):
    id: int
    name: str
    team_id: int | None
    site_id: int | None
    client_id: int | None
    form_id: int | None
    channel: str
    cadence_days: int
    per_period: int
    filters: dict[str, Any]
    seed: int = Field(description="With it every draw can be made again.")
    zone: str
    begins_at: datetime
    state: str
    version: int = Field(description="Send it back when changing; an older one answers 409.")


class DrawOut(Out):
    id: int
    agent_id: int
    wanted_at: datetime
    tried_at: datetime
    review_id: int | None
    why_not: str = Field(description="Why nothing could be drawn; empty where something was.")


class GroupBiasOut(Out):
    kind: str
    name: str
    kept: float = Field(description="Share of what can be drawn.")
    all: float = Field(description="Share of all contacts.")


class PlanBiasOut(Out):
    kept: int
    all: int
    mean_seconds: float | None
    all_mean_seconds: float | None
    sentences: list[str]
    groups: list[GroupBiasOut]


class DrawFilter(In):
    only: Literal["", "drew", "missed"] = ""


@operation(router, "get", "/quality/plans", P.SEE_PLANS, response=Page[PlanOut], summary=_("Plans of drawing"))
def list_plans(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_plans(request.actor), "name")


@operation(router, "get", PLAN, P.SEE_PLANS, response=PlanOut, summary=_("A plan of drawing"))
def get_plan(request: Request, sample_plan_id: int) -> Any:
    return queries.the_plan(request.actor, sample_plan_id)


@operation(
    router,
    "post",
    "/quality/plans",
    P.KEEP_PLANS,
    response=PlanOut,
    status=201,
    summary=_("Make a plan of drawing"),
)
def make_plan(request: Request, payload: PlanIn) -> Any:
    """What is due by it is drawn every night."""
    return services.make_plan(values=payload.meant(), by=request.actor, at=request.at)


@operation(router, "put", PLAN, P.KEEP_PLANS, response=PlanOut, summary=_("Change a plan of drawing"))
def change_plan(request: Request, sample_plan_id: int, payload: ChangedPlan) -> Any:
    """What was drawn stays; another rhythm begins now."""
    return services.change_plan(
        plan_id=sample_plan_id,
        values=payload.meant(),
        version=payload.version,
        by=request.actor,
        at=request.at,
    )


@operation(router, "post", f"{PLAN}/pause", P.KEEP_PLANS, response=PlanOut, summary=_("Pause a plan, or go on"))
def pause_plan(request: Request, sample_plan_id: int, payload: PausingPlan) -> Any:
    return services.pause_plan(plan_id=sample_plan_id, paused=payload.paused, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    f"{PLAN}/draws",
    P.SEE_PLANS,
    response=Page[DrawOut],
    summary=_("What a plan drew of agents in sight"),
)
def list_draws(request: Request, sample_plan_id: int, wanted: Query[DrawFilter], paging: Query[Paging]) -> Any:
    """The newest first, what could not be drawn too; of a plan one only looks at, those one may evaluate."""
    plan = queries.the_plan(request.actor, sample_plan_id)
    return paging.of(queries.draws_in(request.actor, plan, wanted.only), "-wanted_at")


@operation(
    router, "get", f"{PLAN}/bias", P.SEE_PLANS, response=PlanBiasOut, summary=_("What a plan's filters leave out")
)
def get_bias(request: Request, sample_plan_id: int) -> Any:
    """Of the last period: what can be drawn beside all there was."""
    plan = queries.the_plan(request.actor, sample_plan_id)
    return queries.plain_bias(queries.bias_of_plan(plan, request.at))

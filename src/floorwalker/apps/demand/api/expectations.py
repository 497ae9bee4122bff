"""What was agreed with clients, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.api.queues import Hours
from floorwalker.apps.demand.api.router import router
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request


class ExpectationOut(Out):
    id: int
    client_id: int
    starts: date
    service_share: float
    service_seconds: int
    service_definition: str
    abandon_ceiling: float | None
    callback_allowed: bool
    callback_rule: str
    forecast_tolerance: float
    forecast_lead_days: int
    levers: list[str]


class ExpectationIn(In):
    client_id: int
    starts: date = Field(description="In force from; what held before stays readable.")
    service_share: float = Field(gt=0, le=1)
    service_seconds: int = Field(ge=1, le=86_400)
    service_definition: Queue.Definition = Queue.Definition.LATE_ABANDONS
    hours: Hours = Field(None, description="As of a queue; none: as the queues are open.")
    abandon_ceiling: float | None = Field(None, ge=0, le=1, description="Share of callers who may hang up.")
    callback_allowed: bool = False
    callback_rule: str = Field("", max_length=300)
    forecast_tolerance: float = Field(
        0.1, ge=0, lt=1, description="Within this band around the client's forecast we answer for the service."
    )
    forecast_lead_days: int = Field(7, ge=1, le=90, description="A forecast counts as it stood so long before.")
    levers: list[str] = Field(default=[], max_length=20, description=f"Of: {', '.join(queries.LEVER_LABELS)}.")
    note: str = Field("", max_length=300)


@operation(
    router,
    "get",
    "/expectations",
    P.SEE_RECORD,
    response=Page[ExpectationOut],
    summary=_("What was agreed with clients"),
)
def list_expectations(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_expectations(request.actor), "-starts")


@operation(
    router,
    "post",
    "/expectations",
    P.SET_EXPECTATIONS,
    response=ExpectationOut,
    status=201,
    summary=_("Write down what was agreed with a client"),
)
def set_expectation(request: Request, payload: ExpectationIn) -> Any:
    told = payload.dict()
    client = queries.the_client_to_agree_with(request.actor, told.pop("client_id"), P.SET_EXPECTATIONS)
    fields = services.ExpectationFields(**told | {"levers": tuple(told["levers"])})
    return services.set_expectation(client=client, fields=fields, by=request.actor, at=request.at)

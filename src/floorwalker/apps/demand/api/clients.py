"""What clients expect, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.api.router import router, signed
from floorwalker.apps.demand.models import ClientForecast
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.rules.client_numbers import Numbers
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request


class Number(In):
    day: date = Field(description="Of a week its Monday.")
    contacts: float = Field(ge=0)
    event: str = Field("", max_length=80)


class ClientForecastIn(In):
    queue_id: int
    grain: Literal["day", "week"] = "day"
    numbers: list[Number] = Field(min_length=1, max_length=800)
    note: str = Field("", max_length=300)


class ClientForecastOut(Out):
    id: int
    queue_id: int
    number: int
    grain: str
    first_day: date
    last_day: date
    total: float
    note: str
    submitted_by: str = Field(description="Clients read our planners as one.")
    on_behalf: bool
    submitted_at: datetime

    @staticmethod
    def resolve_submitted_by(found: ClientForecast, context: Any) -> str:
        return signed(found.submitted_by, context) if found.on_behalf else found.submitted_by


class ComparedDayOut(Out):
    day: date
    days: int = Field(description="1, or 7 where the client gave weeks.")
    client: float
    ours: float | None = Field(description="None: our forecast does not reach there.")
    agents: float | None = Field(description="People more on the phones, roughly; for us alone.")


class ClientEventOut(Out):
    day: date
    name: str


class ComparedForecastOut(Out):
    """A submission beside our forecast in use."""

    forecast: ClientForecastOut
    days: list[ComparedDayOut]
    events: list[ClientEventOut] = Field(description="What was announced for these days, in any submission.")


@operation(
    router,
    "get",
    "/client-forecasts",
    P.SEE_VOLUMES,
    response=Page[ClientForecastOut],
    summary=_("What clients expect"),
)
def list_client_forecasts(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_client_forecasts(request.actor), "-submitted_at")


@operation(
    router,
    "post",
    "/client-forecasts",
    P.SUBMIT_CLIENT_FORECAST,
    response=ClientForecastOut,
    summary=_("Submit what a client expects"),
    status=201,
)
def submit_client_forecast(request: Request, body: ClientForecastIn) -> Any:
    queue = queries.the_queue(request.actor, body.queue_id, P.SUBMIT_CLIENT_FORECAST)
    numbers = Numbers.of(body.grain, [(each.day, each.contacts, each.event) for each in body.numbers])
    return services.submit_client_forecast(
        queue=queue, numbers=numbers, note=body.note, by=request.actor, at=request.at
    )


@operation(
    router,
    "get",
    "/client-forecasts/{int:client_forecast_id}",
    P.SEE_VOLUMES,
    response=ComparedForecastOut,
    summary=_("What a client expects beside our forecast"),
)
def get_client_forecast(request: Request, client_forecast_id: int) -> Any:
    found = queries.the_client_forecast(request.actor, client_forecast_id)
    events = queries.client_events([found.queue], found.first_day, found.last_day)
    return {"forecast": found, "days": queries.compared(request.actor, found), "events": events}

"""Demand for programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.models import ClientForecast, Statement
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.rules.client_numbers import Numbers
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Demand"])
MOST_DAYS = 92


def _signed(name: str, context: Any) -> str:
    """Who of us did something, as the asker may read it."""
    return name if queries.is_inside(context["request"].actor) else str(queries.OUR_PLANNERS)


class QueueOut(Out):
    id: int
    key: str = Field(description="What the contact store and files call the queue; never changes.")
    name: str
    client_id: int
    site_id: int
    skill_id: int | None
    channel: str
    zone: str
    step_minutes: int
    hours: list[Any] | None = Field(description="Monday to Sunday, pairs of minutes after midnight.")
    target: str
    service_share: float
    service_seconds: int
    service_definition: str
    asa_seconds: int | None
    tolerance: float
    archived: bool


class DayOut(Out):
    day: date
    step_minutes: int
    offered: list[float | None]
    answered: list[float | None]
    abandoned: list[float | None]
    handled: list[float | None]
    handling_seconds: list[float | None] = Field(
        description="Nothing for clients while fewer than five people answer the queue."
    )


class ExpectedDayOut(Out):
    day: date
    contacts: list[float] = Field(alias="mean", description="With the planner's changes.")
    base: list[float] = Field(description="As the version was made.")
    p05: list[float]
    p50: list[float]
    p95: list[float]
    aht: list[float | None] = Field(
        description="Seconds; nothing for clients while fewer than five people answer the queue."
    )


class ForecastOut(Out):
    queue_id: int
    version: int | None = Field(description="The version in use.")
    days: list[ExpectedDayOut]


class VersionOut(Out):
    id: int
    number: int
    source: str
    made_at: datetime
    first_day: date
    days: int
    method: str
    origin: date | None
    sha256: str


class RunIn(In):
    queue_ids: list[int] = Field(min_length=1, max_length=200)
    days: int = Field(services.USUAL_DAYS, ge=1, le=services.LONGEST_DAYS)


class RunOut(Out):
    id: int
    days: int
    done_at: datetime | None
    outcome: list[Any]


class OverrideIn(In):
    start: datetime
    end: datetime
    kind: Literal["factor", "number"]
    value: float = Field(ge=0)
    reason: str = Field(min_length=1, max_length=300)


class OverrideOut(Out):
    id: int
    queue_id: int
    start: datetime
    end: datetime
    kind: str
    value: float
    reason: str
    by_name: str
    at: datetime
    undone_at: datetime | None


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
        return _signed(found.submitted_by, context) if found.on_behalf else found.submitted_by


class StatementOut(Out):
    id: int
    client_id: int
    month: date
    number: int
    corrects_id: int | None
    reason: str
    sha256: str
    issued_by: str = Field(description="Clients read our planners as one.")
    issued_at: datetime

    @staticmethod
    def resolve_issued_by(found: Statement, context: Any) -> str:
        return _signed(found.issued_by, context)


class RecordOut(Out):
    queue_id: int
    day: date
    days: int
    lead_days: int
    source: str
    expected: float
    actual: float


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


class Stretch(In):
    first: date
    last: date = Field(description=f"At most {MOST_DAYS} days after the first.")

    def days(self) -> tuple[date, date]:
        return self.first, min(self.last, date.fromordinal(self.first.toordinal() + MOST_DAYS))


@operation(router, "get", "/queues", P.SEE_VOLUMES, response=Page[QueueOut], summary=_("Queues in sight"))
def list_queues(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_queues(request.actor), "name")


@operation(router, "get", "/queues/{queue_id}", P.SEE_VOLUMES, response=QueueOut, summary=_("One queue"))
def get_queue(request: Request, queue_id: int) -> Any:
    return queries.the_queue(request.actor, queue_id)


@operation(
    router,
    "get",
    "/queues/{queue_id}/history",
    P.SEE_VOLUMES,
    response=list[DayOut],
    summary=_("What came, by interval"),
)
def get_history(request: Request, queue_id: int, stretch: Query[Stretch]) -> Any:
    queue = queries.the_queue(request.actor, queue_id)
    days = queries.days_of(queue, *stretch.days())
    if not queries.shows_handling(request.actor, queue, request.actor.today(request.at)):
        for each in days:
            each.handling_seconds = [None] * len(each.handling_seconds)
    return days


@operation(
    router,
    "get",
    "/queues/{queue_id}/forecast",
    P.SEE_VOLUMES,
    response=ForecastOut,
    summary=_("What is expected"),
)
def get_forecast(request: Request, queue_id: int, stretch: Query[Stretch]) -> Any:
    queue = queries.the_queue(request.actor, queue_id)
    expected = queries.expected_days([queue], *stretch.days())[queue.pk]
    version = expected.version.number if expected.version else None
    days = expected.days
    if not queries.shows_handling(request.actor, queue, request.actor.today(request.at)):
        days = [replace(each, aht=[None] * len(each.aht)) for each in days]
    return {"queue_id": queue.pk, "version": version, "days": days}


@operation(
    router,
    "get",
    "/queues/{queue_id}/versions",
    P.SEE_VOLUMES,
    response=list[VersionOut],
    summary=_("Versions, newest first"),
)
def list_versions(request: Request, queue_id: int) -> Any:
    return queries.versions_of(queries.the_queue(request.actor, queue_id))


@operation(
    router,
    "post",
    "/forecast-runs",
    P.MAKE_FORECASTS,
    response=RunOut,
    summary=_("Have forecasts made"),
    status=201,
)
def make_forecasts(request: Request, body: RunIn) -> Any:
    queues = [queries.the_queue(request.actor, each, P.MAKE_FORECASTS) for each in body.queue_ids]
    return services.ask_for_forecasts(queues=queues, days=body.days, by=request.actor, at=request.at)


@operation(
    router, "get", "/forecast-runs/{run_id}", P.MAKE_FORECASTS, response=RunOut, summary=_("What became of a run")
)
def get_run(request: Request, run_id: int) -> Any:
    return queries.the_run(request.actor, run_id)


@operation(
    router,
    "post",
    "/queues/{queue_id}/overrides",
    P.MAKE_FORECASTS,
    response=OverrideOut,
    summary=_("Change what is expected, with the reason"),
    status=201,
)
def make_override(request: Request, queue_id: int, body: OverrideIn) -> Any:
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    return services.override(queue=queue, **body.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/overrides/{override_id}/undo", P.MAKE_FORECASTS, summary=_("Take a change back"), status=204
)
def undo_override(request: Request, override_id: int) -> Any:
    layer = queries.the_override(request.actor, override_id)
    services.undo_override(layer=layer, by=request.actor, at=request.at)


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
    "/forecast-record",
    P.SEE_RECORD,
    response=Page[RecordOut],
    summary=_("Every source, day by day"),
)
def list_record(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_record(request.actor), "-day")


@operation(router, "get", "/statements", P.SEE_RECORD, response=Page[StatementOut], summary=_("Statements issued"))
def list_statements(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_statements(request.actor), "-month")


@operation(
    router, "get", "/statements/{statement_id}", P.SEE_RECORD, response=StatementOut, summary=_("One statement")
)
def get_statement(request: Request, statement_id: int) -> Any:
    return queries.the_statement(request.actor, statement_id)


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

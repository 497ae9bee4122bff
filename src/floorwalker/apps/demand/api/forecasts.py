"""Forecasts, their versions and how they are made, for programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.api.queues import ONE, Stretch
from floorwalker.apps.demand.api.router import router
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel.api import In, Out, operation
from floorwalker.kernel.jobs.api import JobOut
from floorwalker.kernel.pages import Request


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
    id: int = Field(description="Its background work is about demand.run of this number.")
    days: int
    done_at: datetime | None
    outcome: list[Any]


class VersionReason(In):
    reason: str = Field(min_length=1, max_length=300, description="Everybody who reads the forecast sees it.")


class FirstForecastIn(In):
    starts: date
    days: int = Field(84, ge=7, le=services.LONGEST_DAYS)
    contacts_per_week: float = Field(ge=0, le=10_000_000)
    ramp_days: int = Field(0, ge=0, le=365, description="Days until it is all there.")
    aht_seconds: float | None = Field(None, ge=1)
    uncertainty: float = Field(0.3, ge=0, le=2, description="The usual error of such numbers, as a share.")
    like_queue_id: int | None = Field(None, description="In whose shape; none: evenly over opening hours.")


@operation(router, "get", f"{ONE}/forecast", P.SEE_VOLUMES, response=ForecastOut, summary=_("What is expected"))
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
    f"{ONE}/versions",
    P.SEE_VOLUMES,
    response=list[VersionOut],
    summary=_("Versions, newest first"),
)
def list_versions(request: Request, queue_id: int) -> Any:
    return queries.versions_of(queries.the_queue(request.actor, queue_id))


@operation(
    router,
    "post",
    "/forecast-versions/{int:version_id}/use",
    P.MAKE_FORECASTS,
    status=204,
    summary=_("Put another version in use, with the reason"),
)
def use_version(request: Request, version_id: int, payload: VersionReason) -> None:
    version = queries.the_version(request.actor, version_id, P.MAKE_FORECASTS)
    services.use_version(version=version, reason=payload.reason, by=request.actor, at=request.at)


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
    router,
    "get",
    "/forecast-runs/{int:run_id}",
    P.MAKE_FORECASTS,
    response=RunOut,
    summary=_("What became of a run"),
)
def get_run(request: Request, run_id: int) -> Any:
    return queries.the_run(request.actor, run_id)


@operation(
    router,
    "post",
    f"{ONE}/blend",
    P.MAKE_FORECASTS,
    response=JobOut,
    status=201,
    summary=_("Have our forecast and the client's blended by their record"),
)
def blend(request: Request, queue_id: int) -> Any:
    """The blend appears among the versions when the work that is answered is done."""
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    return services.ask_for_blend(queue=queue, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    f"{ONE}/first-forecast",
    P.MAKE_FORECASTS,
    response=JobOut,
    status=201,
    summary=_("Have the first forecast of a queue without a past made"),
)
def make_first_forecast(request: Request, queue_id: int, payload: FirstForecastIn) -> Any:
    asked = payload.dict()
    like_id = asked.pop("like_queue_id")
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    like = queries.the_queue(request.actor, like_id, P.MAKE_FORECASTS) if like_id is not None else None
    return services.ask_for_first_forecast(queue=queue, like=like, **asked, by=request.actor, at=request.at)

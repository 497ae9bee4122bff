"""What a planner changes about a forecast, with the reason, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field, model_validator

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.api.queues import ONE
from floorwalker.apps.demand.api.router import router
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel.api import In, Out, operation
from floorwalker.kernel.pages import Request


class ForecastStretch(In):
    """A stretch of time, and why something is done with it."""

    start: AwareDatetime
    end: AwareDatetime
    reason: str = Field(min_length=1, max_length=300)

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> ForecastStretch:
        if self.end <= self.start:
            raise ValueError("the stretch ends before it begins")
        return self


class OverrideIn(ForecastStretch):
    kind: Literal["factor", "number", "handling"]
    value: float = Field(
        ge=0, description="1.2 for 20 % more, the contacts of the whole stretch, or the seconds each takes."
    )

    @model_validator(mode="after")
    def a_contact_takes_time(self) -> OverrideIn:
        if self.kind == "handling" and not 1 <= self.value <= 86_400:
            raise ValueError("a contact takes from one second to a day")
        return self


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


class SpecialDayIn(In):
    queue_ids: list[int] = Field(min_length=1, max_length=200)
    day: date
    name: str = Field(min_length=1, max_length=80, description="Days of one name are learnt from together.")
    closed: bool = Field(False, description="Nobody answers.")
    factor: float | None = Field(None, ge=0, le=20, description="None: as earlier days of this name.")

    @model_validator(mode="after")
    def one_effect(self) -> SpecialDayIn:
        if self.closed and self.factor is not None:
            raise ValueError("a closed day has no factor")
        return self


class SpecialDayOut(Out):
    id: int
    queue_id: int
    day: date
    name: str
    closed: bool
    factor: float | None
    by_name: str
    at: datetime


class VouchedOut(Out):
    id: int
    queue_id: int
    start: datetime
    end: datetime
    reason: str
    by_name: str
    at: datetime


@operation(
    router,
    "post",
    f"{ONE}/overrides",
    P.MAKE_FORECASTS,
    response=OverrideOut,
    summary=_("Change what is expected, with the reason"),
    status=201,
)
def make_override(request: Request, queue_id: int, body: OverrideIn) -> Any:
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    return services.override(queue=queue, **body.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/overrides/{int:override_id}/undo",
    P.MAKE_FORECASTS,
    summary=_("Take a change back"),
    status=204,
)
def undo_override(request: Request, override_id: int) -> Any:
    layer = queries.the_override(request.actor, override_id)
    services.undo_override(layer=layer, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    f"{ONE}/special-days",
    P.MAKE_FORECASTS,
    response=list[SpecialDayOut],
    summary=_("Days that differ"),
)
def list_special_days(request: Request, queue_id: int) -> Any:
    return queries.special_days_of(queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS))


@operation(
    router,
    "post",
    "/special-days",
    P.MAKE_FORECASTS,
    response=list[SpecialDayOut],
    status=201,
    summary=_("Say that a day of some queues differs"),
)
def add_special_day(request: Request, payload: SpecialDayIn) -> Any:
    """The next forecast knows it."""
    told = payload.dict()
    queues = [queries.the_queue(request.actor, each, P.MAKE_FORECASTS) for each in told.pop("queue_ids")]
    return services.add_special_day(queues=queues, **told, by=request.actor, at=request.at)


@operation(
    router,
    "delete",
    "/special-days/{int:special_id}",
    P.MAKE_FORECASTS,
    status=204,
    summary=_("Say that a day is like any other after all"),
)
def remove_special_day(request: Request, special_id: int) -> None:
    """It stays readable."""
    special = queries.the_special_day(request.actor, special_id)
    services.remove_special_day(special=special, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    f"{ONE}/vouched-counts",
    P.MAKE_FORECASTS,
    response=list[VouchedOut],
    summary=_("Counts somebody vouches for"),
)
def list_vouched(request: Request, queue_id: int) -> Any:
    return queries.vouched_of(queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS))


@operation(
    router,
    "post",
    f"{ONE}/vouched-counts",
    P.MAKE_FORECASTS,
    response=VouchedOut,
    status=201,
    summary=_("Vouch for counts that look wrong"),
)
def vouch(request: Request, queue_id: int, payload: ForecastStretch) -> Any:
    """The next forecast learns from them."""
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    return services.vouch(queue=queue, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/vouched-counts/{int:vouched_id}/undo",
    P.MAKE_FORECASTS,
    status=204,
    summary=_("Vouch for counts no longer"),
)
def unvouch(request: Request, vouched_id: int) -> None:
    vouched = queries.the_vouched(request.actor, vouched_id)
    services.unvouch(vouched=vouched, by=request.actor, at=request.at)

"""Required staff for programs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.capacity import queries, services
from floorwalker.apps.capacity.models import StaffingOrder, StaffingPolicy
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.rules import MOST_MONEY, Staffing
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Required staff"])
Share = Field(None, gt=0, lt=1)


class RequiredDayOut(Out):
    """One local day, a value an interval from its first moment on; days of 23 or 25 hours have fewer or more."""

    queue_id: int = Field(alias="requirement.queue_id")
    day: date
    start: datetime
    step_seconds: int = Field(alias="requirement.step_seconds")
    zone: str = Field(alias="requirement.zone")
    contacts: list[float]
    aht_seconds: list[float]
    on_phones: list[int] = Field(alias="required", description="Agents on the phones.")
    scheduled: list[int] = Field(description="People to schedule, so that so many are on the phones.")
    service_level: list[float | None]
    abandon_rate: list[float | None]
    asa_seconds: list[float | None]
    occupancy: list[float | None]
    forecast_version: int = Field(alias="requirement.forecast_version")
    made_at: datetime = Field(alias="requirement.made_at")


class Days(In):
    first_day: date
    days: int = Field(7, ge=1, le=services.LONGEST_DAYS)


class PartOut(Out):
    label: str
    amount: float = Field(description="The parts add up to the people scheduled.")
    because: str


class ReasonsOut(Out):
    queue_id: int = Field(alias="queue.pk")
    start: datetime
    end: datetime
    scheduled: int
    on_phones: int
    rostered: int | None = Field(description="Nothing: no roster is published.")
    parts: list[PartOut]
    one_more: str
    made_at: datetime

    @staticmethod
    def resolve_parts(reasons: queries.Reasons) -> list[dict[str, Any]]:
        return [{"label": str(p.label), "amount": p.amount, "because": p.because} for p in reasons.parts]


class RiskOut(Out):
    queue_id: int
    day: date
    basis: str = Field(description="required: if everybody required is rostered; rostered: as published.")
    probability: float = Field(description="Of missing the target.")
    riskiest: datetime
    short_hours: float
    contacts: float
    uncovered_contacts: float = Field(description="Callers expected while nobody at all is at work.")
    repair_start: datetime | None
    repair_end: datetime | None
    repair_kept: float = Field(description="Callers kept by one person more in that time.")
    repair_in_time: float
    made_at: datetime


class RiskFilter(In):
    queue_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None


class AuditOut(Out):
    """One local day as simulated; arrays have a value an interval, nothing where no contacts are expected."""

    queue_id: int
    day: date
    basis: str = Field(description="required: with the agents required; rostered: with the published roster.")
    contacts: list[float]
    claimed: list[float | None] = Field(description="Service level the formulas claim.")
    achieved: list[float | None] = Field(description="Service level the simulation achieves.")
    low: list[float | None] = Field(description="The lower end of its 95 % band.")
    high: list[float | None]
    day_claimed: float
    day_achieved: float
    day_low: float
    day_high: float
    abandoned_claimed: float
    abandoned: float
    abandoned_low: float
    abandoned_high: float
    worth_claimed: float | None = Field(
        description="Worth of the contacts answered in time less the cost of those lost; none: not known."
    )
    worth: float | None
    worth_low: float | None
    worth_high: float | None
    currency: str
    replications: int
    made_at: datetime


class PolicyFields(In):
    shrinkage: float = Field(0.3, ge=0, lt=0.9)
    absence: float = Field(0.0, ge=0, lt=0.5)
    min_staff: int = Field(1, ge=0, le=1000)
    confidence: float | None = Share
    max_occupancy: float | None = Share
    max_abandon: float | None = Share
    over: StaffingPolicy.Over = StaffingPolicy.Over.INTERVAL
    value_in_time: float | None = Field(
        None,
        ge=0,
        le=MOST_MONEY,
        description="Worth of a contact answered in time, in the currency of the centre.",
    )
    cost_lost: float | None = Field(None, ge=0, le=MOST_MONEY, description="Cost of a contact lost.")
    overflow: bool = Field(
        False,
        description="People of other queues at its site who have its skill take its contacts after their own.",
    )


class PolicyIn(PolicyFields):
    version: int = Field(description="As read; an older one answers 409.")


class PolicyOut(Out):
    queue_id: int
    shrinkage: float
    absence: float
    min_staff: int
    confidence: float | None
    max_occupancy: float | None
    max_abandon: float | None
    over: str
    value_in_time: float | None = Field(description="In the currency of the centre; none: not known.")
    cost_lost: float | None
    overflow: bool
    version: int


class OrderIn(In):
    queue_ids: list[int] = Field(min_length=1, max_length=500)
    first_day: date
    days: int = Field(14, ge=1, le=services.LONGEST_DAYS)
    purpose: StaffingOrder.Purpose = Field(
        StaffingOrder.Purpose.REQUIREMENT, description="audit: simulate what is computed and published already."
    )


class OrderOut(Out):
    id: int
    first_day: date
    days: int
    by_name: str
    at: datetime
    done_at: datetime | None = Field(description="Nothing: it is being computed.")
    left_out: list[list[Any]] = Field(description="Id and name of a queue, and why nothing was computed for it.")


@operation(
    router,
    "get",
    "/queues/{int:queue_id}/required-staff",
    P.SEE,
    response=list[RequiredDayOut],
    summary=_("Required staff by interval"),
)
def list_required_days(request: Request, queue_id: int, wanted: Query[Days]) -> Any:
    """The newest requirement of each day that has one."""
    queue = queries.the_queue(request.actor, queue_id)
    last = wanted.first_day + timedelta(days=wanted.days - 1)
    return queries.newest_days(request.actor, [queue.pk], wanted.first_day, last)


@operation(
    router,
    "get",
    "/queues/{int:queue_id}/required-staff/{day}/{int:number}",
    P.SEE,
    response=ReasonsOut,
    summary=_("Why so many"),
)
def get_reasons(request: Request, queue_id: int, day: date, number: int) -> Any:
    """One interval of a day, counted from 0, opened into the parts of its number."""
    return queries.why(request.actor, queue_id, day, number)


@operation(router, "get", "/day-risks", P.SEE, response=Page[RiskOut], summary=_("Days and how likely they miss"))
def list_day_risks(request: Request, wanted: Query[RiskFilter], paging: Query[Paging]) -> Any:
    """By day."""
    rows = queries.risks_in(request.actor, wanted.queue_id, wanted.first_day, wanted.last_day)
    return paging.of(rows, "day", "queue_id")


@operation(router, "get", "/day-audits", P.SEE, response=Page[AuditOut], summary=_("Days as simulated"))
def list_day_audits(request: Request, wanted: Query[RiskFilter], paging: Query[Paging]) -> Any:
    """By day, the service level claimed beside the one simulated."""
    rows = queries.audits_in(request.actor, wanted.queue_id, wanted.first_day, wanted.last_day)
    return paging.of(rows, "day", "queue_id", "basis")


@operation(
    router,
    "get",
    "/queues/{int:queue_id}/staffing-policy",
    P.SEE,
    response=PolicyOut,
    summary=_("How a queue is staffed"),
)
def get_policy(request: Request, queue_id: int) -> Any:
    return queries.policy(request.actor, queue_id, P.SEE)[1]


@operation(
    router,
    "put",
    "/queues/{int:queue_id}/staffing-policy",
    P.PLAN,
    response=PolicyOut,
    summary=_("Decide how a queue is staffed"),
)
def decide_policy(request: Request, queue_id: int, payload: PolicyIn) -> Any:
    values = payload.dict()
    version = values.pop("version")
    return services.decide_policy(
        queue_id=queue_id, policy=Staffing(**values), version=version, by=request.actor, at=request.at
    )


@operation(
    router, "post", "/staffing-orders", P.PLAN, response=OrderOut, status=201, summary=_("Compute required staff")
)
def order_staff(request: Request, payload: OrderIn) -> Any:
    """A job computes it; ask the order until it is done."""
    values = payload.dict()
    return services.order(queues=values.pop("queue_ids"), **values, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/staffing-orders/{int:order_id}",
    P.PLAN,
    response=OrderOut,
    summary=_("An order of required staff"),
)
def get_order(request: Request, order_id: int) -> Any:
    return queries.the_order(request.actor, order_id)

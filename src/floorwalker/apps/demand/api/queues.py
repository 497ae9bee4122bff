"""Queues, their names in other systems and what came, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field, model_validator

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.api.router import router
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.services import QueueFields
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

MOST_DAYS = 92
Hours = list[list[list[int]]] | None
ONE = "/queues/{int:queue_id}"


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
    patience_seconds: float | None = Field(description="None: not known.")
    aht_seconds: float | None = Field(description="Handling time where the history has none.")
    archived: bool
    version: int = Field(description="Send it back with a change; an older one answers 409.")


class QueueIn(In):
    name: str = Field(min_length=1, max_length=120)
    client_id: int
    site_id: int = Field(description="Where it is answered.")
    zone: str = Field("", max_length=64, description="Of its days; empty: the site's.")
    skill_id: int | None = Field(None, description="What its agents need; none: any agent.")
    channel: Queue.Channel = Queue.Channel.VOICE
    step_minutes: Literal[15, 20, 30, 60, 1440] = 30
    hours: Hours = Field(None, description="Monday to Sunday, pairs of minutes after midnight; none: not known.")
    target: Queue.Target = Queue.Target.SERVICE
    service_share: float = Field(0.8, gt=0, le=1)
    service_seconds: int = Field(20, ge=1, le=86_400)
    service_definition: Queue.Definition = Queue.Definition.LATE_ABANDONS
    asa_seconds: int | None = Field(None, ge=1, le=86_400, description="Needed for the target asa.")
    tolerance: float = Field(0.05, ge=0, lt=1)
    patience_seconds: float | None = Field(None, gt=0, description="None: learnt from an uploaded call log.")
    aht_seconds: float | None = Field(None, gt=0)

    @model_validator(mode="after")
    def asa_is_known(self) -> QueueIn:
        if self.target == Queue.Target.ASA and self.asa_seconds is None:
            raise ValueError("asa_seconds is needed for the target asa")
        return self

    def fields(self) -> QueueFields:
        return QueueFields(**self.model_dump(exclude={"version"}))


class QueueChange(QueueIn):
    """The whole queue as it is to be."""

    version: int = Field(description="The version you saw.")


class QueueNameOut(Out):
    id: int
    queue_id: int
    system: str
    external: str = Field(alias="external_id", description="The name there.")
    first: date | None = Field(alias="days.lower", description="From this day on; none: always.")
    until: date | None = Field(alias="days.upper", description="Until before this day; none: still.")


class QueueNameIn(In):
    system: str = Field(min_length=1, max_length=60)
    external: str = Field(min_length=1, max_length=120, description="The name there.")
    first: date | None = None
    until: date | None = Field(None, description="The first day on which it means the queue no longer.")

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> QueueNameIn:
        if self.first and self.until and self.until <= self.first:
            raise ValueError("the name ends after it begins")
        return self


class QueueNameEnd(In):
    until: date = Field(description="From this day on the name no longer means the queue.")


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


class Stretch(In):
    first: date
    last: date = Field(description=f"At most {MOST_DAYS} days after the first.")

    def days(self) -> tuple[date, date]:
        return self.first, min(self.last, date.fromordinal(self.first.toordinal() + MOST_DAYS))


@operation(router, "get", "/queues", P.SEE_VOLUMES, response=Page[QueueOut], summary=_("Queues in sight"))
def list_queues(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_queues(request.actor), "name")


@operation(router, "post", "/queues", P.KEEP_QUEUES, response=QueueOut, status=201, summary=_("Set up a queue"))
def set_up_queue(request: Request, payload: QueueIn) -> Any:
    return services.set_up_queue(fields=payload.fields(), by=request.actor, at=request.at)


@operation(router, "get", ONE, P.SEE_VOLUMES, response=QueueOut, summary=_("One queue"))
def get_queue(request: Request, queue_id: int) -> Any:
    return queries.the_queue(request.actor, queue_id)


@operation(router, "put", ONE, P.KEEP_QUEUES, response=QueueOut, summary=_("Change a queue"))
def change_queue(request: Request, queue_id: int, payload: QueueChange) -> Any:
    """Interval and zone only while nothing is counted by them."""
    queue = queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES)
    said = {"fields": payload.fields(), "version": payload.version}
    return services.change_queue(queue=queue, **said, by=request.actor, at=request.at)


@operation(router, "post", f"{ONE}/archive", P.KEEP_QUEUES, status=204, summary=_("Take a queue out of use"))
def archive_queue(request: Request, queue_id: int) -> None:
    """What was counted and forecast stays."""
    queue = queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES)
    services.archive_queue(queue=queue, archived=True, by=request.actor, at=request.at)


@operation(router, "post", f"{ONE}/restore", P.KEEP_QUEUES, status=204, summary=_("Take a queue back into use"))
def restore_queue(request: Request, queue_id: int) -> None:
    queue = queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES)
    services.archive_queue(queue=queue, archived=False, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    f"{ONE}/names",
    P.KEEP_QUEUES,
    response=list[QueueNameOut],
    summary=_("What other systems call a queue"),
)
def list_queue_names(request: Request, queue_id: int) -> Any:
    return queries.names_of_queue(queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES))


@operation(
    router,
    "post",
    f"{ONE}/names",
    P.KEEP_QUEUES,
    response=QueueNameOut,
    status=201,
    summary=_("Say what another system calls a queue"),
)
def call_queue(request: Request, queue_id: int, payload: QueueNameIn) -> Any:
    queue = queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES)
    return services.call_queue(queue=queue, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/queue-names/{int:name_id}/end",
    P.KEEP_QUEUES,
    status=204,
    summary=_("End what another system calls a queue"),
)
def end_queue_name(request: Request, name_id: int, payload: QueueNameEnd) -> None:
    """A name that never was in use is removed."""
    name = queries.the_name(request.actor, name_id)
    services.end_name(name=name, until=payload.until, by=request.actor, at=request.at)


@operation(
    router, "get", f"{ONE}/history", P.SEE_VOLUMES, response=list[DayOut], summary=_("What came, by interval")
)
def get_history(request: Request, queue_id: int, stretch: Query[Stretch]) -> Any:
    queue = queries.the_queue(request.actor, queue_id)
    days = queries.days_of(queue, *stretch.days())
    if not queries.shows_handling(request.actor, queue, request.actor.today(request.at)):
        for each in days:
            each.handling_seconds = [None] * len(each.handling_seconds)
    return days

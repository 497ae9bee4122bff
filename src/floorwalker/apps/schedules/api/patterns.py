"""The shifts a site offers, for programs."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.api.router import router
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.weeks import the_pattern, visible_patterns
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

ONE = "/shift-patterns/{int:pattern_id}"
Weekday = Annotated[int, Field(ge=0, le=6)]


class PatternOut(Out):
    id: int
    site_id: int
    name: str
    starts_from: time
    starts_until: time
    every_minutes: int
    length_minutes: int
    meal_minutes: int
    meal_slack_minutes: int
    weekdays: list[int]
    archived: bool


class PatternFields(In):
    name: str = Field(min_length=1, max_length=80)
    starts_from: time = Field(description="The earliest start.")
    starts_until: time = Field(description="The latest start.")
    every_minutes: int = Field(30, ge=15, le=120, multiple_of=15, description="A start every so often.")
    length_minutes: int = Field(510, ge=60, le=960, multiple_of=15, description="With the meal.")
    meal_minutes: int = Field(30, ge=0, le=240, multiple_of=15, description="Unpaid.")
    meal_slack_minutes: int = Field(60, ge=0, le=240, description="How far the meal may lie from the middle.")
    weekdays: list[Weekday] = Field(min_length=1, max_length=7, description="0 is Monday.")


class PatternIn(PatternFields):
    site_id: int


@operation(
    router, "get", "/shift-patterns", P.PLAN, response=Page[PatternOut], summary=_("The shifts that sites offer")
)
def list_patterns(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(visible_patterns(request.actor), "name")


@operation(
    router,
    "post",
    "/shift-patterns",
    P.PLAN,
    response=PatternOut,
    status=201,
    summary=_("Add a kind of shift to a site"),
)
def add_pattern(request: Request, payload: PatternIn) -> Any:
    """The next roster run uses it."""
    values = payload.dict()
    return services.keep_pattern(site_id=values.pop("site_id"), values=values, by=request.actor, at=request.at)


@operation(router, "get", ONE, P.PLAN, response=PatternOut, summary=_("A kind of shift"))
def get_pattern(request: Request, pattern_id: int) -> Any:
    return the_pattern(request.actor, pattern_id)


@operation(router, "put", ONE, P.PLAN, response=PatternOut, summary=_("Change a kind of shift"))
def change_pattern(request: Request, pattern_id: int, payload: PatternFields) -> Any:
    """Rosters made before keep what they were made with."""
    pattern = the_pattern(request.actor, pattern_id)
    kept = {"site_id": pattern.site_id, "pattern_id": pattern.pk, "values": payload.dict()}
    return services.keep_pattern(**kept, by=request.actor, at=request.at)


@operation(
    router, "post", f"{ONE}/archive", P.PLAN, response=PatternOut, summary=_("Offer a kind of shift no more")
)
def archive_pattern(request: Request, pattern_id: int) -> Any:
    return services.archive_pattern(pattern_id=pattern_id, by=request.actor, at=request.at)


@operation(router, "post", f"{ONE}/restore", P.PLAN, response=PatternOut, summary=_("Offer a kind of shift again"))
def restore_pattern(request: Request, pattern_id: int) -> Any:
    return services.archive_pattern(pattern_id=pattern_id, back=True, by=request.actor, at=request.at)

"""Roster runs, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.api.router import router
from floorwalker.apps.schedules.api.shifts import WeekIn
from floorwalker.apps.schedules.models import Run
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.runs import told
from floorwalker.apps.schedules.queries.weeks import the_run, visible_runs
from floorwalker.kernel.api import Out, Page, Paging, operation
from floorwalker.kernel.pages import Request


class RosterRunOut(Out):
    id: int
    week_id: int
    state: str
    effort: str
    seed: int
    people: int
    paid_hours: float | None
    short_hours: float | None
    bound: float | None
    gap: float | None
    draft_id: int | None
    result: dict[str, Any] | None = Field(description="Of the people you plan, by name; of the others, sums.")
    started_at: datetime
    ended_at: datetime | None


class RosterRunIn(WeekIn):
    effort: Run.Effort = Run.Effort.USUAL
    seed: int = Field(0, ge=0, le=9999)
    team_ids: list[int] = Field(default=[], description="None: everybody of the site.")


@operation(router, "get", "/roster-runs", P.PLAN, response=Page[RosterRunOut], summary=_("Roster runs"))
def list_runs(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    found = paging.of(visible_runs(request.actor), "-pk")
    return {**found, "items": told(request.actor, found["items"])}


@operation(router, "get", "/roster-runs/{int:run_id}", P.PLAN, response=RosterRunOut, summary=_("A roster run"))
def one_run(request: Request, run_id: int) -> Any:
    return told(request.actor, [the_run(request.actor, run_id)])[0]


@operation(router, "post", "/roster-runs", P.PLAN, response=RosterRunOut, status=201, summary=_("Make a roster"))
def start_run(request: Request, body: RosterRunIn) -> Any:
    week = services.week_for(site_id=body.site_id, day=body.day, by=request.actor)
    more = {"effort": body.effort, "seed": body.seed, "teams": body.team_ids}
    return services.start_run(week_id=week.pk, **more, by=request.actor, at=request.at)

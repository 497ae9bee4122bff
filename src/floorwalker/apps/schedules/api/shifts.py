"""Shifts and the steps that change them, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.api.router import router
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries import listing
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.weeks import the_draft, the_week
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request


class ShiftOut(Out):
    id: int
    identity: UUID = Field(description="The same in every version of the week, and in people's calendars.")
    agent_id: int | None = Field(description="Nobody: an open shift.")
    site_id: int = Field(alias="week.site_id")
    day: date = Field(description="The local day of the site on which it starts.")
    start: datetime = Field(alias="period.lower")
    end: datetime = Field(alias="period.upper")
    meal_start: datetime | None = Field(None, alias="meal.lower")
    meal_end: datetime | None = Field(None, alias="meal.upper")
    queue_id: int | None
    cancelled: bool
    version: int = Field(description="Send it back with a change; an older one answers 409.")


class ShiftFilter(In):
    site_id: int | None = None
    team_id: int | None = None
    agent_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    cancelled: bool = Field(False, description="Also those taken away, as calendars need them.")


class StepIn(In):
    verb: Literal["hours", "give", "open", "delete", "add", "swap"]
    identity: UUID = Field(description="The shift; for a new one a name of your own making.")
    version: int = Field(0, description="The version you saw; 0 for a new shift.")
    day: date | None = None
    start_minute: int = Field(0, ge=0, lt=1440, description="Wall-clock minutes after the site's midnight.")
    length_minutes: int = Field(0, ge=0, le=960)
    meal_minutes: int = Field(0, ge=0, le=240)
    agent_id: int | None = None
    queue_id: int | None = None
    other_identity: UUID | None = None
    other_version: int = 0
    why: str = Field("", max_length=300)
    override: bool = Field(False, description="Let a rule give way; needs the permission and a reason.")
    agreed: bool = Field(False, description="Those it touches said yes; of the published week only.")

    def step(self) -> Step:
        return Step(
            self.verb,
            str(self.identity),
            self.version,
            self.day,
            self.start_minute,
            self.length_minutes,
            self.meal_minutes,
            self.agent_id,
            self.queue_id,
            str(self.other_identity or ""),
            self.other_version,
        )


class EditOut(Out):
    id: int
    verb: str
    draft_id: int | None
    publication_id: int | None
    breaches: list[str]
    callers: float | None = Field(description="More who were expected to abandon by it; below 0 fewer.")
    at: datetime


class FindingOut(Out):
    agent_id: int = Field(alias="agent")
    day: date | None = Field(description="None: the whole week.")
    hard: bool = Field(description="Stops the step unless somebody who may lets the rule give way.")
    text: str


class PriceOut(Out):
    queue_id: int | None
    start: datetime
    end: datetime
    callers: float | None = Field(
        description="More who abandon, below 0 fewer; none: not known, the text says why."
    )
    text: str


class PreviewOut(Out):
    breaches: list[FindingOut] = Field(alias="findings", description="Rules it breaks that were kept before.")
    coverage: list[str] = Field(alias="cover")
    prices: list[PriceOut] | None = Field(description="None: you do not see required staff.")
    callers: float | None = Field(description="More who abandon in all; none where a part is not known.")


class WeekIn(In):
    site_id: int
    day: date = Field(description="Any day of the week.")


@operation(
    router, "get", "/shifts", P.SEE_ROSTER, P.SEE_OWN, response=Page[ShiftOut], summary=_("Published shifts")
)
def list_shifts(request: Request, paging: Query[Paging], wanted: Query[ShiftFilter]) -> dict[str, Any]:
    return paging.of(listing.shifts(request.actor, **wanted.model_dump()), "day")


@operation(router, "post", "/weeks", P.PLAN, response=dict[str, int], status=200, summary=_("The week of a day"))
def find_week(request: Request, body: WeekIn) -> dict[str, int]:
    return {"week_id": services.week_for(**body.model_dump(), by=request.actor).pk}


@operation(
    router,
    "post",
    "/weeks/{int:week_id}/steps",
    P.CHANGE,
    response=EditOut,
    status=201,
    summary=_("Change a shift"),
)
def change_published(request: Request, week_id: int, body: StepIn) -> Any:
    said = {"why": body.why, "override": body.override, "agreed": body.agreed}
    said |= {"by": request.actor, "at": request.at}
    return services.change_published(week_id=week_id, step=body.step(), **said)


@operation(
    router,
    "post",
    "/weeks/{int:week_id}/steps/check",
    P.CHANGE,
    response=PreviewOut,
    status=200,
    summary=_("What a change of a shift would do; nothing is changed"),
)
def check_published(request: Request, week_id: int, body: StepIn) -> Any:
    sheet = Sheet(the_week(request.actor, week_id, P.CHANGE))
    return services.check(sheet=sheet, step=body.step(), by=request.actor)


@operation(
    router,
    "post",
    "/drafts/{int:draft_id}/steps/check",
    P.PLAN,
    response=PreviewOut,
    status=200,
    summary=_("What a change of a draft would do; nothing is changed"),
)
def check_draft(request: Request, draft_id: int, body: StepIn) -> Any:
    draft = the_draft(request.actor, draft_id)
    return services.check(sheet=Sheet(draft.week, draft), step=body.step(), by=request.actor)


@operation(
    router,
    "post",
    "/drafts/{int:draft_id}/steps",
    P.PLAN,
    response=EditOut,
    status=201,
    summary=_("Change a draft"),
)
def change_draft(request: Request, draft_id: int, body: StepIn) -> Any:
    said = {"why": body.why, "override": body.override, "by": request.actor, "at": request.at}
    return services.change_draft(draft_id=draft_id, step=body.step(), **said)


@operation(
    router, "post", "/edits/{int:edit_id}/undo", P.PLAN, P.CHANGE, response=EditOut, summary=_("Take a step back")
)
def undo(request: Request, edit_id: int) -> Any:
    return services.undo(edit_id=edit_id, by=request.actor, at=request.at)

"""Schedules for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import ChangeRequest, Draft, Publication, Run
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries import listing
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.requests import requests_of, the_request
from floorwalker.apps.schedules.queries.runs import told
from floorwalker.apps.schedules.queries.weeks import (
    the_draft,
    the_run,
    the_week,
    visible_drafts,
    visible_publications,
    visible_runs,
)
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request
from floorwalker.kernel.periods import Period

router = Router(tags=["Schedules"])


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


class PublicationOut(Out):
    id: int
    week_id: int
    site_id: int = Field(alias="week.site_id")
    first_day: date = Field(alias="week.first_day")
    number: int
    kind: str
    note: str
    changes: int
    touched: int
    published_at: datetime
    published_by: str


class DraftOut(Out):
    id: int
    week_id: int
    name: str
    based_on: int
    state: str
    made_at: datetime
    made_by: str


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


class WeekIn(In):
    site_id: int
    day: date = Field(description="Any day of the week.")


class RosterRunIn(WeekIn):
    effort: Run.Effort = Run.Effort.USUAL
    seed: int = Field(0, ge=0, le=9999)
    team_ids: list[int] = Field(default=[], description="None: everybody of the site.")


class NoteIn(In):
    note: str = Field("", max_length=300)


class RequestOut(Out):
    id: int
    agent_id: int
    colleague_id: int | None
    kind: str
    state: str
    turn: str
    due: datetime
    shift_identity: UUID
    start: datetime | None = Field(None, alias="period.lower")
    end: datetime | None = Field(None, alias="period.upper")
    publication_id: int | None = Field(alias="applied_id")
    version: int


class AskIn(In):
    shift_id: int
    kind: ChangeRequest.Kind
    start: datetime | None = None
    end: datetime | None = None
    colleague_shift_id: int | None = None
    text: str = Field("", max_length=1000)

    def period(self) -> Period | None:
        return Period(self.start, self.end) if self.start and self.end else None


class AnswerIn(In):
    answer: Literal["agree", "decline", "withdraw"]
    version: int
    text: str = Field("", max_length=1000)


@operation(
    router, "get", "/shifts", P.SEE_ROSTER, P.SEE_OWN, response=Page[ShiftOut], summary=_("Published shifts")
)
def list_shifts(request: Request, paging: Query[Paging], wanted: Query[ShiftFilter]) -> dict[str, Any]:
    return paging.of(listing.shifts(request.actor, **wanted.model_dump()), "day")


@operation(router, "post", "/weeks", P.PLAN, response=dict[str, int], status=200, summary=_("The week of a day"))
def find_week(request: Request, body: WeekIn) -> dict[str, int]:
    return {"week_id": services.week_for(**body.model_dump(), by=request.actor).pk}


@operation(
    router, "post", "/weeks/{week_id}/steps", P.CHANGE, response=EditOut, status=201, summary=_("Change a shift")
)
def change_published(request: Request, week_id: int, body: StepIn) -> Any:
    said = {"why": body.why, "override": body.override, "agreed": body.agreed}
    said |= {"by": request.actor, "at": request.at}
    return services.change_published(week_id=week_id, step=body.step(), **said)


@operation(
    router,
    "post",
    "/weeks/{week_id}/steps/check",
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
    "/drafts/{draft_id}/steps/check",
    P.PLAN,
    response=PreviewOut,
    status=200,
    summary=_("What a change of a draft would do; nothing is changed"),
)
def check_draft(request: Request, draft_id: int, body: StepIn) -> Any:
    draft = the_draft(request.actor, draft_id)
    return services.check(sheet=Sheet(draft.week, draft), step=body.step(), by=request.actor)


@operation(
    router, "post", "/drafts/{draft_id}/steps", P.PLAN, response=EditOut, status=201, summary=_("Change a draft")
)
def change_draft(request: Request, draft_id: int, body: StepIn) -> Any:
    said = {"why": body.why, "override": body.override, "by": request.actor, "at": request.at}
    return services.change_draft(draft_id=draft_id, step=body.step(), **said)


@operation(
    router, "post", "/edits/{edit_id}/undo", P.PLAN, P.CHANGE, response=EditOut, summary=_("Take a step back")
)
def undo(request: Request, edit_id: int) -> Any:
    return services.undo(edit_id=edit_id, by=request.actor, at=request.at)


@operation(router, "get", "/drafts", P.PLAN, response=Page[DraftOut], summary=_("Drafts"))
def list_drafts(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    drafts: QuerySet[Draft] = visible_drafts(request.actor)
    return paging.of(drafts, "-pk")


@operation(
    router, "post", "/weeks/{week_id}/drafts", P.PLAN, response=DraftOut, status=201, summary=_("Begin a draft")
)
def begin_draft(request: Request, week_id: int) -> Any:
    return services.begin_draft(week_id=week_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/drafts/{draft_id}/publish",
    P.PUBLISH,
    response=PublicationOut,
    status=201,
    summary=_("Publish"),
)
def publish(request: Request, draft_id: int, body: NoteIn) -> Any:
    return services.publish(draft_id=draft_id, note=body.note, by=request.actor, at=request.at)


@operation(
    router, "get", "/publications", P.SEE_ROSTER, response=Page[PublicationOut], summary=_("Published versions")
)
def list_publications(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    rows: QuerySet[Publication] = visible_publications(request.actor)
    return paging.of(rows.select_related("week"), "-pk")


@operation(
    router,
    "post",
    "/publications/{publication_id}/again",
    P.PUBLISH,
    response=PublicationOut,
    status=201,
    summary=_("Publish an earlier version again"),
)
def publish_again(request: Request, publication_id: int, body: NoteIn) -> Any:
    return services.publish_again(publication_id=publication_id, note=body.note, by=request.actor, at=request.at)


@operation(router, "get", "/roster-runs", P.PLAN, response=Page[RosterRunOut], summary=_("Roster runs"))
def list_runs(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    found = paging.of(visible_runs(request.actor), "-pk")
    return {**found, "items": told(request.actor, found["items"])}


@operation(router, "get", "/roster-runs/{run_id}", P.PLAN, response=RosterRunOut, summary=_("A roster run"))
def one_run(request: Request, run_id: int) -> Any:
    return told(request.actor, [the_run(request.actor, run_id)])[0]


@operation(router, "post", "/roster-runs", P.PLAN, response=RosterRunOut, status=201, summary=_("Make a roster"))
def start_run(request: Request, body: RosterRunIn) -> Any:
    week = services.week_for(site_id=body.site_id, day=body.day, by=request.actor)
    more = {"effort": body.effort, "seed": body.seed, "teams": body.team_ids}
    return services.start_run(week_id=week.pk, **more, by=request.actor, at=request.at)


@operation(
    router, "get", "/shift-changes", P.ASK, P.ANSWER, response=Page[RequestOut], summary=_("Changes asked for")
)
def list_requests(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    return paging.of(requests_of(request.actor), "-pk")


@operation(
    router,
    "get",
    "/shift-changes/{request_id}/effect",
    P.ASK,
    P.ANSWER,
    response=PreviewOut,
    summary=_("What agreeing would do; nothing is changed"),
)
def effect_of_request(request: Request, request_id: int) -> Any:
    return services.effect(request_id=request_id, by=request.actor)


@operation(router, "post", "/shift-changes", P.ASK, response=RequestOut, status=201, summary=_("Ask for a change"))
def ask(request: Request, body: AskIn) -> Any:
    wish = body.model_dump(exclude={"start", "end"})
    return services.ask(**wish, period=body.period(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/shift-changes/{request_id}/answer",
    P.ASK,
    P.ANSWER,
    response=RequestOut,
    summary=_("Agree, decline or withdraw"),
)
def answer(request: Request, request_id: int, body: AnswerIn) -> Any:
    said = {"text": body.text, "version": body.version, "by": request.actor, "at": request.at}
    verbs = {"agree": services.agree, "decline": services.decline, "withdraw": services.withdraw}
    return verbs[body.answer](request_id=the_request(request.actor, request_id).pk, **said)

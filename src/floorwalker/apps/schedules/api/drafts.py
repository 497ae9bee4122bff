"""Drafts of a week and what is published of them, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.api.router import router
from floorwalker.apps.schedules.models import Draft, Publication
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.shifts import visible_draft_shifts
from floorwalker.apps.schedules.queries.weeks import the_draft, visible_drafts, visible_publications
from floorwalker.kernel.api import In, Out, Page, Paging, operation, verb
from floorwalker.kernel.pages import Request


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


class NoteIn(In):
    note: str = Field("", max_length=300)


@operation(router, "get", "/drafts", P.PLAN, response=Page[DraftOut], summary=_("Drafts"))
def list_drafts(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    drafts: QuerySet[Draft] = visible_drafts(request.actor)
    return paging.of(drafts, "-pk")


@operation(
    router,
    "post",
    "/weeks/{int:week_id}/drafts",
    P.PLAN,
    response=DraftOut,
    status=201,
    summary=_("Begin a draft"),
)
def begin_draft(request: Request, week_id: int) -> Any:
    return services.begin_draft(week_id=week_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/drafts/{int:draft_id}/publish",
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
    "/publications/{int:publication_id}/again",
    P.PUBLISH,
    response=PublicationOut,
    status=201,
    summary=_("Publish an earlier version again"),
)
def publish_again(request: Request, publication_id: int, body: NoteIn) -> Any:
    return services.publish_again(publication_id=publication_id, note=body.note, by=request.actor, at=request.at)


class DraftShiftOut(Out):
    identity: UUID
    agent_id: int | None = Field(description="Nobody: an open shift.")
    day: date = Field(description="The local day of the site on which it starts.")
    start: datetime = Field(alias="period.lower")
    end: datetime = Field(alias="period.upper")
    meal_start: datetime | None = Field(None, alias="meal.lower")
    meal_end: datetime | None = Field(None, alias="meal.upper")
    queue_id: int | None
    version: int = Field(description="Send it back with a change; an older one answers 409.")


class ClashOut(Out):
    """A shift both sides had changed; the published one was kept."""

    identity: UUID
    kind: str = Field(description="What the draft had done: added, changed or removed.")


@operation(router, "get", "/drafts/{int:draft_id}", P.PLAN, response=DraftOut, summary=_("A draft"))
def get_draft(request: Request, draft_id: int) -> Any:
    return the_draft(request.actor, draft_id)


@operation(
    router,
    "get",
    "/drafts/{int:draft_id}/shifts",
    P.PLAN,
    response=Page[DraftShiftOut],
    summary=_("The shifts of a draft"),
)
def list_draft_shifts(request: Request, draft_id: int, paging: Query[Paging]) -> Any:
    draft = the_draft(request.actor, draft_id)
    return paging.of(visible_draft_shifts(request.actor).filter(draft=draft), "day")


@operation(
    router,
    "post",
    "/drafts/{int:draft_id}/take-in",
    P.PLAN,
    response=list[ClashOut],
    summary=_("Bring a draft up to what is published"),
)
def take_in(request: Request, draft_id: int) -> Any:
    """The answer is what both sides had changed: there the published shift was kept."""
    clashes = services.take_in(draft_id=draft_id, by=request.actor, at=request.at)
    return [{"identity": each.identity, "kind": each.kind} for each in clashes]


verb(
    router,
    "post",
    "/drafts/{int:draft_id}/discard",
    P.PLAN,
    does=services.discard_draft,
    response=DraftOut,
    summary=_("Put a draft away"),
    about="Nothing published changes.",
)
verb(
    router,
    "post",
    "/drafts/{int:draft_id}/reopen",
    P.PLAN,
    does=services.reopen_draft,
    response=DraftOut,
    summary=_("Take a draft up again that was put away"),
)

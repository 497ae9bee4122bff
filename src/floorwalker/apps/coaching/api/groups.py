"""Group sessions for programs; sheets go in one by one and come out together."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import groups as rules
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Coaching"])


class GroupOut(Out):
    id: int
    title: str
    topic: str
    activity: str = Field(description="What the group does together; empty: they talk.")
    activity_id: int | None = Field(description="In the arena, where it is led.")
    lead_id: int
    minutes: int
    due: datetime
    state: str
    begins: datetime | None
    held_at: datetime | None
    sheets_until: datetime | None
    returned: int | None = Field(description="Sheets, once they are in and there are five or more.")
    outcome: str
    outcome_due: datetime | None
    kept_at: datetime | None
    version: int

    @staticmethod
    def resolve_activity_id(row: Any) -> int | None:
        found: int | None = row.activity_ref
        return found


class SheetOut(Out):
    worth: int
    heard: int
    clear: int
    keep: str
    change: str


class PlanGroup(In):
    title: str = Field(min_length=1, max_length=120)
    topic: str = Field(min_length=1, max_length=600)
    minutes: int = Field(45, ge=5, le=480)
    due: datetime
    agent_ids: list[int] = Field(min_length=2, max_length=rules.MOST_MEMBERS)
    activity: Literal["", "round_table", "own_pitch", "survival", "quiz"] = ""
    exercise_id: int | None = Field(None, description="Of a survival ranking or a quiz, one that is in force.")
    prompt: str = Field("", max_length=600, description="What is asked; empty: the topic.")


class GroupTime(In):
    start: datetime
    version: int


class HoldGroup(In):
    absent_ids: list[int] = Field(default_factory=list)
    version: int


class CloseGroup(In):
    outcome: str = Field(min_length=1, max_length=1000)
    outcome_due: datetime
    version: int


class CancelGroup(In):
    why: str = Field(min_length=1, max_length=200)
    version: int


class GroupVersion(In):
    version: int


class SheetIn(In):
    worth: int = Field(ge=1, le=5)
    heard: int = Field(ge=1, le=5)
    clear: int = Field(ge=1, le=5)
    keep: str = Field("", max_length=600)
    change: str = Field("", max_length=600)
    meant: bool = False


class SheetReturned(Out):
    returned: bool = True


class ShareTip(In):
    to: str = Field("", description="An audience as the hub names it; empty: the author's own team.")


class SharedTipOut(Out):
    tip_id: int
    post_id: int = Field(description="In the hub, credited to the author of the tip.")


class BegunActivity(Out):
    activity_id: int


@operation(router, "get", "/groups", P.SEE_GROUPS, response=Page[GroupOut], summary=_("Group sessions of mine"))
def list_groups(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_groups(request.actor), "-made_at")


@operation(
    router, "post", "/groups", P.LEAD_GROUPS, response=GroupOut, status=201, summary=_("Plan a group session")
)
def plan_group(request: Request, payload: PlanGroup) -> Any:
    return services.plan_group(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "get", "/groups/{int:group_id}", P.SEE_GROUPS, response=GroupOut, summary=_("One group session")
)
def get_group(request: Request, group_id: int) -> Any:
    return queries.the_group(request.actor, group_id)


@operation(
    router,
    "get",
    "/groups/{int:group_id}/sheets",
    P.SEE_GROUPS,
    response=list[SheetOut],
    summary=_("What came back, once all of it is in"),
)
def list_sheets(request: Request, group_id: int) -> Any:
    found = queries.the_group(request.actor, group_id)
    return list(queries.visible_sheets(request.actor).filter(group=found).order_by("pk"))


@operation(
    router,
    "post",
    "/groups/{int:group_id}/sheets",
    P.SEE_GROUPS,
    response=SheetReturned,
    status=201,
    summary=_("Return one's sheet without a name"),
)
def return_sheet(request: Request, group_id: int, payload: SheetIn) -> Any:
    given = payload.dict()
    answers = {key: given.pop(key) for key in rules.SCALE}
    services.return_sheet(group_id=group_id, answers=answers, **given, by=request.actor, at=request.at)
    return {"returned": True}


@operation(
    router,
    "post",
    "/groups/{int:group_id}/time",
    P.LEAD_GROUPS,
    response=GroupOut,
    summary=_("Give the group a time"),
)
def time_group(request: Request, group_id: int, payload: GroupTime) -> Any:
    return services.give_group_time(group_id=group_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/groups/{int:group_id}/hold", P.LEAD_GROUPS, response=GroupOut, summary=_("It took place")
)
def hold_group(request: Request, group_id: int, payload: HoldGroup) -> Any:
    return services.hold_group(group_id=group_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/groups/{int:group_id}/close",
    P.LEAD_GROUPS,
    response=GroupOut,
    summary=_("Say what will change"),
)
def close_group(request: Request, group_id: int, payload: CloseGroup) -> Any:
    return services.close_group(group_id=group_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/groups/{int:group_id}/cancel", P.LEAD_GROUPS, response=GroupOut, summary=_("Call it off")
)
def cancel_group(request: Request, group_id: int, payload: CancelGroup) -> Any:
    return services.cancel_group(group_id=group_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/groups/{int:group_id}/kept",
    P.LEAD_GROUPS,
    response=GroupOut,
    summary=_("What was promised has changed"),
)
def keep_group(request: Request, group_id: int, payload: GroupVersion) -> Any:
    return services.keep_group_word(group_id=group_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/groups/{int:group_id}/begin",
    P.LEAD_GROUPS,
    response=BegunActivity,
    summary=_("Begin what the group does together"),
)
def begin_group_activity(request: Request, group_id: int) -> Any:
    return {"activity_id": services.begin_activity(group_id=group_id, by=request.actor, at=request.at)}


@operation(
    router,
    "post",
    "/groups/{int:group_id}/tips/{int:tip_id}/share",
    P.LEAD_GROUPS,
    response=SharedTipOut,
    summary=_("Share a tip of the round table in the hub, with credit"),
)
def share_tip(request: Request, group_id: int, tip_id: int, payload: ShareTip) -> Any:
    return services.share_tip(group_id=group_id, tip_id=tip_id, to=payload.to, by=request.actor, at=request.at)

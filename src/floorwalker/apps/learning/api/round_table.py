"""Round tables for programs: tips with names, consent, and what one will try."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import round_table as rules
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Activities of groups"])
TIPS = "/activities/{int:activity_id}/tips"


class TopicOut(Out):
    id: int
    name: str


class TipOut(Out):
    id: int
    author_id: int
    text: str
    topic_id: int | None = Field(alias="about_id")
    at: datetime
    consented_at: datetime | None = Field(description="Since when it may be shared with the author's name.")
    shared_at: datetime | None
    tried_by: int = Field(description="How many will try it.")
    tried: bool = Field(description="Whether one will oneself.")


class WriteTip(In):
    text: str = Field(min_length=1, max_length=rules.LONGEST)
    topic_id: int | None = None
    consent: bool = Field(False, description="It may be shared with one's name.")


class YesOrNo(In):
    yes: bool


@operation(
    router, "get", "/activities/{int:activity_id}/topics", P.TAKE_PART, response=list[TopicOut],
    summary=_("What tips of a round table may be about"),
)  # fmt: skip
def list_topics(request: Request, activity_id: int) -> Any:
    queries.the_activity(request.actor, activity_id)
    return queries.topics_of(request.actor, activity_id)


@operation(router, "get", TIPS, P.TAKE_PART, response=Page[TipOut], summary=_("Tips of a round table"))
def list_tips(request: Request, activity_id: int, paging: Query[Paging]) -> Any:
    queries.the_activity(request.actor, activity_id)
    return paging.of(queries.tips_of(request.actor, activity_id), "-at")


@operation(router, "post", TIPS, P.TAKE_PART, response=TipOut, status=201, summary=_("Put a tip on the table"))
def write_tip(request: Request, activity_id: int, payload: WriteTip) -> Any:
    tip = services.write_tip(activity_id=activity_id, **payload.dict(), by=request.actor, at=request.at)
    return queries.the_counted_tip(request.actor, tip.pk)


@operation(router, "delete", "/tips/{int:tip_id}", P.TAKE_PART, status=204, summary=_("Take one's tip back"))
def take_tip_back(request: Request, tip_id: int) -> None:
    services.take_tip_back(tip_id=tip_id, by=request.actor, at=request.at)


@operation(
    router, "put", "/tips/{int:tip_id}/consent", P.TAKE_PART, response=TipOut,
    summary=_("Say whether one's tip may be shared"),
)  # fmt: skip
def consent_to_share(request: Request, tip_id: int, payload: YesOrNo) -> Any:
    services.consent_to_share(tip_id=tip_id, yes=payload.yes, by=request.actor, at=request.at)
    return queries.the_counted_tip(request.actor, tip_id)


@operation(
    router,
    "put",
    "/tips/{int:tip_id}/try",
    P.TAKE_PART,
    response=TipOut,
    summary=_("Say whether one will try a tip"),
)
def try_tip(request: Request, tip_id: int, payload: YesOrNo) -> Any:
    services.try_tip(tip_id=tip_id, yes=payload.yes, by=request.actor, at=request.at)
    return queries.the_counted_tip(request.actor, tip_id)

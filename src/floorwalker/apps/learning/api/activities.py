"""Activities of groups for programs: one's list, the verbs of the lead, the box of questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Activities of groups"])
ACTIVITY = "/activities/{int:activity_id}"


class ActivityOut(Out):
    id: int
    kind: str
    title: str
    prompt: str
    lead_id: int = Field(description="The user who leads it.")
    state: str
    stage: str = Field(description="Empty before it is opened.")
    round: int = Field(description="Of a quiz: the number of the question.")
    stage_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    why: str = Field(description="It was called off.")
    version: int


class ParticipantOut(Out):
    id: int
    agent_id: int
    split: int | None = Field(description="The small group, where the kind has such.")
    left_at: datetime | None


class BoxQuestionOut(Out):
    """Without who asked and when: nobody knows."""

    id: int
    words: str
    answer: str
    answered_at: datetime | None


class ActivityVersion(In):
    version: int


class AskBox(In):
    words: str = Field(min_length=1, max_length=300)


class BoxAsked(Out):
    asked: bool = True


class AnswerBox(In):
    answer: str = Field(min_length=1, max_length=600)


@operation(router, "get", "/activities", P.TAKE_PART, response=Page[ActivityOut], summary=_("Activities of mine"))
def list_activities(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_activities(request.actor), "-made_at")


@operation(router, "get", ACTIVITY, P.TAKE_PART, response=ActivityOut, summary=_("One activity"))
def get_activity(request: Request, activity_id: int) -> Any:
    return queries.the_activity(request.actor, activity_id)


@operation(
    router, "get", f"{ACTIVITY}/participants", P.TAKE_PART, response=Page[ParticipantOut],
    summary=_("Who takes part"),
)  # fmt: skip
def list_participants(request: Request, activity_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_activity(request.actor, activity_id)
    return paging.of(queries.visible_participants(request.actor).filter(activity=found), "pk")


@operation(
    router, "post", f"{ACTIVITY}/open", P.LEAD_ACTIVITIES, response=ActivityOut, summary=_("Begin an activity")
)
def open_activity(request: Request, activity_id: int, payload: ActivityVersion) -> Any:
    return services.open_activity(activity_id=activity_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", f"{ACTIVITY}/next", P.LEAD_ACTIVITIES, response=ActivityOut, summary=_("On to the next stage")
)
def move_activity_on(request: Request, activity_id: int, payload: ActivityVersion) -> Any:
    return services.move_on(activity_id=activity_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", f"{ACTIVITY}/close", P.LEAD_ACTIVITIES, response=ActivityOut, summary=_("Close an activity")
)
def close_activity(request: Request, activity_id: int, payload: ActivityVersion) -> Any:
    return services.close_activity(activity_id=activity_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "get", f"{ACTIVITY}/questions", P.TAKE_PART, response=Page[BoxQuestionOut],
    summary=_("The box of questions: all to its lead, to the group what is answered"),
)  # fmt: skip
def list_box_questions(request: Request, activity_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_activity(request.actor, activity_id)
    return paging.of(queries.visible_box_questions(request.actor).filter(activity=found), "pk")


@operation(
    router, "post", f"{ACTIVITY}/questions", P.TAKE_PART, response=BoxAsked, status=201,
    summary=_("Put a question into the box, without a name"),
)  # fmt: skip
def ask_box(request: Request, activity_id: int, payload: AskBox) -> Any:
    services.ask_box(activity_id=activity_id, **payload.dict(), by=request.actor, at=request.at)
    return {"asked": True}


@operation(
    router, "post", f"{ACTIVITY}/questions/{{int:box_question_id}}/answer", P.LEAD_ACTIVITIES,
    response=BoxQuestionOut, summary=_("Answer a question of the box"),
)  # fmt: skip
def answer_box(request: Request, activity_id: int, box_question_id: int, payload: AnswerBox) -> Any:
    return services.answer_box(
        activity_id=activity_id,
        box_question_id=box_question_id,
        **payload.dict(),
        by=request.actor,
        at=request.at,
    )

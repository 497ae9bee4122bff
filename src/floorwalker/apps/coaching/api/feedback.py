"""Feedback for programs: what its reader may read, and counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.directories import BEHAVIOURS
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.directory import declare_operations
from floorwalker.kernel.pages import Request

router = Router(tags=["Feedback"])


class FeedbackOut(Out):
    id: int
    agent_id: int
    author_id: int
    kind: str
    behaviour_id: int | None
    rung: int | None = Field(description="Which step of the response to the behaviour.")
    expires_on: date | None = Field(description="From then on the step counts no more.")
    expectation: str
    words: str
    evidence_kind: str
    evidence_ref: str
    evidence_at: datetime | None
    evidence_place: str
    at: datetime


class FeedbackReplyOut(Out):
    by_id: int
    words: str
    at: datetime


class TouchOut(Out):
    """That somebody was given attention; never what was said."""

    id: int
    agent_id: int
    by_id: int
    kind: str
    tone: str
    minutes: int | None
    how: str = Field(description="Of a visit: walked_by or called; empty where nobody said.")
    at: datetime


class PlannedPieceOut(Out):
    """A stretch of a day in which one thing was planned."""

    kind: str = Field(description="work, break, off_phones, training, away or free.")
    start: datetime
    end: datetime


class FeedbackEvidenceOut(Out):
    """What feedback rests on, in words, and what was planned at that minute."""

    words: str
    url: str = Field(description="Its page, where its reader may open it.")
    planned: PlannedPieceOut | None
    planned_url: str
    as_planned: bool | None = Field(description="Whether the state is what was planned; none where nobody knows.")


class PlannedDayWanted(In):
    day: date | None = Field(None, description="A day of the agent; today if left out.")


class FeedbackSides(In):
    side: Literal["mine", "written", "handed"] = "mine"


class GiveFeedback(In):
    agent_id: int
    kind: Literal["positive", "corrective"]
    words: str = Field(min_length=1, max_length=2000)
    behaviour_id: int | None = None
    rung: int | None = Field(None, ge=1, le=3)
    expectation: str = Field("", max_length=200)
    evidence_kind: Literal["", "contact", "review", "state", "moment"] = ""
    evidence_ref: str = Field(
        "",
        max_length=120,
        description="Of a contact its key, of an evaluation its id, of a state its name: "
        "talking, hold, after_contact, ready, not_ready, break or signed_out; planned for what was planned then.",
    )
    evidence_at: datetime | None = None
    evidence_place: str = Field("", max_length=200)
    meant: bool = Field(
        False, description="Words on health, family, religion or unions belong there all the same."
    )
    despite_plan: bool = Field(
        False, description="It is about something else than a state that was planned for them, as a break."
    )


class ReplyFeedback(In):
    words: str = Field(min_length=1, max_length=2000)
    meant: bool = False


class HandOnFeedback(In):
    to_user_id: int


@operation(router, "get", "/feedback", P.READ, response=Page[FeedbackOut], summary=_("Feedback I may read"))
def list_feedback(request: Request, wanted: Query[FeedbackSides], paging: Query[Paging]) -> Any:
    """Said to me, written by me, or handed to me."""
    if wanted.side == "handed":
        services.note_handed(by=request.actor, at=request.at)
    return paging.of(queries.list_feedback(request.actor, wanted.side), "-at")


@operation(router, "post", "/feedback", P.GIVE, response=FeedbackOut, status=201, summary=_("Give feedback"))
def give_feedback(request: Request, payload: GiveFeedback) -> Any:
    return services.give(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "get", "/feedback/{int:feedback_id}", P.READ, response=FeedbackOut, summary=_("One feedback"))
def get_feedback(request: Request, feedback_id: int) -> Any:
    return services.read_feedback(feedback_id=feedback_id, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/feedback/{int:feedback_id}/evidence",
    P.READ,
    response=FeedbackEvidenceOut,
    summary=_("What feedback rests on, and what was planned then"),
)
def get_evidence(request: Request, feedback_id: int) -> Any:
    found = services.read_feedback(feedback_id=feedback_id, by=request.actor, at=request.at)
    words, url = queries.evidence_of(request.actor, found)
    then = queries.planned_at(request.actor, found)
    return {
        "words": words,
        "url": url,
        "planned": then.piece if then else None,
        "planned_url": then.url if then else "",
        "as_planned": then.as_planned if then else None,
    }


@operation(
    router,
    "get",
    "/agents/{int:agent_id}/planned",
    P.GIVE,
    response=list[PlannedPieceOut],
    summary=_("What was planned for an agent on a day, as evidence of feedback"),
)
def list_planned(request: Request, agent_id: int, wanted: Query[PlannedDayWanted]) -> Any:
    """As far as their roster is seen; nothing of contractors."""
    agent = people.the_agent(request.actor, agent_id, P.GIVE)
    day = wanted.day or people.today_of(agent, request.at)
    return list(queries.pieces_offered(request.actor, agent, day, request.at))


@operation(
    router,
    "get",
    "/feedback/{int:feedback_id}/replies",
    P.READ,
    response=Page[FeedbackReplyOut],
    summary=_("Answers to feedback"),
)
def list_replies(request: Request, feedback_id: int, paging: Query[Paging]) -> Any:
    found = services.read_feedback(feedback_id=feedback_id, by=request.actor, at=request.at)
    return paging.of(queries.visible_replies(request.actor).filter(feedback=found), "at")


@operation(
    router,
    "post",
    "/feedback/{int:feedback_id}/replies",
    P.READ,
    response=FeedbackReplyOut,
    status=201,
    summary=_("Answer feedback"),
)
def reply_feedback(request: Request, feedback_id: int, payload: ReplyFeedback) -> Any:
    return services.reply(feedback_id=feedback_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/feedback/{int:feedback_id}/hand-on",
    P.READ,
    response=FeedbackOut,
    summary=_("Let whoever leads me now read feedback"),
)
def hand_on_feedback(request: Request, feedback_id: int, payload: HandOnFeedback) -> Any:
    services.hand_on(feedback_ids=[feedback_id], to_user_id=payload.to_user_id, by=request.actor, at=request.at)
    return queries.the_feedback(request.actor, feedback_id)


@operation(
    router, "get", "/attention", P.SEE_ATTENTION, response=Page[TouchOut], summary=_("Who was given attention")
)
def list_attention(request: Request, paging: Query[Paging]) -> Any:
    """Counts for whoever leads: when, by whom, how long, never words."""
    return paging.of(queries.visible_touches(request.actor), "-at")


declare_operations(router, BEHAVIOURS)

"""What people say, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.directories import TOPICS
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation, verb
from floorwalker.kernel.directory import declare_operations
from floorwalker.kernel.pages import Request

router = Router(tags=["Say something"])


class SayingOut(Out):
    """Never with its author."""

    id: int
    kind: str
    topic_id: int
    policy_id: int | None
    text: str
    said_on: date
    public: bool
    anonymous: bool
    state: str
    owner_id: int
    due: date | None = Field(description="The day promised for what comes next.")
    joined_to_id: int | None


class SayingMoveOut(Out):
    state: str
    words: str
    due: date | None
    at: datetime


class HousePolicyOut(Out):
    id: int
    name: str
    text: str
    owner_id: int
    since: date


class SayingSides(In):
    side: Literal["mine", "to_answer", "answered"] = "mine"


class SayingIn(In):
    kind: Literal["question", "concern", "obstacle", "idea", "policy"]
    topic_id: int
    text: str = Field(min_length=1, max_length=2000)
    public: bool = Field(False, description="All who work here read it once it is answered, never with a name.")
    anonymous: bool = Field(False, description="Without a name: only in a group that is large enough.")
    policy_id: int | None = None


class SayingWordsIn(In):
    words: str = Field(min_length=1, max_length=2000)


class SayingStepIn(SayingWordsIn):
    due: date | None = Field(None, description="By when something follows; needed for all but a question.")


class SayingJoinIn(In):
    to_saying_id: int


class SayingHandOn(SayingWordsIn):
    topic_id: int


class HousePolicyIn(In):
    name: str = Field(min_length=1, max_length=120)
    text: str = Field(min_length=1, max_length=8000)
    owner_id: int = Field(description="Who answers for it.")
    since: date = Field(description="In force since.")


@operation(router, "get", "/sayings", P.SAY, response=Page[SayingOut], summary=_("What was said"))
def list_sayings(request: Request, wanted: Query[SayingSides], paging: Query[Paging]) -> Any:
    """Mine, those I answer, or those answered for all."""
    return paging.of(queries.sayings_in(request.actor, wanted.side), "-said_on")


@operation(router, "post", "/sayings", P.SAY, response=SayingOut, status=201, summary=_("Say something"))
def say(request: Request, payload: SayingIn) -> Any:
    return services.say(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "get", "/sayings/{int:saying_id}", P.SAY, response=SayingOut, summary=_("One thing said"))
def get_saying(request: Request, saying_id: int) -> Any:
    return queries.the_saying(request.actor, saying_id)


@operation(
    router,
    "get",
    "/sayings/{int:saying_id}/moves",
    P.SAY,
    response=Page[SayingMoveOut],
    summary=_("What became of it"),
)
def list_moves(request: Request, saying_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_saying(request.actor, saying_id)
    return paging.of(queries.visible_moves(request.actor).filter(saying=found), "at")


@operation(router, "post", "/sayings/{int:saying_id}/answer", P.SAY, response=SayingOut, summary=_("Answer"))
def answer(request: Request, saying_id: int, payload: SayingStepIn) -> Any:
    return services.answer(saying_id=saying_id, **payload.dict(), by=request.actor, at=request.at)


@operation(router, "post", "/sayings/{int:saying_id}/try", P.SAY, response=SayingOut, summary=_("Try it out"))
def try_out(request: Request, saying_id: int, payload: SayingStepIn) -> Any:
    return services.try_out(saying_id=saying_id, **payload.dict(), by=request.actor, at=request.at)


@operation(router, "post", "/sayings/{int:saying_id}/finish", P.SAY, response=SayingOut, summary=_("Call it done"))
def finish(request: Request, saying_id: int, payload: SayingWordsIn) -> Any:
    return services.finish(saying_id=saying_id, words=payload.words, by=request.actor, at=request.at)


@operation(router, "post", "/sayings/{int:saying_id}/decline", P.SAY, response=SayingOut, summary=_("Decline"))
def decline(request: Request, saying_id: int, payload: SayingWordsIn) -> Any:
    return services.decline(saying_id=saying_id, words=payload.words, by=request.actor, at=request.at)


@operation(
    router, "post", "/sayings/{int:saying_id}/join", P.SAY, response=SayingOut, summary=_("Join it to another")
)
def join(request: Request, saying_id: int, payload: SayingJoinIn) -> Any:
    return services.join(saying_id=saying_id, to_saying_id=payload.to_saying_id, by=request.actor, at=request.at)


@operation(router, "get", "/policies", P.SEE_TOPICS, response=Page[HousePolicyOut], summary=_("Policies in force"))
def list_policies(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_policies(request.actor).filter(archived=False), "name")


verb(
    router,
    "post",
    "/sayings/{int:saying_id}/hand-on",
    P.SAY,
    does=services.hand_on,
    takes=SayingHandOn,
    response=SayingOut,
    summary=_("Hand it on to another topic"),
    about="Whoever answers there has the same day.",
)


@operation(
    router,
    "post",
    "/policies",
    P.KEEP_POLICIES,
    response=HousePolicyOut,
    status=201,
    summary=_("Write a policy down"),
)
def add_policy(request: Request, payload: HousePolicyIn) -> Any:
    return services.keep_policy(**payload.dict(), by=request.actor, at=request.at)


verb(
    router,
    "put",
    "/policies/{int:policy_id}",
    P.KEEP_POLICIES,
    does=services.keep_policy,
    takes=HousePolicyIn,
    response=HousePolicyOut,
    summary=_("Change a policy"),
)
verb(
    router,
    "post",
    "/policies/{int:policy_id}/archive",
    P.KEEP_POLICIES,
    does=services.archive_policy,
    response=HousePolicyOut,
    summary=_("Take a policy out of force"),
    about="What was asked about it stays.",
)
declare_operations(router, TOPICS)

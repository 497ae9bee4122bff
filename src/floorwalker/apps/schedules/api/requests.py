"""Changes people ask for and propose, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import AwareDatetime, Field, model_validator

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.api.router import router
from floorwalker.apps.schedules.api.shifts import PreviewOut
from floorwalker.apps.schedules.models import ChangeRequest
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.requests import entries_of, requests_of, the_request
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request
from floorwalker.kernel.periods import Period


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


class WishedHours(In):
    """When they would work, where a wish is about other hours or another day."""

    start: AwareDatetime | None = None
    end: AwareDatetime | None = None

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> WishedHours:
        if self.start and self.end and self.end <= self.start:
            raise ValueError("the hours end before they begin")
        return self

    def period(self) -> Period | None:
        return Period(self.start, self.end) if self.start and self.end else None


class AskIn(WishedHours):
    shift_id: int
    kind: ChangeRequest.Kind
    colleague_shift_id: int | None = None
    text: str = Field("", max_length=1000)


class AnswerIn(In):
    answer: Literal["agree", "decline", "withdraw"]
    version: int
    text: str = Field("", max_length=1000)


@operation(
    router, "get", "/shift-changes", P.ASK, P.ANSWER, response=Page[RequestOut], summary=_("Changes asked for")
)
def list_requests(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    return paging.of(requests_of(request.actor), "-pk")


@operation(
    router,
    "get",
    "/shift-changes/{int:request_id}/effect",
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
    "/shift-changes/{int:request_id}/answer",
    P.ASK,
    P.ANSWER,
    response=RequestOut,
    summary=_("Agree, decline or withdraw"),
)
def answer(request: Request, request_id: int, body: AnswerIn) -> Any:
    said = {"text": body.text, "version": body.version, "by": request.actor, "at": request.at}
    verbs = {"agree": services.agree, "decline": services.decline, "withdraw": services.withdraw}
    return verbs[body.answer](request_id=the_request(request.actor, request_id).pk, **said)


class ProposeIn(WishedHours):
    shift_id: int
    kind: Literal["hours", "move", "drop"] = Field(description="A swap is for two agents to propose.")
    text: str = Field("", max_length=1000, description="The agent reads it.")


class CounterIn(WishedHours):
    start: AwareDatetime = Field(description="When they would work instead.")
    end: AwareDatetime
    version: int
    text: str = Field("", max_length=1000)


class WordIn(In):
    text: str = Field(min_length=1, max_length=1000, description="The other side reads it.")


class ChangeEntryOut(Out):
    what: str
    side: str
    text: str
    by_name: str
    at: datetime


@operation(
    router,
    "get",
    "/shift-changes/{int:request_id}",
    P.ASK,
    P.ANSWER,
    response=RequestOut,
    summary=_("A change asked for"),
)
def get_request(request: Request, request_id: int) -> Any:
    return the_request(request.actor, request_id)


@operation(
    router,
    "get",
    "/shift-changes/{int:request_id}/talk",
    P.ASK,
    P.ANSWER,
    response=Page[ChangeEntryOut],
    summary=_("What was said and done about a change"),
)
def list_talk(request: Request, request_id: int, paging: Query[Paging]) -> Any:
    return paging.of(entries_of(request.actor, the_request(request.actor, request_id)), "at")


@operation(
    router,
    "post",
    "/shift-changes/propose",
    P.ANSWER,
    response=RequestOut,
    status=201,
    summary=_("Propose a change to an agent"),
)
def propose(request: Request, payload: ProposeIn) -> Any:
    """By who leads them; they may say no."""
    wish = {"shift_id": payload.shift_id, "kind": payload.kind, "text": payload.text}
    return services.propose(**wish, period=payload.period(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/shift-changes/{int:request_id}/counter",
    P.ASK,
    P.ANSWER,
    response=RequestOut,
    summary=_("Answer with other hours"),
)
def counter(request: Request, request_id: int, payload: CounterIn) -> Any:
    """Then it is the other side's turn."""
    said = {"text": payload.text, "version": payload.version, "by": request.actor, "at": request.at}
    request_id = the_request(request.actor, request_id).pk
    return services.counter(request_id=request_id, period=Period(payload.start, payload.end), **said)


@operation(
    router,
    "post",
    "/shift-changes/{int:request_id}/say",
    P.ASK,
    P.ANSWER,
    response=RequestOut,
    summary=_("Say a word that changes nothing"),
)
def say(request: Request, request_id: int, payload: WordIn) -> Any:
    request_id = the_request(request.actor, request_id).pk
    return services.say(request_id=request_id, text=payload.text, by=request.actor, at=request.at)

"""Contests and questions about the game, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Contests"])


class HarmLineOut(Out):
    """One measure; a change only where enough people could be compared."""

    measure: str
    took_part: int
    beside: int
    detectable: float | None = Field(description="The fall that could have been told, four times in five.")
    change: float | None = Field(description="Above 0 is better.")
    low: float | None
    high: float | None
    harmed: bool


class HarmLookOut(Out):
    phase: str
    day: date
    lines: list[HarmLineOut]


class ContestOut(Out):
    id: int
    name: str
    words: str
    site_id: int
    measure: str
    pair: str
    by_team: bool
    first_day: date
    last_day: date
    state: str
    why: str
    looks: list[HarmLookOut]


class ContestIn(In):
    name: str = Field(max_length=80)
    words: str = Field(max_length=300)
    site_id: int
    measure: str = Field(max_length=30)
    pair: str = Field(max_length=30, description="What must not fall meanwhile.")
    first_day: date
    last_day: date
    by_team: bool = False


class ContestDaysIn(In):
    first_day: date
    last_day: date


class ContestOffIn(In):
    why: str = Field(max_length=300)


class ContestEntryOut(Out):
    contest_id: int
    joined_at: datetime
    mean: float
    target: float
    pair_mean: float
    floor: float
    result: float | None
    result_pair: float | None
    outcome: str


class GameQuestionOut(Out):
    id: int
    kind: str
    site_id: int
    contest_id: int | None
    facts: dict[str, Any]
    at: datetime
    due: datetime
    state: str
    answer: str
    words: str


class QuestionAnswerIn(In):
    answer: Literal["explained", "talked", "changed", "nothing"]
    words: str = Field(max_length=500)


@operation(router, "get", "/contests", P.BOARDS, response=Page[ContestOut], summary=_("Contests in sight"))
def list_contests(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_contests(request.actor), "-last_day")


@operation(router, "get", "/contests/{int:contest_id}", P.BOARDS, response=ContestOut, summary=_("One contest"))
def get_contest(request: Request, contest_id: int) -> Any:
    return queries.the_contest(request.actor, contest_id)


@operation(
    router, "post", "/contests", P.HOLD_CONTESTS, response=ContestOut, status=201, summary=_("Announce a contest")
)
def hold_contest(request: Request, payload: ContestIn) -> Any:
    return services.hold_contest(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/contests/{int:contest_id}/days",
    P.HOLD_CONTESTS,
    response=ContestOut,
    summary=_("Change the days of a contest"),
)
def change_contest(request: Request, contest_id: int, payload: ContestDaysIn) -> Any:
    return services.change_contest(contest_id=contest_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/contests/{int:contest_id}/call-off",
    P.HOLD_CONTESTS,
    response=ContestOut,
    summary=_("Call a contest off"),
)
def call_off_contest(request: Request, contest_id: int, payload: ContestOffIn) -> Any:
    return services.call_off(contest_id=contest_id, why=payload.why, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/contests/{int:contest_id}/join",
    P.BOARDS,
    response=ContestEntryOut,
    summary=_("Take part in a contest"),
)
def join_contest(request: Request, contest_id: int) -> Any:
    return services.join_contest(contest_id=contest_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/contests/{int:contest_id}/leave",
    P.BOARDS,
    response=None,
    status=204,
    summary=_("Take part in a contest no longer"),
)
def leave_contest(request: Request, contest_id: int) -> None:
    services.leave_contest(contest_id=contest_id, by=request.actor, at=request.at)


@operation(
    router, "get", "/contests/mine", P.BOARDS, response=Page[ContestEntryOut], summary=_("Your aims of contests")
)
def list_contest_entries(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_contest_entries(request.actor), "-joined_at")


@operation(
    router,
    "get",
    "/boards/questions",
    P.FINDINGS,
    response=Page[GameQuestionOut],
    summary=_("Questions about the game"),
)
def list_findings(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_findings(request.actor), "-at")


@operation(
    router,
    "get",
    "/boards/questions/{int:finding_id}",
    P.FINDINGS,
    response=GameQuestionOut,
    summary=_("One question"),
)
def get_finding(request: Request, finding_id: int) -> Any:
    return queries.the_finding(request.actor, finding_id)


@operation(
    router,
    "post",
    "/boards/questions/{int:finding_id}/answer",
    P.FINDINGS,
    response=GameQuestionOut,
    summary=_("Answer a question about the game"),
)
def answer_finding(request: Request, finding_id: int, payload: QuestionAnswerIn) -> Any:
    return services.answer_finding(finding_id=finding_id, **payload.dict(), by=request.actor, at=request.at)

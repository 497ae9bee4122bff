"""Seasons, boards, what earns points, contests and questions, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.pages import Request

router = Router(tags=["Boards"])


class SeasonOut(Out):
    id: int
    first_day: date
    last_day: date
    state: str
    counted_at: datetime | None


class SeasonIn(In):
    first_day: date
    last_day: date


class SeasonJoinIn(In):
    again: bool = Field(False, description="The seasons after it, too.")


class SeasonMemberOut(Out):
    season_id: int
    joined_at: datetime
    again: bool
    division: int
    points: int
    together: int = Field(description="Of them, by helping.")


class BoardPlaceOut(Out):
    rank: int
    name: str
    team: str
    points: int
    titles: int
    me: bool


class BoardOut(Out):
    members: int
    top: list[BoardPlaceOut] = Field(description="Ten at most, and never the lower half.")
    me: BoardPlaceOut | None


class WhichBoard(In):
    kind: Literal["points", "together"] = "points"
    among: Literal["all", "site", "band", "division"] = "all"


class BoardTeamOut(Out):
    team: str
    team_id: int
    members: int
    average: float = Field(description="A member, drawn towards that of all.")
    rank: int


class BoardTeamsOut(Out):
    teams: list[BoardTeamOut]


class EarningWayOut(Out):
    key: str
    source: str
    points: int
    a_day: int


class EarningOut(Out):
    ways: list[EarningWayOut]
    kudos_a_month: int


class EarningWayIn(In):
    key: str = Field(max_length=16)
    points: int = Field(ge=1, le=500)
    a_day: int = Field(ge=0, le=20)


class EarningIn(In):
    ways: list[EarningWayIn]
    kudos_a_month: int | None = Field(None, ge=0, le=50)


class RewardTeamOut(Out):
    team_id: int
    team: str
    people: int
    points: int = Field(description="Given in the month and not taken back.")
    taken_back: int = Field(description="Bookings taken back as mistakes.")
    positive: int = Field(description="Feedback that praised.")
    corrective: int = Field(description="Feedback that corrected.")
    ratio: float | None = Field(description="Positive for each corrective; none where nothing was corrected.")


class RewardAndCorrectionOut(Out):
    month: date = Field(description="Its first day.")
    teams: list[RewardTeamOut] = Field(description="Teams of five people and more.")
    too_small: int = Field(description="Teams of fewer, of which nothing is told.")


class WhichMonth(In):
    month: str = Field("", description="Such as 2026-03; left out, the month that runs.")


class TitleOut(Out):
    id: int
    season_id: int
    kind: str
    division: int
    points: int


@operation(router, "get", "/boards/seasons", P.BOARDS, response=Page[SeasonOut], summary=_("Seasons"))
def list_seasons(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.seasons(request.actor), "-first_day")


@operation(
    router, "post", "/boards/seasons", P.KEEP_GAME, response=SeasonOut, status=201, summary=_("Plan a season")
)
def plan_season(request: Request, payload: SeasonIn) -> Any:
    return services.plan_season(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/boards/seasons/{int:season_id}/days",
    P.KEEP_GAME,
    response=SeasonOut,
    summary=_("Change the days of a season"),
)
def change_season(request: Request, season_id: int, payload: SeasonIn) -> Any:
    return services.change_season(season_id=season_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/boards/join", P.BOARDS, response=SeasonMemberOut, summary=_("Join the season that runs")
)
def join_season(request: Request, payload: SeasonJoinIn) -> Any:
    return services.join_season(again=payload.again, by=request.actor, at=request.at)


@operation(router, "post", "/boards/leave", P.BOARDS, response=None, status=204, summary=_("Leave the season"))
def leave_season(request: Request) -> None:
    services.leave_season(by=request.actor, at=request.at)


@operation(
    router, "get", "/boards/top", P.BOARDS, response=BoardOut, summary=_("The top of a board, and yourself")
)
def board(request: Request, which: Query[WhichBoard]) -> Any:
    season = queries.running()
    if season is None:
        raise NotFound
    return queries.board(request.actor, season, kind=which.kind, among=which.among)


@operation(
    router, "get", "/boards/teams", P.BOARDS, response=BoardTeamsOut, summary=_("Teams of the season that runs")
)
def team_board(request: Request) -> Any:
    season = queries.running()
    if season is None:
        raise NotFound
    return {"teams": queries.team_board(request.actor, season)}


@operation(router, "get", "/boards/earning", P.BOARDS, response=EarningOut, summary=_("What earns points"))
def earning(request: Request) -> Any:  # noqa: ARG001 - the same for everybody
    return {"ways": list(queries.ways().values()), "kudos_a_month": queries.kudos_a_month()}


@operation(
    router,
    "post",
    "/boards/earning",
    P.KEEP_GAME,
    response=EarningOut,
    summary=_("Say how many points what earns"),
)
def set_points(request: Request, payload: EarningIn) -> Any:
    points = {each.key: (each.points, each.a_day) for each in payload.ways}
    services.set_points(points=points, kudos_a_month=payload.kudos_a_month, by=request.actor, at=request.at)
    return {"ways": list(queries.ways().values()), "kudos_a_month": queries.kudos_a_month()}


@operation(
    router,
    "get",
    "/boards/reward",
    P.SEE_REWARD,
    response=RewardAndCorrectionOut,
    summary=_("Reward and correction by team"),
)
def reward_by_team(request: Request, which: Query[WhichMonth]) -> Any:
    month = queries.month_asked(which.month, localdate(request.at))
    return queries.reward_by_team(request.actor, month)


@operation(router, "get", "/boards/titles", P.BOARDS, response=Page[TitleOut], summary=_("Your titles"))
def list_titles(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_titles(request.actor), "-pk")

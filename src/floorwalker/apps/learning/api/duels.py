"""The arena for programs: joining, matches, blind votes, comparisons and questions about votes and duels."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Arena"])
SCORE = "0 nobody's, 1 the first side's, 2 the second's, 3 both"


class MemberOut(Out):
    joined_at: datetime
    left_at: datetime | None


class ArenaStandingOut(Out):
    """In which division one plays; best and worst hold it four times in five."""

    division: int | None
    best: int
    worst: int
    matches: int


class OpponentOut(Out):
    id: int
    name: str


class MatchOut(Out):
    id: int
    scenario_id: int
    kind: str
    pace: str
    state: str
    made_at: datetime
    until: datetime
    starts_at: datetime | None
    ended_at: datetime | None
    fastest: int = Field(description=SCORE)
    most_complete: int = Field(description=SCORE)
    most_creative: int = Field(description=SCORE)
    winner: int = Field(description="0 not decided, 1 the first side, 2 the second, 3 a draw")
    rated: bool

    @staticmethod
    def resolve_scenario_id(row: Any) -> int:
        found: int = row.version.scenario_id
        return found


class SeatOut(Out):
    agent_id: int
    side: int | None
    accepted_at: datetime | None
    play_id: int | None = Field(description="Of one's own seat only.")


class Challenge(In):
    scenario_id: int
    opponent_id: int | None = Field(None, description="Without one, anybody of one's level.")
    pace: Literal["now", "apart"] = "apart"


class CallTeamMatch(In):
    scenario_id: int
    until: datetime


class BegunOut(Out):
    play_id: int


class SaidOut(Out):
    line: str
    answer: str


class BallotOut(Out):
    match_id: int
    scenario: str
    setting: str
    left: list[SaidOut]
    right: list[SaidOut]
    until: datetime


class CastVote(In):
    match_id: int
    named: Literal["left", "right", "neither"]


class VoteOut(Out):
    id: int
    at: datetime


class HandlingOut(Out):
    said: list[SaidOut]
    met: list[str]
    missed: list[str]
    complete: bool


class ComparedOut(Out):
    left: HandlingOut
    right: HandlingOut
    number: int
    pairs: int


class ComparableOut(Out):
    id: int
    name: str
    about: str


class VoteQuestionOut(Out):
    """Of votes: how often each named the other; of duels: how often each left one with the other incomplete."""

    id: int
    about: Literal["votes", "duels"]
    first_id: int
    second_id: int
    first_day: date
    given_first: int
    given_second: int
    cast_first: int
    cast_second: int
    expected_first: float
    expected_second: float
    pairs: int
    state: str
    asked_at: datetime
    due: datetime
    answered_at: datetime | None


class AnswerQuestion(In):
    answer: Literal["nothing", "talked"]


class DifficultyOut(Out):
    """How hard a scenario is, on the scale on which a stranger is 25; sigma is one standard deviation."""

    scenario_id: int
    mu: float
    sigma: float
    matches: int


@operation(router, "post", "/arena/membership", P.COMPETE, response=MemberOut, summary=_("Join the arena"))
def join_arena(request: Request) -> Any:
    return services.join_arena(by=request.actor, at=request.at)


@operation(router, "delete", "/arena/membership", P.COMPETE, status=204, summary=_("Leave the arena"))
def leave_arena(request: Request) -> None:
    services.leave_arena(by=request.actor, at=request.at)


@operation(router, "get", "/arena/standing", P.COMPETE, response=ArenaStandingOut, summary=_("One's own division"))
def get_standing(request: Request) -> Any:
    return queries.the_standing(request.actor, request.at)


@operation(
    router, "get", "/arena/opponents", P.COMPETE, response=Page[OpponentOut], summary=_("Who can be challenged")
)
def list_opponents(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.opponents(request.actor), "name")


@operation(router, "get", "/arena/matches", P.COMPETE, response=Page[MatchOut], summary=_("One's matches"))
def list_matches(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_matches(request.actor).select_related("version"), "-made_at")


@operation(
    router, "get", "/arena/open-matches", P.COMPETE, response=Page[MatchOut],
    summary=_("Challenges and team matches one may take"),
)  # fmt: skip
def list_open_matches(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.open_to_me(request.actor, request.at).select_related("version"), "until")


@operation(
    router, "post", "/arena/matches", P.COMPETE, response=MatchOut, status=201, summary=_("Challenge somebody")
)
def challenge(request: Request, payload: Challenge) -> Any:
    return services.challenge(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "get", "/arena/matches/{int:match_id}", P.COMPETE, response=MatchOut, summary=_("One match"))
def get_match(request: Request, match_id: int) -> Any:
    return queries.the_match(request.actor, match_id)


@operation(
    router, "get", "/arena/matches/{int:match_id}/seats", P.COMPETE, response=list[SeatOut],
    summary=_("Who plays in a match"),
)  # fmt: skip
def list_seats(request: Request, match_id: int) -> Any:
    return queries.seats_of(request.actor, match_id)


@operation(
    router, "post", "/arena/matches/{int:match_id}/accept", P.COMPETE, response=MatchOut,
    summary=_("Accept a challenge"),
)  # fmt: skip
def accept_match(request: Request, match_id: int) -> Any:
    return services.accept(match_id=match_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/arena/matches/{int:match_id}/decline", P.COMPETE, response=MatchOut,
    summary=_("Decline a challenge"),
)  # fmt: skip
def decline_match(request: Request, match_id: int) -> Any:
    return services.decline(match_id=match_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/arena/matches/{int:match_id}/withdraw", P.COMPETE, response=MatchOut,
    summary=_("Take a challenge back"),
)  # fmt: skip
def withdraw_match(request: Request, match_id: int) -> Any:
    return services.withdraw(match_id=match_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/arena/matches/{int:match_id}/begin", P.COMPETE, response=BegunOut,
    summary=_("Begin one's play of a match"),
)  # fmt: skip
def begin_match(request: Request, match_id: int) -> Any:
    play = services.begin_in_match(match_id=match_id, by=request.actor, at=request.at)
    return {"play_id": play.pk}


@operation(
    router, "post", "/arena/matches/{int:match_id}/place", P.COMPETE, response=MatchOut,
    summary=_("Take a place in a team match"),
)  # fmt: skip
def take_place(request: Request, match_id: int) -> Any:
    return services.take_place(match_id=match_id, by=request.actor, at=request.at)


@operation(
    router, "delete", "/arena/matches/{int:match_id}/place", P.COMPETE, response=MatchOut,
    summary=_("Give the place in a team match back"),
)  # fmt: skip
def give_place_back(request: Request, match_id: int) -> Any:
    return services.give_place_back(match_id=match_id, by=request.actor, at=request.at)


@operation(
    router, "get", "/arena/team-matches", P.SET_UP_MATCHES, response=Page[MatchOut],
    summary=_("Team matches of one's people"),
)  # fmt: skip
def list_team_matches(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(
        queries.visible_matches(request.actor, P.SET_UP_MATCHES).select_related("version"), "-made_at"
    )


@operation(
    router, "post", "/arena/team-matches", P.SET_UP_MATCHES, response=MatchOut, status=201,
    summary=_("Call a team match out"),
)  # fmt: skip
def call_team_match(request: Request, payload: CallTeamMatch) -> Any:
    return services.call_team_match(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/arena/team-matches/{int:match_id}/teams", P.SET_UP_MATCHES, response=MatchOut,
    summary=_("Make the teams"),
)  # fmt: skip
def make_teams(request: Request, match_id: int) -> Any:
    return services.make_teams(match_id=match_id, by=request.actor, at=request.at)


@operation(
    router, "get", "/arena/ballot", P.COMPETE, response=BallotOut | None, summary=_("The next pair to vote on")
)
def get_ballot(request: Request) -> Any:
    return queries.next_ballot(request.actor, request.at)


@operation(router, "post", "/arena/votes", P.COMPETE, response=VoteOut, status=201, summary=_("Vote on a pair"))
def cast_vote(request: Request, payload: CastVote) -> Any:
    return services.vote(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "get", "/arena/comparisons", P.COMPARE, response=Page[ComparableOut],
    summary=_("Scenarios with handlings to compare"),
)  # fmt: skip
def list_comparisons(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.scenarios_to_compare(request.actor).order_by(), "name")


@operation(
    router, "get", "/arena/comparisons/{int:scenario_id}", P.COMPARE, response=ComparedOut,
    summary=_("Two handlings side by side, without names"),
)  # fmt: skip
def compare_handlings(request: Request, scenario_id: int, pair: int = 1) -> Any:
    return queries.the_pair_of(request.actor, scenario_id, pair)


@operation(
    router, "get", "/arena/vote-questions", P.ANSWER_QUESTIONS, response=Page[VoteQuestionOut],
    summary=_("Questions about votes and duels"),
)  # fmt: skip
def list_vote_questions(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_questions(request.actor), "-asked_at")


@operation(
    router, "post", "/arena/vote-questions/{int:question_id}/answer", P.ANSWER_QUESTIONS,
    response=VoteQuestionOut, summary=_("Answer a question about votes or duels"),
)  # fmt: skip
def answer_vote_question(request: Request, question_id: int, payload: AnswerQuestion) -> Any:
    return services.answer_question(question_id=question_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "get", "/arena/difficulties", P.SEE_SCENARIOS, response=Page[DifficultyOut],
    summary=_("How hard scenarios are"),
)  # fmt: skip
def list_difficulties(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_difficulties(request.actor), "scenario_id")

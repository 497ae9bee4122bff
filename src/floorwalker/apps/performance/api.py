"""Figures of agents and of teams, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.performance import queries, services
from floorwalker.apps.performance.models import MeasureKey
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.rules.facts import Told
from floorwalker.kernel.api import In, Out, Page, Paging, operation, verb
from floorwalker.kernel.pages import Request

router = Router(tags=["Figures and goals"])
MOST_FACTS = 2000


class FigureOut(Out):
    id: int
    agent_id: int
    day: date
    measure: str
    value: float = Field(description="Shares from 0 to 1, times in seconds.")
    weight: float = Field(description="What it rests on: evaluations, contacts, hours.")
    source: str
    key: str
    told_at: datetime
    replaced: bool = Field(description="A correction has taken its place.")


class FigureFilter(In):
    agent_id: int | None = None
    measure: MeasureKey | None = None
    first: date | None = None
    last: date | None = None


class Figure(In):
    agent_id: int
    day: date
    measure: MeasureKey
    value: float
    weight: float = Field(1.0, gt=0)
    key: str = Field(min_length=1, max_length=200, description="What you call it; the same again replaces it.")


class Figures(In):
    source: str = Field(min_length=1, max_length=60, description="Who you are; keys are yours alone.")
    figures: list[Figure] = Field(min_length=1, max_length=MOST_FACTS)


class OutcomeOut(Out):
    new: int
    replaced: int
    same: int


class StandingOut(Out):
    measure: str
    days: int = Field(description="Days that count in the last four weeks.")
    mean: float | None = Field(description="None below ten days.")
    low: float | None
    high: float | None
    best: float | None = Field(description="The best four weeks there were.")
    next_step: float | None
    next_step_probability: float | None


class TeamSumOut(Out):
    team_id: int
    team: str
    measure: str
    agents: int
    mean: float | None = Field(description="None for fewer than five agents.")
    before: float | None


@operation(router, "get", "/figures", P.SEE, response=Page[FigureOut], summary=_("Figures of agents in sight"))
def list_figures(request: Request, wanted: Query[FigureFilter], paging: Query[Paging]) -> Any:
    """In the order of days; those that were replaced too."""
    services.note_figures(agent_id=wanted.agent_id, by=request.actor, at=request.at)
    rows = queries.figures_in(request.actor, wanted.agent_id, wanted.measure, first=wanted.first, last=wanted.last)
    return paging.of(rows, "day")


@operation(router, "post", "/figures", P.TELL, response=OutcomeOut, summary=_("Tell figures of days"))
def tell(request: Request, payload: Figures) -> Any:
    """All or none; the same again changes nothing, another value under the same key replaces the old."""
    facts = [Told(**{**each.dict(), "measure": each.measure.value}) for each in payload.figures]
    return services.tell_days(facts=facts, source=f"api:{payload.source}", by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/agents/{int:agent_id}/numbers",
    P.SEE,
    response=list[StandingOut],
    summary=_("Where an agent stands by their own past"),
)
def get_numbers(request: Request, agent_id: int) -> Any:
    agent = queries.the_agent(request.actor, agent_id)
    services.note_reading(agent=agent, by=request.actor, at=request.at)
    return [queries.standing(each) for each in queries.numbers_of(request.actor, agent, request.at).each]


@operation(router, "get", "/team-figures", P.SEE_SUMS, response=list[TeamSumOut], summary=_("Figures of teams"))
def list_team_figures(request: Request) -> Any:
    """The last four weeks and the four before; nothing is said of fewer than five agents."""
    return queries.team_sums(request.actor, request.at)


class GoalOut(Out):
    id: int
    agent_id: int
    measure: str
    target: float
    last_day: date
    first_day: date | None
    baseline_mean: float = Field(description="On the day of the proposal; it stays as it was.")
    baseline_low: float
    baseline_high: float
    baseline_days: int
    probability: float = Field(description="Of reaching it if everything had gone on as it did.")
    pair: str
    pair_floor: float | None
    state: str
    words: str
    answer: str
    proposed_by: str
    support: str
    support_by: date | None
    support_given_at: datetime | None
    raised_from_id: int | None
    result_mean: float | None
    result_days: int | None
    version: int = Field(description="Send it back when agreeing; an older one answers 409.")


class GoalFilter(In):
    state: Literal["proposed", "agreed", "met", "missed", "let_go", "declined", "all"] = "all"
    agent_id: int | None = None


class Proposal(In):
    agent_id: int
    measure: MeasureKey
    target: float = Field(description="Shares from 0 to 1, times in seconds.")
    last_day: date
    pair: MeasureKey | Literal[""] = Field("", description="What must not fall meanwhile; speed needs one.")
    words: str = Field("", max_length=500)
    support: str = Field("", max_length=300, description="What the lead does for it: a promise.")
    support_by: date | None = None
    raised_from_id: int | None = Field(None, description="The goal that was met and is raised.")


class Agreement(In):
    version: int = Field(ge=1)
    support: str = Field("", max_length=300)
    support_by: date | None = None


class No(In):
    answer: str = Field(min_length=1, max_length=300, description="The other side reads it.")


class GoalRemark(In):
    answer: str = Field("", max_length=300, description="The other side reads it.")


@operation(router, "get", "/goals", P.SEE_GOALS, response=Page[GoalOut], summary=_("Goals in sight"))
def list_goals(request: Request, wanted: Query[GoalFilter], paging: Query[Paging]) -> Any:
    """In the order in which they were proposed."""
    services.note_goals(by=request.actor, at=request.at)
    return paging.of(queries.goals_in(request.actor, wanted.state, wanted.agent_id), "proposed_at")


@operation(router, "get", "/goals/{int:goal_id}", P.SEE_GOALS, response=GoalOut, summary=_("A goal"))
def get_goal(request: Request, goal_id: int) -> Any:
    return services.read_goal(goal_id=goal_id, by=request.actor, at=request.at)


@operation(router, "post", "/goals", P.SET_OWN, P.LEAD, response=GoalOut, status=201, summary=_("Propose a goal"))
def propose_goal(request: Request, payload: Proposal) -> Any:
    values = payload.dict() | {"measure": payload.measure.value, "pair": str(payload.pair)}
    return services.propose(**values, by=request.actor, at=request.at)


@operation(
    router, "post", "/goals/{int:goal_id}/agree", P.SET_OWN, P.LEAD, response=GoalOut, summary=_("Agree to a goal")
)
def agree_goal(request: Request, goal_id: int, payload: Agreement) -> Any:
    """The side that did not propose it."""
    return services.agree(goal_id=goal_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/goals/{int:goal_id}/decline",
    P.SET_OWN,
    P.LEAD,
    response=GoalOut,
    summary=_("Decline a goal"),
)
def decline_goal(request: Request, goal_id: int, payload: No) -> Any:
    return services.decline(goal_id=goal_id, answer=payload.answer, by=request.actor, at=request.at)


@operation(
    router, "post", "/goals/{int:goal_id}/let-go", P.SET_OWN, P.LEAD, response=GoalOut, summary=_("Let a goal go")
)
def let_go_goal(request: Request, goal_id: int, payload: GoalRemark) -> Any:
    """Agreed, only the agent can; proposed, only the side that did."""
    return services.let_go(goal_id=goal_id, answer=payload.answer, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/goals/{int:goal_id}/support",
    P.SET_OWN,
    P.LEAD,
    response=GoalOut,
    summary=_("The promised support was given"),
)
def support_goal(request: Request, goal_id: int) -> Any:
    return services.give_support(goal_id=goal_id, by=request.actor, at=request.at)


class AimOut(Out):
    id: int
    words: str
    measure: str
    target: float
    until: date
    site_id: int | None = Field(description="None: the whole house.")
    state: str
    answer: str


class TeamGoalOut(Out):
    id: int
    serves_id: int = Field(description="The aim it serves.")
    team_id: int
    words: str
    state: str


class RoleOut(Out):
    id: int
    agent_id: int
    title: str
    words: str
    state: str
    answer: str
    given_at: datetime


class Aim(In):
    words: str = Field(min_length=1, max_length=200)
    measure: MeasureKey
    target: float
    until: date
    site_id: int | None = None
    client_id: int | None = None


class AimEnd(In):
    state: Literal["reached", "dropped"]
    answer: str = Field(min_length=1, max_length=300)


class Serving(In):
    team_id: int
    words: str = Field(min_length=1, max_length=200)


class Giving(In):
    agent_id: int
    title: str = Field(min_length=1, max_length=80)
    words: str = Field("", max_length=200)


@operation(router, "get", "/aims", P.SEE_AIMS, response=Page[AimOut], summary=_("What the centre aims for"))
def list_aims(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_aims(request.actor), "made_at")


@operation(router, "post", "/aims", P.KEEP_AIMS, response=AimOut, status=201, summary=_("Say an aim"))
def set_aim(request: Request, payload: Aim) -> Any:
    values = payload.dict() | {"measure": payload.measure.value}
    return services.set_aim(**values, by=request.actor, at=request.at)


verb(
    router,
    "post",
    "/aims/{int:businessgoal_id}/end",
    P.KEEP_AIMS,
    does=services.end_aim,
    takes=AimEnd,
    response=AimOut,
    summary=_("End an aim"),
)


@operation(
    router, "get", "/team-goals", P.SEE_AIMS, response=Page[TeamGoalOut], summary=_("What teams do for aims")
)
def list_team_goals(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_team_goals(request.actor), "made_at")


verb(
    router,
    "post",
    "/aims/{int:businessgoal_id}/teams",
    P.SEE_AIMS,
    does=services.serve_aim,
    takes=Serving,
    response=TeamGoalOut,
    status=201,
    summary=_("Say what a team does for an aim"),
    about="By who leads the team.",
)


verb(
    router,
    "post",
    "/team-goals/{int:teamgoal_id}/end",
    P.KEEP_TEAM_AIMS,
    does=services.end_team_goal,
    response=TeamGoalOut,
    summary=_("End what a team does for an aim"),
)


@operation(router, "get", "/small-roles", P.SEE_GOALS, response=Page[RoleOut], summary=_("Small roles in sight"))
def list_roles(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_roles(request.actor), "given_at")


verb(
    router,
    "post",
    "/small-roles",
    P.LEAD,
    does=services.give_role,
    takes=Giving,
    response=RoleOut,
    status=201,
    summary=_("Give a small role"),
)


verb(
    router,
    "post",
    "/small-roles/{int:responsibility_id}/end",
    P.SET_OWN,
    P.LEAD,
    does=services.end_role,
    takes=GoalRemark,
    response=RoleOut,
    summary=_("End a small role"),
    about="By the agent or who leads them.",
)

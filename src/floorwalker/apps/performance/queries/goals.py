"""Goals in sight: lists, one with how it stands, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import Goal, PersonalBest
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.queries.numbers import days_of, today_of
from floorwalker.apps.performance.queries.sight import AGENTS
from floorwalker.apps.performance.rules import goals as rules
from floorwalker.apps.performance.rules.measures import MEASURES
from floorwalker.apps.performance.words import handed_words, notice_words
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.scoping import pick, scoped, within

OPEN = (Goal.State.PROPOSED, Goal.State.AGREED)
IS_OPEN = Q(state__in=OPEN)
# Also of a goal that has been judged: what was promised for it is owed until it was given.
SUPPORT_OWED = Q(
    state__in=(Goal.State.MET, Goal.State.MISSED), support_by__isnull=False, support_given_at__isnull=True
)


def visible_goals(actor: Actor, permission: Permission = P.SEE_GOALS) -> QuerySet[Goal]:
    """Goals of the agents in sight."""
    return Goal.objects.filter(within(actor.sight(permission), **AGENTS))


def the_goal(actor: Actor, goal_id: int, permission: Permission = P.SEE_GOALS) -> Goal:
    rows = visible_goals(actor, permission).select_related("agent__team__site", "lead", "raised_from")
    return pick(rows, goal_id)


def visible_bests(actor: Actor, permission: Permission = P.SEE_GOALS) -> QuerySet[PersonalBest]:
    return PersonalBest.objects.filter(within(actor.sight(permission), **AGENTS))


scoped(Goal, visible_goals, P.SEE_GOALS, canary=("words", "answer", "support"), fixed=("result_why",))
scoped(PersonalBest, visible_bests, P.SEE_GOALS, key="best_id")


def goals(actor: Actor, agent_id: int | None = None, **place: Any) -> Rows[Goal]:
    """Goals in sight, the open ones first by their last day."""
    rows = visible_goals(actor).select_related("agent")
    if agent_id is not None:
        rows = rows.filter(agent=agent_id)
    rows, order = open_first(rows, IS_OPEN, due="proposed_at", ended="ended_at")
    return page_of(rows, order, counted=True, **place)


def goals_in(actor: Actor, state: str, agent_id: int | None) -> QuerySet[Goal]:
    """Goals in sight, those of a state or an agent only if one is named."""
    found = visible_goals(actor) if state == "all" else visible_goals(actor).filter(state=state)
    return found if agent_id is None else found.filter(agent=agent_id)


def open_goals(actor: Actor, agents: list[Agent]) -> dict[int, list[Goal]]:
    """Open goals by agent."""
    found: dict[int, list[Goal]] = {}
    for goal in visible_goals(actor).filter(agent__in=agents, state__in=OPEN).order_by("last_day", "pk"):
        found.setdefault(goal.agent_id, []).append(goal)
    return found


def leads(actor: Actor, agent: Agent) -> bool:
    """Whether this actor leads the agent."""
    return people.visible_agents(actor, P.LEAD).filter(pk=agent.pk).exists()


def side_of(actor: Actor, agent: Agent) -> str:
    """On whose side somebody stands: one's own goals are one's own, whoever else one leads; empty: on neither."""
    if actor.user_id is not None and agent.user_id == actor.user_id:
        return rules.AGENT
    return rules.LEAD if leads(actor, agent) else ""


def led(actor: Actor) -> QuerySet[Agent]:
    """Agents this actor may agree goals with: no contractors, for they set their own."""
    rows = people.visible_agents(actor, P.LEAD).filter(left_on=None, engagement=Agent.Engagement.EMPLOYEE)
    return rows.exclude(user=actor.user_id).select_related("team__site").order_by("name")


def standing_of(goal: Goal, today: date) -> rules.Verdict | None:
    """How an agreed goal stands by now; nothing before its first day."""
    if goal.first_day is None:
        return None
    beside = days_of(goal.agent_id, goal.pair, goal.first_day, goal.last_day) if goal.pair else None
    return rules.judged(
        [each for each in days_of(goal.agent_id, goal.measure, goal.first_day, goal.last_day) if each.day < today],
        beside if beside is None else [each for each in beside if each.day < today],
        target=goal.target,
        better=MEASURES[goal.measure].better,
        pair_floor=goal.pair_floor or 0.0,
        pair_better=MEASURES[goal.pair].better if goal.pair else "up",
        first=goal.first_day,
        last=goal.last_day,
        today=today,
    )


@dataclass(frozen=True)
class GoalPage:
    """A goal, how it stands, and what this actor can do with it."""

    goal: Goal
    today: date
    side: str
    standing: rules.Verdict | None
    may_agree: bool
    may_let_go: bool
    may_give_support: bool
    may_raise: bool
    best: PersonalBest | None
    raised_to: Goal | None


def goal_page(actor: Actor, goal_id: int, at: datetime) -> GoalPage:
    goal = the_goal(actor, goal_id)
    side, today = side_of(actor, goal.agent), today_of(goal.agent, at)
    raised = visible_goals(actor).filter(raised_from=goal).first()
    alone = goal.agent.engagement == Agent.Engagement.CONTRACTOR
    return GoalPage(
        goal=goal,
        today=today,
        side=side,
        standing=standing_of(goal, today) if goal.state == Goal.State.AGREED else None,
        may_agree=rules.may_move(goal.state, rules.AGREED, side, goal.proposed_by),
        may_let_go=rules.may_move(goal.state, rules.LET_GO, side, goal.proposed_by),
        may_give_support=bool(
            goal.support and side and not goal.support_given_at and rules.support_is_owed(goal.state)
        ),
        may_raise=goal.state == Goal.State.MET
        and raised is None
        and bool(side)
        and not (alone and side == "lead"),
        best=visible_bests(actor).filter(goal=goal).first(),
        raised_to=raised,
    )


def bests(actor: Actor, agent: Agent) -> list[PersonalBest]:
    """The best of each measure that a goal led to, the latest first."""
    rows = visible_bests(actor).filter(agent=agent).order_by("measure", "-pk").distinct("measure")
    return sorted(rows, key=lambda each: each.at, reverse=True)


def due_to_judge(at: datetime) -> list[int]:
    """Agreed goals whose last day may be over somewhere."""
    rows = Goal.objects.filter(state=Goal.State.AGREED, last_day__lte=at.date())
    return list(rows.order_by("pk").values_list("pk", flat=True))


def waiting_for(actor: Actor) -> QuerySet[Goal]:
    """Proposals this actor can answer: to oneself by a lead, and to a lead by those they lead."""
    proposed = Goal.objects.filter(state=Goal.State.PROPOSED).select_related("agent")
    to_me = within(actor.sight(P.SET_OWN), own="agent__user") & Q(proposed_by=rules.LEAD)
    lead = within(actor.sight(P.LEAD), team="agent__team", site="agent__team__site")
    to_lead = lead & Q(proposed_by=rules.AGENT) & ~Q(agent__user=actor.user_id)
    return proposed.filter(to_me | to_lead).order_by("proposed_at", "pk")


def handed_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """That somebody else shares a goal now, for whoever still sees it."""
    found = visible_goals(actor).select_related("agent", "lead").filter(pk=ref[1]).first()
    return handed_words(found) if found else None


def goal_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice, for whoever still sees the goal."""
    found = visible_goals(actor).select_related("agent").filter(pk=ref[1]).first()
    return notice_words(found) if found else None

"""Reading figures and goals of others: that it was done stands in the audit, whatever the door."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.performance.permissions import PerformancePermission
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor


def note_reading(*, agent: Agent, by: Actor, at: datetime) -> None:
    """Say that somebody looked at an agent's figures; one's own are read without a word."""
    audit.seen(by=by, about=("performance.figures", agent.pk), person=agent.user_id, at=at)


def note_team(*, by: Actor, at: datetime) -> None:
    """Say that somebody was shown the figures of those they lead, many at once."""
    audit.seen(by=by, about=("performance.figures", "team"), at=at)


def note_figures(*, agent_id: int | None, by: Actor, at: datetime) -> None:
    """Say that somebody who sees figures of others read them as a list: of one agent, or many at once."""
    if not by.sight(PerformancePermission.SEE).beyond_own:
        return
    if agent_id is None:
        note_team(by=by, at=at)
        return
    agent = people.visible_agents(by, PerformancePermission.SEE).filter(pk=agent_id).first()
    if agent is not None:
        note_reading(agent=agent, by=by, at=at)


def note_goals(*, by: Actor, at: datetime) -> None:
    """Say that somebody who sees goals of others was shown them, many at once."""
    if by.sight(PerformancePermission.SEE_GOALS).beyond_own:
        audit.seen(by=by, about=("performance.goal", "list"), at=at)


def read_goal(*, goal_id: int, by: Actor, at: datetime) -> Goal:
    """Open a goal in sight; by anybody but the agent it is for, that is written down."""
    goal = queries.the_goal(by, goal_id)
    audit.seen(by=by, about=("performance.goal", goal.pk), person=goal.agent.user_id, at=at)
    return goal

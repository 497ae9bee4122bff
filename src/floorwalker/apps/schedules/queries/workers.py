"""The people of a week as the rules and the solver need them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people.models import Agent, AgentDayOff, AgentSkill
from floorwalker.apps.people.queries import visible_agents
from floorwalker.apps.schedules.queries.needs import QueueRow
from floorwalker.apps.schedules.rules.stints import WEEK, Worker
from floorwalker.kernel.access import Actor, Permission

ANY_TIME = ((0, 2880),)


def workers(rows: QuerySet[Agent], first_day: date, queues: Iterable[QueueRow]) -> list[Worker]:
    """Agents with what limits them in the week and the weeks around it. A few queries, however many people."""
    agents = list(rows.order_by("name", "number"))
    ids = [agent.pk for agent in agents]
    off = days_off(ids, first_day)
    can = served(ids, queues)
    new = offphone.training_of(ids, first_day)
    return [_worker(each, off.get(each.pk, frozenset()), can.get(each.pk), new.get(each.pk)) for each in agents]


def employed_in(rows: QuerySet[Agent], first_day: date) -> QuerySet[Agent]:
    """Who is here on at least one day of that week."""
    last = first_day + timedelta(days=WEEK - 1)
    return rows.filter(Q(left_on=None) | Q(left_on__gte=first_day), started_on__lte=last)


def rosterable(rows: QuerySet[Agent], first_day: date) -> QuerySet[Agent]:
    """Whom a solver may give shifts: contractors are offered work, and never assigned."""
    return employed_in(rows, first_day).exclude(engagement=Agent.Engagement.CONTRACTOR)


def agents_of_site(actor: Actor, site_id: int, permission: Permission) -> QuerySet[Agent]:
    return visible_agents(actor, permission).filter(team__site=site_id)


def days_off(agents: Collection[int], first_day: date) -> dict[int, frozenset[date]]:
    around = (first_day - timedelta(days=WEEK), first_day + timedelta(days=2 * WEEK))
    found: dict[int, set[date]] = {}
    for agent, day in AgentDayOff.objects.filter(agent__in=agents, day__range=around).values_list(
        "agent_id", "day"
    ):
        found.setdefault(agent, set()).add(day)
    return {agent: frozenset(days) for agent, days in found.items()}


def served(agents: Collection[int], queues: Iterable[QueueRow]) -> dict[int, frozenset[int]]:
    """The queues each person can serve: those that ask for no skill, and those whose skill they hold."""
    rows = list(queues)
    if not any(queue.skill for queue in rows):
        return {}
    held: dict[int, set[int]] = {agent: set() for agent in agents}
    for agent, skill in AgentSkill.objects.filter(agent__in=agents).values_list("agent_id", "skill_id"):
        held[agent].add(skill)
    return {
        agent: frozenset(queue.id for queue in rows if queue.skill is None or queue.skill in skills)
        for agent, skills in held.items()
    }


def windows(text: str) -> tuple[tuple[int, int], ...]:
    """Wall-clock minutes of `07:00-16:00|18:00-24:00`, as people keeps it; an end before its start is next day."""
    found = []
    for part in filter(None, text.split("|")):
        start, end = (int(clock[:2]) * 60 + int(clock[3:5]) for clock in part.split("-"))
        found.append((start, end if end > start else end + 1440))
    return tuple(found) or ANY_TIME


def _worker(
    agent: Agent, off: frozenset[date], queues: frozenset[int] | None, new: offphone.Training | None
) -> Worker:
    return Worker(
        agent.pk,
        agent.name,
        agent.number,
        float(agent.least_hours),
        float(agent.most_hours),
        agent.most_days,
        float(agent.least_rest_hours),
        agent.most_days_in_a_row,
        windows(agent.available),
        off,
        queues,
        agent.engagement == Agent.Engagement.CONTRACTOR,
        agent.started_on,
        agent.left_on,
        new.minutes if new else 0,
        new.periods if new else (),
    )

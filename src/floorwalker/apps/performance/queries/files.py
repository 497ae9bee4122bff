"""What the rows of a file would do, as things stand now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models.functions import Lower

from floorwalker.apps.people import queries as people
from floorwalker.apps.performance.models import AgentDay, FactFile
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.rules.facts import Name, Row, Someone, plan_rows
from floorwalker.kernel.access import Actor

FILE_SOURCE = "file"


def source_of(system: str) -> str:
    """What figures of a file are told under: two systems never replace each other's."""
    return f"{FILE_SOURCE}:{system}" if system else FILE_SOURCE


def systems(actor: Actor) -> list[str]:
    """Systems whose names for agents are known."""
    names = people.visible_agent_names(actor, P.TELL)
    return list(names.order_by("system").values_list("system", flat=True).distinct())


def plan_of(actor: Actor, found: FactFile, today: date) -> list[Row]:
    """Each row with what would become of it."""
    rows = [(line, cells) for line, cells in found.rows]
    wanted = {cells[0].strip().lower() for _, cells in rows}
    names = _names(actor, found.system, wanted)
    ids = {name.agent_id for each in names.values() for name in each}
    told = people.visible_agents(actor, P.TELL).filter(pk__in=ids)
    someones = {
        agent.pk: Someone(agent.pk, agent.started_on, agent.left_on, agent.engagement == "contractor")
        for agent in told
    }
    known = {
        key: (agent, value, weight)
        for key, agent, value, weight in AgentDay.objects.filter(
            agent__in=someones, source=source_of(found.system), replaced=False
        ).values_list("key", "agent", "value", "weight")
    }
    return plan_rows(rows, prefix="", people=someones, names=names, known=known, today=today)


def _names(actor: Actor, system: str, wanted: Iterable[str]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    if not system:
        rows = people.visible_agents(actor, P.TELL).annotate(key=Lower("number")).filter(key__in=set(wanted))
        for agent in rows:
            found[agent.key].append(Name(agent.pk, agent.started_on, None))
        return found
    others = people.visible_agent_names(actor, P.TELL).filter(system=system).annotate(key=Lower("external_id"))
    for name in others.filter(key__in=set(wanted)):
        found[name.key].append(Name(name.agent_id, name.days.lower, name.days.upper))
    return found

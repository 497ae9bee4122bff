"""Reads of the workforce: `sight` who sees what, `lists` by the page, `person` one agent, `terms` for rosters."""

from floorwalker.apps.people.queries.lists import Wanted, agents_in, choices, export_rows, leaders
from floorwalker.apps.people.queries.person import AgentPage, agent_page, history, levels_side_by_side
from floorwalker.apps.people.queries.sight import (
    agent_of,
    the_agent,
    the_client,
    the_site,
    the_skill,
    the_team,
    visible_agent_names,
    visible_agent_skills,
    visible_agents,
    visible_clients,
    visible_days_off,
    visible_leaving_reasons,
    visible_memberships,
    visible_sites,
    visible_skills,
    visible_teams,
)
from floorwalker.apps.people.queries.terms import Terms, called, terms_of

__all__ = [
    "AgentPage",
    "Terms",
    "Wanted",
    "agent_of",
    "agent_page",
    "agents_in",
    "called",
    "choices",
    "export_rows",
    "history",
    "leaders",
    "levels_side_by_side",
    "terms_of",
    "the_agent",
    "the_client",
    "the_site",
    "the_skill",
    "the_team",
    "visible_agent_names",
    "visible_agent_skills",
    "visible_agents",
    "visible_clients",
    "visible_days_off",
    "visible_leaving_reasons",
    "visible_memberships",
    "visible_sites",
    "visible_skills",
    "visible_teams",
]

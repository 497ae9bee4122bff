"""The reference data of the workforce."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries, rules, words
from floorwalker.apps.people.models import Client, LeavingReason, Site, Skill, Team
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.directory import Directory, More


def led_by(actor: Actor, teams: list[Any]) -> Mapping[int, str]:  # noqa: ARG001 - whoever sees a team sees who leads it
    """Who leads each team now."""
    found = queries.leaders(team.pk for team in teams)
    return {team_id: ", ".join(names) for team_id, names in found.items()}


def people_in(actor: Actor, teams: list[Any]) -> Mapping[int, str]:
    """How many agents in sight are in each team and have not left."""
    rows = queries.visible_agents(actor).filter(team__in=[team.pk for team in teams], left_on=None)
    return {row["team"]: str(row["n"]) for row in rows.values("team").annotate(n=Count("pk")).order_by()}


CLIENTS = Directory(
    model=Client,
    key="clients",
    title=_("Clients"),
    one=_("client"),
    about=_("The companies whose customers are served here."),
    fields=("name",),
    visible=queries.visible_clients,
    see=P.SEE_CLIENTS,
    keep=P.KEEP_ORGANISATION,
    whole_house=True,
)
SITES = Directory(
    model=Site,
    key="sites",
    title=_("Sites"),
    one=_("site"),
    about=_("Places, or virtual ones, each with a time zone: its days begin and end there."),
    fields=("name", "zone", "country", "publish_days_ahead"),
    visible=queries.visible_sites,
    see=P.SEE_ORGANISATION,
    keep=P.KEEP_ORGANISATION,
    checks={"zone": words.saying(rules.known_zone)},
    whole_house=True,
)
TEAMS = Directory(
    model=Team,
    key="teams",
    title=_("Teams"),
    one=_("team"),
    about=_("People led together. Who leads a team is a role, given on the page of users."),
    fields=("name", "site"),
    visible=queries.visible_teams,
    see=P.SEE_ORGANISATION,
    keep=P.KEEP_ORGANISATION,
    picks={"site": queries.visible_sites},
    more=(More(_("Led by"), led_by), More(_("Agents"), people_in)),
)
SKILLS = Directory(
    model=Skill,
    key="skills",
    title=_("Skills"),
    one=_("skill"),
    about=_("General skills help on every contact; special ones are a product, a language, a process, a queue."),
    fields=("name", "kind", "side"),
    visible=queries.visible_skills,
    see=P.SEE_ORGANISATION,
    keep=P.KEEP_ORGANISATION,
    whole_house=True,
)
LEAVING_REASONS = Directory(
    model=LeavingReason,
    key="leaving_reasons",
    title=_("Reasons for leaving"),
    one=_("reason"),
    about=_("What leaving is recorded with, in the words of this house."),
    fields=("name",),
    visible=queries.visible_leaving_reasons,
    see=P.KEEP_AGENTS,
    keep=P.KEEP_AGENTS,
    whole_house=True,
)
ALL = (CLIENTS, SITES, TEAMS, SKILLS, LEAVING_REASONS)

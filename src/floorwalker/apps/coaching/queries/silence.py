"""Who heard nothing from anybody for too long: agent by agent for the round, counts by team above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from floorwalker.apps.coaching.models import FloorSetting, Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import floor
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, Permission


def led(actor: Actor, permission: Permission = P.WALK) -> QuerySet[Agent]:
    """Agents in sight who have not left; nobody sees themselves on their own floor."""
    found = people.visible_agents(actor, permission).filter(left_on=None).exclude(user=actor.user_id)
    return found.select_related("team__site").order_by("name", "pk")


def limits(sites: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Of each site: days of silence at most, and visits a day."""
    rows = FloorSetting.objects.filter(site__in=set(sites)).values_list("site", "silence_days", "visits_a_day")
    return {site: (days, visits) for site, days, visits in rows}


class Listener(NamedTuple):
    """What is needed of somebody to tell how long they heard nothing: no more, for a house has thousands."""

    pk: int
    team_id: int
    team: str
    site_id: int
    zone: str
    started_on: date


def _listeners(agents: QuerySet[Agent]) -> list[Listener]:
    rows = agents.order_by("name", "pk").values_list(
        "pk", "team", "team__name", "team__site", "zone", "team__site__zone", "started_on"
    )
    return [Listener(pk, team, name, site, own or zone, began) for pk, team, name, site, own, zone, began in rows]


def silent_days(agents: Sequence[Agent], at: datetime) -> dict[int, int]:
    """Days since anybody spoke to them; if nobody ever did, since their first day."""
    told = [
        Listener(
            each.pk,
            each.team_id,
            each.team.name,
            each.team.site_id,
            each.zone or each.team.site.zone,
            each.started_on,
        )
        for each in agents
    ]
    return _silent_days(told, [each.pk for each in agents], at)


def _silent_days(agents: Iterable[Listener], which: QuerySet[Any] | list[int], at: datetime) -> dict[int, int]:
    """What was said before this installation kept a record nobody knows: nobody is silent for longer than that."""
    last = dict(
        Touch.objects.filter(agent__in=which, taken_back_at=None)
        .exclude(kind=Touch.Kind.GROUP)  # among twenty nobody was spoken to
        .values("agent")
        .annotate(last=Max("at"))
        .values_list("agent", "last")
    )
    began = min((moment for moment in (audit.began(), *last.values()) if moment), default=at)
    found = {}
    for each in agents:
        zone = ZoneInfo(each.zone)
        today = at.astimezone(zone).date()
        first_known = max(each.started_on, began.astimezone(zone).date())
        since = last[each.pk].astimezone(zone).date() if each.pk in last else first_known
        found[each.pk] = max((today - since).days, 0)
    return found


@dataclass(frozen=True)
class TeamSilence:
    """How many of a team heard nothing for longer than the limit of their site."""

    team_id: int
    site_id: int
    name: str
    over: int
    people: int
    limit_days: int


def silence_by_team(actor: Actor, at: datetime, permission: Permission = P.SEE_ATTENTION) -> list[TeamSilence]:
    """Team by team, counts only."""
    everybody = led(actor, permission)
    agents = _listeners(everybody)
    silent = _silent_days(agents, everybody.order_by().values("pk"), at)
    known = limits({each.site_id for each in agents})
    found: dict[int, list[Listener]] = {}
    for each in agents:
        found.setdefault(each.team_id, []).append(each)
    lines = []
    for team_id, members in found.items():
        limit = known.get(members[0].site_id, (floor.SILENCE_LIMIT_DAYS, 4))[0]
        over = sum(silent[each.pk] > limit for each in members)
        lines.append(TeamSilence(team_id, members[0].site_id, members[0].team, over, len(members), limit))
    return sorted(lines, key=lambda line: (-line.over, line.name))


def silence_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of the notice to whoever leads: how many, and the limit."""
    line = next((each for each in silence_by_team(actor, timezone.now(), P.WALK) if each.team_id == ref[1]), None)
    if line is None or not line.over:
        return None
    said = ngettext(
        "%(n)s of %(team)s has heard nothing from anybody for more than %(days)s days.",
        "%(n)s of %(team)s have heard nothing from anybody for more than %(days)s days.",
        line.over,
    )
    return said % {"n": line.over, "team": line.name, "days": line.limit_days}

"""Who has waited for a one-to-one as long as their site holds to be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef

from floorwalker.apps.coaching.models import FloorSetting, OneToOne
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.people.models import Agent

COUNTED = (rules.CLOSED, rules.LET_GO)  # one that ended otherwise was none


@dataclass(frozen=True)
class Waiting:
    """An agent, when the next one-to-one is due, and how long it is at their site."""

    agent: Agent
    due: datetime
    minutes: int


def waiting_for_a_talk(at: datetime) -> list[Waiting]:
    """Agents at sites with a cadence whose next is due within a week and not planned; the longest waiting first.

    Counted from the last that was closed or let go, and without one from their first day.
    """
    settings = {each.site_id: each for each in FloorSetting.objects.filter(talk_days__gt=0)}
    theirs = OneToOne.objects.filter(agent=OuterRef("pk"))
    agents = (
        Agent.objects.filter(left_on=None, team__site__in=settings, started_on__lte=at.date())
        .exclude(Exists(theirs.filter(state__in=rules.OPEN)))
        .select_related("team__site")
    )
    last = dict(
        OneToOne.objects.filter(agent__team__site__in=settings, state__in=COUNTED)
        .values("agent")
        .annotate(last=Max("ended_at"))
        .values_list("agent", "last")
    )
    found = []
    for agent in agents:
        kept = settings[agent.team.site_id]
        zone = ZoneInfo(agent.zone or agent.team.site.zone)
        since = last.get(agent.pk) or datetime.combine(agent.started_on, time(12), zone)
        due = since + timedelta(days=kept.talk_days)
        if due <= at + timedelta(days=rules.DAYS_TO_PREPARE):
            found.append(Waiting(agent, due, kept.talk_minutes))
    return sorted(found, key=lambda each: (each.due, each.agent.name, each.agent.pk))


def open_talks_by_lead(leads: Iterable[int]) -> dict[int, int]:
    """How many one-to-ones each of these users has open."""
    rows = OneToOne.objects.filter(lead__in=set(leads), state__in=rules.OPEN).order_by().values("lead")
    return dict(rows.annotate(n=Count("pk")).values_list("lead", "n"))

"""Scores by day, for the domain that keeps figures of days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count

from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality.models import Review
from floorwalker.apps.quality.queries.reviews import SHOWN_TO_AGENT
from floorwalker.apps.quality.rules import reviews as rules


def score_of_day(agent_id: int, day: date) -> tuple[float, int] | None:
    """The mean score of an agent's drawn contacts of a day as it stands now, and of how many; those one asks to be
    checked on say nothing of the others."""
    agent = Agent.objects.select_related("team__site").get(pk=agent_id)
    zone = ZoneInfo(agent.zone or agent.team.site.zone)
    begins = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    found = Review.objects.filter(
        agent=agent,
        why=rules.SAMPLE,
        state__in=SHOWN_TO_AGENT,
        score__isnull=False,
        conversation__started_at__gte=begins,
        conversation__started_at__lt=ends,
    ).aggregate(mean=Avg("score"), n=Count("pk"))
    return (found["mean"], found["n"]) if found["n"] else None

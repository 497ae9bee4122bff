"""Figures week by week, for the jobs of rooms above that compare many people: sums, never shown as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import F, FloatField, Sum
from django.db.models.functions import TruncWeek

from floorwalker.apps.performance.models import AgentDay, MeasureKey
from floorwalker.apps.performance.rules.measures import MEASURES, UP


def weekly(site_id: int | None, first: date, end: date) -> Iterator[tuple[str, int, date, float, float]]:
    """Measure, agent, Monday, the sum of value × weight and of weight; of a site, or of the whole house."""
    rows = AgentDay.objects.filter(day__gte=first, day__lt=end, replaced=False, weight__gt=0)
    if site_id is not None:
        rows = rows.filter(agent__team__site=site_id)
    sums = (
        rows.annotate(week=TruncWeek("day"))
        .values("measure", "agent", "week")
        .annotate(total=Sum(F("value") * F("weight"), output_field=FloatField()), rests_on=Sum("weight"))
        .order_by("measure", "agent", "week")
        .values_list("measure", "agent", "week", "total", "rests_on")
    )
    yield from sums.iterator(chunk_size=5000)


def daily(
    site_id: int, measures: Collection[str], first: date, last: date
) -> Iterator[tuple[str, int, date, float, float]]:
    """Measure, agent, day, value and what it rests on, of a site; for jobs that look for harm."""
    rows = (
        AgentDay.objects.filter(
            agent__team__site=site_id, measure__in=measures, day__gte=first, day__lte=last, replaced=False
        )
        .values("measure", "agent", "day")
        .annotate(total=Sum(F("value") * F("weight"), output_field=FloatField()), rests_on=Sum("weight"))
        .order_by("measure", "agent", "day")
    )
    for row in rows.iterator(chunk_size=5000):
        yield row["measure"], row["agent"], row["day"], row["total"] / row["rests_on"], row["rests_on"]


def measure_names() -> dict[str, str]:
    """What each measure is called, in the order of the list of measures."""
    return {key: str(MeasureKey(key).label) for key in MEASURES}


def better_is_more(measure: str) -> bool:
    return MEASURES[measure].better == UP

"""Scores in sums: by month and client, with what was agreed; nothing of fewer than five agents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth
from django.utils.timezone import make_aware

from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.sums import summed
from floorwalker.apps.quality.queries.targets import target_on, targets_of
from floorwalker.apps.quality.rules.targets import Clusters, Mean, mean_of
from floorwalker.kernel.access import Actor

FEWEST_AGENTS = 5
MONTHS = 12


@dataclass(frozen=True)
class SumLine:
    """A group in a month; nothing of it where it has fewer than five agents."""

    month: datetime
    group: str
    agents: int
    reviews: int | None = None
    score: Mean | None = None
    all_points: float | None = None
    target: int | None = None  # agreed with the client, as in force on the last day of the month

    @property
    def told(self) -> bool:
        return self.agents >= FEWEST_AGENTS

    @property
    def against_target(self) -> str:
        """Kept, missed, or open where the reviews cannot tell; empty without a target."""
        return self.score.against(self.target) if self.score is not None and self.target is not None else ""


# By agent first, for an interval takes agents as the sample; thousands of them never leave the database.
BY_CLIENT = """
    SELECT month, client, name, sum(whole),
        count(*), sum(n), sum(total), sum(total * total), sum(total * n), sum(n * n)
    FROM ({by_agent}) AS by_agent JOIN people_client ON people_client.id = client
    GROUP BY month, client, name ORDER BY month DESC, name, client
"""


def score_sums(actor: Actor, at: datetime) -> list[SumLine]:
    """By month and client, without totals: a total less the groups would tell of the small ones."""
    groups = list(_groups(actor, at - timedelta(days=31 * MONTHS)))
    known = targets_of(each.client for each in groups)
    return [each.line(target_on(known, each.client, _last_day(each.month))) for each in groups]


@dataclass(frozen=True)
class _Group:
    month: datetime
    client: int
    name: str
    all_points: float
    sums: Clusters

    def line(self, target: int | None) -> SumLine:
        agents, number = self.sums.agents, int(self.sums.reviews)
        if agents < FEWEST_AGENTS:
            return SumLine(self.month, self.name, agents, target=target)
        whole = self.all_points / number
        return SumLine(self.month, self.name, agents, number, mean_of(self.sums), whole, target)


def _groups(actor: Actor, since: datetime) -> Iterator[_Group]:
    by_agent = (
        summed(actor, P.SEE_SUMS)
        .filter(released_at__gte=since)
        .values("agent", month=TruncMonth("conversation__started_at"), client=F("conversation__client"))
        .annotate(n=Count("pk"), total=Sum("score"), whole=Sum("all_points"))
    )
    try:
        inner, values = by_agent.query.sql_with_params()
    except EmptyResultSet:  # nothing is in sight
        return
    with connection.cursor() as cursor:
        cursor.execute(BY_CLIENT.format(by_agent=inner), values)
        for month, client, name, whole, agents, *sums in cursor.fetchall():
            yield _Group(make_aware(month), client, name, whole, Clusters(agents, *map(float, sums)))


def _last_day(month: datetime) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1).date() - timedelta(days=1)


def plain_sum(line: SumLine) -> dict[str, Any]:
    names = ("month", "agents", "reviews", "all_points", "target")
    mean = {"score": None, "score_low": None, "score_high": None}
    if line.score is not None:
        mean = {"score": line.score.value, "score_low": line.score.low, "score_high": line.score.high}
    told = {"client": line.group, "against_target": line.against_target}
    return {name: getattr(line, name) for name in names} | mean | told

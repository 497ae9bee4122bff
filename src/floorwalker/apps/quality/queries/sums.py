"""Reads in sums: who is overdue, which points no agent can win back, scores of groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Avg, Count, Max, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality import words
from floorwalker.apps.quality.models import LostPoint, Review
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.plans import cadences
from floorwalker.apps.quality.queries.reviews import SHOWN_TO_AGENT
from floorwalker.apps.quality.queries.targets import target_on, targets_of
from floorwalker.apps.quality.rules import sampling
from floorwalker.apps.quality.rules.forms import AGENT
from floorwalker.apps.quality.rules.targets import Mean, mean_of
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import Chart, Series, number_words
from floorwalker.kernel.scoping import within

FEWEST_AGENTS = 5
MONTHS = 12


WITHOUT_PLAN = 30  # days, for agents of no plan


@dataclass(frozen=True)
class Late:
    """An agent whose last review lies further back than their cadence."""

    agent: Agent
    last: datetime | None
    days: int
    under_way: bool
    cadence: int
    planned: bool  # by a plan that is active


def overdue(actor: Actor, cadence: int | None, at: datetime) -> list[Late]:
    """The longest overdue first; who was never reviewed counts from the day they began.

    Without ``cadence`` it is each agent's own, by the plans that are active; of no plan: thirty days.
    """
    rows = people.visible_agents(actor, P.EVALUATE).filter(started_on__lte=at.date()).exclude(
        left_on__lt=at.date()
    )  # fmt: skip
    agents = {each.pk: each for each in rows.select_related("team__site")}
    mine = Review.objects.filter(agent__in=rows.values("pk"), why__in=["sample", "check_me"])
    last = dict(
        mine.filter(released_at__isnull=False).values_list("agent").annotate(n=Max("released_at")).order_by()
    )
    under_way = set(mine.filter(state__in=["drawn", "scored"]).values_list("agent", flat=True))
    since = {pk: datetime.combine(each.started_on, time(), at.tzinfo) for pk, each in agents.items()}
    planned = cadences(list(agents.values()), at)
    days = {pk: cadence or planned.get(pk, WITHOUT_PLAN) for pk in agents}
    found = sampling.overdue({pk: last.get(pk) for pk in agents}, since, days, at)
    return [
        Late(
            agents[each.agent], each.last, each.days, each.agent in under_way, days[each.agent],
            each.agent in planned,
        )
        for each in found
    ]  # fmt: skip


@dataclass(frozen=True)
class LostLine:
    """One item: how often it cost points nobody could keep, and how many."""

    who: str
    controlled_by: str
    item: str
    contacts: int
    points: float
    share: float  # of the contacts scored


@dataclass(frozen=True)
class LostPage:
    lines: list[LostLine]
    contacts: int  # scored in the time
    chart: Chart | None

    @property
    def points(self) -> float:
        return sum(each.points for each in self.lines)


def summed(actor: Actor, permission: Permission) -> QuerySet[Review]:
    """Scored reviews in reach, for sums alone: nothing of a single one may be shown from here."""
    reach = within(
        actor.sight(permission),
        team="agent__team",
        site="agent__team__site",
        client="conversation__client",
    )
    return Review.objects.filter(reach, state__in=SHOWN_TO_AGENT, why__in=["sample", "check_me"])


def lost_points(actor: Actor, first: datetime, at: datetime) -> LostPage:
    """Points no agent can win back, by who can: the most costly first."""
    reviews = summed(actor, P.SEE_LOST).filter(released_at__gte=first, released_at__lte=at)
    contacts = reviews.count()
    rows = (
        LostPoint.objects.filter(review__in=reviews.values("pk"))
        .exclude(controlled_by=AGENT)
        .values_list("controlled_by", "item_text")
        .annotate(n=Count("review", distinct=True), points=Sum("points"))
        .order_by("-points", "item_text")
    )
    lines = [
        LostLine(words.controller(who), who, text, n, points, n / contacts if contacts else 0.0)
        for who, text, n, points in rows
    ]
    return LostPage(lines, contacts, _lost_chart(lines))


def _lost_chart(lines: list[LostLine]) -> Chart | None:
    if not lines:
        return None
    by_owner: dict[str, float] = {}
    for each in lines:
        by_owner[each.who] = by_owner.get(each.who, 0.0) + each.points
    owners = sorted(by_owner, key=lambda each: -by_owner[each])
    return Chart(
        key="lost",
        title=_("Points lost, by who could keep them"),
        sentence=_("Most are in the hands of %(who)s: %(points)s points.")
        % {"who": owners[0], "points": number_words(by_owner[owners[0]], digits=0)},
        points=[str(each) for each in owners],
        unit=_("points"),
        series=[Series(_("Points lost"), [by_owner[each] for each in owners], role="bar")],
        csv_url="lost.csv",
    )


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


def score_sums(actor: Actor, at: datetime) -> list[SumLine]:
    """By month and client, without totals: a total less the groups would tell of the small ones."""
    since = at - timedelta(days=31 * MONTHS)
    rows = (
        summed(actor, P.SEE_SUMS)
        .filter(released_at__gte=since)
        .annotate(month=TruncMonth("conversation__started_at"))
        .values("month", "conversation__client", "conversation__client__name", "agent")
        .annotate(n=Count("pk"), mean=Avg("score"), whole=Avg("all_points"))
        .order_by("-month", "conversation__client__name", "agent")
        .values_list("month", "conversation__client", "conversation__client__name", "n", "mean", "whole")
    )
    groups: dict[tuple[datetime, int | None, str], list[tuple[int, float, float]]] = {}
    for month, client, name, number, mean, whole in rows:
        groups.setdefault((month, client, name), []).append((number, mean, whole))
    known = targets_of(client for _month, client, _name in groups if client is not None)
    return [
        _sum_line(month, name, agents, target_on(known, client, _last_day(month)))
        for (month, client, name), agents in groups.items()
    ]


def _sum_line(month: datetime, group: str, agents: list[tuple[int, float, float]], target: int | None) -> SumLine:
    if len(agents) < FEWEST_AGENTS:
        return SumLine(month, group, len(agents), target=target)
    number = sum(n for n, _mean, _whole in agents)
    whole = sum(n * each for n, _mean, each in agents) / number
    return SumLine(month, group, len(agents), number, mean_of([(n, m) for n, m, _w in agents]), whole, target)


def _last_day(month: datetime) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1).date() - timedelta(days=1)


def lost_rows(page: LostPage) -> Iterator[list[Any]]:
    for each in page.lines:
        yield [each.controlled_by, each.item, each.contacts, round(each.points, 2), round(each.share, 4)]


def overdue_rows(found: list[Late]) -> Iterator[list[Any]]:
    for each in found:
        yield [each.agent.number, each.agent.name, each.agent.team.name, each.last, each.days, each.cadence]


def plain_late(late: Late) -> dict[str, Any]:
    return {
        "agent_id": late.agent.pk,
        "last_review": late.last,
        "days_overdue": late.days,
        "under_way": late.under_way,
        "cadence_days": late.cadence,
        "planned": late.planned,
    }


def plain_lost(line: LostLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in ("controlled_by", "item", "contacts", "points", "share")}


def plain_sum(line: SumLine) -> dict[str, Any]:
    names = ("month", "agents", "reviews", "all_points", "target")
    mean = {"score": None, "score_low": None, "score_high": None}
    if line.score is not None:
        mean = {"score": line.score.value, "score_low": line.score.low, "score_high": line.score.high}
    told = {"client": line.group, "against_target": line.against_target}
    return {name: getattr(line, name) for name in names} | mean | told

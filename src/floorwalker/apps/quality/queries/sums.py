"""Reads in sums: who is overdue, and which points no agent can win back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality import words
from floorwalker.apps.quality.models import LostPoint, Review
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.plans import cadences
from floorwalker.apps.quality.queries.reviews import SHOWN_TO_AGENT
from floorwalker.apps.quality.rules import sampling
from floorwalker.apps.quality.rules.forms import AGENT
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import Chart, Series, number_words
from floorwalker.kernel.scoping import within

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

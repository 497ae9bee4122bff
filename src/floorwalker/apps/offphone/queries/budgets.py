"""What a site plans off the phones, what of it has a time, and what the plan and the roster hold of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from floorwalker.apps.offphone import rules
from floorwalker.apps.offphone.models import Budget, Session
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.apps.people.models import Agent, Site
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.periods import Period
from floorwalker.kernel.scoping import scoped, within

WEEKS_SHOWN = 4
FIRST_WEEKS = "offphone:first-weeks:"  # how training owed to who is new is called


def visible_budgets(actor: Actor, permission: Permission = P.BUDGET) -> QuerySet[Budget]:
    """Budgets of the sites in sight."""
    return Budget.objects.filter(within(actor.sight(permission), site="site"))


scoped(Budget, visible_budgets, P.BUDGET, key="budget_id", relations=("site",))


def plan_of(kept: Budget | None) -> rules.Plan:
    """A budget as plain values; nothing is planned where nobody has said so."""
    return rules.Plan(kept.minutes, kept.first_weeks, kept.first_minutes) if kept else rules.Plan()


def plans(sites: Iterable[int]) -> dict[int, rules.Plan]:
    """What is planned, site by site, where something is."""
    return {each.site_id: plan_of(each) for each in Budget.objects.filter(site__in=set(sites))}


def week_of(monday: date, zone: str) -> Period:
    """A week by the clock of a site."""
    here = ZoneInfo(zone)
    first, last = (datetime.combine(day, datetime.min.time(), here) for day in (monday, monday + rules.WEEK))
    return Period(first, last)


def employed(monday: date) -> QuerySet[Agent]:
    """Employees who are here in that week; contractors are owed no time."""
    here = Q(left_on=None) | Q(left_on__gte=monday)
    rows = Agent.objects.filter(here, started_on__lt=monday + rules.WEEK)
    return rows.exclude(engagement=Agent.Engagement.CONTRACTOR)


def shares_of_paid_time(sites: Iterable[int], day: date) -> dict[int, float]:
    """The share of paid time each site plans off the phones in the week of ``day``; for required staff."""
    known = {site: plan for site, plan in plans(sites).items() if plan != rules.Plan()}
    if not known:
        return {}
    monday = day - timedelta(days=day.weekday())
    people: dict[int, list[tuple[date, float]]] = {site: [] for site in known}
    rows = employed(monday).filter(team__site__in=known)
    for site, started_on, hours in rows.values_list("team__site_id", "started_on", "most_hours"):
        people[site].append((started_on, float(hours)))
    return {site: rules.share_of_paid_time(plan, people[site], monday) for site, plan in known.items()}


@dataclass(frozen=True)
class Training:
    """Training that somebody new is owed in a week: minutes in all, and the times it has."""

    minutes: int
    periods: tuple[tuple[datetime, datetime], ...]


def training_of(agents: Collection[int], monday: date) -> dict[int, Training]:
    """By agent, for those who are new in that week; for the rules a roster keeps."""
    known = {each.site_id: plan_of(each) for each in Budget.objects.filter(first_weeks__gt=0)}
    if not known:
        return {}
    rows = employed(monday).filter(pk__in=list(agents), team__site__in=known)
    minutes, zone_of = {}, {}
    for agent, started_on, site, zone in rows.values_list("pk", "started_on", "team__site_id", "team__site__zone"):
        if wanted := known[site].training(started_on, monday):
            minutes[agent], zone_of[agent] = wanted, zone
    if not minutes:
        return {}
    longest = week_of(monday, "UTC")
    around = Period(longest.start - timedelta(days=1), longest.end + timedelta(days=1))
    placed: dict[int, list[tuple[datetime, datetime]]] = {agent: [] for agent in minutes}
    sessions = Session.objects.filter(
        agent__in=minutes,
        once__startswith=FIRST_WEEKS,
        state=Session.State.PLACED,
        period__overlap=around.range,
    )
    for agent, period in sessions.order_by("period").values_list("agent_id", "period"):
        here = week_of(monday, zone_of[agent])
        if here.start <= period.lower < here.end:
            placed[agent].append((period.lower, period.upper))
    return {agent: Training(wanted, tuple(placed[agent])) for agent, wanted in minutes.items()}


@dataclass(frozen=True)
class BudgetWeek:
    """Minutes of a site in one week: planned, of these for who is new, delivered or with a time, and without."""

    monday: date
    people: int
    planned: int
    for_new: int
    timed: int
    waiting: int

    @property
    def left(self) -> int:
        """What is planned and not spoken for; below 0 more is owed than the plan holds."""
        return self.planned - self.timed - self.waiting


def budget_weeks(site: Site, plan: rules.Plan, at: datetime) -> list[BudgetWeek]:
    """This week and the next: minutes planned off the phones beside those owed. What is late counts this week."""
    today = at.astimezone(ZoneInfo(site.zone)).date()
    first = today - timedelta(days=today.weekday())
    found = []
    for number in range(WEEKS_SHOWN):
        monday = first + number * rules.WEEK
        started = list(employed(monday).filter(team__site=site).values_list("started_on", flat=True))
        for_new = sum(plan.training(day, monday) for day in started)
        timed, waiting = _minutes_in(site, week_of(monday, site.zone), with_late=number == 0)
        people = len(started)
        found.append(BudgetWeek(monday, people, people * plan.minutes + for_new, for_new, timed, waiting))
    return found


def _minutes_in(site: Site, week: Period, *, with_late: bool) -> tuple[int, int]:
    """Minutes with a time in the week, and minutes owed in it that have none."""
    sessions = Session.objects.filter(agent__team__site=site)
    timed = sessions.filter(
        state__in=[Session.State.PLACED, Session.State.DELIVERED],
        period__startswith__gte=week.start,
        period__startswith__lt=week.end,
    )
    due = Q(due__lte=week.end) if with_late else Q(due__gt=week.start, due__lte=week.end)
    waiting = sessions.filter(due, state=Session.State.OWED)
    return sum(timed.values_list("minutes", flat=True)), sum(waiting.values_list("minutes", flat=True))

"""What the published week of *corner* was simulated to bring; a one-to-one planned at its cheapest time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.capacity.models import DayAudit
from floorwalker.apps.coaching.models import OneToOne
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Shift, Week
from floorwalker.kernel.periods import Period
from floorwalker.kernel.roles import Role, Scope
from tests.journeys.conftest import Made, Visit
from tests.journeys.sampled import holder_of
from tests.people import Person

pytestmark = pytest.mark.prove  # making a sample takes longer than a test may
BANDED = re.compile(r"\d+\.\d % \(\d+\.\d–\d+\.\d\)")


def test_the_published_week_of_corner(visit: Visit, made: Made, behind: Callable[[], None]) -> None:
    """Where one person is nearly all roles."""
    made("corner", ("people", "history", "forecasts", "staff", "roster", "publication"))
    walked(visit, Week.objects.latest("first_day"), "corner", behind)


def walked(visit: Visit, week: Week, name: str, behind: Callable[[], None]) -> None:
    """What was simulated stands beside what was claimed wherever a number is decided on."""
    behind()  # the published week is simulated, and what an hour of it costs
    queue = audited(week)
    planner = visit(f"{name}-simulated").sign_in(holder_of(Role.PLANNER).user)
    planner.open(f"/staff/?queue={queue.pk}&week={week.first_day.isoformat()}")
    planner.shows("As simulated", "with the published roster", "Claimed", "Worth ", " EUR (")
    days = planner.page.locator("table", has=planner.page.locator("caption", has_text="As simulated"))
    assert BANDED.search(days.inner_text()), days.inner_text()
    planner.look_everywhere("required-staff")

    planner.page.locator(".capacity-grid a").first.click()
    why = planner.page.locator("#why")
    why.locator("table.capacity-parts").wait_for()
    reasons = re.sub(r"\s+", " ", why.inner_text())
    assert "The published roster, simulated" in reasons and "; claimed " in reasons, reasons
    assert BANDED.search(reasons) and " EUR" in reasons and "Callers who abandon" in reasons, reasons
    planner.look_everywhere("why-so-many")

    planner.open(reverse("schedules:board", args=[week.site_id, week.first_day]))
    planner.shows("As simulated", queue.name, "claimed ")
    assert BANDED.search(planner.text), planner.text
    planner.hides("the roster has changed since")
    planner.look_everywhere("roster")
    talk_at_the_cheapest(visit, week, name, behind)


def audited(week: Week) -> Queue:
    """The busiest queue of the site whose roster was simulated on every day it is open."""
    rows = DayAudit.objects.filter(
        queue__site=week.site_id, day__range=(week.first_day, week.first_day + timedelta(days=6)), basis="rostered"
    )
    busiest = rows.order_by("-day_contacts").select_related("queue").first()
    assert busiest is not None, "nothing of the published week was simulated"
    return busiest.queue


def talk_at_the_cheapest(visit: Visit, week: Week, name: str, behind: Callable[[], None]) -> None:
    """A supervisor takes the first of the cheapest times; it stands in the agent's schedule."""
    lead, agent = lead_and_agent(week)
    desk = visit(f"{name}-cheapest").sign_in(lead.user)
    desk.open(f"{reverse('coaching:plan_talk')}?agent={agent.pk}")
    desk.fill("Until when", (week.first_day + timedelta(days=6)).isoformat())
    desk.press("Plan it")
    talk = OneToOne.objects.filter(agent=agent).latest("pk")
    desk.shows("Cheapest times", "callers lost on average (", " EUR (", "simulated ", "of the roster")
    desk.look_everywhere("times")
    desk.press("Place it here")
    behind()
    session = Session.objects.get(pk=talk.session)
    assert session.state == "placed" and session.period is not None
    now = timezone.now()
    elsewhere = offphone.cheap_slots(
        [agent.pk], session.minutes, Period(now, now + timedelta(days=14)), actor=lead.actor, wanted=500,
        without=session.pk,
    )  # fmt: skip
    costs = [slot.callers for slot in elsewhere if slot.callers is not None]
    assert session.callers == pytest.approx(min(costs)) and session.callers < max(costs)
    desk.look("placed")

    start = session.period.lower.astimezone(ZoneInfo(agent.team.site.zone))
    assert agent.user is not None
    phone = visit(f"{name}-cheapest-agent", 390).sign_in(agent.user)
    phone.open(f"/schedules/mine/day/{start.date().isoformat()}/")
    phone.shows(f"{start:%H:%M}–", "one-to-one")
    phone.look_everywhere("my-schedule")


def lead_and_agent(week: Week) -> tuple[Person, Agent]:
    """Who leads a team of the site, and somebody of it who works in the week and has no one-to-one."""
    working = Shift.objects.filter(week=week, until=None, cancelled=False).values("agent")
    agents = Agent.objects.filter(
        pk__in=working, engagement="employee", user__isnull=False, one_to_ones__isnull=True
    ).select_related("team__site", "user")
    leads = RoleHeld.objects.filter(role=Role.SUPERVISOR).select_related("user").order_by("pk")
    for agent in agents.order_by("team__name", "name"):
        held = (
            leads.filter(scope=Scope.TEAM, scope_id=agent.team_id).first() or leads.filter(scope=Scope.ALL).first()
        )
        if held is not None and held.user_id != agent.user_id:
            return Person("lead", held.user), agent
    raise AssertionError("nobody of the week has a lead")

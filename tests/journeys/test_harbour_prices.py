"""What the published week of *harbour* was simulated to bring; a one-to-one where it costs the fewest callers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.capacity.models import DayAudit
from floorwalker.apps.coaching import services as coaching
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.models import PriceDay, Session
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Shift, Week
from floorwalker.kernel.periods import Period
from floorwalker.kernel.roles import Role, Scope
from floorwalker.project.sample import cast as sample_cast
from tests.journeys.conftest import Visit
from tests.people import Person

pytestmark = pytest.mark.prove  # making a sample takes longer than a test may


def test_the_week_is_told_as_simulated_and_a_talk_takes_its_cheapest_time(
    visit: Visit, week: Week, behind: Callable[[], None]
) -> None:
    """Claimed beside simulated, the reasons of a cell, prices in callers and money; a talk on a phone."""
    monday = week.first_day
    behind()
    queue = DayAudit.objects.filter(queue__site=week.site).order_by("queue").first().queue  # type: ignore[union-attr]
    planner = visit("harbour-simulated").sign_in(User.objects.get(email=sample_cast.email_of("Pia Lindholm")))
    planner.open(f"/staff/?queue={queue.pk}&week={monday.isoformat()}")
    planner.shows("As simulated", "with the published roster", "Worth ", "EUR (")
    planner.look_everywhere("staff")
    planner.page.locator(".capacity-grid a").nth(20).click()
    planner.page.locator("#why table.capacity-parts").wait_for()
    planner.shows("simulated")
    planner.look_everywhere("why")
    planner.open(reverse("schedules:board", args=[week.site_id, monday]))
    planner.shows("As simulated")
    planner.hides("the roster has changed since")  # a holiday is not simulated, the days around it are
    planner.look_everywhere("board")

    agent, lead = somebody_led(week)
    zone = ZoneInfo(week.site.zone)
    end = datetime.combine(monday + timedelta(days=6), time(23), zone)
    talk = coaching.plan_talk(agent_id=agent.pk, talk_minutes=30, due=end, by=lead.actor, at=timezone.now())
    between = Period(timezone.now(), end)
    slots = offphone.cheap_slots([agent.pk], 30, between, actor=lead.actor, wanted=500)
    assert min(slot.callers for slot in slots) < max(slot.callers for slot in slots)
    assert PriceDay.objects.filter(source="simulation", currency="EUR").exists()
    supervisor = visit("harbour-cheapest").sign_in(lead.user)
    supervisor.open(f"/coaching/talks/{talk.pk}/")
    supervisor.shows("Cheapest times", "callers lost on average (", "EUR (")
    supervisor.look_everywhere("times")
    supervisor.press("Place it here")
    session = Session.objects.get(pk=talk.session)
    assert session.state == "placed"
    assert session.callers == pytest.approx(min(slot.callers for slot in slots))
    supervisor.look("placed")
    behind()

    assert agent.user is not None
    assert session.period is not None
    begins = session.period.lower.astimezone(zone)
    phone = visit("harbour-talk", 390).sign_in(agent.user)
    phone.open(f"/schedules/mine/day/{begins.date().isoformat()}/")
    phone.shows(f"{begins:%H:%M}–", "one-to-one")
    phone.look_everywhere("my-day")


def somebody_led(week: Week) -> tuple[Agent, Person]:
    """An employee on the published week with an account, without an open talk, and who leads the team."""
    live = Shift.objects.filter(week=week, until=None, cancelled=False, agent__engagement="employee")
    rows = live.filter(agent__user__isnull=False, agent__one_to_ones__isnull=True).order_by("agent__name")
    leads = {
        held.scope_id: held.user
        for held in RoleHeld.objects.filter(role=Role.SUPERVISOR, scope=Scope.TEAM).select_related("user")
    }
    for shift in rows.select_related("agent__user", "agent__team"):
        assert shift.agent is not None
        if shift.agent.team_id in leads:
            return shift.agent, Person("lead", leads[shift.agent.team_id])
    raise AssertionError("nobody on the week is led by somebody")

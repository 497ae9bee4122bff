"""A one-to-one takes the time of a published week that costs the fewest callers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.capacity import services as staffing
from floorwalker.apps.capacity.models import StaffingPolicy
from floorwalker.apps.capacity.work import audits, pricing
from floorwalker.apps.coaching import services as coaching
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.kernel.periods import Period
from tests.factories import schedules as make
from tests.factories.capacity import a_forecast
from tests.journeys.conftest import Visit
from tests.people import Cast


def test_a_one_to_one_is_placed_where_it_costs_least(
    visit: Visit,
    cast: Cast,
    monday: date,
    deliver: Callable[[], None],
    work: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prices are simulated behind the publication; the page says so and begins with the cheapest time."""
    monkeypatch.setattr(audits, "REPLICATIONS", 10)
    monkeypatch.setattr(pricing, "REPLICATIONS", 10)
    now, queue = timezone.now(), make.a_queue(cast.world)
    Queue.objects.filter(pk=queue.pk).update(patience_seconds=120.0)
    queue.refresh_from_db()
    a_forecast(queue, monday, times=0.2)
    StaffingPolicy.objects.create(queue=queue, value_in_time=4.0, cost_lost=12.0)
    week = make.a_week(cast.world.north, monday)
    people = [each for each in (cast.agent.agent, cast.colleague.agent, cast.other_team_agent.agent) if each]
    make.published(week, make.working_days(week, people, queue=queue), now, by=cast.planner.actor)
    staffing.order(queues=[queue.pk], first_day=monday, days=7, by=cast.planner.actor, at=now)
    deliver()
    work(inline=True)
    assert cast.agent.agent is not None
    due = now + timedelta(days=14)
    talk = coaching.plan_talk(
        agent_id=cast.agent.agent.pk, talk_minutes=30, due=due, by=cast.supervisor.actor, at=now
    )

    visitor = visit("cheapest-time").sign_in(cast.supervisor.user)
    visitor.open(f"/coaching/talks/{talk.pk}/")
    visitor.shows(
        "Cheapest times", "callers lost on average (", "simulated ", "EUR (", "for version 1 of the roster"
    )
    visitor.shows("A price is an average over all people of a queue.")
    visitor.look_everywhere("times")
    between = Period(now, now + timedelta(days=14))
    slots = offphone.cheap_slots([cast.agent.agent.pk], 30, between, actor=cast.supervisor.actor, wanted=60)
    visitor.press("Place it here")
    session = Session.objects.get(pk=talk.session)
    assert session.state == "placed"
    assert session.callers == pytest.approx(min(slot.callers for slot in slots))
    assert session.callers < max(slot.callers for slot in slots)
    visitor.look("placed")

    planner = visit("as-simulated").sign_in(cast.planner.user)
    planner.open(f"/staff/?queue={queue.pk}&week={monday.isoformat()}")
    planner.shows("As simulated", "with the published roster", "Simulate again")
    planner.shows("Worth ", "EUR (")
    planner.look_everywhere("required-staff")
    planner.open(f"/staff/{queue.pk}/policy/")
    planner.look_everywhere("how-it-is-staffed")
    planner.open(reverse("schedules:board", args=[week.site_id, monday]))
    planner.shows("As simulated")
    planner.look_everywhere("roster")

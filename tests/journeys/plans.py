"""A published week of the cast, for journeys that begin in the middle of a centre's life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Shift, Week
from tests.factories import schedules as make
from tests.people import Cast


@dataclass(frozen=True)
class Plan:
    """A week of North, in force."""

    week: Week
    queue: Queue

    @property
    def board(self) -> str:
        return reverse("schedules:board", args=[self.week.site_id, self.week.first_day])

    def shift(self, agent: Agent | None, day: int = 0) -> Shift:
        assert agent is not None
        wanted = self.week.first_day + timedelta(days=day)
        return next(each for each in make.live(agent) if each.day == wanted)

    def page_of(self, shift: Shift) -> str:
        return reverse("schedules:shift", args=[self.week.site_id, self.week.first_day, shift.identity])


def planned(cast: Cast, monday: date, at: datetime | None = None, **starts: Any) -> Plan:
    """Nine to half past five, Monday to Friday, for those of North; required staff for some of it."""
    queue = make.a_queue(cast.world)
    week = make.a_week(cast.world.north, monday)
    people = [cast.agent.agent, cast.colleague.agent, cast.other_team_agent.agent]
    assert all(people)
    stints = make.working_days(week, [each for each in people if each], **starts)
    make.published(week, stints, at or timezone.now() - timedelta(hours=3), by=cast.planner.actor)
    week.refresh_from_db()
    make.require(queue, monday)
    return Plan(week, queue)

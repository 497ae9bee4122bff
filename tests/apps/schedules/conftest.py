"""What tests of schedules share."""

from __future__ import annotations

from typing import Any

import pytest

from floorwalker.apps.demand.models import Queue
from floorwalker.apps.schedules.models import Week
from tests.factories import schedules as make
from tests.people import Cast


@pytest.fixture
def queue(cast: Cast) -> Queue:
    """A queue of the northern site that asks for the skill Service, which its people hold."""
    return make.a_queue(cast.world)


@pytest.fixture
def week(cast: Cast) -> Week:
    return make.a_week(cast.world.north)


@pytest.fixture
def plan(cast: Cast, week: Week) -> Any:
    """Agent and colleague work Monday to Friday, published."""
    people = [cast.agent.agent, cast.colleague.agent]
    publication = make.published(week, make.working_days(week, people), make.BEFORE)
    week.refresh_from_db()
    return publication

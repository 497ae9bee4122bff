"""What tests of required staff share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from floorwalker.apps.capacity import services
from floorwalker.apps.capacity.models import StaffingOrder
from floorwalker.apps.demand.models import Queue
from tests.factories import capacity as make
from tests.people import NOW, Cast


@pytest.fixture
def queue(cast: Cast) -> Queue:
    """A queue of the northern site with a forecast of one week."""
    found = make.a_queue(cast.world)
    make.a_forecast(found)
    return found


@pytest.fixture
def computed(cast: Cast, work: Callable[..., None]) -> Callable[..., StaffingOrder]:
    """Order the staff of some queues and have it computed."""

    def run(*queues: Queue, days: int = 7, **more: Any) -> StaffingOrder:
        values = {"first_day": make.MONDAY, "days": days, "by": cast.planner.actor, "at": NOW, **more}
        made = services.order(queues=[queue.pk for queue in queues], **values)
        work(inline=True)
        made.refresh_from_db()
        return made

    return run

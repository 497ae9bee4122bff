"""What tests of required staff share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from floorwalker.apps.capacity import services
from floorwalker.apps.capacity.models import StaffingOrder, WeekStudy
from floorwalker.apps.capacity.rostered import RESOLVER
from floorwalker.apps.capacity.work import studies as work_of_studies
from floorwalker.apps.demand.models import Queue
from floorwalker.science.rostering import Stretch
from floorwalker.science.timegrid import TimeGrid
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


# Published weeks put to a question.


@pytest.fixture
def few_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to see what is done with them."""
    for name, value in {"AGENTS": (1, 2), "REPLICATIONS": 4, "DRAWS": 2, "EACH": 4}.items():
        monkeypatch.setattr(work_of_studies, name, value)


@pytest.fixture
def queues(cast: Cast) -> list[Queue]:
    """Cards has too few people, Loans more than it needs; both at the northern site."""
    found = [make.a_queue(cast.world, name=name, zone="Europe/Lisbon") for name in ("Cards", "Loans")]
    make.a_forecast(found[0])
    make.a_forecast(found[1], times=0.3)
    return found


@pytest.fixture
def roster(monkeypatch: pytest.MonkeyPatch, queues: list[Queue]) -> Callable[..., None]:
    """Who works from eight to six, Monday to Friday: people by queue, and the skills of each."""

    def publish(people: Any, version: Any = (70, 3), skills: Any = None) -> None:
        def members(queue: int, first: date, days: int) -> Any:
            grid = TimeGrid(first, days, 1800, "Europe/Lisbon")
            weekdays = [d for d, day in enumerate(grid.dates) if day.weekday() < 5]
            shifts = [
                Stretch(grid.instant(d, 480), grid.instant(d, 1080), grid.instant(d, 720), grid.instant(d, 750))
                for d in weekdays
            ]
            return [(shifts, (skills or {}).get(n, frozenset())) for n in range(people.get(queue, 0))]

        monkeypatch.setattr(RESOLVER, "version", (lambda _queue, _day: version) if people else None)

        def holders(asked: Any, _first: date, _days: int) -> Any:
            held = skills or {}
            return [
                (frozenset({queue}), held.get(n, frozenset()))
                for queue in asked
                for n in range(people.get(queue, 0))
            ]

        monkeypatch.setattr(RESOLVER, "members", members)
        monkeypatch.setattr(RESOLVER, "holders", holders)
        monkeypatch.setattr(RESOLVER, "counts", None)

    publish({queues[0].pk: 8, queues[1].pk: 10})
    return publish


@pytest.fixture
def asked(
    cast: Cast, queues: list[Queue], roster: Callable[..., None], work: Callable[..., None]
) -> Callable[..., WeekStudy]:
    def ask(**more: Any) -> WeekStudy:
        values: dict[str, Any] = {
            "site_id": queues[0].site_id,
            "first_day": make.MONDAY,
            "by": cast.planner.actor,
            "at": NOW,
        }
        made = services.ask_study(**{**values, **more})
        work(inline=True)
        made.refresh_from_db()
        return made

    return ask

"""What planners of several journeys do: bring a file in, read what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from floorwalker.apps.demand.models import Queue
from tests.journeys.visitor import Visitor


def bring(planner: Visitor, file: Path, zone: str, behind: Callable[[], None]) -> None:
    """Upload a file and have it read."""
    planner.give("File", file)
    planner.fill("Time zone of the times in it", zone)
    planner.press("Upload and read")
    behind()
    planner.open(planner.path)


def expected(planner: Visitor, queue: Queue, day: date) -> int:
    """What the forecast in use expects on a day, as the page that gives its reasons says."""
    planner.open(f"/demand/queues/{queue.pk}/why/?day={day.isoformat()}")
    said = re.search(r"([\d,]+) contacts are expected", planner.text)
    assert said, planner.text
    return int(said[1].replace(",", ""))

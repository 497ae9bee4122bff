"""What planners of several journeys do: bring a file in, read what is expected."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from floorwalker.apps.demand.models import Queue
from tests.journeys.visitor import Visitor

WEEKS = 10
BUSY = (4, 7, 10, 12, 13, 12, 11, 10, 9, 9, 10, 11, 11, 10, 8, 7, 6, 5, 4, 3)  # from eight to six
BAD = (
    ("someday", "Aurora help", "5", "200"),
    ("2026-02-30T09:00", "Aurora help", "5", "200"),
    (None, "Aurora help", "minus three", "200"),
)


def history(file: Path, monday: date) -> None:
    """Ten weeks of half-hours, open Monday to Friday from eight to six, and three lines nobody can read."""
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("start", "queue", "offered", "handling_seconds"))
        first = monday - timedelta(weeks=WEEKS)
        for day in (first + timedelta(days=n) for n in range(7 * WEEKS - 7)):
            for slot in range(48):
                calls = BUSY[slot - 16] + (day.day + slot) % 3 if 16 <= slot < 36 and day.weekday() < 5 else 0
                clock = f"{slot // 2:02}:{slot % 2 * 30:02}"
                table.writerow((f"{day.isoformat()}T{clock}", "Aurora help", calls, calls * 240))
        for start, queue, offered, handling in BAD:
            table.writerow((start or f"{first.isoformat()}T09:00", queue, offered, handling))


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


def bad_rows_and_good(
    planner: Visitor, file: Path, zone: str, of: tuple[str, str], behind: Callable[[], None]
) -> None:
    """The file of `history`: lines nobody can read are listed by number, all others are stored."""
    planner.page.get_by_role("link", name="Demand").first.click()
    planner.follow("Upload history")
    bring(planner, file, zone, behind)
    planner.shows("Set aside", "someday", "2026-02-30", "minus three", "Every line accounted for")
    last = WEEKS * 7 * 48 - 7 * 48 + 1
    planner.shows(str(last + 1), str(last + 2))  # the lines of the file
    planner.look_everywhere("bad-rows")
    planner.choose("Client of the new queue", of[0])
    planner.choose("Site of the new queue", of[1])
    planner.press("Store it")
    behind()
    planner.open(planner.path)
    planner.shows("rows were new")


def the_clients_own(planner: Visitor, queue: Queue, monday: date, a_day: int) -> None:
    """What a client expects of a week, typed on their behalf, stands beside what is expected here."""
    planner.open(f"/demand/client-forecasts/new/?queue={queue.pk}")
    planner.fill("Or typed", "\n".join(f"{(monday + timedelta(days=n)).isoformat()} {a_day}" for n in range(5)))
    planner.press("Submit it")
    planner.shows(f"{5 * a_day:,}", "on the client's behalf", f"{a_day:,}")
    planner.look_everywhere("client-forecast")
